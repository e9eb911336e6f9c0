package io.longhouse.engine.exec;

import io.longhouse.column.Column;
import io.longhouse.column.ColumnBuilder;
import io.longhouse.column.Float32Column;
import io.longhouse.column.Float64Column;
import io.longhouse.column.Int16Column;
import io.longhouse.column.Int32Column;
import io.longhouse.column.Int64Column;
import io.longhouse.column.Int8Column;
import io.longhouse.column.NullableColumn;
import io.longhouse.column.WideColumn;
import io.longhouse.column.type.Calendar;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.Date32Type;
import io.longhouse.column.type.DateTime64Type;
import io.longhouse.column.type.DateTimeType;
import io.longhouse.column.type.DateType;
import io.longhouse.column.type.DecimalType;
import io.longhouse.column.type.FloatType;
import io.longhouse.column.type.IntegerType;
import io.longhouse.column.type.IntervalType;
import io.longhouse.column.type.NullableType;
import io.longhouse.column.type.Numbers;
import io.longhouse.engine.plan.Plan;
import io.longhouse.function.expr.Expr;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/**
 * One key of WITH FILL: its bounds and the way from one value to the next. A value is a long: the
 * number itself, days, seconds or ticks, or the bits of a double.
 */
final class FillKey {
  private final int column;
  private final DataType type;
  private final boolean descending;
  private final boolean isFloat;
  private final boolean isUnsignedLong;
  private final Step step;
  private final @Nullable Step staleness;
  private final @Nullable Long from;
  private final @Nullable Long to;

  /** A distance: a number in the key's units, or so many units of time. */
  private record Step(long number, IntervalType.@Nullable Unit unit) {}

  FillKey(Plan.Fill fill, Plan.FillRange range) {
    Plan.SortKey key = fill.keys().get(range.key());
    this.column = key.column();
    this.descending = key.descending();
    this.type = NullableType.strip(fill.header().type(column));
    this.isFloat = type instanceof FloatType;
    this.isUnsignedLong = type instanceof IntegerType t && !t.signed() && t.bytes() == 8;
    if (!isFloat && !isDiscrete(type)) {
      throw incompatible();
    }
    this.from = bound(range.from());
    this.to = bound(range.to());
    this.step = step(range.step());
    this.staleness = range.staleness() == null ? null : step(range.staleness());
    check(range);
  }

  private static boolean isDiscrete(DataType t) {
    return t instanceof IntegerType
        || t instanceof DateType
        || t instanceof Date32Type
        || t instanceof DateTimeType
        || t instanceof DateTime64Type;
  }

  private LonghouseException incompatible() {
    return bad("Incompatible types of WITH FILL expression values with column type " + type);
  }

  private static LonghouseException bad(String message) {
    return new LonghouseException(ErrorCode.INVALID_WITH_FILL_EXPRESSION, message);
  }

  private void check(Plan.FillRange range) {
    String direction = descending ? "descending" : "ascending";
    checkSign(step, "STEP", direction);
    Step s = staleness;
    if (s != null) {
      checkSign(s, "STALENESS", direction);
      if (range.from() != null) {
        throw bad("WITH FILL STALENESS cannot be used together with WITH FILL FROM");
      }
    }
    Long f = from;
    Long t = to;
    if (f != null && t != null && compare(t, f) < 0) {
      throw bad(
          descending
              ? "WITH FILL FROM value cannot be less than TO value for sorting in descending"
                  + " direction"
              : "WITH FILL TO value cannot be less than FROM value for sorting in ascending"
                  + " direction");
    }
    if (type instanceof IntegerType i
        && !i.signed()
        && (f != null && f < 0 || t != null && t < 0)) {
      throw bad("WITH FILL bound values cannot be negative for unsigned type " + type);
    }
  }

  private void checkSign(Step s, String what, String direction) {
    double n = isFloat ? Double.longBitsToDouble(s.number) : s.number;
    if (n == 0) {
      throw bad("WITH FILL " + what + " value cannot be zero");
    }
    if (n < 0 != descending) {
      throw bad(
          "WITH FILL "
              + what
              + " value cannot be "
              + (descending ? "positive" : "negative")
              + " for sorting in "
              + direction
              + " direction");
    }
  }

  private @Nullable Long bound(Expr.@Nullable Constant c) {
    if (c == null || c.value().plain().isNullAt(0)) {
      return null;
    }
    DataType t = NullableType.strip(c.type());
    if (!(t instanceof IntegerType || t instanceof FloatType || t instanceof DecimalType)
        && !t.equals(type)
        && !(t instanceof DateTime64Type && type instanceof DateTime64Type)
        && !(t instanceof DateTimeType && type instanceof DateTimeType)) {
      throw incompatible();
    }
    return number(c, t);
  }

