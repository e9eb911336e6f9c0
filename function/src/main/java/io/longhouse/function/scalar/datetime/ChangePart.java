package io.longhouse.function.scalar.datetime;

import io.longhouse.column.Column;
import io.longhouse.column.type.Calendar;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.Date32Type;
import io.longhouse.column.type.DateTime64Type;
import io.longhouse.column.type.DateTimeType;
import io.longhouse.column.type.DateType;
import io.longhouse.column.type.ZoneOffsets;
import io.longhouse.function.Argument;
import io.longhouse.function.FunctionContext;
import io.longhouse.function.FunctionFactory;
import io.longhouse.function.ScalarFunction;
import io.longhouse.function.number.LongOperand;
import io.longhouse.function.number.LongSink;
import io.longhouse.function.number.NumberShape;
import io.longhouse.function.scalar.Resolved;
import io.longhouse.function.scalar.Signature;
import io.longhouse.registry.Register;
import java.util.List;
import java.util.Objects;

/**
 * One part of a moment replaced. A day that the month does not have flows over into the next month;
 * what no part can be, or lies before the type's first moment, gives that first moment, what lies
 * behind its last gives the last.
 */
@Register(
    kind = FunctionFactory.class,
    name = "changeYear",
    category = "Dates and Times",
    doc = "The moment with another year.")
@Register(
    kind = FunctionFactory.class,
    name = "changeMonth",
    category = "Dates and Times",
    doc = "The moment with another month.")
@Register(
    kind = FunctionFactory.class,
    name = "changeDay",
    category = "Dates and Times",
    doc = "The moment with another day of the month.")
@Register(
    kind = FunctionFactory.class,
    name = "changeHour",
    category = "Dates and Times",
    doc = "The moment with another hour; a date becomes a moment.")
@Register(
    kind = FunctionFactory.class,
    name = "changeMinute",
    category = "Dates and Times",
    doc = "The moment with another minute; a date becomes a moment.")
@Register(
    kind = FunctionFactory.class,
    name = "changeSecond",
    category = "Dates and Times",
    doc = "The moment with another second; a date becomes a moment.")
final class ChangePart implements FunctionFactory {
  private final String name;

  ChangePart(String name) {
    this.name = name;
  }

  @Override
  public ScalarFunction resolve(List<Argument> arguments, FunctionContext context) {
    var s = new Signature(name, arguments).count(2);
    DataType from = s.type(0);
    if (!MomentOperand.isMoment(from)) {
      throw s.illegal(0, "must be a date or a date with time");
    }
    boolean signed = s.integer(1).signed();
    boolean time = name.endsWith("Hour") || name.endsWith("Minute") || name.endsWith("Second");
    DataType result =
        time && from instanceof DateType
            ? new DateTimeType(null)
            : time && from instanceof Date32Type ? new DateTime64Type(3, null) : from;
    return Resolved.of(
        result, (c, rows) -> change(c[0], from, new LongOperand(c[1], signed, rows), result, rows));
  }

  private Column change(
      Column moments, DataType from, LongOperand values, DataType result, int rows) {
    var in = new MomentOperand(moments, from, null, rows);
    long ticks = MomentOperand.ticksPerSecond(result);
    long fractions = MomentOperand.ticksPerSecond(from);
    boolean date = MomentOperand.isDate(result);
    ZoneOffsets zone = ZoneOffsets.of(MomentOperand.zoneOf(result));
    long first = first(result);
    long last = last(result);
    var out = new LongSink(Objects.requireNonNull(NumberShape.ofStorage(result)).bytes(), rows);
    for (int start = 0; start < rows; start += LongOperand.CHUNK) {
      int n = Math.min(LongOperand.CHUNK, rows - start);
      in.load(start, n);
      values.load(start, n);
      long[] locals = in.locals(n);
      for (int k = 0; k < n; k++) {
        long local = changed(locals[k], values.array()[values.offset() + k]);
        long v;
        if (local == Long.MIN_VALUE || local == Long.MAX_VALUE) {
          v = local == Long.MIN_VALUE ? first : last;
        } else if (date) {
          v = Math.floorDiv(local, Calendar.SECONDS_PER_DAY);
        } else {
          v = Calendar.toEpoch(local, zone) * ticks;
          v += fractions == 1 ? 0 : Math.floorMod(in.raw(k), fractions);
        }
        out.target()[out.offset() + k] = Math.clamp(v, first, last);
      }
      out.advance(n);
    }
    return out.build();
  }

  /** The changed local time; the least number for a part that there is not, the greatest beyond. */
  private long changed(long local, long value) {
    int day = Calendar.dayOf(local);
    int second = Calendar.secondOfDay(local);
    int civil = Civil.of(day);
    int year = Calendar.year(civil);
    int month = Calendar.month(civil);
    int dayOfMonth = Calendar.day(civil);
    switch (name) {
      case "changeYear" -> {
        if (value < 1900 || value > 2299) {
          return value < 1900 ? Long.MIN_VALUE : Long.MAX_VALUE;
        }
        year = (int) value;
      }
      case "changeMonth" -> {
        if (value < 1 || value > 12) {
          return Long.MIN_VALUE;
        }
        month = (int) value;
      }
      case "changeDay" -> {
        if (value < 1 || value > 31) {
          return Long.MIN_VALUE;
        }
        dayOfMonth = (int) value;
      }
      case "changeHour" ->
          second = value < 0 || value > 23 ? -1 : second % 3600 + 3600 * (int) value;
      case "changeMinute" ->
          second =
              value < 0 || value > 59 ? -1 : second / 3600 * 3600 + 60 * (int) value + second % 60;
      default -> second = value < 0 || value > 59 ? -1 : second / 60 * 60 + (int) value;
    }
    return second < 0
        ? Long.MIN_VALUE
        : (Calendar.days(year, month, 1) + dayOfMonth - 1) * Calendar.SECONDS_PER_DAY + second;
  }

  private static long first(DataType type) {
    return switch (type) {
      case Date32Type _ -> Calendar.DATE32_MIN;
      case DateTime64Type t ->
          Calendar.DATE32_MIN * Calendar.SECONDS_PER_DAY * MomentOperand.ticksPerSecond(t);
      default -> 0;
    };
  }

  private static long last(DataType type) {
    return switch (type) {
      case Date32Type _ -> Calendar.DATE32_MAX;
      case DateType _ -> Calendar.DATE_MAX;
      case DateTime64Type t -> {
        long ticks = MomentOperand.ticksPerSecond(t);
        yield Math.min(
                    (Calendar.DATE32_MAX + 1L) * Calendar.SECONDS_PER_DAY,
                    Long.MAX_VALUE / ticks - 1)
                * ticks
            - 1;
      }
      default -> 0xFFFFFFFFL;
    };
  }
}
