package io.longhouse.function.scalar.datetime;

import io.longhouse.column.Column;
import io.longhouse.column.ConstColumn;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.Date32Type;
import io.longhouse.column.type.DateTime64Type;
import io.longhouse.column.type.DateTimeType;
import io.longhouse.column.type.DateType;
import io.longhouse.column.type.IntervalType;
import io.longhouse.column.type.IntervalType.Unit;
import io.longhouse.column.type.StringType;
import io.longhouse.function.Argument;
import io.longhouse.function.Arguments;
import io.longhouse.function.FunctionContext;
import io.longhouse.function.FunctionFactory;
import io.longhouse.function.ScalarFunction;
import io.longhouse.function.number.LongOperand;
import io.longhouse.function.scalar.Signature;
import io.longhouse.registry.Register;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Rounds moments down to units and to multiples of units. */
@Register(
    kind = FunctionFactory.class,
    name = "toStartOfInterval",
    aliases = {"time_bucket", "date_bin"},
    caseInsensitive = true,
    category = "Dates and Times",
    doc = "The moment rounded down to a multiple of an interval.")
@Register(
    kind = FunctionFactory.class,
    name = "dateTrunc",
    aliases = "DATE_TRUNC",
    caseInsensitive = true,
    category = "Dates and Times",
    doc = "The moment rounded down to a unit of time.")
@Register(
    kind = FunctionFactory.class,
    name = "toStartOfSecond",
    category = "Dates and Times",
    doc = "The beginning of the second.")
@Register(
    kind = FunctionFactory.class,
    name = "toStartOfMillisecond",
    category = "Dates and Times",
    doc = "The beginning of the millisecond.")
@Register(
    kind = FunctionFactory.class,
    name = "toStartOfMicrosecond",
    category = "Dates and Times",
    doc = "The beginning of the microsecond.")
@Register(
    kind = FunctionFactory.class,
    name = "toStartOfNanosecond",
    category = "Dates and Times",
    doc = "The beginning of the nanosecond.")
final class Truncation implements FunctionFactory {
  private final String name;

  Truncation(String name) {
    this.name = name;
  }

  @Override
  public ScalarFunction resolve(List<Argument> arguments, FunctionContext context) {
    return switch (name) {
      case "toStartOfInterval" -> interval(arguments);
      case "dateTrunc" -> truncated(arguments);
      default -> fraction(arguments);
    };
  }

  private ScalarFunction interval(List<Argument> arguments) {
    Arguments.count(name, arguments, 2, 4);
    DataType type = arguments.getFirst().type();
    if (!MomentOperand.isMoment(type)) {
      throw Arguments.illegalType(name, type);
    }
    Argument by = arguments.get(1);
    if (!(by.type() instanceof IntervalType t) || by.constant() == null) {
      throw new LonghouseException(
          ErrorCode.ILLEGAL_TYPE_OF_ARGUMENT,
          "Illegal type "
              + by.type()
              + " of 2nd argument of function "
              + name
              + ". Should be a constant interval");
    }
    boolean origin = arguments.size() > 2 && !(arguments.get(2).type() instanceof StringType);
    if (origin && !arguments.get(2).type().equals(type)) {
      throw new LonghouseException(
          ErrorCode.ILLEGAL_TYPE_OF_ARGUMENT,
          "Datetime argument and origin argument for function "
              + name
              + " must have the same type");
    }
    long size = new LongOperand(new ConstColumn(by.constant(), 1), true, 1).constantValue();
    if (size <= 0) {
      throw new LonghouseException(
          ErrorCode.ARGUMENT_OUT_OF_BOUND,
          "Value for second argument of function " + name + " must be positive");
    }
    if (MomentOperand.isDate(type) && t.unit().compareTo(Unit.DAY) < 0) {
      throw new LonghouseException(
          ErrorCode.ILLEGAL_TYPE_OF_ARGUMENT,
          "Illegal interval kind for argument data type " + type);
    }
    if (origin) {
      return new IntervalFromOrigin(type, t.unit(), size);
    }
    ZoneId zone = Zones.nonEmpty(name, arguments, 2);
    return new IntervalStart(type, t.unit(), size, zone, intervalResult(type, t.unit(), zone));
  }

