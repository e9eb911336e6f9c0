package io.longhouse.sql.parser;

import io.longhouse.sql.ast.Expression;
import io.longhouse.sql.ast.FunctionCall;
import io.longhouse.sql.ast.IntervalUnit;
import io.longhouse.sql.ast.Lambda;
import io.longhouse.sql.ast.Literal;
import io.longhouse.sql.ast.Subquery;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Calls with a syntax of their own: {@code CAST(a AS T)}, {@code TRIM(BOTH a FROM b)} ... */
final class SpecialFunctions {
  private static final Expressions.Alias BARE = Expressions.Alias.WITHIN;

  private interface Form {
    Expression parse(Cursor c);
  }

  private static final Map<String, Form> FORMS =
      Map.ofEntries(
          Map.entry("cast", SpecialFunctions::cast),
          Map.entry("extract", SpecialFunctions::extract),
          Map.entry("date_part", SpecialFunctions::datePart),
          Map.entry("datepart", SpecialFunctions::datePart),
          Map.entry("substring", SpecialFunctions::substring),
          Map.entry("overlay", c -> overlay(c, "overlay")),
          Map.entry("overlayutf8", c -> overlay(c, "overlayUTF8")),
          Map.entry("position", SpecialFunctions::position),
          Map.entry("exists", SpecialFunctions::exists),
          Map.entry("trim", c -> trim(c, "")),
          Map.entry("ltrim", c -> trim(c, "trimLeft")),
          Map.entry("rtrim", c -> trim(c, "trimRight")),
          Map.entry("dateadd", c -> dateAdd(c, "plus")),
          Map.entry("date_add", c -> dateAdd(c, "plus")),
          Map.entry("timestampadd", c -> dateAdd(c, "plus")),
          Map.entry("timestamp_add", c -> dateAdd(c, "plus")),
          Map.entry("datesub", c -> dateAdd(c, "minus")),
          Map.entry("date_sub", c -> dateAdd(c, "minus")),
          Map.entry("timestampsub", c -> dateAdd(c, "minus")),
          Map.entry("timestamp_sub", c -> dateAdd(c, "minus")),
          Map.entry("datediff", SpecialFunctions::dateDiff),
          Map.entry("date_diff", SpecialFunctions::dateDiff),
          Map.entry("timestampdiff", SpecialFunctions::dateDiff),
          Map.entry("timestamp_diff", SpecialFunctions::dateDiff));

  private static final int NAME_LENGTH_MAX = 14;

  private SpecialFunctions() {}

  /** Null, with nothing skipped, when the function has no syntax of its own. */
  static @Nullable Expression tryParse(Cursor c, String name) {
    if (name.length() > NAME_LENGTH_MAX) {
      return null;
    }
    Form form = FORMS.get(name.toLowerCase(Locale.ROOT));
    if (form == null) {
      return null;
    }
    c.expect(TokenKind.OPEN_ROUND);
    return form.parse(c);
  }

  private static Expression cast(Cursor c) {
    Expression parsed = Expressions.parse(c);
    String name = c.at("AS") ? null : Names.alias(c, true);
    Expression value = name == null ? parsed : Parentheses.name(parsed, name);
    if (c.accept("AS")) {
      Expression aliased = c.attempt(at -> castOfAliased(at, value));
      if (aliased != null) {
        return aliased;
      }
      Literal type = Expressions.typeText(c);
      c.expect(TokenKind.CLOSE_ROUND);
      return FunctionCall.call("CAST", value, type);
    }
    c.expect(TokenKind.COMMA);
    Expression type = Expressions.parse(c, BARE);
    c.expect(TokenKind.CLOSE_ROUND);
    return FunctionCall.call("CAST", value, type);
  }

  /** {@code CAST(x AS alias AS T)}, {@code CAST(x AS alias, 'T')}. */
  private static @Nullable Expression castOfAliased(Cursor c, Expression value) {
    String alias = Names.identifier(c);
    if (c.accept("AS")) {
      Literal type = Expressions.typeText(c);
      c.expect(TokenKind.CLOSE_ROUND);
      return FunctionCall.call("CAST", Parentheses.name(value, alias), type);
    }
    c.expect(TokenKind.COMMA);
    Expression type = Expressions.parse(c, BARE);
    c.expect(TokenKind.CLOSE_ROUND);
    return FunctionCall.call("CAST", Parentheses.name(value, alias), type);
  }

  private static Expression extract(Cursor c) {
    if (c.kind() == TokenKind.WORD && c.atAhead(1, "FROM")) {
      String unit = c.tokenText();
      if (TimeParts.isUnit(unit)) {
        c.advance();
        c.advance();
        Expression from = Expressions.parse(c, BARE);
        c.expect(TokenKind.CLOSE_ROUND);
        return TimeParts.of(unit, from);
      }
    }
    return FunctionCall.call("extract", Functions.arguments(c, BARE));
  }

