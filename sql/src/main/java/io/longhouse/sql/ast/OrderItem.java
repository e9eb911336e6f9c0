package io.longhouse.sql.ast;

import org.jspecify.annotations.Nullable;

/** One key of ORDER BY. */
public record OrderItem(
    Expression expression,
    Direction direction,
    Nulls nulls,
    @Nullable Expression collation,
    @Nullable Fill fill) {
  /** The order of values. */
  public enum Direction {
    ASC,
    DESC
  }

  /** Where nulls go. */
  public enum Nulls {
    /** Not said: last. */
    DEFAULT,
    FIRST,
    LAST
  }

  /** {@code WITH FILL}. */
  public record Fill(
      @Nullable Expression from,
      @Nullable Expression to,
      @Nullable Expression step,
      @Nullable Expression staleness) {}
}
