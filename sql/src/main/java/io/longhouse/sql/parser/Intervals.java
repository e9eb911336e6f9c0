package io.longhouse.sql.parser;

import io.longhouse.sql.ast.Expression;
import io.longhouse.sql.ast.FunctionCall;
import io.longhouse.sql.ast.IntervalUnit;
import io.longhouse.sql.ast.Literal;
import io.longhouse.sql.ast.NumberLiteral;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** {@code INTERVAL 1 DAY} in its forms, and the units of time. */
final class Intervals {
  private Intervals() {}

  static @Nullable Expression parse(Cursor c) {
    c.expect("INTERVAL");
    if (Literals.atString(c)) {
      String text = Literals.string(c);
      Expression within = within(c, text);
      if (within != null) {
        return within;
      }
      c.reset(c.position() - 1);
    }
    Expression value = Expressions.parse(c, Expressions.Alias.WITH_AS);
    return FunctionCall.call(function(unit(c)), value);
  }

  static String function(IntervalUnit unit) {
    return "toInterval" + unit.title();
  }

  static IntervalUnit unit(Cursor c) {
    IntervalUnit unit = tryUnit(c);
    if (unit == null) {
      throw c.fail("SECOND", "MINUTE", "HOUR", "DAY", "WEEK", "MONTH", "QUARTER", "YEAR");
    }
    return unit;
  }

  static @Nullable IntervalUnit tryUnit(Cursor c) {
    if (c.kind() != TokenKind.WORD) {
      return null;
    }
    IntervalUnit unit = unitOf(c.tokenText());
    if (unit != null) {
      c.advance();
    }
    return unit;
  }

  static @Nullable IntervalUnit unitOf(String word) {
    return switch (word.toUpperCase(Locale.ROOT)) {
      case "NANOSECOND", "NANOSECONDS", "SQL_TSI_NANOSECOND", "NS" -> IntervalUnit.NANOSECOND;
      case "MICROSECOND", "MICROSECONDS", "SQL_TSI_MICROSECOND", "MCS" -> IntervalUnit.MICROSECOND;
      case "MILLISECOND", "MILLISECONDS", "SQL_TSI_MILLISECOND", "MS" -> IntervalUnit.MILLISECOND;
      case "SECOND", "SECONDS", "SQL_TSI_SECOND", "SS", "S" -> IntervalUnit.SECOND;
      case "MINUTE", "MINUTES", "SQL_TSI_MINUTE", "MI", "N" -> IntervalUnit.MINUTE;
      case "HOUR", "HOURS", "SQL_TSI_HOUR", "HH", "H" -> IntervalUnit.HOUR;
      case "DAY", "DAYS", "SQL_TSI_DAY", "DD", "D" -> IntervalUnit.DAY;
      case "WEEK", "WEEKS", "SQL_TSI_WEEK", "WK", "WW" -> IntervalUnit.WEEK;
      case "MONTH", "MONTHS", "SQL_TSI_MONTH", "MM", "M" -> IntervalUnit.MONTH;
      case "QUARTER", "QUARTERS", "SQL_TSI_QUARTER", "QQ", "Q" -> IntervalUnit.QUARTER;
      case "YEAR", "YEARS", "SQL_TSI_YEAR", "YYYY", "YY" -> IntervalUnit.YEAR;
      default -> null;
    };
  }

  /** What the string itself says: {@code '1 day 2 hours'}, {@code '1-2' YEAR TO MONTH}. */
  private static @Nullable Expression within(Cursor c, String text) {
    var inner = new Cursor(text, 0, ParserLimits.TRUSTED, false);
    if (inner.kind() != TokenKind.NUMBER) {
      return range(c, text);
    }
    NumberLiteral number = Literals.tryNumber(inner);
    if (number == null || inner.kind() == TokenKind.END) {
      return null;
    }
    var parts = new ArrayList<Expression>();
    while (number != null) {
      IntervalUnit unit = tryUnit(inner);
      if (unit == null) {
        return range(c, text);
      }
      parts.add(FunctionCall.call(function(unit), number));
      number = inner.kind() == TokenKind.END ? null : Literals.number(inner);
    }
    return parts.size() == 1 ? parts.getFirst() : FunctionCall.operator("tuple", parts);
  }

  /** {@code INTERVAL '5 12:30' DAY TO MINUTE}. */
  private static @Nullable Expression range(Cursor c, String text) {
    int mark = c.position();
    IntervalUnit from = tryUnit(c);
    if (from == null || !c.accept("TO")) {
      c.reset(mark);
      return null;
    }
    IntervalUnit to = unit(c);
    List<IntervalUnit> units = unitsBetween(from, to);
    if (units.isEmpty()) {
      throw c.fail("interval range");
    }
    boolean negative = text.startsWith("-");
    int at = negative || text.startsWith("+") ? 1 : 0;
    var parts = new ArrayList<Expression>();
    for (IntervalUnit unit : units) {
      if (!parts.isEmpty()) {
        if (at >= text.length() || text.charAt(at) != separatorBefore(unit)) {
          throw c.fail("interval literal");
        }
        at++;
      }
      int end = at;
      while (end < text.length() && Lexer.isDigit(text.charAt(end))) {
        end++;
      }
      if (end == at || end - at > 18) {
        throw c.fail("interval literal");
      }
      long value = Long.parseLong(text.substring(at, end));
      if (!parts.isEmpty() && value > max(unit)) {
        throw c.fail("interval literal");
      }
      Expression part = FunctionCall.call(function(unit), Literal.of(value));
      parts.add(negative ? FunctionCall.call("negate", part) : part);
      at = end;
    }
    if (at != text.length()) {
      throw c.fail("interval literal");
    }
    return FunctionCall.operator("tuple", parts);
  }

  private static List<IntervalUnit> unitsBetween(IntervalUnit from, IntervalUnit to) {
    for (List<IntervalUnit> group :
        List.of(
            List.of(IntervalUnit.YEAR, IntervalUnit.MONTH),
            List.of(
                IntervalUnit.DAY, IntervalUnit.HOUR, IntervalUnit.MINUTE, IntervalUnit.SECOND))) {
      int first = group.indexOf(from);
      int last = group.indexOf(to);
      if (first >= 0 && last > first) {
        return group.subList(first, last + 1);
      }
    }
    return List.of();
  }

  private static char separatorBefore(IntervalUnit unit) {
    return switch (unit) {
      case MONTH -> '-';
      case HOUR -> ' ';
      default -> ':';
    };
  }

  private static long max(IntervalUnit unit) {
    return switch (unit) {
      case MONTH -> 11;
      case HOUR -> 23;
      default -> 59;
    };
  }
}
