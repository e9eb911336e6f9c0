package io.longhouse.function.scalar.datetime;

import io.longhouse.column.Column;
import io.longhouse.column.Int32Column;
import io.longhouse.column.Int64Column;
import io.longhouse.column.type.DateTime64Type;
import io.longhouse.column.type.DateTimeType;
import io.longhouse.column.type.IntegerType;
import io.longhouse.function.Argument;
import io.longhouse.function.FunctionContext;
import io.longhouse.function.FunctionFactory;
import io.longhouse.function.ScalarFunction;
import io.longhouse.function.number.WideWords;
import io.longhouse.function.scalar.Resolved;
import io.longhouse.function.scalar.Rows;
import io.longhouse.function.scalar.Signature;
import io.longhouse.registry.Register;
import java.time.ZoneId;
import java.util.List;

/**
 * Snowflake IDs: from bit 22 on milliseconds since an epoch, below a machine and a sequence number.
 */
@Register(
    kind = FunctionFactory.class,
    name = "snowflakeIDToDateTime",
    category = "UUID",
    doc = "The moment of a Snowflake ID.")
@Register(
    kind = FunctionFactory.class,
    name = "snowflakeIDToDateTime64",
    category = "UUID",
    doc = "The moment of a Snowflake ID with milliseconds.")
@Register(
    kind = FunctionFactory.class,
    name = "dateTimeToSnowflakeID",
    category = "UUID",
    doc = "The first Snowflake ID of a moment.")
@Register(
    kind = FunctionFactory.class,
    name = "dateTime64ToSnowflakeID",
    category = "UUID",
    doc = "The first Snowflake ID of a moment with a fraction.")
final class SnowflakeIds implements FunctionFactory {
  private static final int TIME_SHIFT = 22;

  private final String name;

  SnowflakeIds(String name) {
    this.name = name;
  }

  @Override
  public ScalarFunction resolve(List<Argument> arguments, FunctionContext context) {
    boolean from = name.startsWith("snowflake");
    var s = new Signature(name, arguments).between(1, from ? 3 : 2);
    if (s.size() > 1) {
      s.integer(1);
    }
    long epoch = s.size() > 1 ? s.constantInteger(1) : 0;
    if (from) {
      if (!IntegerType.UINT64.equals(s.type(0))) {
        throw s.illegal(0, "must be UInt64");
      }
      ZoneId zone = Zones.nonEmpty(name, arguments, 2);
      boolean wide = name.endsWith("64");
      return wide
          ? Resolved.of(new DateTime64Type(3, zone), (c, rows) -> moments(c[0], epoch, rows))
          : Resolved.of(new DateTimeType(zone), (c, rows) -> seconds(c[0], epoch, rows));
    }
    if (name.startsWith("dateTime64")) {
      if (!(s.type(0) instanceof DateTime64Type t)) {
        throw s.illegal(0, "must be DateTime64");
      }
      return Resolved.of(IntegerType.UINT64, (c, rows) -> ids64(c[0], t.scale(), epoch, rows));
    }
    if (!(s.type(0) instanceof DateTimeType)) {
      throw s.illegal(0, "must be DateTime");
    }
    return Resolved.of(IntegerType.UINT64, (c, rows) -> ids(c[0], epoch, rows));
  }

  private static Column moments(Column c, long epoch, int rows) {
    long[] ids = Rows.longs(c.full(), false);
    long[] out = new long[rows];
    for (int r = 0; r < rows; r++) {
      out[r] = (ids[r] >>> TIME_SHIFT) + epoch;
    }
    return new Int64Column(out, rows);
  }

  private static Column seconds(Column c, long epoch, int rows) {
    long[] ids = Rows.longs(c.full(), false);
    int[] out = new int[rows];
    for (int r = 0; r < rows; r++) {
      out[r] = (int) Long.divideUnsigned((ids[r] >>> TIME_SHIFT) + epoch, 1000);
    }
    return new Int32Column(out, rows);
  }

  private static Column ids(Column c, long epoch, int rows) {
    long[] seconds = Rows.longs(c.full(), false);
    long[] out = new long[rows];
    for (int r = 0; r < rows; r++) {
      out[r] = seconds[r] * 1000 - epoch << TIME_SHIFT;
    }
    return new Int64Column(out, rows);
  }

  private static Column ids64(Column c, int scale, long epoch, int rows) {
    long[] ticks = Rows.longs(c.full(), true);
    long factor = scale < 3 ? WideWords.powerOfTen(3 - scale) : 1;
    long divisor = scale > 3 ? WideWords.powerOfTen(scale - 3) : 1;
    long[] out = new long[rows];
    for (int r = 0; r < rows; r++) {
      out[r] = ticks[r] * factor / divisor - epoch << TIME_SHIFT;
    }
    return new Int64Column(out, rows);
  }
}
