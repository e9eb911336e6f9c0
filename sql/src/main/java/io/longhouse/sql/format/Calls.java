package io.longhouse.sql.format;

import io.longhouse.sql.ast.Expression;
import io.longhouse.sql.ast.FunctionCall;
import io.longhouse.sql.ast.Literal;
import io.longhouse.sql.ast.Matcher;
import io.longhouse.sql.ast.NumberLiteral;
import io.longhouse.sql.ast.Parenthesized;
import io.longhouse.sql.ast.Setting;
import io.longhouse.sql.ast.Subquery;
import java.util.List;
import java.util.Map;

/** The text of calls, as operators where they were written so. */
final class Calls {
  private static final Map<String, String> BINARY =
      Map.ofEntries(
          Map.entry("multiply", " * "),
          Map.entry("divide", " / "),
          Map.entry("modulo", " % "),
          Map.entry("plus", " + "),
          Map.entry("minus", " - "),
          Map.entry("notEquals", " != "),
          Map.entry("lessOrEquals", " <= "),
          Map.entry("greaterOrEquals", " >= "),
          Map.entry("less", " < "),
          Map.entry("greater", " > "),
          Map.entry("equals", " = "),
          Map.entry("isNotDistinctFrom", " <=> "),
          Map.entry("isDistinctFrom", " IS DISTINCT FROM "),
          Map.entry("like", " LIKE "),
          Map.entry("ilike", " ILIKE "),
          Map.entry("notLike", " NOT LIKE "),
          Map.entry("notILike", " NOT ILIKE "),
          Map.entry("in", " IN "),
          Map.entry("notIn", " NOT IN "),
          Map.entry("globalIn", " GLOBAL IN "),
          Map.entry("globalNotIn", " GLOBAL NOT IN "));

  private Calls() {}

  /**
   * @param mayMoveSign whether a sign may stand before the parentheses that it needs
   */
  static void print(Out out, FunctionCall f, boolean parens, boolean mayMoveSign) {
    if (isView(f)) {
      view(out, f);
    } else if (!f.isOperator()
        || f.parameters() != null
        || f.nulls() != FunctionCall.NullsAction.DEFAULT
        || !operator(out, f, parens, mayMoveSign)) {
      call(out, f);
      tail(out, f);
    } else {
      tail(out, f);
    }
  }

  /** False when it has no form as an operator. */
  private static boolean operator(Out out, FunctionCall f, boolean parens, boolean mayMoveSign) {
    List<Expression> a = f.arguments();
    return switch (f.name()) {
      case "negate", "not" -> a.size() == 1 && sign(out, f, parens, mayMoveSign);
      case "isNull", "isNotNull" -> a.size() == 1 && postfix(out, f, parens);
      case "arrayElement" -> a.size() == 2 && subscript(out, f, parens);
      case "tupleElement" -> a.size() == 2 && element(out, f, parens);
      case "and" -> a.size() >= 2 && chain(out, a, " AND ", parens);
      case "or" -> a.size() >= 2 && chain(out, a, " OR ", parens);
      case "array" -> brackets(out, a, '[', ']');
      case "tuple" -> a.size() >= 2 && brackets(out, a, '(', ')');
      default -> binary(out, f, parens);
    };
  }

  private static boolean sign(Out out, FunctionCall f, boolean parens, boolean mayMoveSign) {
    Expression operand = f.arguments().getFirst();
    boolean negate = f.name().equals("negate");
    boolean scalar =
        operand instanceof Literal
            && !(operand instanceof Literal.TupleLiteral)
            && !(operand instanceof Literal.ArrayLiteral);
    boolean inside =
        negate
            ? scalar || operand instanceof FunctionCall g && g.name().equals("negate")
            : operand instanceof Subquery;
    boolean outside = parens && (!mayMoveSign || !inside);
    out.add(outside ? "(" : "").add(negate ? "-" : "NOT ").add(inside ? "(" : "");
    Expressions.print(out, operand, !inside, 0);
    out.add(inside ? ")" : "").add(outside ? ")" : "");
    return true;
  }

  private static boolean postfix(Out out, FunctionCall f, boolean parens) {
    out.add(parens ? "(" : "");
    Expressions.print(out, f.arguments().getFirst(), true, 0);
    out.add(f.name().equals("isNull") ? " IS NULL" : " IS NOT NULL").add(parens ? ")" : "");
    return true;
  }

  private static boolean chain(Out out, List<Expression> operands, String word, boolean parens) {
    out.add(parens ? "(" : "");
    for (int i = 0; i < operands.size(); i++) {
      out.add(i > 0 ? word : "");
      Expressions.print(out, operands.get(i), true, 0);
    }
    out.add(parens ? ")" : "");
    return true;
  }

  private static boolean brackets(Out out, List<Expression> elements, char open, char close) {
    out.add(open);
    Expressions.list(out, elements);
    out.add(close);
    return true;
  }

