package io.longhouse.function.aggregate.combinator;

import io.longhouse.column.ByteReader;
import io.longhouse.column.Column;
import io.longhouse.column.StringColumn;
import io.longhouse.column.type.DataType;
import io.longhouse.function.Argument;
import io.longhouse.function.aggregate.AggregateFunction;
import io.longhouse.function.aggregate.Aggregates;
import io.longhouse.function.aggregate.Combinator;
import io.longhouse.function.aggregate.ForwardingAggregate;
import io.longhouse.function.aggregate.GroupStates;
import io.longhouse.function.aggregate.Signature;
import io.longhouse.function.aggregate.type.AggregateFunctionType;
import io.longhouse.registry.Register;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import java.util.List;

/** Takes states and merges them. */
@Register(
    kind = Combinator.class,
    name = "Merge",
    category = "Combinator",
    doc = "Takes intermediate states, merges them and gives the result.")
final class Merge implements Combinator {
  @Override
  public List<DataType> nestedArguments(List<DataType> arguments) {
    if (arguments.size() != 1) {
      throw new LonghouseException(
          ErrorCode.NUMBER_OF_ARGUMENTS_DOESNT_MATCH,
          "Incorrect number of arguments for aggregate function with Merge suffix");
    }
    if (!(arguments.get(0) instanceof AggregateFunctionType t)) {
      throw illegal(arguments.get(0));
    }
    return t.signature().arguments();
  }

  private static LonghouseException illegal(DataType type) {
    return new LonghouseException(
        ErrorCode.ILLEGAL_TYPE_OF_ARGUMENT,
        "Illegal type "
            + type.name()
            + " of argument for aggregate function with Merge suffix must be"
            + " AggregateFunction(...)");
  }

  @Override
  public AggregateFunction wrap(
      AggregateFunction nested,
      Signature inside,
      List<Argument> parameters,
      List<DataType> arguments) {
    var type = (AggregateFunctionType) arguments.get(0);
    String of = Aggregates.canonicalName(type.signature().name());
    if (!of.equals(inside.name())) {
      throw new LonghouseException(
          ErrorCode.ILLEGAL_TYPE_OF_ARGUMENT,
          "Illegal type "
              + type.name()
              + " of argument for aggregate function "
              + inside.name()
              + "Merge, expected AggregateFunction("
              + inside.name()
              + ", ...) or equivalent type");
    }
    return new Merging(type.function());
  }

  /** Reads a few hundred states into groups of their own, then merges those in one go. */
  private static final class Merging extends ForwardingAggregate {
    private static final int BATCH = 256;

    Merging(AggregateFunction nested) {
      super(nested);
    }

    @Override
    public void add(
        GroupStates states, int word, int slot, int[] groups, Column[] arguments, int rows) {
      var column = (StringColumn) arguments[0].full();
      int batch = Math.min(BATCH, rows);
      GroupStates read = GroupStates.of(nested, batch);
      var in = new ByteReader(new byte[0]);
      int[] to = new int[batch];
      int[] from = new int[batch];
      for (int first = 0; first < rows; first += batch) {
        int count = 0;
        for (int r = first; r < Math.min(rows, first + batch); r++) {
          if (column.lengthAt(r) > 0) {
            in.reset(column.bytes(), column.offsets()[r], column.lengthAt(r));
            nested.deserialize(read, 0, 0, count, in);
            from[count] = count;
            to[count++] = groups[r];
          }
        }
        nested.merge(states, word, slot, to, read, 0, 0, from, count);
        read.clear();
      }
    }

    @Override
    public void addToOne(
        GroupStates states, int word, int slot, int group, Column[] arguments, int rows) {
      int[] groups = new int[rows];
      java.util.Arrays.fill(groups, group);
      add(states, word, slot, groups, arguments, rows);
    }
  }
}
