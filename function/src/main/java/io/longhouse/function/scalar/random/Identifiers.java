package io.longhouse.function.scalar.random;

import io.longhouse.column.Column;
import io.longhouse.column.WideColumn;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.UuidType;
import io.longhouse.function.Argument;
import io.longhouse.function.Arguments;
import io.longhouse.function.FunctionContext;
import io.longhouse.function.FunctionFactory;
import io.longhouse.function.ScalarFunction;
import io.longhouse.registry.Register;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;

/** New UUIDs. */
@Register(
    kind = FunctionFactory.class,
    name = "generateUUIDv4",
    category = "UUID",
    doc = "A random UUID.")
@Register(
    kind = FunctionFactory.class,
    name = "generateUUIDv7",
    category = "UUID",
    doc = "A UUID that begins with the time, ascending within a process.")
final class Identifiers implements FunctionFactory {
  /** Milliseconds in the upper 48 bits, a counter below: never the same twice. */
  private static final AtomicLong LAST = new AtomicLong();

  private final String name;

  Identifiers(String name) {
    this.name = name;
  }

  @Override
  public boolean handlesNulls() {
    return true;
  }

  @Override
  public boolean handlesConstants() {
    return true;
  }

  @Override
  public ScalarFunction resolve(List<Argument> arguments, FunctionContext context) {
    Arguments.count(name, arguments, 0, 1);
    return new Call(name.endsWith("v7"));
  }

  private record Call(boolean timed) implements ScalarFunction {
    @Override
    public DataType resultType() {
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
      var random = new SplittableRandom();
      long[] out = new long[2 * rows];
      long first = timed ? reserve(rows) : 0;
      for (int r = 0; r < rows; r++) {
        if (timed) {
          long at = first + r;
          out[2 * r] = at >>> 12 << 16 | 0x7000 | at & 0xFFF;
        } else {
          out[2 * r] = random.nextLong() & ~0xF000L | 0x4000;
        }
        out[2 * r + 1] = random.nextLong() & Long.MAX_VALUE >>> 1 | Long.MIN_VALUE;
      }
      return new WideColumn(out, 2, rows);
    }

    /** The first of {@code rows} consecutive numbers: milliseconds times 4096 plus a counter. */
    private static long reserve(int rows) {
      long now = System.currentTimeMillis() << 12;
      return LAST.updateAndGet(last -> Math.max(last, now) + rows) - rows;
    }
  }
}