  private static boolean binary(Out out, FunctionCall f, boolean parens) {
    String word = BINARY.get(f.name());
    List<Expression> a = f.arguments();
    boolean in = word != null && word.endsWith("IN ");
    boolean escape = a.size() == 3 && word != null && word.contains("LIKE");
    if (word == null || a.size() != 2 && !escape) {
      return false;
    }
    // The comma behind an argument must not be taken for one of the set's.
    boolean around = parens || in && out.isAmongArguments();
    out.add(around ? "(" : "");
    Expressions.print(out, a.get(0), true, 0);
    out.add(word);
    if (in && needsParentheses(a.get(1))) {
      out.add('(');
      Expressions.print(out, a.get(1), false, 0);
      out.add(')');
    } else {
      Expressions.print(out, a.get(1), true, 0);
    }
    if (escape) {
      out.add(" ESCAPE ");
      Expressions.print(out, a.get(2), false, 0);
    }
    out.add(around ? ")" : "");
    return true;
  }

  /** Whether what is at the right of IN gets parentheses: all but sets, calls and subqueries. */
  private static boolean needsParentheses(Expression right) {
    return !(right instanceof Subquery)
        && !(right instanceof FunctionCall)
        && !(right instanceof Literal.TupleLiteral)
        && !(right instanceof Literal.ArrayLiteral)
        && !(right instanceof Parenthesized);
  }

  private static boolean subscript(Out out, FunctionCall f, boolean parens) {
    out.add(parens ? "(" : "");
    base(out, f.arguments().get(0), true);
    out.add('[');
    Expressions.print(out, f.arguments().get(1), false, 0);
    out.add(parens ? "])" : "]");
    return true;
  }

  /** What is before a bracket or a dot: a sign must not move out of its parentheses. */
  private static void base(Out out, Expression e, boolean parens) {
    if (e instanceof FunctionCall f) {
      print(out, f, parens, false);
    } else {
      Expressions.print(out, e, parens, 0);
    }
  }

  private static boolean element(Out out, FunctionCall f, boolean parens) {
    Expression left = f.arguments().get(0);
    if (!(f.arguments().get(1) instanceof NumberLiteral index)
        || !index.isInteger()
        || index.bits() < 0
        || left instanceof Matcher.Asterisk
        || left instanceof Literal
            && !(left instanceof Literal.TupleLiteral)
            && !(left instanceof Literal.ArrayLiteral)) {
      return false;
    }
    boolean around = isCompound(left);
    out.add(parens ? "(" : "").add(around ? "(" : "");
    base(out, left, !around);
    out.add(around ? ")." : ".");
    Literals.print(out, index);
    out.add(parens ? ")" : "");
    return true;
  }

  private static boolean isCompound(Expression e) {
    return switch (e) {
      case FunctionCall f ->
          !(f.isOperator() && (f.name().equals("array") || f.name().equals("tuple")));
      case Subquery _ -> true;
      case Matcher _ -> true;
      default -> false;
    };
  }

  // ---- Calls that look like calls

  private static boolean isView(FunctionCall f) {
    return f.arguments().size() <= 2
        && !f.arguments().isEmpty()
        && f.arguments().getFirst() instanceof Subquery
        && (f.name().equalsIgnoreCase("view") || f.name().equalsIgnoreCase("viewIfPermitted"));
  }

  private static void view(Out out, FunctionCall f) {
    Subquery query = (Subquery) f.arguments().getFirst();
    if (f.arguments().size() == 1) {
      out.name(f.name()).add('(').indent().lineOrNothing();
      Queries.print(out, query.query());
      out.outdent().lineOrNothing().add(')');
      return;
    }
    out.name(f.name()).add('(').indent().indent().lineOrNothing();
    Queries.print(out, query.query());
    out.outdent().lineOrNothing().add(out.oneLine() ? " ELSE " : "ELSE ");
    out.indent().lineOrNothing();
    Expressions.print(out, f.arguments().get(1));
    out.outdent().outdent().lineOrNothing().add(')');
  }

  private static void call(Out out, FunctionCall f) {
    out.name(f.name());
    if (f.parameters() != null) {
      out.add('(');
      Expressions.list(out, f.parameters());
      out.add(')');
    }
    if (f.form() == FunctionCall.Form.BARE && f.arguments().isEmpty()) {
      return;
    }
    out.add('(');
    arguments(out, f);
    out.add(')');
  }

  private static void arguments(Out out, FunctionCall f) {
    boolean several = f.arguments().size() > 1;
    if (several) {
      out.enterArguments();
    }
    Expressions.list(out, f.arguments());
    if (several) {
      out.leaveArguments();
    }
  }

  static boolean isIn(Expression e) {
    return e instanceof FunctionCall f
        && f.isOperator()
        && switch (f.name()) {
          case "in", "notIn", "globalIn", "globalNotIn" -> true;
          default -> false;
        };
  }

  /** The call of a table function, with its settings among the arguments. */
  static void table(Out out, FunctionCall f, List<Setting> settings) {
    if (settings.isEmpty()) {
      print(out, f, false, true);
      return;
    }
    out.name(f.name()).add('(');
    arguments(out, f);
    out.add(f.arguments().isEmpty() ? "" : ", ").add("SETTINGS ");
    Settings.print(out, settings);
    out.add(')');
  }

  private static void tail(Out out, FunctionCall f) {
    switch (f.nulls()) {
      case RESPECT -> out.add(" RESPECT NULLS");
      case IGNORE -> out.add(" IGNORE NULLS");
      case DEFAULT -> {}
    }
    if (f.window() != null) {
      out.add(" OVER ");
      Windows.print(out, f.window());
    }
  }
}
