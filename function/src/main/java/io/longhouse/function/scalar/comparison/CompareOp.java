package io.longhouse.function.scalar.comparison;

/** The six comparisons. */
public enum CompareOp {
  EQUALS("equals"),
  NOT_EQUALS("notEquals"),
  LESS("less"),
  GREATER("greater"),
  LESS_OR_EQUALS("lessOrEquals"),
  GREATER_OR_EQUALS("greaterOrEquals");

  private final String function;

  CompareOp(String function) {
    this.function = function;
  }

  /** The name in SQL. */
  public String function() {
    return function;
  }

  public static CompareOp of(String function) {
    for (CompareOp op : values()) {
      if (op.function.equals(function)) {
        return op;
      }
    }
    throw new IllegalArgumentException(function);
  }

  /** Whether a three-way comparison's result satisfies it. */
  public boolean test(int order) {
    return switch (this) {
      case EQUALS -> order == 0;
      case NOT_EQUALS -> order != 0;
      case LESS -> order < 0;
      case GREATER -> order > 0;
      case LESS_OR_EQUALS -> order <= 0;
      case GREATER_OR_EQUALS -> order >= 0;
    };
  }

  /** The same comparison with the sides exchanged. */
  public CompareOp swapped() {
    return switch (this) {
      case EQUALS, NOT_EQUALS -> this;
      case LESS -> GREATER;
      case GREATER -> LESS;
      case LESS_OR_EQUALS -> GREATER_OR_EQUALS;
      case GREATER_OR_EQUALS -> LESS_OR_EQUALS;
    };
  }

  boolean isEquality() {
    return this == EQUALS || this == NOT_EQUALS;
  }
}
