package io.longhouse.sql.ast;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The WITH clause. */
public record With(boolean recursive, List<Item> items) {
  public With {
    items = List.copyOf(items);
  }

  /** One of them. */
  public sealed interface Item {}

  /** {@code expression AS name}. */
  public record Scalar(Expression expression) implements Item {}

  /**
   * {@code name (columns) AS [MATERIALIZED] (query)}.
   *
   * @param columns null when not given
   */
  public record Table(
      String name, @Nullable List<String> columns, boolean materialized, Query query)
      implements Item {}
}
