package io.longhouse.function.scalar.datetime;

import io.longhouse.column.Column;
import io.longhouse.column.type.Calendar;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.IntervalType.Unit;
import io.longhouse.column.type.ZoneOffsets;
import io.longhouse.function.ScalarFunction;
import io.longhouse.function.number.LongOperand;
import io.longhouse.function.number.LongSink;
import io.longhouse.function.number.NumberShape;
import io.longhouse.function.number.WideWords;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import java.util.Objects;

/**
 * A moment rounded down to a multiple of an interval that is counted from another moment. Both and
 * the result have one type.
 *
 * @param size units in the interval
 */
record IntervalFromOrigin(DataType resultType, Unit unit, long size) implements ScalarFunction {
  @Override
  public boolean mayThrow() {
    return true;
  }

  @Override
  public Column evaluate(Column[] arguments, int rows) {
    NumberShape shape = Objects.requireNonNull(NumberShape.ofStorage(resultType));
    var moments = new LongOperand(arguments[0], shape.signed(), rows);
    var origins = new LongOperand(arguments[2], shape.signed(), rows);
    var out = new LongSink(shape.bytes(), rows);
    boolean months = unit.compareTo(Unit.MONTH) >= 0;
    long step = months ? monthsPerStep() : ticksPerStep();
    long day = Calendar.SECONDS_PER_DAY * MomentOperand.ticksPerSecond(resultType);
    ZoneOffsets zone = ZoneOffsets.of(MomentOperand.zoneOf(resultType));
    for (int from = 0; from < rows; from += LongOperand.CHUNK) {
      int n = Math.min(LongOperand.CHUNK, rows - from);
      moments.load(from, n);
      origins.load(from, n);
      for (int k = 0; k < n; k++) {
        long v = moments.array()[moments.offset() + k];
        long origin = origins.array()[origins.offset() + k];
        if (origin > v) {
          throw new LonghouseException(
              ErrorCode.BAD_ARGUMENTS,
              "Origin must be before the end date / datetime of function toStartOfInterval");
        }
        // Several hours are counted anew every 24 hours from the origin.
        long anew = unit == Unit.HOUR ? (v - origin) / day * day : 0;
        out.target()[out.offset() + k] =
            months
                ? ofMonths(v, origin, step, zone)
                : origin + anew + (v - origin - anew) / step * step;
      }
      out.advance(n);
    }
    return out.build();
  }

  private long monthsPerStep() {
    return size * (unit == Unit.YEAR ? 12 : unit == Unit.QUARTER ? 3 : 1);
  }

  /** The interval in what the type counts: days, seconds or fractions of them. */
  private long ticksPerStep() {
    boolean date = MomentOperand.isDate(resultType);
    long nanos =
        switch (unit) {
          case NANOSECOND -> 1L;
          case MICROSECOND -> 1_000L;
          case MILLISECOND -> 1_000_000L;
          case SECOND -> 1_000_000_000L;
          case MINUTE -> 60_000_000_000L;
          case HOUR -> 3_600_000_000_000L;
          case WEEK -> 604_800_000_000_000L;
          default -> 86_400_000_000_000L;
        };
    long perTick =
        date
            ? 86_400_000_000_000L
            : WideWords.powerOfTen(9) / MomentOperand.ticksPerSecond(resultType);
    return Math.max(1, nanos >= perTick ? nanos / perTick * size : nanos * size / perTick);
  }

  private long ofMonths(long v, long origin, long step, ZoneOffsets zone) {
    boolean date = MomentOperand.isDate(resultType);
    long ticks = MomentOperand.ticksPerSecond(resultType);
    long at = date ? v : Calendar.toLocal(Math.floorDiv(v, ticks), zone);
    long start = date ? origin : Calendar.toLocal(Math.floorDiv(origin, ticks), zone);
    int day = date ? (int) at : Calendar.dayOf(at);
    int first = date ? (int) start : Calendar.dayOf(start);
    int a = Civil.of(day);
    int b = Civil.of(first);
    long between =
        (Calendar.year(a) - Calendar.year(b)) * 12L + Calendar.month(a) - Calendar.month(b);
    long months = Math.floorDiv(between, step) * step;
    int result = Calendar.addMonths(first, months);
    boolean later =
        date
            ? result > day
            : result > day
                || result == day && Calendar.secondOfDay(start) > Calendar.secondOfDay(at);
    if (later) {
      result = Calendar.addMonths(first, months - step);
    }
    if (date) {
      return result;
    }
    long local = result * Calendar.SECONDS_PER_DAY + Calendar.secondOfDay(start);
    return Calendar.toEpoch(local, zone) * ticks + Math.floorMod(origin, ticks);
  }
}
