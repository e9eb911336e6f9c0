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
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Base 58 of Bitcoin and base 32 of RFC 4648. */
@Register(
    kind = FunctionFactory.class,
    name = "base58Encode",
    category = "Encoding",
    doc = "The string in base 58.")
@Register(
    kind = FunctionFactory.class,
    name = "base58Decode",
    category = "Encoding",
    doc = "The string that base 58 stands for.")
@Register(
    kind = FunctionFactory.class,
    name = "tryBase58Decode",
    category = "Encoding",
    doc = "As base58Decode, with an empty string for what is not base 58.")
@Register(
    kind = FunctionFactory.class,
    name = "base32Encode",
    category = "Encoding",
    doc = "The string in base 32.")
@Register(
    kind = FunctionFactory.class,
    name = "base32Decode",
    category = "Encoding",
    doc = "The string that base 32 stands for.")
@Register(
    kind = FunctionFactory.class,
    name = "tryBase32Decode",
    category = "Encoding",
    doc = "As base32Decode, with an empty string for what is not base 32.")
final class Base58 implements FunctionFactory {
  private static final String DIGITS_58 =
      "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
  private static final String DIGITS_32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

  private final String name;

  Base58(String name) {
    this.name = name;
  }

  @Override
  public ScalarFunction resolve(List<Argument> arguments, FunctionContext context) {
    new Signature(name, arguments).count(1).string(0);
    boolean is32 = name.contains("32");
    if (name.endsWith("Encode")) {
      StringRows.Writer writer = is32 ? Base58::encode32 : Base58::encode58;
      return Resolved.of(StringType.TYPE, (c, rows) -> StringRows.map(c[0], rows, writer));
    }
    return Resolved.throwing(StringType.TYPE, (c, rows) -> decode(c[0], is32, rows));
  }

  private Column decode(Column c, boolean is32, int rows) {
    Rows.Bytes text = Rows.bytes(c);
    var out = new StringRows.Text(rows, rows * 8);
    for (int r = 0; r < rows; r++) {
      byte[] decoded =
          is32
              ? decode32(text.bytes(), text.from(r), text.to(r))
              : decode58(text.bytes(), text.from(r), text.to(r));
      if (decoded != null) {
        out.add(decoded);
      } else if (!name.startsWith("try")) {
        throw new LonghouseException(
            ErrorCode.INCORRECT_DATA, "Invalid " + name + " value, cannot be decoded");
      }
      out.endRow();
    }
    return out.build();
  }

  /** Divides the number that the bytes are by 58 again and again. */
  private static void encode58(byte[] b, int from, int to, StringRows.Text out) {
    int zeros = from;
    while (zeros < to && b[zeros] == 0) {
      out.add('1');
      zeros++;
    }
    byte[] n = Arrays.copyOfRange(b, zeros, to);
    byte[] digits = new byte[n.length * 2];
    int count = 0;
    for (int start = 0; start < n.length; ) {
      int rest = 0;
      for (int i = start; i < n.length; i++) {
        int x = rest << 8 | n[i] & 0xFF;
        n[i] = (byte) (x / 58);
        rest = x % 58;
      }
      digits[count++] = (byte) DIGITS_58.charAt(rest);
      while (start < n.length && n[start] == 0) {
        start++;
      }
    }
    while (count > 0) {
      out.add(digits[--count]);
    }
  }

  private static byte @Nullable [] decode58(byte[] b, int from, int to) {
    int zeros = from;
    while (zeros < to && b[zeros] == '1') {
      zeros++;
    }
    byte[] n = new byte[to - zeros];
    int used = 0;
    for (int i = zeros; i < to; i++) {
      int carry = DIGITS_58.indexOf(b[i]);
      if (carry < 0) {
        return null;
      }
      for (int k = 0; k < used || carry != 0; k++) {
        int at = n.length - 1 - k;
        carry += 58 * (n[at] & 0xFF);
        n[at] = (byte) carry;
        carry >>= 8;
        used = Math.max(used, k + 1);
      }
    }
    byte[] out = new byte[zeros - from + used];
    System.arraycopy(n, n.length - used, out, zeros - from, used);
    return out;
  }

  private static void encode32(byte[] b, int from, int to, StringRows.Text out) {
    for (int i = from; i < to; i += 5) {
      long group = 0;
      int bytes = Math.min(5, to - i);
      for (int k = 0; k < 5; k++) {
        group = group << 8 | (k < bytes ? b[i + k] & 0xFF : 0);
      }
      int digits = (bytes * 8 + 4) / 5;
      for (int k = 0; k < 8; k++) {
        out.add(k < digits ? DIGITS_32.charAt((int) (group >> 35 - 5 * k) & 31) : '=');
      }
    }
  }

  private static byte @Nullable [] decode32(byte[] b, int from, int to) {
    int end = to;
    while (end > from && b[end - 1] == '=') {
      end--;
    }
    int digits = (end - from) % 8;
    boolean whole = (to - from) % 8 == 0 && digits != 1 && digits != 3 && digits != 6;
    if (!whole || to - end > 6) {
      return null;
    }
    byte[] out = new byte[(end - from) * 5 / 8];
    long bits = 0;
    int held = 0;
    int n = 0;
    for (int i = from; i < end; i++) {
      int d = DIGITS_32.indexOf(Character.toUpperCase(b[i] & 0xFF));
      if (d < 0) {
        return null;
      }
      bits = bits << 5 | d;
      held += 5;
      if (held >= 8) {
        held -= 8;
        out[n++] = (byte) (bits >> held);
      }
    }
    return out;
  }
}
