package io.longhouse.function.scalar.encoding;

import io.longhouse.column.Column;
import io.longhouse.column.type.StringType;
import io.longhouse.function.Argument;
import io.longhouse.function.FunctionContext;
import io.longhouse.function.FunctionFactory;
import io.longhouse.function.ScalarFunction;
import io.longhouse.function.scalar.Resolved;
import io.longhouse.function.scalar.Rows;
import io.longhouse.function.scalar.Signature;
import io.longhouse.function.scalar.string.StringRows;
import io.longhouse.registry.Register;
import io.longhouse.sql.ByteText;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import java.util.Arrays;
import java.util.List;

/** Base 64, plain and for URLs. */
@Register(
    kind = FunctionFactory.class,
    name = "base64Encode",
    aliases = "TO_BASE64",
    category = "Encoding",
    doc = "The string in base 64.")
@Register(
    kind = FunctionFactory.class,
    name = "base64Decode",
    aliases = "FROM_BASE64",
    category = "Encoding",
    doc = "The string that base 64 stands for.")
@Register(
    kind = FunctionFactory.class,
    name = "tryBase64Decode",
    category = "Encoding",
    doc = "As base64Decode, with an empty string for what is not base 64.")
@Register(
    kind = FunctionFactory.class,
    name = "base64URLEncode",
    category = "Encoding",
    doc = "The string in base 64 for URLs, without padding.")
@Register(
    kind = FunctionFactory.class,
    name = "base64URLDecode",
    category = "Encoding",
    doc = "The string that base 64 for URLs stands for.")
@Register(
    kind = FunctionFactory.class,
    name = "tryBase64URLDecode",
    category = "Encoding",
    doc = "As base64URLDecode, with an empty string for what is not base 64.")
final class Base64 implements FunctionFactory {
  private final String name;

  Base64(String name) {
    this.name = name;
  }

  @Override
  public ScalarFunction resolve(List<Argument> arguments, FunctionContext context) {
    new Signature(name, arguments).count(1).string(0);
    return name.endsWith("Encode")
        ? Resolved.of(StringType.TYPE, (c, rows) -> encode(c[0], rows))
        : Resolved.throwing(StringType.TYPE, (c, rows) -> decode(c[0], rows));
  }

  private Column encode(Column c, int rows) {
    var encoder =
        name.contains("URL")
            ? java.util.Base64.getUrlEncoder().withoutPadding()
            : java.util.Base64.getEncoder();
    return StringRows.map(
        c, rows, (b, from, to, out) -> out.add(encoder.encode(Arrays.copyOfRange(b, from, to))));
  }

  private Column decode(Column c, int rows) {
    boolean url = name.contains("URL");
    boolean strict = !name.startsWith("try");
    var decoder = url ? java.util.Base64.getUrlDecoder() : java.util.Base64.getDecoder();
    Rows.Bytes text = Rows.bytes(c);
    var out = new StringRows.Text(rows, rows * 8);
    for (int r = 0; r < rows; r++) {
      byte[] one = Arrays.copyOfRange(text.bytes(), text.from(r), text.to(r));
      byte[] decoded = url || one.length % 4 == 0 ? decoded(decoder, one) : null;
      if (decoded != null) {
        out.add(decoded);
      } else if (strict) {
        throw new LonghouseException(
            ErrorCode.INCORRECT_DATA,
            "Invalid " + name + " value (" + ByteText.decode(one) + "), cannot be decoded");
      }
      out.endRow();
    }
    return out.build();
  }

  private static byte @org.jspecify.annotations.Nullable [] decoded(
      java.util.Base64.Decoder decoder, byte[] text) {
    try {
      return decoder.decode(text);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }
}
