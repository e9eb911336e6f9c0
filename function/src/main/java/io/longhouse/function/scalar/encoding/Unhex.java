package io.longhouse.function.scalar.encoding;

import io.longhouse.column.type.StringType;
import io.longhouse.function.Argument;
import io.longhouse.function.FunctionContext;
import io.longhouse.function.FunctionFactory;
import io.longhouse.function.ScalarFunction;
import io.longhouse.function.scalar.Resolved;
import io.longhouse.function.scalar.Signature;
import io.longhouse.function.scalar.string.StringRows;
import io.longhouse.registry.Register;
import java.util.List;

/** Bytes out of digits. */
@Register(
    kind = FunctionFactory.class,
    name = "unhex",
    caseInsensitive = true,
    category = "Encoding",
    doc = "The bytes that hexadecimal digits stand for; an odd first digit is a byte of its own.")
@Register(
    kind = FunctionFactory.class,
    name = "unbin",
    caseInsensitive = true,
    category = "Encoding",
    doc = "The bytes that binary digits stand for; missing digits of the first byte are zeros.")
final class Unhex implements FunctionFactory {
  private final String name;

  Unhex(String name) {
    this.name = name;
  }

  @Override
  public ScalarFunction resolve(List<Argument> arguments, FunctionContext context) {
    new Signature(name, arguments).count(1).string(0);
    StringRows.Writer writer = name.equals("unhex") ? Unhex::hex : Unhex::binary;
    return Resolved.of(StringType.TYPE, (c, rows) -> StringRows.map(c[0], rows, writer));
  }

  /** The value of a digit; what is none counts as 255. */
  private static int digit(byte b) {
    int d = Character.digit(b, 16);
    return d < 0 ? 0xFF : d;
  }

  private static void hex(byte[] b, int from, int to, StringRows.Text out) {
    int i = from;
    if ((to - from) % 2 != 0) {
      out.add(digit(b[i++]));
    }
    for (; i < to; i += 2) {
      out.add(digit(b[i]) * 16 + digit(b[i + 1]));
    }
  }

  private static void binary(byte[] b, int from, int to, StringRows.Text out) {
    int i = from;
    for (int n = (to - from) % 8 == 0 ? 8 : (to - from) % 8; i < to; n = 8) {
      int x = 0;
      for (int k = 0; k < n; k++) {
        x = x << 1 | b[i++] & 1;
      }
      out.add(x);
    }
  }
}
