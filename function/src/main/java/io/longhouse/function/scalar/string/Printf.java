package io.longhouse.function.scalar.string;

import io.longhouse.column.Column;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.IntegerType;
import io.longhouse.column.type.StringType;
import io.longhouse.function.Argument;
import io.longhouse.function.FunctionContext;
import io.longhouse.function.FunctionFactory;
import io.longhouse.function.ScalarFunction;
import io.longhouse.function.number.NumberShape;
import io.longhouse.function.scalar.Resolved;
import io.longhouse.function.scalar.Rows;
import io.longhouse.function.scalar.Signature;
import io.longhouse.registry.Register;
import io.longhouse.sql.ByteText;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** {@code printf} as C has it, for integers, floats and strings. */
@Register(
    kind = FunctionFactory.class,
    name = "printf",
    category = "String Replacement",
    doc = "Arguments written by a format of C.")
final class Printf implements FunctionFactory {
  /**
   * A literal, or how an argument is written.
   *
   * @param conversion the letter, 0 for a literal
   */
  private record Piece(String text, String flags, int width, int precision, char conversion) {}

  @Override
  public ScalarFunction resolve(List<Argument> arguments, FunctionContext context) {
    var s = new Signature("printf", arguments).atLeast(1).string(0);
    for (int i = 1; i < s.size(); i++) {
      NumberShape shape = NumberShape.of(s.type(i));
      boolean number = shape != null && !shape.isWide() && !shape.isDecimal();
      if (!number && !Signature.isString(s.type(i))) {
        throw s.illegal(i, "must be a native number or String");
      }
    }
    if (arguments.get(0).isConstant()) {
      List<Piece> pieces = pieces(s.constantText(0));
      check(s, s.constantText(0), pieces);
      return Resolved.throwing(StringType.TYPE, (c, rows) -> write(s, pieces, c, rows));
    }
    return Resolved.throwing(StringType.TYPE, (c, rows) -> write(s, null, c, rows));
  }

  private static List<Piece> pieces(String format) {
    List<Piece> out = new ArrayList<>();
    var text = new StringBuilder();
    for (int i = 0; i < format.length(); i++) {
      char c = format.charAt(i);
      if (c != '%' || format.startsWith("%%", i)) {
        text.append(c);
        i += c == '%' ? 1 : 0;
        continue;
      }
      if (!text.isEmpty()) {
        out.add(new Piece(text.toString(), "", -1, -1, (char) 0));
        text.setLength(0);
      }
      int at = i + 1;
      while (at < format.length() && "-+ #0".indexOf(format.charAt(at)) >= 0) {
        at++;
      }
      String flags = format.substring(i + 1, at);
      int widthEnd = digits(format, at);
      int width = widthEnd > at ? Integer.parseInt(format.substring(at, widthEnd)) : -1;
      at = widthEnd;
      int precision = -1;
      if (at < format.length() && format.charAt(at) == '.') {
        int end = digits(format, at + 1);
        precision = end > at + 1 ? Integer.parseInt(format.substring(at + 1, end)) : 0;
        at = end;
      }
      char conversion = at < format.length() ? format.charAt(at) : '?';
      if ("dixXoucsfFeEgGaA".indexOf(conversion) < 0) {
        throw new LonghouseException(
            ErrorCode.BAD_ARGUMENTS, "Bad format of function printf: " + format);
      }
      out.add(new Piece(format.substring(i, at + 1), flags, width, precision, conversion));
      i = at;
    }
    if (!text.isEmpty()) {
      out.add(new Piece(text.toString(), "", -1, -1, (char) 0));
    }
    return out;
  }

  private static int digits(String s, int from) {
    int i = from;
    while (i < s.length() && s.charAt(i) >= '0' && s.charAt(i) <= '9') {
      i++;
    }
    return i;
  }

  private static void check(Signature s, String format, List<Piece> pieces) {
    int argument = 1;
    for (Piece p : pieces) {
      if (p.conversion == 0) {
        continue;
      }
      if (argument >= s.size()) {
        throw mismatch(s, format);
      }
      DataType t = s.type(argument);
      boolean integer = NumberShape.of(t) instanceof NumberShape n && n.isInteger();
      boolean fits =
          p.conversion == 's'
              ? Signature.isString(t)
              : "dixXouc".indexOf(p.conversion) >= 0 ? integer : !integer && !Signature.isString(t);
      if (!fits) {
        throw new LonghouseException(
            ErrorCode.BAD_ARGUMENTS,
            "Bad format "
                + p.text
                + " in function printf with "
                + t
                + " as input argument, reason: invalid format specifier");
      }
      argument++;
    }
    if (argument != s.size()) {
      throw mismatch(s, format);
    }
  }

  private static LonghouseException mismatch(Signature s, String format) {
    return new LonghouseException(
        ErrorCode.NUMBER_OF_ARGUMENTS_DOESNT_MATCH,
        "Number of arguments for function printf doesn't match: passed "
            + s.size()
            + ", but format is "
            + format);
  }

  private static Column write(
      Signature s, @org.jspecify.annotations.Nullable List<Piece> constant, Column[] c, int rows) {
    var out = new StringRows.Text(rows, rows * 16);
    Rows.Bytes formats = Rows.bytes(c[0]);
    Object[] values = new Object[c.length];
    for (int i = 1; i < c.length; i++) {
      values[i] = values(s.type(i), c[i].full());
    }
    for (int r = 0; r < rows; r++) {
      List<Piece> pieces = constant;
      if (pieces == null) {
        String format =
            ByteText.decode(formats.bytes(), formats.from(r), formats.to(r) - formats.from(r));
        pieces = pieces(format);
        check(s, format, pieces);
      }
      int argument = 1;
      for (Piece p : pieces) {
        if (p.conversion == 0) {
          out.add(ByteText.encode(p.text));
        } else {
          out.add(ByteText.encode(one(p, s.type(argument), values[argument++], r)));
        }
      }
      out.endRow();
    }
    return out.build();
  }

