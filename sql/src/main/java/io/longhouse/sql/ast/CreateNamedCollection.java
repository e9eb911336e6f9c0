package io.longhouse.sql.ast;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code CREATE NAMED COLLECTION}. */
public record CreateNamedCollection(
    boolean ifNotExists, String name, @Nullable String cluster, List<Entry> entries)
    implements CreateStatement {
  /**
   * A value of a collection.
   *
   * @param overridable null when not said
   */
  public record Entry(String key, Expression value, @Nullable Boolean overridable) {}
}
