package io.longhouse.function.scalar.datetime;

import io.longhouse.column.Column;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.IntervalType;
import io.longhouse.column.type.StringType;
import io.longhouse.column.type.TupleType;
import io.longhouse.function.Argument;
import io.longhouse.function.Arguments;
import io.longhouse.function.FunctionContext;
import io.longhouse.function.FunctionFactory;
import io.longhouse.function.Functions;
import io.longhouse.function.ScalarFunction;
import io.longhouse.function.scalar.conversion.Cast;
import io.longhouse.function.scalar.conversion.Casts;
import io.longhouse.registry.Register;
import java.util.List;

/** The sums of intervals and moments under names that spell them out. */
@Register(
    kind = FunctionFactory.class,
    name = "addInterval",
    category = "Dates and Times",
    doc = "The sum of an interval, or a tuple of intervals, and an interval.")
@Register(
    kind = FunctionFactory.class,
    name = "subtractInterval",
    category = "Dates and Times",
    doc = "The difference of an interval, or a tuple of intervals, and an interval.")
@Register(
    kind = FunctionFactory.class,
    name = "addTupleOfIntervals",
    category = "Dates and Times",
    doc = "The moment after all intervals of a tuple.")
@Register(
    kind = FunctionFactory.class,
    name = "subtractTupleOfIntervals",
    category = "Dates and Times",
    doc = "The moment before all intervals of a tuple.")
@Register(
    kind = FunctionFactory.class,
    name = "addDate",
    caseInsensitive = true,
    category = "Dates and Times",
    doc = "The moment an interval later.")
@Register(
    kind = FunctionFactory.class,
    name = "subDate",
    caseInsensitive = true,
    category = "Dates and Times",
    doc = "The moment an interval earlier.")
@Register(
    kind = FunctionFactory.class,
    name = "toInterval",
    category = "Type Conversion",
    doc = "An interval of that many units, the unit by name.")
final class IntervalFunctions implements FunctionFactory {
  private final String name;

  IntervalFunctions(String name) {
    this.name = name;
  }

  @Override
  public ScalarFunction resolve(List<Argument> arguments, FunctionContext context) {
    Arguments.count(name, arguments, 2);
    DataType a = arguments.get(0).type();
    DataType b = arguments.get(1).type();
    if (name.equals("toInterval")) {
      var interval =
          new IntervalType(
              TimeUnits.of(name, Arguments.text(name, arguments, 1, "Second argument")));
      var cast = Casts.of(a, interval, context);
      return new Converted(interval, cast);
    }
    boolean fits =
        switch (name) {
          case "addInterval", "subtractInterval" ->
              (a instanceof IntervalType || a instanceof TupleType) && b instanceof IntervalType;
          case "addTupleOfIntervals", "subtractTupleOfIntervals" ->
              MomentOperand.isMoment(a) && b instanceof TupleType;
          default ->
              (MomentOperand.isMoment(a) || a instanceof StringType) && b instanceof IntervalType;
        };
    if (!fits) {
      throw Arguments.illegalTypes(name, a, b);
    }
    return Functions.resolve(name.startsWith("add") ? "plus" : "minus", arguments, context);
  }

  private record Converted(DataType resultType, Cast cast) implements ScalarFunction {
    @Override
    public Column evaluate(Column[] arguments, int rows) {
      return cast.apply(arguments[0], rows);
    }
  }
}