  /** A constant in the key's units. */
  private long number(Expr.Constant c, DataType t) {
    Column v = c.value().plain();
    if (v instanceof NullableColumn n) {
      v = n.values();
    }
    if (isFloat) {
      double[] d = new double[1];
      boolean signed = !(t instanceof IntegerType i) || i.signed();
      Numbers.toDoubles(v, 0, 1, signed, d);
      return Double.doubleToLongBits(t instanceof DecimalType x ? d[0] / pow10(x.scale()) : d[0]);
    }
    if (type instanceof DateTime64Type d) {
      return ticks(v, t, d.scale());
    }
    if (!isDiscrete(t)) {
      throw incompatible();
    }
    return read(v, 0, t);
  }

  private long ticks(Column v, DataType t, int scale) {
    if (t instanceof FloatType) {
      double[] d = new double[1];
      Numbers.toDoubles(v, 0, 1, true, d);
      return Math.round(d[0] * pow10(scale));
    }
    int own =
        t instanceof DateTime64Type d ? d.scale() : t instanceof DecimalType d ? d.scale() : 0;
    long n = read(v, 0, t);
    return scale >= own ? n * pow10(scale - own) : n / pow10(own - scale);
  }

  private static long pow10(int n) {
    long p = 1;
    for (int i = 0; i < n; i++) {
      p *= 10;
    }
    return p;
  }

  private Step step(Expr.@Nullable Constant c) {
    if (c == null) {
      long one = type instanceof DateTime64Type d ? pow10(d.scale()) : 1;
      long n = descending ? -one : one;
      return new Step(isFloat ? Double.doubleToLongBits(n) : n, null);
    }
    if (!(c.type() instanceof IntervalType i)) {
      return new Step(number(c, NullableType.strip(c.type())), null);
    }
    if (type instanceof IntegerType || isFloat) {
      throw bad("STEP of Interval type can be used only with Date/DateTime types, but got " + type);
    }
    long n = ((Int64Column) c.value().plain()).values()[0];
    boolean dates = type instanceof DateType || type instanceof Date32Type;
    if (dates && i.unit().compareTo(IntervalType.Unit.DAY) < 0) {
      long seconds = Math.abs(n * secondsOf(i.unit()));
      if (seconds < Calendar.SECONDS_PER_DAY) {
        throw bad("Value of step is too low (" + seconds + " seconds). Must be >= 1 day");
      }
      return new Step(n * secondsOf(i.unit()) / Calendar.SECONDS_PER_DAY, null);
    }
    return new Step(n, i.unit());
  }

  private static long secondsOf(IntervalType.Unit unit) {
    return switch (unit) {
      case NANOSECOND, MICROSECOND, MILLISECOND -> 0;
      case SECOND -> 1;
      case MINUTE -> 60;
      case HOUR -> 3600;
      case DAY -> 86_400;
      case WEEK -> 604_800;
      case MONTH, QUARTER, YEAR -> throw new IllegalArgumentException("no fixed length");
    };
  }

  int column() {
    return column;
  }

  @Nullable Long from() {
    return from;
  }

  @Nullable Long to() {
    return to;
  }

  boolean hasStaleness() {
    return staleness != null;
  }

  /** Order in the key's direction. */
  int compare(long a, long b) {
    int c =
        isFloat
            ? compareDoubles(Double.longBitsToDouble(a), Double.longBitsToDouble(b))
            : isUnsignedLong ? Long.compareUnsigned(a, b) : Long.compare(a, b);
    return descending ? -c : c;
  }

  private static int compareDoubles(double a, double b) {
    return a < b ? -1 : a > b ? 1 : a == b ? 0 : Double.compare(a, b);
  }

  /** Whether filling stops at the value. */
  boolean isEndless(long v) {
    return isFloat && !Double.isFinite(Double.longBitsToDouble(v));
  }

  /** The value {@code count} steps on. */
  long next(long v, long count) {
    return add(v, step, count);
  }

  /** Up to where rows are put in behind the value. */
  long staleBound(long v) {
    Step s = staleness;
    return s == null ? v : add(v, s, 1);
  }