  private static DataType intervalResult(DataType type, Unit unit, @Nullable ZoneId zone) {
    ZoneId shown = zone != null ? zone : MomentOperand.explicitZoneOf(type);
    if (unit.compareTo(Unit.WEEK) >= 0) {
      return DateType.TYPE;
    }
    if (unit.compareTo(Unit.SECOND) >= 0) {
      return new DateTimeType(shown);
    }
    return new DateTime64Type(digits(unit), shown);
  }

  private static int digits(Unit unit) {
    return switch (unit) {
      case MILLISECOND -> 3;
      case MICROSECOND -> 6;
      case NANOSECOND -> 9;
      default -> 0;
    };
  }

  private ScalarFunction truncated(List<Argument> arguments) {
    Arguments.count(name, arguments, 2, 3);
    String word = Arguments.text(name, arguments, 0, "First argument").toLowerCase(Locale.ROOT);
    DataType type = arguments.get(1).type();
    if (!MomentOperand.isMoment(type)) {
      throw Arguments.illegalType(name, type);
    }
    Unit unit = TimeUnits.of(name, word);
    if (MomentOperand.isDate(type) && unit.compareTo(Unit.DAY) < 0) {
      throw new LonghouseException(
          ErrorCode.ILLEGAL_TYPE_OF_ARGUMENT,
          "Illegal type " + type + " of argument for function " + name);
    }
    ZoneId zone = Zones.nonEmpty(name, arguments, 2);
    ZoneId shown = zone != null ? zone : MomentOperand.explicitZoneOf(type);
    DataType result =
        switch (type) {
          case Date32Type t -> t;
          case DateType _ -> unit == Unit.DAY ? new DateTimeType(shown) : DateType.TYPE;
          case DateTime64Type _ ->
              unit.compareTo(Unit.WEEK) >= 0
                  ? Date32Type.TYPE
                  : new DateTime64Type(digits(unit), shown);
          default ->
              unit.compareTo(Unit.WEEK) >= 0
                  ? DateType.TYPE
                  : unit.compareTo(Unit.SECOND) < 0
                      ? new DateTime64Type(digits(unit), shown)
                      : new DateTimeType(shown);
        };
    return new Shifted(new IntervalStart(type, unit, 1, zone, result));
  }

  /** The moment is the second argument. */
  private record Shifted(IntervalStart inner) implements ScalarFunction {
    @Override
    public DataType resultType() {
      return inner.resultType();
    }

    @Override
    public int monotonicity(int argument) {
      return argument == 1 ? 1 : 0;
    }

    @Override
    public Column evaluate(Column[] arguments, int rows) {
      return inner.evaluate(new Column[] {arguments[1]}, rows);
    }
  }

  private ScalarFunction fraction(List<Argument> arguments) {
    new Signature(name, arguments).between(1, 2);
    DataType type = arguments.getFirst().type();
    if (!(type instanceof DateTime64Type t)) {
      String family = type instanceof DateTimeType ? "DateTime" : type.name();
      throw new LonghouseException(
          ErrorCode.ILLEGAL_TYPE_OF_ARGUMENT,
          "Illegal type " + family + " of argument for function " + name);
    }
    Unit unit = Unit.valueOf(name.substring(9).toUpperCase(Locale.ROOT));
    ZoneId zone = Zones.nonEmpty(name, arguments, 1);
    int scale = Math.max(t.scale(), digits(unit));
    DataType result = new DateTime64Type(scale, zone != null ? zone : t.explicitZone());
    return new IntervalStart(type, unit, 1, zone, result);
  }
}
