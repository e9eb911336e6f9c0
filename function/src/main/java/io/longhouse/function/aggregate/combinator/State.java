package io.longhouse.function.aggregate.combinator;

import io.longhouse.column.type.DataType;
import io.longhouse.function.Argument;
import io.longhouse.function.aggregate.AggregateFunction;
import io.longhouse.function.aggregate.Combinator;
import io.longhouse.function.aggregate.Signature;
import io.longhouse.function.aggregate.type.AggregateFunctionType;
import io.longhouse.function.aggregate.type.SerializedState;
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
      return new SerializedState(nested, own);
    }
    return new SerializedState(
        nested,
        merges
            ? (AggregateFunctionType) arguments.get(0)
            : new AggregateFunctionType(inside, nested));
  }
}
