package io.longhouse.sql.ast;

/**
 * An expression as it was written. Operators, {@code CASE}, {@code CAST}, {@code INTERVAL}, {@code
 * EXTRACT} and their like are {@link FunctionCall}s of the function that ClickHouse uses for them.
 */
public sealed interface Expression extends Node
    permits Literal,
        Identifier,
        FunctionCall,
        Lambda,
        Subquery,
        Matcher,
        QueryParameter,
        Aliased,
        Parenthesized,
        DescendingKey {

  /** The expression without alias and redundant parentheses. */
  default Expression bare() {
    return switch (this) {
      case Aliased a -> a.expression().bare();
      case Parenthesized p -> p.expression().bare();
      default -> this;
    };
  }
}
