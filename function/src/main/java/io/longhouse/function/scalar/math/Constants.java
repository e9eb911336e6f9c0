package io.longhouse.function.scalar.math;

import io.longhouse.column.Column;
import io.longhouse.column.ConstColumn;
import io.longhouse.column.Float64Column;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.FloatType;
import io.longhouse.function.Argument;
import io.longhouse.function.Arguments;
import io.longhouse.function.FunctionContext;
import io.longhouse.function.FunctionFactory;
import io.longhouse.function.ScalarFunction;
import io.longhouse.registry.Register;
import java.util.List;

/** Well-known numbers. */
@Register(
    kind = FunctionFactory.class,
    name = "pi",
    caseInsensitive = true,
    category = "Mathematical",
    doc = "The ratio of a circle's circumference to its diameter.")
@Register(
    kind = FunctionFactory.class,
    name = "e",
    category = "Mathematical",
    doc = "Euler's number.")
final class Constants implements FunctionFactory {
  private final String name;

  Constants(String name) {
    this.name = name;
  }

  @Override
  public ScalarFunction resolve(List<Argument> arguments, FunctionContext context) {
    Arguments.count(name, arguments, 0);
    return new Call(name.equals("pi") ? Math.PI : Math.E);
  }

  private record Call(double value) implements ScalarFunction {
    @Override
    public DataType resultType() {
      return FloatType.FLOAT64;
    }

    @Override
    public Column evaluate(Column[] arguments, int rows) {
      return new ConstColumn(Float64Column.of(value), rows);
    }
  }
}
