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
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.UnsupportedCharsetException;
import java.util.List;
import java.util.Locale;

/** Text from one character set to another. */
@Register(
    kind = FunctionFactory.class,
    name = "convertCharset",
    category = "String",
    doc = "A string turned from one character set into another.")
final class ConvertCharset implements FunctionFactory {
  @Override
  public ScalarFunction resolve(List<Argument> arguments, FunctionContext context) {
    var s = new Signature("convertCharset", arguments).count(3).string(0).string(1).string(2);
    Charset from = charset(s.constantText(1));
    Charset to = charset(s.constantText(2));
    return Resolved.throwing(
        StringType.TYPE,
        (c, rows) ->
            StringRows.map(
                c[0], rows, (b, f, t, out) -> out.add(new String(b, f, t - f, from).getBytes(to))));
  }

  private static Charset charset(String name) {
    // Java writes a byte order mark of its own for the names without one of the orders.
    String order =
        switch (name.toLowerCase(Locale.ROOT)) {
          case "utf16", "utf-16" -> "UTF-16";
          case "utf16le" -> "UTF-16LE";
          case "utf16be" -> "UTF-16BE";
          default -> name;
        };
    try {
      return Charset.forName(order);
    } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
      throw new LonghouseException(
          ErrorCode.CANNOT_CREATE_CHARSET_CONVERTER, "Unknown charset: " + name, e);
    }
  }
}
