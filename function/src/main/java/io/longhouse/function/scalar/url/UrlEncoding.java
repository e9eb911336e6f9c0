package io.longhouse.function.scalar.url;

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

/** Percent encoding. */
@Register(
    kind = FunctionFactory.class,
    name = "encodeURLComponent",
    category = "URL",
    doc = "The string with all but unreserved characters percent-encoded.")
@Register(
    kind = FunctionFactory.class,
    name = "encodeURLFormComponent",
    category = "URL",
    doc = "As encodeURLComponent, with + for a space.")
@Register(
    kind = FunctionFactory.class,
    name = "decodeURLComponent",
    category = "URL",
    doc = "The string with percent-encoded bytes decoded.")
@Register(
    kind = FunctionFactory.class,
    name = "decodeURLFormComponent",
    category = "URL",
    doc = "As decodeURLComponent, with a space for +.")
final class UrlEncoding implements FunctionFactory {
  private static final String HEX = "0123456789ABCDEF";

  private final String name;

  UrlEncoding(String name) {
    this.name = name;
  }

  @Override
  public ScalarFunction resolve(List<Argument> arguments, FunctionContext context) {
    new Signature(name, arguments).count(1).string(0);
    boolean form = name.contains("Form");
    StringRows.Writer writer =
        name.startsWith("encode")
            ? (b, from, to, out) -> encode(b, from, to, form, out)
            : (b, from, to, out) -> decode(b, from, to, form, out);
    return Resolved.of(StringType.TYPE, (c, rows) -> StringRows.map(c[0], rows, writer));
  }

  private static void encode(byte[] b, int from, int to, boolean form, StringRows.Text out) {
    for (int i = from; i < to; i++) {
      byte x = b[i];
      boolean plain =
          (x | 0x20) >= 'a' && (x | 0x20) <= 'z'
              || x >= '0' && x <= '9'
              || x == '-'
              || x == '_'
              || x == '.'
              || x == '~';
      if (plain) {
        out.add(x);
      } else if (form && x == ' ') {
        out.add('+');
      } else {
        out.add('%');
        out.add(HEX.charAt(x >> 4 & 15));
        out.add(HEX.charAt(x & 15));
      }
    }
  }

  private static void decode(byte[] b, int from, int to, boolean form, StringRows.Text out) {
    for (int i = from; i < to; i++) {
      int high = b[i] == '%' && i + 2 < to ? Character.digit(b[i + 1], 16) : -1;
      int low = high >= 0 ? Character.digit(b[i + 2], 16) : -1;
      if (low >= 0) {
        out.add(high << 4 | low);
        i += 2;
      } else {
        out.add(form && b[i] == '+' ? ' ' : b[i]);
      }
    }
  }
}
