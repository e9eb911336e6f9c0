package io.longhouse.function.scalar.datetime;

import io.longhouse.column.Column;
import io.longhouse.column.Int64Column;
import io.longhouse.column.WideColumn;
import io.longhouse.column.type.DateTime64Type;
import io.longhouse.column.type.DateTimeType;
import io.longhouse.column.type.UuidType;
import io.longhouse.function.Argument;
import io.longhouse.function.FunctionContext;
import io.longhouse.function.FunctionFactory;
import io.longhouse.function.ScalarFunction;
import io.longhouse.function.scalar.Resolved;
import io.longhouse.function.scalar.Rows;
import io.longhouse.function.scalar.Signature;
import io.longhouse.registry.Register;
import java.util.List;
import java.util.SplittableRandom;

/** The time in a UUID of version 7: milliseconds in its first 48 bits. */
@Register(
    kind = FunctionFactory.class,
    name = "UUIDv7ToDateTime",
    category = "UUID",
    doc = "The moment at which a UUID of version 7 was made.")
@Register(
    kind = FunctionFactory.class,
    name = "dateTimeToUUIDv7",
    category = "UUID",
    doc = "A random UUID of version 7 that a moment gives.")
final class UuidTimes implements FunctionFactory {
  private static final int VERSION = 7;

  private final String name;

  UuidTimes(String name) {
    this.name = name;
  }

  @Override
  public ScalarFunction resolve(List<Argument> arguments, FunctionContext context) {
    if (name.equals("UUIDv7ToDateTime")) {
      var s = new Signature(name, arguments).between(1, 2);
      if (!(s.type(0) instanceof UuidType)) {
        throw s.illegal(0, "must be UUID");
      }
      return Resolved.of(
          new DateTime64Type(3, Zones.nonEmpty(name, arguments, 1)),
          (c, rows) -> times(c[0], rows));
    }
    var s = new Signature(name, arguments).count(1);
    if (!(s.type(0) instanceof DateTimeType)) {
      throw s.illegal(0, "must be DateTime");
    }
    return new Made();
  }

  private static Column times(Column uuids, int rows) {
    long[] words = ((WideColumn) uuids.full()).words();
    long[] out = new long[rows];
    for (int r = 0; r < rows; r++) {
      long high = words[2 * r];
      out[r] = (high >>> 12 & 15) == VERSION ? high >>> 16 : 0;
    }
    return new Int64Column(out, rows);
  }

  private record Made() implements ScalarFunction {
    @Override
    public UuidType resultType() {
      return UuidType.TYPE;
    }

    @Override
    public boolean isDeterministic() {
      return false;
    }

    @Override
    public boolean isConstantInQuery() {
      return false;
    }

    @Override
    public Column evaluate(Column[] arguments, int rows) {
      long[] seconds = Rows.longs(arguments[0].full(), false);
      var random = new SplittableRandom();
      long[] out = new long[2 * rows];
      for (int r = 0; r < rows; r++) {
        out[2 * r] = seconds[r] * 1000 << 16 | VERSION << 12 | random.nextLong() & 0xFFF;
        out[2 * r + 1] = random.nextLong() & Long.MAX_VALUE >>> 1 | Long.MIN_VALUE;
      }
      return new WideColumn(out, 2, rows);
    }
  }
}
