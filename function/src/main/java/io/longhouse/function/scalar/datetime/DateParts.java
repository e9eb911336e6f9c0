package io.longhouse.function.scalar.datetime;

import io.longhouse.column.Column;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.DateTime64Type;
import io.longhouse.function.Argument;
import io.longhouse.function.Arguments;
import io.longhouse.function.FunctionContext;
import io.longhouse.function.FunctionFactory;
import io.longhouse.function.ScalarFunction;
import io.longhouse.function.number.LongOperand;
import io.longhouse.function.number.LongSink;
import io.longhouse.registry.Register;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A part of a date or time as a number; a time zone may stand at the end. */
@Register(
    kind = FunctionFactory.class,
    name = "toYear",
    aliases = "YEAR",
    caseInsensitive = true,
    category = "Dates and Times",
    doc = "The year.")
@Register(
    kind = FunctionFactory.class,
    name = "toISOYear",
    category = "Dates and Times",
    doc = "The year that the ISO week belongs to.")
@Register(
    kind = FunctionFactory.class,
    name = "toQuarter",
    aliases = "QUARTER",
    caseInsensitive = true,
    category = "Dates and Times",
    doc = "The quarter, 1 to 4.")
@Register(
    kind = FunctionFactory.class,
    name = "toMonth",
    aliases = "MONTH",
    caseInsensitive = true,
    category = "Dates and Times",
    doc = "The month, 1 to 12.")
@Register(
    kind = FunctionFactory.class,
    name = "toISOWeek",
    category = "Dates and Times",
    doc = "The ISO week, 1 to 53.")
@Register(
    kind = FunctionFactory.class,
    name = "toDayOfYear",
    aliases = "DAYOFYEAR",
    caseInsensitive = true,
    category = "Dates and Times",
    doc = "The day of the year, from 1.")
@Register(
    kind = FunctionFactory.class,
    name = "toDayOfMonth",
    aliases = {"DAY", "DAYOFMONTH"},
    caseInsensitive = true,
    category = "Dates and Times",
    doc = "The day of the month, from 1.")
@Register(
    kind = FunctionFactory.class,
    name = "toHour",
    aliases = "HOUR",
    caseInsensitive = true,
    category = "Dates and Times",
    doc = "The hour, 0 to 23.")
@Register(
    kind = FunctionFactory.class,
    name = "toMinute",
    aliases = "MINUTE",
    caseInsensitive = true,
    category = "Dates and Times",
    doc = "The minute, 0 to 59.")
@Register(
    kind = FunctionFactory.class,
    name = "toSecond",
    aliases = "SECOND",
    caseInsensitive = true,
    category = "Dates and Times",
    doc = "The second, 0 to 59.")
@Register(
    kind = FunctionFactory.class,
    name = "toMillisecond",
    aliases = "MILLISECOND",
    caseInsensitive = true,
    category = "Dates and Times",
    doc = "The milliseconds behind the second.")
@Register(
    kind = FunctionFactory.class,
    name = "toMicrosecond",
    aliases = "MICROSECOND",
    caseInsensitive = true,
    category = "Dates and Times",
    doc = "The microseconds behind the second.")
@Register(
    kind = FunctionFactory.class,
    name = "toNanosecond",
    aliases = "NANOSECOND",
    caseInsensitive = true,
    category = "Dates and Times",
    doc = "The nanoseconds behind the second.")
@Register(
    kind = FunctionFactory.class,
    name = "toYYYYMM",
    category = "Dates and Times",
    doc = "Year times 100 plus month.")
@Register(
    kind = FunctionFactory.class,
    name = "toYYYYMMDD",
    category = "Dates and Times",
    doc = "Year, month and day as one number.")
@Register(
    kind = FunctionFactory.class,
    name = "toYYYYMMDDhhmmss",
    category = "Dates and Times",
    doc = "Date and time as one number.")
@Register(
    kind = FunctionFactory.class,
    name = "toRelativeYearNum",
    category = "Dates and Times",
    doc = "The year, counted from 0.")
@Register(
    kind = FunctionFactory.class,
    name = "toRelativeQuarterNum",
    category = "Dates and Times",
    doc = "The quarters since year 0.")
@Register(
    kind = FunctionFactory.class,
    name = "toRelativeMonthNum",
    category = "Dates and Times",
    doc = "The months since year 0.")
@Register(
    kind = FunctionFactory.class,
    name = "toRelativeWeekNum",
    category = "Dates and Times",
    doc = "The weeks since 1969-12-29.")
@Register(
    kind = FunctionFactory.class,
    name = "toRelativeDayNum",
    category = "Dates and Times",
    doc = "The days since 1970-01-01.")
@Register(
    kind = FunctionFactory.class,
    name = "toRelativeHourNum",
    category = "Dates and Times",
    doc = "The hours since the epoch.")
@Register(
    kind = FunctionFactory.class,
    name = "toRelativeMinuteNum",
    category = "Dates and Times",
    doc = "The minutes since the epoch.")
@Register(
    kind = FunctionFactory.class,
    name = "toRelativeSecondNum",
    category = "Dates and Times",
    doc = "The seconds since the epoch.")