  private static Object values(DataType type, Column c) {
    if (Signature.isString(type)) {
      return Rows.bytes(c);
    }
    NumberShape shape = java.util.Objects.requireNonNull(NumberShape.of(type));
    return shape.isInteger() ? Rows.longs(c, shape.signed()) : Rows.doubles(c, true);
  }

  private static String one(Piece p, DataType type, Object values, int r) {
    String text =
        switch (values) {
          case Rows.Bytes b -> {
            String all = ByteText.decode(b.bytes(), b.from(r), b.to(r) - b.from(r));
            yield p.precision >= 0 && p.precision < all.length()
                ? all.substring(0, p.precision)
                : all;
          }
          case long[] v -> integer(p, v[r], type instanceof IntegerType t ? 8 * t.bytes() : 8);
          default -> real(p, ((double[]) values)[r]);
        };
    return padded(p, text, values instanceof Rows.Bytes);
  }

  private static String padded(Piece p, String text, boolean string) {
    int missing = p.width - text.length();
    if (missing <= 0) {
      return text;
    }
    if (p.flags.indexOf('-') >= 0) {
      return text + " ".repeat(missing);
    }
    if (p.flags.indexOf('0') < 0 || string) {
      return " ".repeat(missing) + text;
    }
    int sign = !text.isEmpty() && "+- ".indexOf(text.charAt(0)) >= 0 ? 1 : 0;
    return text.substring(0, sign) + "0".repeat(missing) + text.substring(sign);
  }

  private static String sign(Piece p, boolean negative) {
    return negative ? "-" : p.flags.indexOf('+') >= 0 ? "+" : p.flags.indexOf(' ') >= 0 ? " " : "";
  }

  private static String integer(Piece p, long v, int bits) {
    long cut = bits >= 64 ? v : v & (1L << Math.max(32, bits)) - 1;
    boolean alternative = p.flags.indexOf('#') >= 0;
    String digits =
        switch (p.conversion) {
          case 'c' -> "" + (char) (v & 0xFF);
          case 'x' -> (alternative ? "0x" : "") + Long.toHexString(cut);
          case 'X' -> (alternative ? "0X" : "") + Long.toHexString(cut).toUpperCase(Locale.ROOT);
          case 'o' -> (alternative ? "0" : "") + Long.toOctalString(cut);
          case 'u' -> Long.toUnsignedString(cut);
          default -> Long.toString(Math.abs(v));
        };
    String filled = p.precision > digits.length() ? "0".repeat(p.precision - digits.length()) : "";
    boolean signed = p.conversion == 'd' || p.conversion == 'i';
    return (signed ? sign(p, v < 0) : "") + filled + digits;
  }

  private static String real(Piece p, double v) {
    String sign = sign(p, v < 0 || v == 0 && 1 / v < 0);
    double a = Math.abs(v);
    boolean upper = Character.isUpperCase(p.conversion);
    String text;
    if (Double.isNaN(v) || Double.isInfinite(v)) {
      text = Double.isNaN(v) ? "nan" : "inf";
    } else {
      int precision = p.precision < 0 ? 6 : p.precision;
      text =
          switch (Character.toLowerCase(p.conversion)) {
            case 'f' -> decimal(a, precision);
            case 'e' -> exponent(a, precision);
            case 'a' -> hexadecimal(a);
            default -> general(a, Math.max(1, precision));
          };
    }
    return sign + (upper ? text.toUpperCase(Locale.ROOT) : text);
  }

  private static String decimal(double a, int precision) {
    return new java.math.BigDecimal(a)
        .setScale(precision, java.math.RoundingMode.HALF_EVEN)
        .toPlainString();
  }

  private static String exponent(double a, int precision) {
    if (a == 0) {
      return decimal(0, precision) + "e+00";
    }
    var d =
        new java.math.BigDecimal(a)
            .round(new java.math.MathContext(precision + 1, java.math.RoundingMode.HALF_EVEN));
    int power = d.precision() - d.scale() - 1;
    String mantissa = d.movePointLeft(power).setScale(precision).toPlainString();
    return mantissa
        + (power < 0 ? "e-" : "e+")
        + (Math.abs(power) < 10 ? "0" : "")
        + Math.abs(power);
  }

  private static String general(double a, int precision) {
    if (a == 0) {
      return "0";
    }
    var d =
        new java.math.BigDecimal(a)
            .round(new java.math.MathContext(precision, java.math.RoundingMode.HALF_EVEN));
    int power = d.precision() - d.scale() - 1;
    if (power >= -4 && power < precision) {
      return d.stripTrailingZeros().toPlainString();
    }
    String mantissa = d.movePointLeft(power).stripTrailingZeros().toPlainString();
    return mantissa
        + (power < 0 ? "e-" : "e+")
        + (Math.abs(power) < 10 ? "0" : "")
        + Math.abs(power);
  }

  private static String hexadecimal(double a) {
    String java = Double.toHexString(a);
    int point = java.indexOf('p');
    String mantissa = java.substring(0, point);
    String power = java.substring(point + 1);
    return (mantissa.endsWith(".0") ? mantissa.substring(0, mantissa.length() - 2) : mantissa)
        + "p"
        + (power.startsWith("-") ? "" : "+")
        + power;
  }
}
