package io.longhouse.function.scalar.datetime;

import io.longhouse.column.Column;
import io.longhouse.column.type.Calendar;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.DateTimeType;
import io.longhouse.column.type.DateType;
import io.longhouse.column.type.ZoneOffsets;
import io.longhouse.function.Argument;
import io.longhouse.function.FunctionContext;
import io.longhouse.function.FunctionFactory;
import io.longhouse.function.ScalarFunction;
import io.longhouse.function.number.LongOperand;
import io.longhouse.function.number.LongSink;
import io.longhouse.function.scalar.Signature;
import io.longhouse.registry.Register;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The beginning of the year, day, hour and so on in which a moment lies. */
@Register(
    kind = FunctionFactory.class,
    name = "toStartOfYear",
    category = "Dates and Times",
    doc = "January 1 of the year.")
@Register(
    kind = FunctionFactory.class,
    name = "toStartOfISOYear",
    category = "Dates and Times",
    doc = "The first day of the ISO year.")
@Register(
    kind = FunctionFactory.class,
    name = "toStartOfQuarter",
    category = "Dates and Times",
    doc = "The first day of the quarter.")
@Register(
    kind = FunctionFactory.class,
    name = "toStartOfMonth",
    category = "Dates and Times",
    doc = "The first day of the month.")
@Register(
    kind = FunctionFactory.class,
    name = "toLastDayOfMonth",
    aliases = "LAST_DAY",
    caseInsensitive = true,
    category = "Dates and Times",
    doc = "The last day of the month.")
@Register(
    kind = FunctionFactory.class,
    name = "toMonday",
    category = "Dates and Times",
    doc = "Monday of the week.")
@Register(
    kind = FunctionFactory.class,
    name = "toStartOfDay",
    category = "Dates and Times",
    doc = "Midnight of the day.")
@Register(
    kind = FunctionFactory.class,
    name = "toStartOfHour",
    category = "Dates and Times",
    doc = "The beginning of the hour.")
@Register(
    kind = FunctionFactory.class,
    name = "toStartOfMinute",
    category = "Dates and Times",
    doc = "The beginning of the minute.")
@Register(
    kind = FunctionFactory.class,
    name = "toStartOfFiveMinutes",
    aliases = "toStartOfFiveMinute",
    category = "Dates and Times",
    doc = "The moment rounded down to five minutes.")
@Register(
    kind = FunctionFactory.class,
    name = "toStartOfTenMinutes",
    category = "Dates and Times",
    doc = "The moment rounded down to ten minutes.")
@Register(
    kind = FunctionFactory.class,
    name = "toStartOfFifteenMinutes",
    category = "Dates and Times",
    doc = "The moment rounded down to fifteen minutes.")
@Register(
    kind = FunctionFactory.class,
    name = "timeSlot",
    category = "Dates and Times",
    doc = "The moment rounded down to half an hour.")
final class DateStarts implements FunctionFactory {
  private enum Start {
    YEAR,
    ISO_YEAR,
    QUARTER,
    MONTH,
    MONTH_END,
    MONDAY,
    DAY,
    HOUR,
    MINUTE,
    FIVE_MINUTES,
    TEN_MINUTES,
    FIFTEEN_MINUTES,
    HALF_HOUR;

    boolean isDate() {
      return compareTo(DAY) < 0;
    }

    int seconds() {
      return switch (this) {
        case HOUR -> 3600;
        case MINUTE -> 60;
        case FIVE_MINUTES -> 300;
        case TEN_MINUTES -> 600;
        case FIFTEEN_MINUTES -> 900;
        case HALF_HOUR -> 1800;
        default -> 86_400;
      };
    }
  }

