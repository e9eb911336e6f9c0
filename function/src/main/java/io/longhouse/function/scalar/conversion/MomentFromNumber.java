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
import io.longhouse.function.number.DoubleOperand;
import io.longhouse.function.number.LongOperand;
import io.longhouse.function.number.LongSink;
import io.longhouse.function.number.NumberShape;
import io.longhouse.function.number.WideWords;
import java.time.ZoneId;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Numbers as dates and times. A small number is days for a date, a large one seconds since the
 * epoch; what a type cannot hold becomes its nearest value.
 */
final class MomentFromNumber extends Cast {
  private static final long SECONDS_MAX = 0xFFFFFFFFL;

  private final NumberShape from;
  private final DataType to;
  private final ZoneOffsets zone;

  private MomentFromNumber(NumberShape from, DataType to, ZoneId zone) {
    this.from = from;
    this.to = to;
    this.zone = ZoneOffsets.of(zone);
  }

  static @Nullable Cast of(NumberShape from, DataType to) {
    return of(from, to, TimeZones.current());
  }

  /** Where seconds become a date, it is that of the zone. */
  static @Nullable Cast of(NumberShape from, DataType to, ZoneId zone) {
    return from.isWide() && !from.isDecimal() ? null : new MomentFromNumber(from, to, zone);
  }

  @Override
  public boolean mayThrow() {
    return from.isDecimal();
  }

  @Override
  protected Column convert(Column source, int rows, byte @Nullable [] failed) {
    if (to instanceof DateTime64Type t) {
      return ticks(source, t, rows, failed);
    }
    NumberShape b = Objects.requireNonNull(NumberShape.ofStorage(to));
    Column whole = from.isDecimal() ? asLongs(source, rows, failed) : source;
    NumberShape a = from.isDecimal() ? NumberShape.INT64 : from;
    var out = new LongSink(b.bytes(), rows);
    var longs = a.isFloat() ? null : new LongOperand(whole, a.signed(), rows);
    var doubles = a.isFloat() ? new DoubleOperand(whole, a, rows) : null;
    boolean huge = !a.isFloat() && !a.signed() && a.bytes() == 8;
    for (int start = 0; start < rows; start += LongOperand.CHUNK) {
      int n = Math.min(LongOperand.CHUNK, rows - start);
      long[] target = out.target();
      int o = out.offset();
      if (doubles != null) {
        doubles.load(start, n);
        for (int k = 0; k < n; k++) {
          target[o + k] = (long) doubles.array()[doubles.offset() + k];
        }
      } else if (longs != null) {
        longs.load(start, n);
        for (int k = 0; k < n; k++) {
          long v = longs.array()[longs.offset() + k];
          target[o + k] = huge && v < 0 ? Long.MAX_VALUE : v;
        }
      }
      clamp(target, o, n);
      out.advance(n);
    }
    return out.build();
  }

  private Column asLongs(Column source, int rows, byte @Nullable [] failed) {
    return new DecimalCast(from, NumberShape.INT64).convert(source, rows, failed);
  }

  private void clamp(long[] v, int o, int n) {
    switch (to) {
      case DateType _ -> {
        for (int k = 0; k < n; k++) {
          long x = v[o + k];
          v[o + k] =
              x < 0
                  ? 0
                  : x <= Calendar.DATE_MAX
                      ? x
                      : Calendar.dayOf(Calendar.toLocal(Math.min(x, SECONDS_MAX), zone));
        }
      }
      case Date32Type _ -> {
        for (int k = 0; k < n; k++) {
          long x = v[o + k];
          long day =
              x > Calendar.DATE32_MAX
                  ? Calendar.dayOf(
                      Calendar.toLocal(Math.min(x, Calendar.DATE32_MAX * 86_400L), zone))
                  : x;
          v[o + k] = Math.clamp(day, Calendar.DATE32_MIN, Calendar.DATE32_MAX);
        }
      }
      case DateTimeType _ -> {
        for (int k = 0; k < n; k++) {
          v[o + k] = Math.clamp(v[o + k], 0, SECONDS_MAX);
        }
      }
      default -> throw new IllegalStateException(to.name());
    }
  }

  private Column ticks(Column source, DateTime64Type t, int rows, byte @Nullable [] failed) {
    return from.isInteger()
        ? wholeSeconds(source, t, rows)
        : new DecimalCast(from, NumberShape.decimal(8, t.scale())).convert(source, rows, failed);
  }

  private Column wholeSeconds(Column source, DateTime64Type t, int rows) {
    long factor = WideWords.powerOfTen(t.scale());
    var in = new LongOperand(source, from.signed(), rows);
    var out = new LongSink(8, rows);
    for (int start = 0; start < rows; start += LongOperand.CHUNK) {
      int n = Math.min(LongOperand.CHUNK, rows - start);
      in.load(start, n);
      for (int k = 0; k < n; k++) {
        out.target()[out.offset() + k] = in.array()[in.offset() + k] * factor;
      }
      out.advance(n);
    }
    return out.build();
  }
}
