package io.longhouse.function.scalar.datetime;

import io.longhouse.column.Column;
import io.longhouse.column.type.Calendar;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.DateTime64Type;
import io.longhouse.column.type.IntervalType.Unit;
import io.longhouse.column.type.ZoneOffsets;
import io.longhouse.function.ScalarFunction;
import io.longhouse.function.number.LongOperand;
import io.longhouse.function.number.LongSink;
import io.longhouse.function.number.NumberShape;
import java.time.ZoneId;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A moment rounded down to a multiple of an interval. Years count from year 0, quarters and months
 * from January 1970, weeks from Monday 1970-01-05 less a week, days from 1970-01-01, shorter units
 * from local midnight (hours) or from the epoch in local time.
 *
 * @param size units in the interval
 */
record IntervalStart(
    DataType type, Unit unit, long size, @Nullable ZoneId zone, DataType resultType)
    implements ScalarFunction {
  @Override
  public int monotonicity(int argument) {
    return argument == 0 ? 1 : 0;
  }

  @Override
  public Column evaluate(Column[] arguments, int rows) {
    var in = new MomentOperand(arguments[0], type, zone, rows);
    NumberShape shape = Objects.requireNonNull(NumberShape.ofStorage(resultType));
    var out = new LongSink(shape.bytes(), rows);
    for (int from = 0; from < rows; from += LongOperand.CHUNK) {
      int n = Math.min(LongOperand.CHUNK, rows - from);
      in.load(from, n);
      if (unit.compareTo(Unit.SECOND) < 0) {
        fractions(in, out.target(), out.offset(), n);
      } else if (unit.compareTo(Unit.HOUR) <= 0) {
        seconds(in, out.target(), out.offset(), n);
      } else {
        days(in, out.target(), out.offset(), n);
      }
      out.advance(n);
    }
    return out.build();
  }

  private void fractions(MomentOperand in, long[] out, int o, int n) {
    long ticks = MomentOperand.ticksPerSecond(type);
    long target = MomentOperand.ticksPerSecond(resultType);
    long perSecond =
        unit == Unit.MILLISECOND ? 1_000 : unit == Unit.MICROSECOND ? 1_000_000 : 1_000_000_000;
    for (int k = 0; k < n; k++) {
      long v =
          target >= ticks ? in.raw(k) * (target / ticks) : Math.floorDiv(in.raw(k), ticks / target);
      long step = Math.max(1, target / perSecond * size);
      out[o + k] = v - Math.floorMod(v, step);
    }
  }

  private void seconds(MomentOperand in, long[] out, int o, int n) {
    ZoneOffsets offsets = in.zone();
    long ticks = MomentOperand.ticksPerSecond(resultType);
    long[] v = in.epochSeconds(n);
    for (int k = 0; k < n; k++) {
      long offset = offsets.offsetAt(v[k]);
      long local = v[k] + offset;
      long rest =
          switch (unit) {
            case HOUR -> Calendar.secondOfDay(local) % (3600 * size);
            case MINUTE -> Math.floorMod(local, 60 * size);
            default -> Math.floorMod(v[k], size);
          };
      out[o + k] = (v[k] - rest) * ticks;
    }
  }

  private void days(MomentOperand in, long[] out, int o, int n) {
    ZoneOffsets offsets = in.zone();
    long[] days = in.days(n);
    long ticks = MomentOperand.ticksPerSecond(resultType);
    boolean date = MomentOperand.isDate(resultType);
    boolean clamps = !(resultType instanceof DateTime64Type) && storageIsUnsigned();
    for (int k = 0; k < n; k++) {
      long first = first((int) days[k]);
      long value =
          date ? first : Calendar.toEpoch(first * Calendar.SECONDS_PER_DAY, offsets) * ticks;
      out[o + k] = clamps ? Math.max(0, value) : value;
    }
  }

  private boolean storageIsUnsigned() {
    return !Objects.requireNonNull(NumberShape.ofStorage(resultType)).signed();
  }

  private long first(int day) {
    int c = Civil.of(day);
    int year = Calendar.year(c);
    return switch (unit) {
      case DAY -> day - Math.floorMod(day, size);
      case WEEK -> {
        long week = Math.floorDiv(day + 3L, 7L);
        yield size == 1 ? week * 7 - 3 : (week - Math.floorMod(week - 1, size)) * 7 - 3;
      }
      case MONTH -> ofMonths(year * 12L + Calendar.month(c) - 1, size);
      case QUARTER -> ofMonths(year * 12L + Calendar.month(c) - 1, 3 * size);
      default -> Calendar.days((int) (year - Math.floorMod(year, size)), 1, 1);
    };
  }

  private static long ofMonths(long months, long size) {
    long since = months - 1970 * 12L;
    long first = since - Math.floorMod(since, size) + 1970 * 12L;
    return Calendar.days((int) Math.floorDiv(first, 12L), (int) Math.floorMod(first, 12L) + 1, 1);
  }
}
