package io.longhouse.function.aggregate.basic;

import io.longhouse.column.type.DataType;
import io.longhouse.function.Argument;
import io.longhouse.function.aggregate.AggregateFactory;
import io.longhouse.function.aggregate.AggregateFunction;
import io.longhouse.function.aggregate.state.Arguments;
import io.longhouse.function.aggregate.state.SingleValue;
import io.longhouse.registry.Register;
import java.util.List;

/** {@code any} and {@code anyLast}. */
@Register(
    kind = AggregateFactory.class,
    name = "any",
    aliases = {"any_value", "first_value"},
    caseInsensitive = true,
    category = "Aggregate",
    doc = "The first value met.")
@Register(
    kind = AggregateFactory.class,
    name = "anyLast",
    aliases = {"last_value"},
    caseInsensitive = true,
    category = "Aggregate",
    doc = "The last value met.")
final class AnyValue implements AggregateFactory {
  private final String name;

  AnyValue(String name) {
    this.name = name;
  }

  @Override
  public AggregateFunction resolve(List<Argument> parameters, List<DataType> arguments) {
    Arguments.noParameters(name, parameters);
    Arguments.count(name, arguments, 1);
    DataType type = arguments.get(0);
    return new ChosenValue(
        type, SingleValue.of(type), name.equals("any") ? Choice.FIRST : Choice.LAST);
  }
}