  private static Expression datePart(Cursor c) {
    List<Expression> arguments = Functions.arguments(c, BARE);
    if (arguments.size() == 2
        && arguments.getFirst() instanceof Literal.StringLiteral unit
        && TimeParts.isUnit(unit.value())) {
      return TimeParts.of(unit.value(), arguments.get(1));
    }
    throw c.fail("date part");
  }

  private static Expression substring(Cursor c) {
    var arguments = new ArrayList<Expression>();
    arguments.add(Expressions.parse(c, BARE));
    if (!c.accept(TokenKind.COMMA)) {
      c.expect("FROM");
    }
    arguments.add(Expressions.parse(c, BARE));
    if (c.accept(TokenKind.COMMA) || c.accept("FOR")) {
      arguments.add(Expressions.parse(c, BARE));
    }
    c.expect(TokenKind.CLOSE_ROUND);
    return FunctionCall.call("substring", arguments);
  }

  private static Expression overlay(Cursor c, String name) {
    var arguments = new ArrayList<Expression>();
    arguments.add(Expressions.parse(c, BARE));
    if (c.accept("PLACING")) {
      arguments.add(Expressions.parse(c, BARE));
      c.expect("FROM");
      arguments.add(Expressions.parse(c, BARE));
      if (c.accept("FOR")) {
        arguments.add(Expressions.parse(c, BARE));
      }
    } else {
      while (c.accept(TokenKind.COMMA)) {
        arguments.add(Expressions.parse(c, BARE));
      }
    }
    c.expect(TokenKind.CLOSE_ROUND);
    return FunctionCall.call(name, arguments);
  }

  private static Expression position(Cursor c) {
    Expression needle = c.attempt(SpecialFunctions::beforeIn);
    if (needle != null) {
      Expression haystack = Expressions.parse(c, BARE);
      c.expect(TokenKind.CLOSE_ROUND);
      return FunctionCall.call("position", haystack, needle);
    }
    var arguments = new ArrayList<Expression>();
    do {
      arguments.add(Expressions.member(c, BARE, arguments));
    } while (c.accept(TokenKind.COMMA));
    c.expect(TokenKind.CLOSE_ROUND);
    if (arguments.size() < 2 && !(arguments.getFirst() instanceof Lambda)) {
      throw c.fail("Comma");
    }
    return FunctionCall.call("position", arguments);
  }

  private static Expression beforeIn(Cursor c) {
    Expression e = Expressions.operators(c, Operands.parse(c), Operator.IN.precedence + 1);
    c.expect("IN");
    return e;
  }

  private static Expression exists(Cursor c) {
    Expression query = new Subquery(Selects.parse(c));
    c.expect(TokenKind.CLOSE_ROUND);
    return FunctionCall.call("exists", query);
  }

  private static Expression trim(Cursor c, String fixed) {
    String function = fixed;
    if (fixed.isEmpty()) {
      function =
          c.accept("BOTH")
              ? "trimBoth"
              : c.accept("LEADING") ? "trimLeft" : c.accept("TRAILING") ? "trimRight" : "";
    }
    if (fixed.isEmpty() && !function.isEmpty()) {
      Expression characters = Expressions.parse(c, BARE);
      c.expect("FROM");
      Expression text = Expressions.parse(c, BARE);
      c.expect(TokenKind.CLOSE_ROUND);
      return characters.equals(Literal.of(""))
          ? text
          : FunctionCall.call(function, text, characters);
    }
    List<Expression> arguments = Functions.arguments(c, BARE);
    if (arguments.isEmpty()) {
      throw c.fail("expression");
    }
    return FunctionCall.call(function.isEmpty() ? "trimBoth" : function, arguments);
  }

  private static Expression dateAdd(Cursor c, String function) {
    IntervalUnit unit = unitAndComma(c);
    List<Expression> arguments = Functions.arguments(c, BARE);
    if (unit == null) {
      return FunctionCall.call(function, arguments);
    }
    if (arguments.size() < 2) {
      throw c.fail("Comma");
    }
    return FunctionCall.call(
        function, arguments.get(1), FunctionCall.call(Intervals.function(unit), arguments.get(0)));
  }

  private static Expression dateDiff(Cursor c) {
    IntervalUnit unit = unitAndComma(c);
    List<Expression> arguments = Functions.arguments(c, BARE);
    if (unit != null) {
      if (arguments.size() != 2 && arguments.size() != 3) {
        throw c.fail("Comma");
      }
      arguments.addFirst(Literal.of(unit.title().toLowerCase(Locale.ROOT)));
    }
    return FunctionCall.call("dateDiff", arguments);
  }

  private static @Nullable IntervalUnit unitAndComma(Cursor c) {
    IntervalUnit unit = Intervals.tryUnit(c);
    if (unit != null) {
      c.expect(TokenKind.COMMA);
    }
    return unit;
  }
}
