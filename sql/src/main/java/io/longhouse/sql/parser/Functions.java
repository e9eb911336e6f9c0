package io.longhouse.sql.parser;

import io.longhouse.sql.ast.Expression;
import io.longhouse.sql.ast.FunctionCall;
import io.longhouse.sql.ast.Identifier;
import io.longhouse.sql.ast.Matcher;
import io.longhouse.sql.ast.Setting;
import io.longhouse.sql.ast.Subquery;
import io.longhouse.sql.ast.TableExpression;
import io.longhouse.sql.ast.Window;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Calls of functions, of table functions, and things that look like calls. */
final class Functions {
  private static final String[] ARGUMENT_END = {"Comma", "ClosingRoundBracket"};

  private Functions() {}

  /** The call of an ordinary function; its name is read already. */
  static Expression call(Cursor c, Identifier name) {
    c.enter();
    String called = name.name();
    Expression special = SpecialFunctions.tryParse(c, called);
    Expression call = special == null ? ordinary(c, called) : special;
    c.leave();
    return call;
  }

  private static Expression ordinary(Cursor c, String called) {
    c.expect(TokenKind.OPEN_ROUND);
    boolean distinct = distinct(c);
    List<Expression> arguments = arguments(c);
    List<Expression> parameters = null;
    if (c.kind() == TokenKind.OPEN_ROUND) {
      if (distinct) {
        throw c.fail(ARGUMENT_END);
      }
      c.advance();
      parameters = arguments;
      distinct = distinct(c);
      if (c.kind() == TokenKind.CLOSE_ROUND) {
        throw c.fail("expression");
      }
      arguments = arguments(c);
    }
    String name = called.equalsIgnoreCase("grouping") ? "grouping" : called;
    if (distinct) {
      name += "Distinct";
    }
    if (arguments.isEmpty() && parameters == null && name.equalsIgnoreCase("year")) {
      return FunctionCall.call("toYear", FunctionCall.call("today"));
    }
    return tail(c, name, parameters, arguments);
  }

  /** FILTER, IGNORE NULLS and OVER. */
  private static FunctionCall tail(
      Cursor c, String called, @Nullable List<Expression> parameters, List<Expression> arguments) {
    String name = called;
    if (c.kind() != TokenKind.WORD) {
      return new FunctionCall(
          name,
          parameters,
          arguments,
          FunctionCall.Form.CALL,
          FunctionCall.NullsAction.DEFAULT,
          null);
    }
    if (c.at("FILTER") && c.kind(1) == TokenKind.OPEN_ROUND) {
      c.advance();
      c.advance();
      c.expect("WHERE");
      if (name.equalsIgnoreCase("count")
          && arguments.size() == 1
          && arguments.getFirst() instanceof Matcher.Asterisk) {
        arguments.clear();
      }
      arguments.add(Expressions.topElement(c, Expressions.Alias.WITH_AS));
      c.expect(TokenKind.CLOSE_ROUND);
      name += "If";
    }
    FunctionCall.NullsAction nulls =
        c.accept("RESPECT NULLS")
            ? FunctionCall.NullsAction.RESPECT
            : c.accept("IGNORE NULLS")
                ? FunctionCall.NullsAction.IGNORE
                : FunctionCall.NullsAction.DEFAULT;
    Window window = c.accept("OVER") ? Windows.reference(c) : null;
    return new FunctionCall(name, parameters, arguments, FunctionCall.Form.CALL, nulls, window);
  }

  /** ALL and DISTINCT in front of arguments, unless they are columns. */
  private static boolean distinct(Cursor c) {
    int mark = c.position();
    boolean all = c.accept("ALL");
    boolean distinct = c.accept("DISTINCT");
    all |= !all && c.accept("ALL");
    if ((all || distinct) && (c.kind() == TokenKind.COMMA || c.kind() == TokenKind.CLOSE_ROUND)) {
      c.reset(mark);
      return false;
    }
    if (all && distinct) {
      throw c.fail(ARGUMENT_END);
    }
    return distinct;
  }

  /** What stands before the closing parenthesis, and that too. */
  static List<Expression> arguments(Cursor c) {
    return arguments(c, Expressions.Alias.WITH_AS);
  }

  static List<Expression> arguments(Cursor c, Expressions.Alias alias) {
    var arguments = new ArrayList<Expression>();
    if (!c.accept(TokenKind.CLOSE_ROUND)) {
      do {
        arguments.add(Expressions.member(c, alias, arguments));
      } while (c.accept(TokenKind.COMMA));
      if (!c.accept(TokenKind.CLOSE_ROUND)) {
        throw c.fail(ARGUMENT_END);
      }
    }
    if (arguments.size() > 1) {
      arguments.replaceAll(Parentheses::ofArgument);
    }
    return arguments;
  }

  /** A table function; null, with nothing skipped, when none is next. */
  static TableExpression.@Nullable TableFunction tryTable(Cursor c) {
    if (c.kind() != TokenKind.WORD && c.kind() != TokenKind.QUOTED_IDENTIFIER
        || c.kind(1) != TokenKind.OPEN_ROUND) {
      return null;
    }
    return table(c);
  }

  static TableExpression.TableFunction table(Cursor c) {
    String name = Names.identifier(c);
    c.enter();
    c.expect(TokenKind.OPEN_ROUND);
    var arguments = new ArrayList<Expression>();
    List<Setting> settings = List.of();
    if (isView(name) && Selects.isNext(c, 0)) {
      arguments.add(new Subquery(Selects.parse(c)));
      if (c.accept("ELSE")) {
        arguments.add(table(c).call());
      }
      c.expect(TokenKind.CLOSE_ROUND);
    } else {
      settings = tableArguments(c, arguments);
    }
    c.leave();
    return new TableExpression.TableFunction(FunctionCall.call(name, arguments), settings);
  }

  private static boolean isView(String name) {
    return name.equalsIgnoreCase("view") || name.equalsIgnoreCase("viewIfPermitted");
  }

  private static List<Setting> tableArguments(Cursor c, List<Expression> arguments) {
    List<Setting> settings = List.of();
    while (!c.accept(TokenKind.CLOSE_ROUND)) {
      if (!arguments.isEmpty() || !settings.isEmpty()) {
        c.expect(TokenKind.COMMA);
      }
      if (c.at("SETTINGS") && c.kind(1) == TokenKind.WORD) {
        c.advance();
        settings = Settings.list(c);
      } else {
        arguments.add(tableArgument(c, arguments));
      }
    }
    return settings;
  }

  /** An argument of a table function may itself be one. */
  private static Expression tableArgument(Cursor c, List<Expression> before) {
    if (c.kind() == TokenKind.WORD && c.kind(1) == TokenKind.OPEN_ROUND && isView(c.tokenText())) {
      return table(c).call();
    }
    return Expressions.member(c, Expressions.Alias.WITH_AS, before);
  }

  /** {@code MergeTree} or {@code MergeTree(a, b)}. */
  static FunctionCall optionalArguments(Cursor c) {
    String name = Names.identifier(c);
    if (c.kind() != TokenKind.OPEN_ROUND) {
      return bare(name);
    }
    c.advance();
    return FunctionCall.call(name, arguments(c));
  }

  static FunctionCall bare(String name) {
    return new FunctionCall(
        name, null, List.of(), FunctionCall.Form.BARE, FunctionCall.NullsAction.DEFAULT, null);
  }

  /** A function without operators in it, such as a backup's destination. */
  static FunctionCall plain(Cursor c) {
    String name = Names.identifier(c);
    c.expect(TokenKind.OPEN_ROUND);
    return FunctionCall.call(name, arguments(c));
  }
}
