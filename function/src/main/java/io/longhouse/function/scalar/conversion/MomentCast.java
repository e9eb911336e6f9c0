package io.longhouse.function.scalar.conversion;

import io.longhouse.column.Column;
import io.longhouse.column.type.Calendar;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.Date32Type;
import io.longhouse.column.type.DateTime64Type;
import io.longhouse.column.type.DateTimeType;
import io.longhouse.column.type.DateType;
import io.longhouse.column.type.FormatSettings;
import io.longhouse.column.type.TimeZones;
import io.longhouse.column.type.ZoneOffsets;
import io.longhouse.function.number.LongOperand;
import io.longhouse.function.number.LongSink;
import io.longhouse.function.number.NumberShape;
import io.longhouse.function.number.WideWords;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import java.time.ZoneId;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Dates and times into each other. A date becomes its midnight in the target's zone, a time its
 * date in its own zone.
 */
final class MomentCast extends Cast {
  private final DataType from;
  private final DataType to;
  private final ZoneOffsets zone;

  private final Overflow overflow;

  /** {@code date_time_overflow_behavior}: what becomes of a value that the target cannot hold. */
  private enum Overflow {
    IGNORE,
    SATURATE,
    THROW
  }

  /** The last day on which every second is a DateTime. */
  private static final long LAST_DAY_OF_DATE_TIME = 49_709;

  private MomentCast(DataType from, DataType to, ZoneId zone, Overflow overflow) {
    this.from = from;
    this.to = to;
    this.overflow = overflow;
    this.zone = ZoneOffsets.of(zone);
  }

  static Cast of(DataType from, DataType to, FormatSettings settings) {
    DataType timed = isDate(from) ? to : from;
    ZoneId zone =
        switch (timed) {
          case DateTimeType t -> t.zone();
          case DateTime64Type t -> t.zone();
          default -> TimeZones.current();
        };
    boolean canOverflow =
        (from instanceof Date32Type || from instanceof DateTime64Type)
            && (to instanceof DateType || to instanceof DateTimeType);
    Overflow overflow =
        switch (canOverflow ? settings.dateTimeOverflowBehavior : "ignore") {
          case "throw" -> Overflow.THROW;
          case "saturate" -> Overflow.SATURATE;
          default -> Overflow.IGNORE;
        };
    return new MomentCast(from, to, zone, overflow);
  }

  private static boolean isDate(DataType t) {
    return t instanceof DateType || t instanceof Date32Type;
  }

  private static long ticks(DataType t) {
    return t instanceof DateTime64Type d ? WideWords.powerOfTen(d.scale()) : 1;
  }

  @Override
  public boolean mayThrow() {
    return overflow == Overflow.THROW;
  }

  @Override
  protected Column convert(Column source, int rows, byte @Nullable [] failed) {
    NumberShape a = Objects.requireNonNull(NumberShape.ofStorage(from));
    NumberShape b = Objects.requireNonNull(NumberShape.ofStorage(to));
    var in = new LongOperand(source, a.signed(), rows);
    var out = new LongSink(b.bytes(), rows);
    for (int start = 0; start < rows; start += LongOperand.CHUNK) {
      int n = Math.min(LongOperand.CHUNK, rows - start);
      in.load(start, n);
      kernel(in.array(), in.offset(), out.target(), out.offset(), n);
      if (overflow != Overflow.IGNORE) {
        bound(in.array(), in.offset(), out.target(), out.offset(), n);
      }
      out.advance(n);
    }
    return out.build();
  }

  private void bound(long[] v, int i, long[] out, int o, int n) {
    long down = ticks(from);
    boolean days = isDate(from) && !isDate(to);
    long last = days ? LAST_DAY_OF_DATE_TIME : isDate(to) ? 0xFFFFL : 0xFFFFFFFFL;
    for (int k = 0; k < n; k++) {
      long source = Math.floorDiv(v[i + k], down);
      long value = days ? source : out[o + k];
      if (value >= 0 && value <= last) {
        continue;
      }
      if (overflow == Overflow.THROW) {
        throw new LonghouseException(
            ErrorCode.VALUE_IS_OUT_OF_RANGE_OF_DATA_TYPE,
            "Value "
                + source
                + " is out of bounds of type "
                + (to instanceof DateType ? "Date" : "DateTime"));
      }
      long bounded = Math.clamp(value, 0, last);
      out[o + k] =
          days && bounded > 0
              ? Calendar.toEpoch(bounded * Calendar.SECONDS_PER_DAY, zone)
              : bounded;
    }
  }

  private void kernel(long[] v, int i, long[] out, int o, int n) {
    boolean fromDate = isDate(from);
    boolean toDate = isDate(to);
    long up = ticks(to);
    long down = ticks(from);
    if (fromDate && toDate) {
      System.arraycopy(v, i, out, o, n);
    } else if (fromDate) {
      for (int k = 0; k < n; k++) {
        out[o + k] = Calendar.toEpoch(v[i + k] * Calendar.SECONDS_PER_DAY, zone) * up;
      }
    } else if (toDate) {
      for (int k = 0; k < n; k++) {
        out[o + k] = Calendar.dayOf(Calendar.toLocal(Math.floorDiv(v[i + k], down), zone));
      }
    } else if (up >= down) {
      long factor = up / down;
      for (int k = 0; k < n; k++) {
        out[o + k] = v[i + k] * factor;
      }
    } else {
      long divisor = down / up;
      for (int k = 0; k < n; k++) {
        out[o + k] = Math.floorDiv(v[i + k], divisor);
      }
    }
  }
}
