package io.longhouse.function.scalar.other;

import io.longhouse.column.Int64Column;
import io.longhouse.column.NullableColumn;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.IntegerType;
import io.longhouse.column.type.NullableType;
import io.longhouse.function.Argument;
import io.longhouse.function.FunctionContext;
import io.longhouse.function.FunctionFactory;
import io.longhouse.function.ScalarFunction;
import io.longhouse.function.scalar.Resolved;
import io.longhouse.function.scalar.Rows;
import io.longhouse.function.scalar.Signature;
import io.longhouse.registry.Register;
import io.longhouse.sql.ByteText;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Numbers of bytes out of texts such as {@code 1.5 MiB}. */
@Register(
    kind = FunctionFactory.class,
    name = "parseReadableSize",
    category = "Other",
    doc = "The number of bytes that a text such as 1.5 MiB means, rounded up.")
@Register(
    kind = FunctionFactory.class,
    name = "parseReadableSizeOrNull",
    category = "Other",
    doc = "The number of bytes that a text such as 1.5 MiB means, NULL if it means none.")
@Register(
    kind = FunctionFactory.class,
    name = "parseReadableSizeOrZero",
    category = "Other",
    doc = "The number of bytes that a text such as 1.5 MiB means, 0 if it means none.")
final class ReadableSize implements FunctionFactory {
  private static final double LIMIT = 0x1p64;

  private static final Map<String, Double> UNITS =
      Map.ofEntries(
          Map.entry("b", 1.0),
          Map.entry("kib", 0x1p10),
          Map.entry("mib", 0x1p20),
          Map.entry("gib", 0x1p30),
          Map.entry("tib", 0x1p40),
          Map.entry("pib", 0x1p50),
          Map.entry("eib", 0x1p60),
          Map.entry("kb", 1e3),
          Map.entry("mb", 1e6),
          Map.entry("gb", 1e9),
          Map.entry("tb", 1e12),
          Map.entry("pb", 1e15),
          Map.entry("eb", 1e18));

  private final String name;

  ReadableSize(String name) {
    this.name = name;
  }

  @Override
  public ScalarFunction resolve(List<Argument> arguments, FunctionContext context) {
    new Signature(name, arguments).count(1).string(0);
    boolean orNull = name.endsWith("OrNull");
    boolean strict = name.equals("parseReadableSize");
    DataType type = orNull ? NullableType.orSame(IntegerType.UINT64) : IntegerType.UINT64;
    return Resolved.throwing(
        type,
        (c, rows) -> {
          Rows.Bytes text = Rows.bytes(c[0]);
          long[] out = new long[rows];
          byte[] nulls = new byte[orNull ? rows : 0];
          for (int r = 0; r < rows; r++) {
            try {
              out[r] =
                  parse(ByteText.decode(text.bytes(), text.from(r), text.to(r) - text.from(r)));
            } catch (LonghouseException e) {
              if (strict) {
                throw e;
              }
              if (orNull) {
                nulls[r] = 1;
              }
            }
          }
          var sizes = new Int64Column(out, rows);
          return orNull ? new NullableColumn(sizes, nulls) : sizes;
        });
  }

  private LonghouseException wrong(ErrorCode code, String what, String text) {
    return new LonghouseException(
        code, "Invalid expression for function " + name + " - " + what + " (\"" + text + "\")");
  }

  private long parse(String text) {
    if (!text.isEmpty() && text.charAt(0) == ' ') {
      throw wrong(
          ErrorCode.CANNOT_PARSE_INPUT_ASSERTION_FAILED, "Leading whitespace is not allowed", text);
    }
    int end = numberEnd(text);
    double base;
    try {
      base = Double.parseDouble(text.substring(0, end));
    } catch (NumberFormatException e) {
      throw wrong(
          ErrorCode.CANNOT_PARSE_NUMBER, "Unable to parse readable size numeric component", text);
    }
    if (base < 0) {
      throw wrong(ErrorCode.BAD_ARGUMENTS, "Negative sizes are not allowed", text);
    }
    int unit = end;
    while (unit < text.length() && text.charAt(unit) == ' ') {
      unit++;
    }
    String word = text.substring(unit).toLowerCase(Locale.ROOT);
    Double factor = UNITS.get(word);
    if (factor == null) {
      boolean letters = word.chars().allMatch(Character::isLetter);
      throw wrong(
          letters ? ErrorCode.CANNOT_PARSE_TEXT : ErrorCode.UNEXPECTED_DATA_AFTER_PARSED_VALUE,
          "Unknown readable size unit",
          word);
    }
    double bytes = Math.ceil(base * factor);
    if (bytes >= LIMIT) {
      throw wrong(ErrorCode.BAD_ARGUMENTS, "Result is too big for output type", text);
    }
    return bytes < 0x1p63 ? (long) bytes : (long) (bytes - 0x1p63) ^ Long.MIN_VALUE;
  }

  private static int numberEnd(String text) {
    int i = 0;
    int n = text.length();
    if (i < n && (text.charAt(i) == '-' || text.charAt(i) == '+')) {
      i++;
    }
    while (i < n && (Character.isDigit(text.charAt(i)) || text.charAt(i) == '.')) {
      i++;
    }
    boolean exponent =
        i > 0 && i + 1 < n && (text.charAt(i) | 0x20) == 'e' && exponentDigits(text, i + 1);
    if (exponent) {
      i += 2;
      while (i < n && Character.isDigit(text.charAt(i))) {
        i++;
      }
    }
    return i;
  }

  private static boolean exponentDigits(String text, int i) {
    char c = text.charAt(i);
    return Character.isDigit(c)
        || (c == '-' || c == '+') && i + 1 < text.length() && Character.isDigit(text.charAt(i + 1));
  }
}
