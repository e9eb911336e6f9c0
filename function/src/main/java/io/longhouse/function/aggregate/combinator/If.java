package io.longhouse.function.aggregate.combinator;

import io.longhouse.column.Column;
import io.longhouse.column.ConstColumn;
import io.longhouse.column.Int8Column;
import io.longhouse.column.NullableColumn;
import io.longhouse.column.type.BoolType;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.IntegerType;
import io.longhouse.function.Argument;
import io.longhouse.function.aggregate.AggregateFunction;
import io.longhouse.function.aggregate.Combinator;
import io.longhouse.function.aggregate.ForwardingAggregate;
import io.longhouse.function.aggregate.GroupStates;
import io.longhouse.function.aggregate.Signature;
import io.longhouse.registry.Register;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import java.util.Arrays;
import java.util.List;

/** Only rows where the last argument is not 0. */
@Register(
    kind = Combinator.class,
    name = "If",
    category = "Combinator",
    doc = "Takes only rows where an additional last argument is not 0.")
final class If implements Combinator {
  @Override
  public List<DataType> nestedArguments(List<DataType> arguments) {
    if (arguments.isEmpty()) {
      throw new LonghouseException(
          ErrorCode.NUMBER_OF_ARGUMENTS_DOESNT_MATCH,
          "Incorrect number of arguments for aggregate function with If suffix");
    }
    DataType condition = arguments.get(arguments.size() - 1);
    if (condition != IntegerType.UINT8 && !(condition instanceof BoolType)) {
      throw new LonghouseException(
          ErrorCode.ILLEGAL_TYPE_OF_ARGUMENT,
          "Illegal type "
              + condition.name()
              + " of the last argument of an aggregate function with the If suffix: the condition"
              + " must be UInt8");
    }
    return arguments.subList(0, arguments.size() - 1);
  }

  @Override
  public AggregateFunction wrap(
      AggregateFunction nested,
      Signature inside,
      List<Argument> parameters,
      List<DataType> arguments) {
    return new Filtered(nested);
  }

  private static final class Filtered extends ForwardingAggregate {
    Filtered(AggregateFunction nested) {
      super(nested);
    }

    @Override
    public void add(
        GroupStates states, int word, int slot, int[] groups, Column[] arguments, int rows) {
      Column[] inner = Arrays.copyOf(arguments, arguments.length - 1);
      int[] selected = new int[rows];
      int count = select(arguments[arguments.length - 1], rows, selected);
      if (count == rows) {
        nested.add(states, word, slot, groups, inner, rows);
      } else if (count > 0) {
        gather(inner, selected, count);
        int[] some = new int[count];
        for (int i = 0; i < count; i++) {
          some[i] = groups[selected[i]];
        }
        nested.add(states, word, slot, some, inner, count);
      }
    }

    @Override
    public void addToOne(
        GroupStates states, int word, int slot, int group, Column[] arguments, int rows) {
      Column[] inner = Arrays.copyOf(arguments, arguments.length - 1);
      int[] selected = new int[rows];
      int count = select(arguments[arguments.length - 1], rows, selected);
      if (count > 0) {
        if (count < rows) {
          gather(inner, selected, count);
        }
        nested.addToOne(states, word, slot, group, inner, count);
      }
    }

    private static void gather(Column[] columns, int[] selected, int count) {
      for (int i = 0; i < columns.length; i++) {
        columns[i] = columns[i].gather(selected, count);
      }
    }

    /** Writes the rows that fulfil the condition and answers how many there are. */
    private static int select(Column condition, int rows, int[] selected) {
      if (condition instanceof ConstColumn k) {
        boolean on = select(k.value(), 1, new int[1]) > 0;
        for (int r = 0; r < rows; r++) {
          selected[r] = r;
        }
        return on ? rows : 0;
      }
      int count = 0;
      if (condition instanceof NullableColumn n) {
        byte[] v = ((Int8Column) n.values()).values();
        byte[] nulls = n.nulls();
        for (int r = 0; r < rows; r++) {
          selected[count] = r;
          count += v[r] != 0 && nulls[r] == 0 ? 1 : 0;
        }
        return count;
      }
      byte[] v = ((Int8Column) condition).values();
      for (int r = 0; r < rows; r++) {
        selected[count] = r;
        count += v[r] != 0 ? 1 : 0;
      }
      return count;
    }
  }
}