  private long add(long v, Step s, long count) {
    if (isFloat) {
      return Double.doubleToLongBits(
          Double.longBitsToDouble(v) + Double.longBitsToDouble(s.number) * count);
    }
    IntervalType.Unit unit = s.unit;
    long n = s.number * count;
    if (unit == null) {
      return v + n;
    }
    return switch (type) {
      case DateType _, Date32Type _ -> addToDays((int) v, n, unit);
      case DateTimeType t -> addToSeconds(v, n, unit, t.zone());
      case DateTime64Type t -> addToTicks(v, n, unit, t);
      default -> throw new IllegalStateException(type.name());
    };
  }

  private static long addToDays(int days, long n, IntervalType.Unit unit) {
    return switch (unit) {
      case WEEK -> days + 7 * n;
      case MONTH -> Calendar.addMonths(days, n);
      case QUARTER -> Calendar.addMonths(days, 3 * n);
      case YEAR -> Calendar.addMonths(days, 12 * n);
      default -> days + n;
    };
  }

  private static long addToSeconds(long seconds, long n, IntervalType.Unit unit, ZoneId zone) {
    if (unit.compareTo(IntervalType.Unit.DAY) < 0) {
      if (unit.compareTo(IntervalType.Unit.SECOND) < 0) {
        throw new LonghouseException(
            ErrorCode.NOT_IMPLEMENTED, "WITH FILL of DateTime with a step shorter than a second");
      }
      return seconds + n * secondsOf(unit);
    }
    var offsets = Calendar.zone(zone);
    long local = Calendar.toLocal(seconds, offsets);
    long day = addToDays(Calendar.dayOf(local), n, unit);
    return Calendar.toEpoch(day * Calendar.SECONDS_PER_DAY + Calendar.secondOfDay(local), offsets);
  }

  /** A unit finer than the ticks makes the ticks finer, as ClickHouse has it. */
  private static long addToTicks(long ticks, long n, IntervalType.Unit unit, DateTime64Type t) {
    int digits =
        switch (unit) {
          case NANOSECOND -> 9;
          case MICROSECOND -> 6;
          case MILLISECOND -> 3;
          default -> 0;
        };
    if (digits > 0) {
      return digits > t.scale()
          ? ticks * pow10(digits - t.scale()) + n
          : ticks + n * pow10(t.scale() - digits);
    }
    long perSecond = pow10(t.scale());
    long seconds = Math.floorDiv(ticks, perSecond);
    return addToSeconds(seconds, n, unit, t.zone()) * perSecond + Math.floorMod(ticks, perSecond);
  }

  /** The value of a row that is not NULL. */
  long read(Column c, int row) {
    return read(c instanceof NullableColumn n ? n.values() : c, row, type);
  }

  private long read(Column c, int row, DataType t) {
    boolean signed =
        !(t instanceof IntegerType i && !i.signed())
            && !(t instanceof DateTimeType)
            && !(t instanceof DateType);
    return switch (c) {
      case Int8Column v -> signed ? v.values()[row] : v.values()[row] & 0xFF;
      case Int16Column v -> signed ? v.values()[row] : v.values()[row] & 0xFFFF;
      case Int32Column v -> signed ? v.values()[row] : v.values()[row] & 0xFFFFFFFFL;
      case Int64Column v -> v.values()[row];
      case Float32Column v -> Double.doubleToLongBits(v.values()[row]);
      case Float64Column v -> Double.doubleToLongBits(v.values()[row]);
      case WideColumn v -> readWide(v, row);
      default -> throw incompatible();
    };
  }

  private static long readWide(WideColumn c, int row) {
    int w = c.wordsPerValue();
    long low = c.words()[row * w];
    for (int k = 1; k < w; k++) {
      if (c.words()[row * w + k] != low >> 63) {
        throw new LonghouseException(
            ErrorCode.NOT_IMPLEMENTED, "WITH FILL of numbers beyond 64 bits");
      }
    }
    return low;
  }

  /** Adds a value to a column of the key's type; one that does not fit wraps around. */
  void append(ColumnBuilder out, long v) {
    switch (out) {
      case NullableColumn.Builder b -> {
        append(b.values(), v);
        b.addedValue();
      }
      case Int8Column.Builder b -> b.add((byte) v);
      case Int16Column.Builder b -> b.add((short) v);
      case Int32Column.Builder b -> b.add((int) v);
      case Int64Column.Builder b -> b.add(v);
      case Float32Column.Builder b -> b.add((float) Double.longBitsToDouble(v));
      case Float64Column.Builder b -> b.add(Double.longBitsToDouble(v));
      case WideColumn.Builder b -> {
        long[] words = new long[b.wordsPerValue()];
        java.util.Arrays.fill(words, v >> 63);
        words[0] = v;
        b.add(words, 0);
      }
      default -> throw incompatible();
    }
  }
}
