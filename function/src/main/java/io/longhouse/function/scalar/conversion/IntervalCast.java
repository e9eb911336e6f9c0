package io.longhouse.function.scalar.conversion;

import io.longhouse.column.Column;
import io.longhouse.column.Int64Column;
import io.longhouse.column.type.IntervalType;
import io.longhouse.column.type.IntervalType.Unit;
import org.jspecify.annotations.Nullable;

/** An interval in another unit: months among calendar units, seconds among the shorter ones. */
final class IntervalCast extends Cast {
  private final long factor;
  private final long divisor;

  private IntervalCast(long factor, long divisor) {
    this.factor = factor;
    this.divisor = divisor;
  }

  static @Nullable Cast of(IntervalType from, IntervalType to) {
    boolean calendar = from.unit().compareTo(Unit.MONTH) >= 0;
    if (calendar != to.unit().compareTo(Unit.MONTH) >= 0) {
      return null;
    }
    long a = length(from.unit());
    long b = length(to.unit());
    return a >= b ? new IntervalCast(a / b, 1) : new IntervalCast(1, b / a);
  }

  /** In months for calendar units, else in nanoseconds. */
  static long length(Unit unit) {
    return switch (unit) {
      case NANOSECOND, MONTH -> 1L;
      case MICROSECOND -> 1_000L;
      case MILLISECOND -> 1_000_000L;
      case SECOND -> 1_000_000_000L;
      case MINUTE -> 60_000_000_000L;
      case HOUR -> 3_600_000_000_000L;
      case DAY -> 86_400_000_000_000L;
      case WEEK -> 604_800_000_000_000L;
      case QUARTER -> 3L;
      case YEAR -> 12L;
    };
  }

  @Override
  public boolean mayThrow() {
    return false;
  }

  @Override
  protected Column convert(Column source, int rows, byte @Nullable [] failed) {
    long[] v = ((Int64Column) source).values();
    long[] out = new long[rows];
    for (int r = 0; r < rows; r++) {
      out[r] = v[r] * factor / divisor;
    }
    return new Int64Column(out, rows);
  }
}
