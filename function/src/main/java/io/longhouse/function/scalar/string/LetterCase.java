package io.longhouse.function.scalar.string;

import io.longhouse.column.Column;
import io.longhouse.column.ConstColumn;
import io.longhouse.column.FixedBytesColumn;
import io.longhouse.column.StringColumn;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.StringType;
import io.longhouse.function.Argument;
import io.longhouse.function.FunctionContext;
import io.longhouse.function.FunctionFactory;
import io.longhouse.function.ScalarFunction;
import io.longhouse.function.scalar.Resolved;
import io.longhouse.function.scalar.Signature;
import io.longhouse.registry.Register;
import io.longhouse.sql.ByteText;
import java.util.List;
import java.util.Locale;

/** Small and capital letters. */
@Register(
    kind = FunctionFactory.class,
    name = "lower",
    aliases = "lcase",
    caseInsensitive = true,
    category = "String",
    doc = "ASCII letters made small.")
@Register(
    kind = FunctionFactory.class,
    name = "upper",
    aliases = "ucase",
    caseInsensitive = true,
    category = "String",
    doc = "ASCII letters made capital.")
@Register(
    kind = FunctionFactory.class,
    name = "lowerUTF8",
    category = "String",
    doc = "Letters of any script made small.")
@Register(
    kind = FunctionFactory.class,
    name = "upperUTF8",
    category = "String",
    doc = "Letters of any script made capital.")
@Register(
    kind = FunctionFactory.class,
    name = "initcap",
    caseInsensitive = true,
    category = "String",
    doc =
        "The first letter of each word made capital, the others small; words are of ASCII letters"
            + " and digits.")
@Register(
    kind = FunctionFactory.class,
    name = "initcapUTF8",
    category = "String",
    doc = "The first letter of each word made capital, the others small, in any script.")
final class LetterCase implements FunctionFactory {
  private final String name;

  LetterCase(String name) {
    this.name = name;
  }

  @Override
  public ScalarFunction resolve(List<Argument> arguments, FunctionContext context) {
    var s = new Signature(name, arguments).count(1).string(0);
    DataType type = s.type(0);
    return switch (name) {
      case "lower" -> Resolved.of(type, (c, _) -> ascii(c[0], 'A', 'Z'));
      case "upper" -> Resolved.of(type, (c, _) -> ascii(c[0], 'a', 'z'));
      case "initcap" -> Resolved.of(type, (c, _) -> capitals(c[0]));
      case "initcapUTF8" ->
          Resolved.of(
              StringType.TYPE, (c, rows) -> StringRows.map(c[0], rows, LetterCase::capitalWords));
      case "lowerUTF8" ->
          Resolved.of(
              StringType.TYPE,
              (c, rows) ->
                  StringRows.map(
                      c[0], rows, (b, from, to, out) -> mapped(b, from, to, out, false)));
      default ->
          Resolved.of(
              StringType.TYPE,
              (c, rows) ->
                  StringRows.map(c[0], rows, (b, from, to, out) -> mapped(b, from, to, out, true)));
    };
  }

  /** Flips the case bit of the bytes between two letters; nothing moves. */
  private static Column ascii(Column c, int first, int last) {
    return switch (c) {
      case StringColumn s ->
          new StringColumn(
              s.offsets(), flipped(s.bytes(), s.offsets()[s.size()], first, last), s.size());
      case FixedBytesColumn f ->
          new FixedBytesColumn(
              flipped(f.bytes(), f.size() * f.width(), first, last), f.width(), f.size());
      case ConstColumn k -> new ConstColumn(ascii(k.value().plain(), first, last), k.size());
      default -> ascii(c.plain(), first, last);
    };
  }

  private static byte[] flipped(byte[] b, int count, int first, int last) {
    byte[] out = new byte[count];
    for (int i = 0; i < count; i++) {
      int x = b[i];
      out[i] = (byte) (x >= first && x <= last ? x ^ 0x20 : x);
    }
    return out;
  }

  private static Column capitals(Column c) {
    return switch (c) {
      case StringColumn s -> {
        byte[] out = flipped(s.bytes(), s.offsets()[s.size()], 'A', 'Z');
        for (int r = 0; r < s.size(); r++) {
          capitalize(out, s.offsets()[r], s.offsets()[r + 1]);
        }
        yield new StringColumn(s.offsets(), out, s.size());
      }
      case FixedBytesColumn f -> {
        byte[] out = flipped(f.bytes(), f.size() * f.width(), 'A', 'Z');
        for (int r = 0; r < f.size(); r++) {
          capitalize(out, r * f.width(), (r + 1) * f.width());
        }
        yield new FixedBytesColumn(out, f.width(), f.size());
      }
      case ConstColumn k -> new ConstColumn(capitals(k.value().plain()), k.size());
      default -> capitals(c.plain());
    };
  }

  private static void capitalize(byte[] b, int from, int to) {
    boolean inside = false;
    for (int i = from; i < to; i++) {
      int x = b[i];
      boolean small = x >= 'a' && x <= 'z';
      if (small && !inside) {
        b[i] = (byte) (x - 32);
      }
      inside = small || x >= '0' && x <= '9';
    }
  }

  private static void mapped(byte[] b, int from, int to, StringRows.Text out, boolean upper) {
    if (Utf8.isAscii(b, from, to)) {
      int at = out.reserve(to - from);
      byte[] arena = out.bytes();
      int first = upper ? 'a' : 'A';
      int last = upper ? 'z' : 'Z';
      for (int i = from; i < to; i++) {
        int x = b[i];
        arena[at++] = (byte) (x >= first && x <= last ? x ^ 0x20 : x);
      }
      out.advance(to - from);
      return;
    }
    String s = ByteText.decode(b, from, to - from);
    out.add(ByteText.encode(upper ? s.toUpperCase(Locale.ROOT) : s.toLowerCase(Locale.ROOT)));
  }

  private static void capitalWords(byte[] b, int from, int to, StringRows.Text out) {
    String s = ByteText.decode(b, from, to - from);
    var text = new StringBuilder(s.length());
    boolean inside = false;
    for (int i = 0; i < s.length(); ) {
      int c = s.codePointAt(i);
      i += Character.charCount(c);
      text.appendCodePoint(inside ? Character.toLowerCase(c) : Character.toTitleCase(c));
      inside = Character.isLetterOrDigit(c);
    }
    out.add(ByteText.encode(text.toString()));
  }
}
