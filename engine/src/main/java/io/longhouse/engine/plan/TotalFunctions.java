package io.longhouse.engine.plan;

import io.longhouse.function.expr.Expr;
import java.util.Set;

/**
 * Functions that have a value for all arguments, take no notable time and leave no trace: a
 * condition of nothing else may be put beside a row policy. The list is short on purpose; what is
 * not on it runs on rows that the policy has let through.
 */
final class TotalFunctions {
  private static final Set<String> NAMES =
      Set.of(
          "and",
          "or",
          "not",
          "xor",
          "equals",
          "notEquals",
          "less",
          "greater",
          "lessOrEquals",
          "greaterOrEquals",
          "in",
          "notIn",
          "isNull",
          "isNotNull",
          "tuple",
          "plus",
          "minus",
          "multiply",
          "negate",
          "bitAnd",
          "bitOr",
          "bitXor",
          "length",
          "empty",
          "notEmpty",
          "lower",
          "upper",
          "startsWith",
          "endsWith",
          "position",
          "toYear",
          "toMonth",
          "toDayOfMonth",
          "toDayOfWeek",
          "toHour",
          "toMinute",
          "toSecond",
          "toYYYYMM",
          "toYYYYMMDD",
          "toStartOfYear",
          "toStartOfQuarter",
          "toStartOfMonth",
          "toMonday",
          "toStartOfDay",
          "toStartOfHour",
          "toStartOfMinute");

  private TotalFunctions() {}

  static boolean areAll(Expr e) {
    return switch (e) {
      case Expr.Input _, Expr.Constant _ -> true;
      case Expr.Call c when c.name().equals("like") || c.name().equals("notLike") ->
          !c.mayThrow()
              && c.arguments().get(0) instanceof Expr.Input
              && isPlainPattern(c.arguments().get(1));
      case Expr.Call c ->
          NAMES.contains(c.name())
              && !c.function().mayThrow()
              && c.arguments().stream().allMatch(TotalFunctions::areAll);
      case Expr.HigherOrder _ -> false;
    };
  }

  /** A pattern with a backslash may be a wrong one. */
  private static boolean isPlainPattern(Expr e) {
    if (!(e instanceof Expr.Constant k)
        || !(k.value().plain() instanceof io.longhouse.column.StringColumn s)) {
      return false;
    }
    for (byte b : s.get(0)) {
      if (b == '\\') {
        return false;
      }
    }
    return true;
  }
}
