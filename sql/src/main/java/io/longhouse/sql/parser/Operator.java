package io.longhouse.sql.parser;

import org.jspecify.annotations.Nullable;

/** Operators behind an operand, with their precedence: higher binds tighter. */
enum Operator {
  QUESTION(2, "if"),
  OR(3, "or"),
  AND(4, "and"),
  IS_NOT_DISTINCT_FROM(6, "isNotDistinctFrom", 4),
  IS_DISTINCT_FROM(6, "isDistinctFrom", 3),
  IS_NOT_UNKNOWN(6, "isNotNull", 3),
  IS_UNKNOWN(6, "isNull", 2),
  IS_NOT_FALSE(6, "isDistinctFrom", 3),
  IS_FALSE(6, "isNotDistinctFrom", 2),
  IS_NOT_TRUE(6, "isDistinctFrom", 3),
  IS_TRUE(6, "isNotDistinctFrom", 2),
  IS_NULL(6, "isNull", 2),
  IS_NOT_NULL(6, "isNotNull", 3),
  BETWEEN(7, ""),
  NOT_BETWEEN(7, ""),
  EQUALS(9, "equals"),
  NOT_EQUALS(9, "notEquals"),
  SPACESHIP(9, "isNotDistinctFrom"),
  LESS(9, "less"),
  GREATER(9, "greater"),
  LESS_OR_EQUALS(9, "lessOrEquals"),
  GREATER_OR_EQUALS(9, "greaterOrEquals"),
  LIKE(9, "like"),
  ILIKE(9, "ilike"),
  NOT_LIKE(9, "notLike", 2),
  NOT_ILIKE(9, "notILike", 2),
  REGEXP(9, "match"),
  IN(9, "in"),
  NOT_IN(9, "notIn", 2),
  GLOBAL_IN(9, "globalIn", 2),
  GLOBAL_NOT_IN(9, "globalNotIn", 3),
  CONCAT(10, "concat"),
  PLUS(11, "plus"),
  MINUS(11, "minus"),
  MULTIPLY(12, "multiply"),
  DIVIDE(12, "divide"),
  MODULO(12, "modulo"),
  DIV(12, "intDiv"),
  AT_TIME_ZONE(13, "toTimeZone", 3),
  DOT(14, "tupleElement"),
  SUBSCRIPT(14, "arrayElement"),
  CAST(14, "CAST");

  /** That of NOT, which stands in front. */
  static final int NOT_PRECEDENCE = 5;

  /** That of the minus sign in front. */
  static final int NEGATE_PRECEDENCE = 13;

  private static final String[] NAMES = {
    "OR",
    "AND",
    "IS NOT DISTINCT FROM",
    "IS DISTINCT FROM",
    "IS NOT UNKNOWN",
    "IS UNKNOWN",
    "IS NOT FALSE",
    "IS FALSE",
    "IS NOT TRUE",
    "IS TRUE",
    "IS NULL",
    "IS NOT NULL",
    "BETWEEN",
    "NOT BETWEEN",
    "LIKE",
    "ILIKE",
    "NOT LIKE",
    "NOT ILIKE",
    "REGEXP",
    "IN",
    "NOT IN",
    "GLOBAL IN",
    "GLOBAL NOT IN",
    "AT TIME ZONE",
    "MOD",
    "DIV"
  };

  final int precedence;
  final String function;

  /** Whether it is printed between or behind its operands rather than as a call. */
  final boolean isInfix;

  private final int tokens;

  Operator(int precedence, String function) {
    this(precedence, function, 1);
  }

  Operator(int precedence, String function, int tokens) {
    this.precedence = precedence;
    this.function = function;
    this.tokens = tokens;
    this.isInfix =
        switch (function) {
          case "if", "concat", "intDiv", "match", "toTimeZone", "CAST", "tupleElement" -> false;
          default -> true;
        };
  }

  void skip(Cursor c) {
    for (int i = 0; i < tokens; i++) {
      c.advance();
    }
  }

