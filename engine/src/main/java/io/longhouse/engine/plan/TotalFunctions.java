package io.longhouse.engine.plan;

import io.longhouse.column.StringColumn;
import io.longhouse.column.type.DateTimeType;
import io.longhouse.column.type.DateType;
import io.longhouse.column.type.IntegerType;
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

  /** Those that only a wrong pattern makes fail. */
  private static final Set<String> PATTERNS = Set.of("like", "notLike", "ilike", "notILike");

  /** Those that read numbers and moments, but would have to parse a string. */
  private static final Set<String> OF_NUMBERS =
      Set.of(
          "abs",
          "intDiv",
          "modulo",
          "toDate",
          "toDateTime",
          "toUInt8",
          "toUInt16",
          "toUInt32",
          "toUInt64",
          "toInt8",
          "toInt16",
          "toInt32",
          "toInt64");

  private TotalFunctions() {}

  static boolean areAll(Expr e) {
    return switch (e) {
      case Expr.Input _, Expr.Constant _ -> true;
      case Expr.Call c when PATTERNS.contains(c.name()) ->
          c.arguments().get(0) instanceof Expr.Input && isPlainPattern(c.arguments().get(1));
      case Expr.Call c ->
          (NAMES.contains(c.name())
                  || OF_NUMBERS.contains(c.name())
                      && c.arguments().stream().allMatch(TotalFunctions::isNumber))
              && !c.function().mayThrow()
              && c.arguments().stream().allMatch(TotalFunctions::areAll);
      case Expr.HigherOrder _ -> false;
    };
  }

  private static boolean isNumber(Expr e) {
    return e.type() instanceof IntegerType
        || e.type() instanceof DateType
        || e.type() instanceof DateTimeType;
  }

  /** A pattern with a backslash may be a wrong one. */
  private static boolean isPlainPattern(Expr e) {
    if (!(e instanceof Expr.Constant k) || !(k.value().plain() instanceof StringColumn s)) {
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