  private static final Map<String, Start> STARTS =
      Map.ofEntries(
          Map.entry("toStartOfYear", Start.YEAR),
          Map.entry("toStartOfISOYear", Start.ISO_YEAR),
          Map.entry("toStartOfQuarter", Start.QUARTER),
          Map.entry("toStartOfMonth", Start.MONTH),
          Map.entry("toLastDayOfMonth", Start.MONTH_END),
          Map.entry("toMonday", Start.MONDAY),
          Map.entry("toStartOfDay", Start.DAY),
          Map.entry("toStartOfHour", Start.HOUR),
          Map.entry("toStartOfMinute", Start.MINUTE),
          Map.entry("toStartOfFiveMinutes", Start.FIVE_MINUTES),
          Map.entry("toStartOfTenMinutes", Start.TEN_MINUTES),
          Map.entry("toStartOfFifteenMinutes", Start.FIFTEEN_MINUTES),
          Map.entry("timeSlot", Start.HALF_HOUR));

  private final String name;
  private final Start start;

  DateStarts(String name) {
    this.name = name;
    this.start = Objects.requireNonNull(STARTS.get(name), name);
  }

  @Override
  public ScalarFunction resolve(List<Argument> arguments, FunctionContext context) {
    new Signature(name, arguments).between(1, 2);
    DataType type = arguments.getFirst().type();
    DateParts.requireMoment(name, type);
    if (start.compareTo(Start.DAY) > 0 && !MomentOperand.hasTime(type)) {
      throw new LonghouseException(
          ErrorCode.ILLEGAL_TYPE_OF_ARGUMENT,
          "Illegal argument of type " + type + " for function " + name);
    }
    ZoneId zone = Zones.nonEmpty(name, arguments, 1);
    DataType result =
        start.isDate()
            ? DateType.TYPE
            : new DateTimeType(zone != null ? zone : MomentOperand.explicitZoneOf(type));
    return new Call(start, type, zone, result);
  }

  private record Call(Start start, DataType type, @Nullable ZoneId zone, DataType resultType)
      implements ScalarFunction {
    @Override
    public int monotonicity(int argument) {
      return argument == 0 ? 1 : 0;
    }

    @Override
    public Column evaluate(Column[] arguments, int rows) {
      var in = new MomentOperand(arguments[0], type, zone, rows);
      var out = new LongSink(start.isDate() ? 2 : 4, rows);
      for (int from = 0; from < rows; from += LongOperand.CHUNK) {
        int n = Math.min(LongOperand.CHUNK, rows - from);
        in.load(from, n);
        if (start.isDate()) {
          dates(in.days(n), out.target(), out.offset(), n);
        } else {
          times(in, out.target(), out.offset(), n);
        }
        out.advance(n);
      }
      return out.build();
    }

    private void dates(long[] days, long[] out, int o, int n) {
      for (int k = 0; k < n; k++) {
        int day = (int) days[k];
        int c = Civil.of(day);
        long first =
            switch (start) {
              case YEAR -> Calendar.days(Calendar.year(c), 1, 1);
              case ISO_YEAR -> Weeks.isoYearStart(day);
              case QUARTER ->
                  Calendar.days(Calendar.year(c), (Calendar.month(c) - 1) / 3 * 3 + 1, 1);
              case MONTH -> day - Calendar.day(c) + 1;
              case MONTH_END ->
                  day - Calendar.day(c) + Calendar.daysInMonth(Calendar.year(c), Calendar.month(c));
              default -> Weeks.monday(day);
            };
        out[o + k] = Math.max(0, first);
      }
    }

    private void times(MomentOperand in, long[] out, int o, int n) {
      ZoneOffsets offsets = in.zone();
      int unit = start.seconds();
      if (start == Start.DAY) {
        long[] days = in.days(n);
        for (int k = 0; k < n; k++) {
          out[o + k] = Calendar.toEpoch(days[k] * Calendar.SECONDS_PER_DAY, offsets);
        }
      } else {
        long[] seconds = in.epochSeconds(n);
        for (int k = 0; k < n; k++) {
          long offset = offsets.offsetAt(seconds[k]);
          out[o + k] = seconds[k] - Math.floorMod(seconds[k] + offset, (long) unit);
        }
      }
      for (int k = 0; k < n; k++) {
        out[o + k] = Math.max(0, out[o + k]);
      }
    }
  }
}
