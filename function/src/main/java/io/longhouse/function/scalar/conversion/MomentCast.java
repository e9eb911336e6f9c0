package io.longhouse.function.scalar.conversion;

import io.longhouse.column.Column;
import io.longhouse.column.type.Calendar;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.Date32Type;
import io.longhouse.column.type.DateTime64Type;
import io.longhouse.column.type.DateTimeType;
import io.longhouse.column.type.DateType;
import io.longhouse.column.type.TimeZones;
import io.longhouse.column.type.ZoneOffsets;
import io.longhouse.function.number.LongOperand;
import io.longhouse.function.number.LongSink;
import io.longhouse.function.number.NumberShape;
import io.longhouse.function.number.WideWords;
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

  private MomentCast(DataType from, DataType to, ZoneId zone) {
    this.from = from;
    this.to = to;
    this.zone = ZoneOffsets.of(zone);
  }

  static Cast of(DataType from, DataType to) {
    DataType timed = isDate(from) ? to : from;
    ZoneId zone =
        switch (timed) {
          case DateTimeType t -> t.zone();
          case DateTime64Type t -> t.zone();
          default -> TimeZones.current();
        };
    return new MomentCast(from, to, zone);
  }

  private static boolean isDate(DataType t) {
    return t instanceof DateType || t instanceof Date32Type;
  }

  private static long ticks(DataType t) {
    return t instanceof DateTime64Type d ? WideWords.powerOfTen(d.scale()) : 1;
  }

  @Override
  public boolean mayThrow() {
    return false;
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
      out.advance(n);
    }
    return out.build();
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
