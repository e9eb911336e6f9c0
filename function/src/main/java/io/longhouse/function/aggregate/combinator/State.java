package io.longhouse.function.aggregate.combinator;

import io.longhouse.column.ByteWriter;
import io.longhouse.column.ColumnBuilder;
import io.longhouse.column.StringColumn;
import io.longhouse.column.type.DataType;
import io.longhouse.function.Argument;
import io.longhouse.function.aggregate.AggregateFunction;
import io.longhouse.function.aggregate.Combinator;
import io.longhouse.function.aggregate.ForwardingAggregate;
import io.longhouse.function.aggregate.GroupStates;
import io.longhouse.function.aggregate.Signature;
import io.longhouse.function.aggregate.type.AggregateFunctionType;
import io.longhouse.registry.Register;
import java.util.List;

/** The state itself as the result. */
@Register(
    kind = Combinator.class,
    name = "State",
    category = "Combinator",
    doc = "Gives the intermediate state of the aggregation instead of its result.")
final class State implements Combinator {
  @Override
  public List<DataType> nestedArguments(List<DataType> arguments) {
    return arguments;
  }

  @Override
  public boolean leavesNulls() {
    return true;
  }

  @Override
  public AggregateFunction wrap(
      AggregateFunction nested,
      Signature inside,
      List<Argument> parameters,
      List<DataType> arguments) {
    boolean merges =
        arguments.size() == 1
            && arguments.get(0) instanceof AggregateFunctionType t
            && inside.name().equals(t.signature().name() + "Merge");
    if (nested.stateType() instanceof AggregateFunctionType own) {
      return new Serialized(nested, own);
    }
    return new Serialized(
        nested,
        merges
            ? (AggregateFunctionType) arguments.get(0)
            : new AggregateFunctionType(inside, nested));
  }

  private static final class Serialized extends ForwardingAggregate {
    private final AggregateFunctionType type;

    Serialized(AggregateFunction nested, AggregateFunctionType type) {
      super(nested);
      this.type = type;
    }

    @Override
    public DataType resultType() {
      return type;
    }

    @Override
    public void result(
        GroupStates states, int word, int slot, int first, int count, ColumnBuilder out) {
      var b = (StringColumn.Builder) out;
      var bytes = new ByteWriter(64);
      for (int g = first; g < first + count; g++) {
        bytes.reset();
        nested.serialize(states, word, slot, g, bytes);
        b.add(bytes.buffer(), 0, bytes.position());
      }
    }
  }
}
