package io.longhouse.sql.ast;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code RENAME} and {@code EXCHANGE}. */
public record Rename(
    Kind kind, boolean exchange, boolean ifExists, List<Pair> pairs, @Nullable String cluster)
    implements AlterStatement {
  public Rename {
    pairs = List.copyOf(pairs);
  }

  /** What is renamed. */
  public enum Kind {
    TABLE,
    DICTIONARY,
    DATABASE
  }

  /** From and to. */
  public record Pair(Identifier from, Identifier to) {}
}