@Register(
    kind = FunctionFactory.class,
    name = "toMonthNumSinceEpoch",
    category = "Dates and Times",
    doc = "The months since January 1970.")
@Register(
    kind = FunctionFactory.class,
    name = "toYearNumSinceEpoch",
    category = "Dates and Times",
    doc = "The years since 1970.")
@Register(
    kind = FunctionFactory.class,
    name = "toDaysInMonth",
    category = "Dates and Times",
    doc = "How many days the month has.")
@Register(
    kind = FunctionFactory.class,
    name = "toDaysSinceYearZero",
    aliases = "TO_DAYS",
    caseInsensitive = true,
    category = "Dates and Times",
    doc = "The days since 0000-01-01.")
final class DateParts implements FunctionFactory {
  private static final Map<String, Part> PARTS =
      Map.ofEntries(
          Map.entry("toYear", Part.YEAR),
          Map.entry("toISOYear", Part.ISO_YEAR),
          Map.entry("toQuarter", Part.QUARTER),
          Map.entry("toMonth", Part.MONTH),
          Map.entry("toISOWeek", Part.ISO_WEEK),
          Map.entry("toDayOfYear", Part.DAY_OF_YEAR),
          Map.entry("toDayOfMonth", Part.DAY_OF_MONTH),
          Map.entry("toHour", Part.HOUR),
          Map.entry("toMinute", Part.MINUTE),
          Map.entry("toSecond", Part.SECOND),
          Map.entry("toMillisecond", Part.MILLISECOND),
          Map.entry("toMicrosecond", Part.MICROSECOND),
          Map.entry("toNanosecond", Part.NANOSECOND),
          Map.entry("toYYYYMM", Part.YYYYMM),
          Map.entry("toYYYYMMDD", Part.YYYYMMDD),
          Map.entry("toYYYYMMDDhhmmss", Part.YYYYMMDDHHMMSS),
          Map.entry("toRelativeYearNum", Part.RELATIVE_YEAR),
          Map.entry("toRelativeQuarterNum", Part.RELATIVE_QUARTER),
          Map.entry("toRelativeMonthNum", Part.RELATIVE_MONTH),
          Map.entry("toRelativeWeekNum", Part.RELATIVE_WEEK),
          Map.entry("toRelativeDayNum", Part.RELATIVE_DAY),
          Map.entry("toRelativeHourNum", Part.RELATIVE_HOUR),
          Map.entry("toRelativeMinuteNum", Part.RELATIVE_MINUTE),
          Map.entry("toRelativeSecondNum", Part.RELATIVE_SECOND),
          Map.entry("toMonthNumSinceEpoch", Part.MONTHS_SINCE_EPOCH),
          Map.entry("toYearNumSinceEpoch", Part.YEARS_SINCE_EPOCH),
          Map.entry("toDaysInMonth", Part.DAYS_IN_MONTH),
          Map.entry("toDaysSinceYearZero", Part.DAYS_SINCE_YEAR_ZERO));

  private final String name;
  private final Part part;

  DateParts(String name) {
    this.name = name;
    this.part = Objects.requireNonNull(PARTS.get(name), name);
  }

  @Override
  public ScalarFunction resolve(List<Argument> arguments, FunctionContext context) {
    Arguments.count(name, arguments, 1, 2);
    DataType type = arguments.getFirst().type();
    requireMoment(name, type);
    if (part.needsTime() && !MomentOperand.hasTime(type)) {
      throw new LonghouseException(
          ErrorCode.ILLEGAL_TYPE_OF_ARGUMENT,
          "Illegal argument of type " + type + " for function " + name);
    }
    return new Call(part, type, Zones.nonEmpty(name, arguments, 1));
  }

  static void requireMoment(String name, DataType type) {
    if (!MomentOperand.isMoment(type)) {
      throw new LonghouseException(
          ErrorCode.ILLEGAL_TYPE_OF_ARGUMENT,
          "Illegal type "
              + type
              + " of argument of function "
              + name
              + ". Should be Date, Date32, DateTime, DateTime64 or Interval");
    }
  }

  private record Call(Part part, DataType type, @Nullable ZoneId zone) implements ScalarFunction {
    @Override
    public DataType resultType() {
      return part.type();
    }

    @Override
    public int monotonicity(int argument) {
      return argument == 0 && part.grows() ? 1 : 0;
    }

    @Override
    public Column evaluate(Column[] arguments, int rows) {
      var in = new MomentOperand(arguments[0], type, zone, rows);
      var out = new LongSink(part.bytes(), rows);
      long ticks = MomentOperand.ticksPerSecond(type);
      boolean fraction = type instanceof DateTime64Type;
      for (int from = 0; from < rows; from += LongOperand.CHUNK) {
        int n = Math.min(LongOperand.CHUNK, rows - from);
        in.load(from, n);
        if (part.isFraction()) {
          for (int k = 0; k < n; k++) {
            long f = fraction ? Math.floorMod(in.raw(k), ticks) : 0;
            out.target()[out.offset() + k] = part.ofFraction(f, ticks);
          }
        } else {
          part.compute(in, out.target(), out.offset(), n);
        }
        out.advance(n);
      }
      return out.build();
    }
  }
}