  /** The operator that is next; null when there is none. */
  static @Nullable Operator next(Cursor c) {
    Operator op =
        switch (c.kind()) {
          case WORD -> word(c);
          case QUESTION -> QUESTION;
          case EQUALS -> EQUALS;
          case NOT_EQUALS -> NOT_EQUALS;
          case SPACESHIP -> SPACESHIP;
          case LESS -> LESS;
          case GREATER -> GREATER;
          case LESS_OR_EQUALS -> LESS_OR_EQUALS;
          case GREATER_OR_EQUALS -> GREATER_OR_EQUALS;
          case CONCAT -> CONCAT;
          case PLUS -> PLUS;
          case MINUS -> MINUS;
          case ASTERISK -> MULTIPLY;
          case SLASH -> DIVIDE;
          case PERCENT -> MODULO;
          case DOT -> DOT;
          case OPEN_SQUARE -> SUBSCRIPT;
          case DOUBLE_COLON -> CAST;
          default -> null;
        };
    if (op == null) {
      c.couldBe(NAMES);
    }
    return op;
  }

  private static @Nullable Operator word(Cursor c) {
    return switch (c.text().charAt(c.start()) & 0xDF) {
      case 'A' -> c.at("AND") ? AND : c.at("AT TIME ZONE") ? AT_TIME_ZONE : null;
      case 'B' -> c.at("BETWEEN") ? BETWEEN : null;
      case 'D' -> c.at("DIV") ? DIV : null;
      case 'G' -> c.at("GLOBAL IN") ? GLOBAL_IN : c.at("GLOBAL NOT IN") ? GLOBAL_NOT_IN : null;
      case 'I' -> startingWithI(c);
      case 'L' -> c.at("LIKE") ? LIKE : null;
      case 'M' -> c.at("MOD") ? MODULO : null;
      case 'N' -> not(c);
      case 'O' -> c.at("OR") ? OR : null;
      case 'R' -> c.at("REGEXP") ? REGEXP : null;
      default -> null;
    };
  }

  private static @Nullable Operator startingWithI(Cursor c) {
    if (c.at("IN")) {
      return c.atAhead(1, "PARTITION") ? null : IN;
    }
    if (c.at("ILIKE")) {
      return ILIKE;
    }
    return c.at("IS") ? is(c) : null;
  }

  private static @Nullable Operator is(Cursor c) {
    if (c.atAhead(1, "NULL")) {
      return IS_NULL;
    }
    if (c.atAhead(1, "NOT NULL")) {
      return IS_NOT_NULL;
    }
    if (c.atAhead(1, "NOT DISTINCT FROM")) {
      return IS_NOT_DISTINCT_FROM;
    }
    if (c.atAhead(1, "DISTINCT FROM")) {
      return IS_DISTINCT_FROM;
    }
    if (c.atAhead(1, "TRUE")) {
      return IS_TRUE;
    }
    if (c.atAhead(1, "NOT TRUE")) {
      return IS_NOT_TRUE;
    }
    if (c.atAhead(1, "FALSE")) {
      return IS_FALSE;
    }
    if (c.atAhead(1, "NOT FALSE")) {
      return IS_NOT_FALSE;
    }
    if (c.atAhead(1, "UNKNOWN")) {
      return IS_UNKNOWN;
    }
    return c.atAhead(1, "NOT UNKNOWN") ? IS_NOT_UNKNOWN : null;
  }

  private static @Nullable Operator not(Cursor c) {
    if (!c.at("NOT")) {
      return null;
    }
    if (c.atAhead(1, "IN")) {
      return NOT_IN;
    }
    if (c.atAhead(1, "LIKE")) {
      return NOT_LIKE;
    }
    if (c.atAhead(1, "BETWEEN")) {
      return NOT_BETWEEN;
    }
    return c.atAhead(1, "ILIKE") ? NOT_ILIKE : null;
  }
}
