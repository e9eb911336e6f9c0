package io.longhouse.function.scalar.datetime;

import io.longhouse.column.type.DataType;
import io.longhouse.column.type.DateTime64Type;
import io.longhouse.column.type.DateTimeType;
import io.longhouse.column.type.IntervalType.Unit;
import io.longhouse.function.Argument;
import io.longhouse.function.Arguments;
import io.longhouse.function.FunctionContext;
import io.longhouse.function.FunctionFactory;
import io.longhouse.function.ScalarFunction;
import io.longhouse.function.number.NumberShape;
import io.longhouse.registry.Register;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;

/** {@code addDays(moment, n)} and its like; a time zone may stand at the end. */
@Register(
    kind = FunctionFactory.class,
    name = "addNanoseconds",
    category = "Dates and Times",
    doc = "The moment that many nanoseconds later.")
@Register(
    kind = FunctionFactory.class,
    name = "subtractNanoseconds",
    category = "Dates and Times",
    doc = "The moment that many nanoseconds earlier.")
@Register(
    kind = FunctionFactory.class,
    name = "addMicroseconds",
    category = "Dates and Times",
    doc = "The moment that many microseconds later.")
@Register(
    kind = FunctionFactory.class,
    name = "subtractMicroseconds",
    category = "Dates and Times",
    doc = "The moment that many microseconds earlier.")
@Register(
    kind = FunctionFactory.class,
    name = "addMilliseconds",
    category = "Dates and Times",
    doc = "The moment that many milliseconds later.")
@Register(
    kind = FunctionFactory.class,
    name = "subtractMilliseconds",
    category = "Dates and Times",
    doc = "The moment that many milliseconds earlier.")
@Register(
    kind = FunctionFactory.class,
    name = "addSeconds",
    category = "Dates and Times",
    doc = "The moment that many seconds later.")
@Register(
    kind = FunctionFactory.class,
    name = "subtractSeconds",
    category = "Dates and Times",
    doc = "The moment that many seconds earlier.")
@Register(
    kind = FunctionFactory.class,
    name = "addMinutes",
    category = "Dates and Times",
    doc = "The moment that many minutes later.")
@Register(
    kind = FunctionFactory.class,
    name = "subtractMinutes",
    category = "Dates and Times",
    doc = "The moment that many minutes earlier.")
@Register(
    kind = FunctionFactory.class,
    name = "addHours",
    category = "Dates and Times",
    doc = "The moment that many hours later.")
@Register(
    kind = FunctionFactory.class,
    name = "subtractHours",
    category = "Dates and Times",
    doc = "The moment that many hours earlier.")
@Register(
    kind = FunctionFactory.class,
    name = "addDays",
    category = "Dates and Times",
    doc = "The moment that many days later.")
@Register(
    kind = FunctionFactory.class,
    name = "subtractDays",
    category = "Dates and Times",
    doc = "The moment that many days earlier.")
@Register(
    kind = FunctionFactory.class,
    name = "addWeeks",
    category = "Dates and Times",
    doc = "The moment that many weeks later.")
@Register(
    kind = FunctionFactory.class,
    name = "subtractWeeks",
    category = "Dates and Times",
    doc = "The moment that many weeks earlier.")
@Register(
    kind = FunctionFactory.class,
    name = "addMonths",
    category = "Dates and Times",
    doc = "The moment that many months later.")
@Register(
    kind = FunctionFactory.class,
    name = "subtractMonths",
    category = "Dates and Times",
    doc = "The moment that many months earlier.")
@Register(
    kind = FunctionFactory.class,
    name = "addQuarters",
    category = "Dates and Times",
    doc = "The moment that many quarters later.")
@Register(
    kind = FunctionFactory.class,
    name = "subtractQuarters",
    category = "Dates and Times",
    doc = "The moment that many quarters earlier.")
@Register(
    kind = FunctionFactory.class,
    name = "addYears",
    category = "Dates and Times",
    doc = "The moment that many years later.")
@Register(
    kind = FunctionFactory.class,
    name = "subtractYears",
    category = "Dates and Times",
    doc = "The moment that many years earlier.")
final class AddUnits implements FunctionFactory {
  private final String name;
  private final Unit unit;
  private final int sign;

  AddUnits(String name) {
    this.name = name;
    boolean adds = name.startsWith("add");
    this.sign = adds ? 1 : -1;
    String units = name.substring(adds ? 3 : 8);
    this.unit = Unit.valueOf(units.substring(0, units.length() - 1).toUpperCase(Locale.ROOT));
  }

  @Override
  public ScalarFunction resolve(List<Argument> arguments, FunctionContext context) {
    Arguments.count(name, arguments, 2, 3);
    NumberShape steps = NumberShape.of(arguments.get(1).type());
    if (steps == null || steps.isWide() || steps.isDecimal()) {
      throw new LonghouseException(
          ErrorCode.ILLEGAL_TYPE_OF_ARGUMENT,
          "Second argument for function " + name + " must be a number");
    }
    DataType type = arguments.getFirst().type();
    ZoneId zone = Zones.argument(name, arguments, 2);
    if (zone != null) {
      type =
          switch (type) {
            case DateTimeType _ -> new DateTimeType(zone);
            case DateTime64Type t -> new DateTime64Type(t.scale(), zone);
            default ->
                throw new LonghouseException(
                    ErrorCode.ILLEGAL_TYPE_OF_ARGUMENT,
                    "Illegal type "
                        + type
                        + " of first argument of function "
                        + name
                        + ". Must be a DateTime/DateTime64");
          };
    }
    return IntervalAddition.of(name, type, steps, unit, sign, context);
  }
}
