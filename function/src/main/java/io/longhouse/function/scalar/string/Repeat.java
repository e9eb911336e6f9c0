package io.longhouse.function.scalar.string;

import io.longhouse.column.Column;
import io.longhouse.column.StringColumn;
import io.longhouse.column.type.StringType;
import io.longhouse.function.Argument;
import io.longhouse.function.FunctionContext;
import io.longhouse.function.FunctionFactory;
import io.longhouse.function.ScalarFunction;
import io.longhouse.function.scalar.Resolved;
import io.longhouse.function.scalar.Rows;
import io.longhouse.function.scalar.Signature;
import io.longhouse.registry.Register;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import java.util.List;

/** A string several times. */
@Register(
    kind = FunctionFactory.class,
    name = "repeat",
    caseInsensitive = true,
    category = "String",
    doc = "A string n times, one behind the other.")
@Register(
    kind = FunctionFactory.class,
    name = "space",
    caseInsensitive = true,
    category = "String",
    doc = "n spaces.")
final class Repeat implements FunctionFactory {
  private static final long TIMES_MAX = 1_000_000;
  private static final long BYTES_MAX = 1 << 30;

  private final String name;

  Repeat(String name) {
    this.name = name;
  }

  @Override
  public ScalarFunction resolve(List<Argument> arguments, FunctionContext context) {
    boolean space = name.equals("space");
    var s = new Signature(name, arguments).count(space ? 1 : 2);
    if (!space) {
      s.string(0);
    }
    boolean signed = s.integer(space ? 0 : 1).signed();
    Rows.Bytes one = new Rows.Bytes(new byte[] {' '}, new int[] {0, 1}, 0);
    return Resolved.throwing(
        StringType.TYPE,
        (c, rows) -> {
          Column times = c[space ? 0 : 1];
          return repeat(
              space ? one : Rows.bytes(c[0]),
              Rows.longs(times, signed),
              Rows.mask(times),
              signed,
              rows);
        });
  }

  private Column repeat(Rows.Bytes text, long[] times, int mask, boolean signed, int rows) {
    int[] offsets = new int[rows + 1];
    long total = 0;
    for (int r = 0; r < rows; r++) {
      long n = times[r & mask];
      n = signed ? Math.max(0, n) : n;
      if (n < 0 || n > TIMES_MAX) {
        throw new LonghouseException(
            ErrorCode.TOO_LARGE_STRING_SIZE,
            "Too many times to repeat ("
                + Long.toUnsignedString(n)
                + "), maximum is: "
                + TIMES_MAX);
      }
      total += n * (text.to(r) - text.from(r));
      if (total > BYTES_MAX) {
        throw new LonghouseException(
            ErrorCode.TOO_LARGE_STRING_SIZE,
            "Too large string size in function " + name + ", maximum is: " + BYTES_MAX);
      }
      offsets[r + 1] = (int) total;
    }
    byte[] out = new byte[offsets[rows]];
    for (int r = 0; r < rows; r++) {
      int n = text.to(r) - text.from(r);
      int from = offsets[r];
      int size = offsets[r + 1] - from;
      if (size == 0) {
        continue;
      }
      System.arraycopy(text.bytes(), text.from(r), out, from, n);
      for (int done = n; done < size; ) {
        int more = Math.min(done, size - done);
        System.arraycopy(out, from, out, from + done, more);
        done += more;
      }
    }
    return new StringColumn(offsets, out, rows);
  }
}
