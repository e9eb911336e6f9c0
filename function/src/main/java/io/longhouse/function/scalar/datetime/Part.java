package io.longhouse.function.scalar.datetime;

import io.longhouse.column.type.Calendar;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.IntegerType;

/** Parts of dates and times, with the kernel of each. */
enum Part {
  YEAR(2),
  ISO_YEAR(2),
  QUARTER(1),
  MONTH(1),
  ISO_WEEK(1),
  DAY_OF_YEAR(2),
  DAY_OF_MONTH(1),
  HOUR(1),
  MINUTE(1),
  SECOND(1),
  MILLISECOND(2),
  MICROSECOND(4),
  NANOSECOND(4),
  YYYYMM(4),
  YYYYMMDD(4),
  YYYYMMDDHHMMSS(8),
  RELATIVE_YEAR(2),
  RELATIVE_QUARTER(4),
  RELATIVE_MONTH(4),
  RELATIVE_WEEK(4),
  RELATIVE_DAY(4),
  RELATIVE_HOUR(4),
  RELATIVE_MINUTE(4),
  RELATIVE_SECOND(4),
  MONTHS_SINCE_EPOCH(4),
  YEARS_SINCE_EPOCH(2),
  DAYS_IN_MONTH(1),
  DAYS_SINCE_YEAR_ZERO(4);

  private static final int YEAR_ZERO = -719_528;

  private final int bytes;

  Part(int bytes) {
    this.bytes = bytes;
  }

  int bytes() {
    return bytes;
  }

  DataType type() {
    return IntegerType.of(bytes, false);
  }

  /** Whether a date alone has no such part. */
  boolean needsTime() {
    return switch (this) {
      case HOUR, MINUTE, SECOND, MILLISECOND, MICROSECOND, NANOSECOND -> true;
      default -> false;
    };
  }

  boolean isFraction() {
    return this == MILLISECOND || this == MICROSECOND || this == NANOSECOND;
  }

  /** Whether later moments never have a smaller value. */
  boolean grows() {
    return switch (this) {
      case YEAR,
          ISO_YEAR,
          YYYYMM,
          YYYYMMDD,
          YYYYMMDDHHMMSS,
          RELATIVE_YEAR,
          RELATIVE_QUARTER,
          RELATIVE_MONTH,
          RELATIVE_WEEK,
          RELATIVE_DAY,
          RELATIVE_HOUR,
          RELATIVE_MINUTE,
          RELATIVE_SECOND,
          MONTHS_SINCE_EPOCH,
          YEARS_SINCE_EPOCH,
          DAYS_SINCE_YEAR_ZERO ->
          true;
      default -> false;
    };
  }

  /** Of {@code fraction} ticks behind the second. */
  long ofFraction(long fraction, long ticksPerSecond) {
    long units = this == MILLISECOND ? 1_000 : this == MICROSECOND ? 1_000_000 : 1_000_000_000;
    return units >= ticksPerSecond
        ? fraction * (units / ticksPerSecond)
        : fraction / (ticksPerSecond / units);
  }

  /** Writes the part of {@code n} loaded rows. */
  void compute(MomentOperand in, long[] out, int o, int n) {
    switch (this) {
      case HOUR, MINUTE, SECOND, YYYYMMDDHHMMSS -> ofLocals(in.locals(n), out, o, n);
      case RELATIVE_HOUR, RELATIVE_MINUTE, RELATIVE_SECOND ->
          ofSeconds(in.epochSeconds(n), in, out, o, n);
      default -> ofDays(in.days(n), out, o, n);
    }
  }

  private void ofLocals(long[] v, long[] out, int o, int n) {
    switch (this) {
      case HOUR -> {
        for (int k = 0; k < n; k++) {
          out[o + k] = Calendar.secondOfDay(v[k]) / 3600;
        }
      }
      case MINUTE -> {
        for (int k = 0; k < n; k++) {
          out[o + k] = Calendar.secondOfDay(v[k]) / 60 % 60;
        }
      }
      case SECOND -> {
        for (int k = 0; k < n; k++) {
          out[o + k] = Calendar.secondOfDay(v[k]) % 60;
        }
      }
      default -> {
        for (int k = 0; k < n; k++) {
          int c = Civil.of(Calendar.dayOf(v[k]));
          int s = Calendar.secondOfDay(v[k]);
          long date = Calendar.year(c) * 10_000L + Calendar.month(c) * 100 + Calendar.day(c);
          out[o + k] = date * 1_000_000 + s / 3600 * 10_000 + s / 60 % 60 * 100 + s % 60;
        }
      }
    }
  }

  private void ofSeconds(long[] v, MomentOperand in, long[] out, int o, int n) {
    long unit = this == RELATIVE_HOUR ? 3600 : this == RELATIVE_MINUTE ? 60 : 1;
    long fraction = Math.floorMod(in.zone().offsetAt(0), unit);
    for (int k = 0; k < n; k++) {
      out[o + k] = Math.floorDiv(v[k] + fraction, unit);
    }
  }

  private void ofDays(long[] v, long[] out, int o, int n) {
    switch (this) {
      case RELATIVE_WEEK -> {
        for (int k = 0; k < n; k++) {
          out[o + k] = Math.max(0, Math.floorDiv(v[k] + 3, 7L));
        }
      }
      case RELATIVE_DAY -> {
        for (int k = 0; k < n; k++) {
          out[o + k] = Math.max(0, v[k]);
        }
      }
      case DAYS_SINCE_YEAR_ZERO -> {
        for (int k = 0; k < n; k++) {
          out[o + k] = v[k] - YEAR_ZERO;
        }
      }
      case DAY_OF_YEAR -> {
        for (int k = 0; k < n; k++) {
          out[o + k] = Calendar.dayOfYear((int) v[k]);
        }
      }
      case ISO_YEAR -> {
        for (int k = 0; k < n; k++) {
          out[o + k] = Weeks.iso((int) v[k]) / 100;
        }
      }
      case ISO_WEEK -> {
        for (int k = 0; k < n; k++) {
          out[o + k] = Weeks.iso((int) v[k]) % 100;
        }
      }
      case YEAR, RELATIVE_YEAR -> {
        for (int k = 0; k < n; k++) {
          out[o + k] = Calendar.year(Civil.of(v[k]));
        }
      }
      case MONTH -> {
        for (int k = 0; k < n; k++) {
          out[o + k] = Calendar.month(Civil.of(v[k]));
        }
      }
      case YYYYMM -> {
        for (int k = 0; k < n; k++) {
          int c = Civil.of(v[k]);
          out[o + k] = Calendar.year(c) * 100 + Calendar.month(c);
        }
      }
      default -> {
        for (int k = 0; k < n; k++) {
          out[o + k] = ofCivil(Civil.of(v[k]));
        }
      }
    }
  }

  private long ofCivil(int c) {
    int year = Calendar.year(c);
    int month = Calendar.month(c);
    return switch (this) {
      case QUARTER -> (month + 2) / 3;
      case DAY_OF_MONTH -> Calendar.day(c);
      case YYYYMMDD -> year * 10_000 + month * 100 + Calendar.day(c);
      case RELATIVE_QUARTER -> year * 4 + (month - 1) / 3;
      case RELATIVE_MONTH -> year * 12 + month;
      case MONTHS_SINCE_EPOCH -> (year - 1970) * 12 + month - 1;
      case YEARS_SINCE_EPOCH -> year - 1970;
      case DAYS_IN_MONTH -> Calendar.daysInMonth(year, month);
      default -> throw new IllegalStateException(name());
    };
  }
}
