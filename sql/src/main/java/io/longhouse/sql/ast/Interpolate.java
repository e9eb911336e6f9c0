package io.longhouse.sql.ast;

import java.util.List;

/** {@code INTERPOLATE}, with no items for all columns. */
public record Interpolate(List<Item> items) {
  /** {@code column AS expression}. */
  public record Item(String column, Expression expression) {}
}
