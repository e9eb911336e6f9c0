package io.longhouse.function.aggregate.combinator;

import io.longhouse.column.type.DataType;
import io.longhouse.column.type.SimpleAggregateFunctionType;
import io.longhouse.function.Argument;
import io.longhouse.function.aggregate.AggregateFunction;
import io.longhouse.function.aggregate.Combinator;
import io.longhouse.function.aggregate.ForwardingAggregate;
import io.longhouse.function.aggregate.Signature;
import io.longhouse.registry.Register;
import java.util.List;

/** The result with the type SimpleAggregateFunction. */
@Register(
    kind = Combinator.class,
    name = "SimpleState",
    category = "Combinator",
    doc = "Gives the result as a SimpleAggregateFunction value.")
final class SimpleState implements Combinator {
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
    DataType type = new SimpleAggregateFunctionType(inside.name(), null, nested.resultType());
    return new Typed(nested, type);
  }

  private static final class Typed extends ForwardingAggregate {
    private final DataType type;

    Typed(AggregateFunction nested, DataType type) {
      super(nested);
      this.type = type;
    }

    @Override
    public DataType resultType() {
      return type;
    }
  }
}
