package io.longhouse.sql.format;

import io.longhouse.sql.ast.Literal;
import io.longhouse.sql.ast.NumberLiteral;
import java.math.BigDecimal;
import java.util.List;

/** The text of constants. */
final class Literals {
  /** Integers of more digits get an exponent. */
  private static final int INTEGER_DIGITS_MAX = 21;

  /** Fractions smaller than this power of ten get an exponent. */
  private static final int FRACTION_ZEROS_MAX = 6;

  private Literals() {}

  static void print(Out out, Literal literal) {
    switch (literal) {
      case Literal.NullLiteral _ -> out.add("NULL");
      case Literal.BoolLiteral b -> out.add(b.value() ? "true" : "false");
      case Literal.StringLiteral s -> out.string(s.value());
      case NumberLiteral n -> out.add(number(n));
      case Literal.ArrayLiteral a -> {
        out.add('[');
        printAll(out, a.elements());
        out.add(']');
      }
      case Literal.TupleLiteral t -> {
        out.add(t.elements().size() < 2 ? "tuple(" : "(");
        printAll(out, t.elements());
        out.add(')');
      }
      case Literal.MapLiteral m -> printMap(out, m);
    }
  }

  private static void printAll(Out out, List<Literal> elements) {
    for (int i = 0; i < elements.size(); i++) {
      if (i > 0) {
        out.add(", ");
      }
      print(out, elements.get(i));
    }
  }

  private static void printMap(Out out, Literal.MapLiteral map) {
    out.add('{');
    boolean first = true;
    for (Literal.MapLiteral.Entry entry : map.entries()) {
      if (!first) {
        out.add(", ");
      }
      first = false;
      print(out, entry.key());
      out.add(": ");
      print(out, entry.value());
    }
    out.add('}');
  }

  static String number(NumberLiteral n) {
    return switch (n.kind()) {
      case UINT64 -> Long.toUnsignedString(n.bits());
      case INT64 -> Long.toString(n.bits());
      case FLOAT64 -> real(n.doubleValue());
    };
  }

  /** The shortest digits that read back as the same number; a dot shows that it is no integer. */
  private static String real(double value) {
    if (Double.isNaN(value)) {
      return "nan";
    }
    if (Double.isInfinite(value)) {
      return value < 0 ? "-inf" : "inf";
    }
    if (value == 0) {
      return 1 / value < 0 ? "-0." : "0.";
    }
    BigDecimal shortest = new BigDecimal(Double.toString(Math.abs(value))).stripTrailingZeros();
    String digits = shortest.unscaledValue().toString();
    int point = digits.length() - shortest.scale();
    var out = new StringBuilder(value < 0 ? "-" : "");
    if (point > INTEGER_DIGITS_MAX || point <= -FRACTION_ZEROS_MAX) {
      out.append(digits.charAt(0));
      if (digits.length() > 1) {
        out.append('.').append(digits, 1, digits.length());
      }
      return out.append('e').append(point - 1).toString();
    }
    if (point <= 0) {
      return out.append("0.").append("0".repeat(-point)).append(digits).toString();
    }
    if (point >= digits.length()) {
      return out.append(digits).append("0".repeat(point - digits.length())).append('.').toString();
    }
    return out.append(digits, 0, point)
        .append('.')
        .append(digits, point, digits.length())
        .toString();
  }
}
