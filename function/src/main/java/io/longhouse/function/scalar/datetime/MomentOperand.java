package io.longhouse.function.scalar.datetime;

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
import io.longhouse.function.number.NumberShape;
import io.longhouse.function.number.WideWords;
import java.time.ZoneId;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Dates or times as whole seconds or days, chunk by chunk. */
final class MomentOperand {
  private final DataType type;
  private final LongOperand raw;
  private final ZoneOffsets zone;
  private final long ticksPerSecond;
  private final long[] scratch;

  /**
   * @param zone the zone in which it is read, null for the type's own
   */
  MomentOperand(Column column, DataType type, @Nullable ZoneId zone, int rows) {
    this.type = type;
    NumberShape shape = Objects.requireNonNull(NumberShape.ofStorage(type));
    this.raw = new LongOperand(column, shape.signed(), rows);
    this.zone = ZoneOffsets.of(zone == null ? zoneOf(type) : zone);
    this.ticksPerSecond = ticksPerSecond(type);
    this.scratch = new long[Math.min(Math.max(1, rows), LongOperand.CHUNK)];
  }

  static boolean isMoment(DataType t) {
    return isDate(t) || hasTime(t);
  }

  static boolean isDate(DataType t) {
    return t instanceof DateType || t instanceof Date32Type;
  }

  static boolean hasTime(DataType t) {
    return t instanceof DateTimeType || t instanceof DateTime64Type;
  }

  static ZoneId zoneOf(DataType t) {
    return switch (t) {
      case DateTimeType d -> d.zone();
      case DateTime64Type d -> d.zone();
      default -> TimeZones.current();
    };
  }

  /** The zone that a type names, or null. */
  static @Nullable ZoneId explicitZoneOf(DataType t) {
    return switch (t) {
      case DateTimeType d -> d.explicitZone();
      case DateTime64Type d -> d.explicitZone();
      default -> null;
    };
  }

  static long ticksPerSecond(DataType t) {
    return t instanceof DateTime64Type d ? WideWords.powerOfTen(d.scale()) : 1;
  }

  ZoneOffsets zone() {
    return zone;
  }

  /** Makes {@code n} rows available for the methods below. */
  void load(int from, int n) {
    raw.load(from, n);
  }

  /** The stored number of a row of the chunk. */
  long raw(int k) {
    return raw.array()[raw.offset() + k];
  }

  /** Seconds of wall-clock time since the epoch; valid until the next call. */
  long[] locals(int n) {
    long[] v = raw.array();
    int i = raw.offset();
    long[] out = scratch;
    if (isDate(type)) {
      for (int k = 0; k < n; k++) {
        out[k] = v[i + k] * Calendar.SECONDS_PER_DAY;
      }
      return out;
    }
    epochSeconds(n);
    if (zone.isFixed()) {
      long offset = zone.offsetAt(0);
      for (int k = 0; k < n; k++) {
        out[k] += offset;
      }
    } else {
      for (int k = 0; k < n; k++) {
        out[k] += zone.offsetAt(out[k]);
      }
    }
    return out;
  }

  /** Seconds since the epoch; a date is its midnight in the zone. Valid until the next call. */
  long[] epochSeconds(int n) {
    long[] v = raw.array();
    int i = raw.offset();
    long[] out = scratch;
    if (isDate(type)) {
      for (int k = 0; k < n; k++) {
        out[k] = Calendar.toEpoch(v[i + k] * Calendar.SECONDS_PER_DAY, zone);
      }
    } else if (ticksPerSecond == 1) {
      System.arraycopy(v, i, out, 0, n);
    } else {
      for (int k = 0; k < n; k++) {
        out[k] = Math.floorDiv(v[i + k], ticksPerSecond);
      }
    }
    return out;
  }

  /** Local days since the epoch; valid until the next call. */
  long[] days(int n) {
    if (isDate(type)) {
      System.arraycopy(raw.array(), raw.offset(), scratch, 0, n);
      return scratch;
    }
    long[] out = locals(n);
    for (int k = 0; k < n; k++) {
      out[k] = Math.floorDiv(out[k], Calendar.SECONDS_PER_DAY);
    }
    return out;
  }
}
