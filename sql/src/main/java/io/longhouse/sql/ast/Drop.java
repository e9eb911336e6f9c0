package io.longhouse.sql.ast;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code DROP}, {@code DETACH} and {@code TRUNCATE} of tables, views, dictionaries and databases.
 *
 * @param names several only for tables
 */
public record Drop(
    Action action,
    Kind kind,
    boolean temporary,
    boolean ifExists,
    boolean ifEmpty,
    List<Identifier> names,
    @Nullable String cluster,
    boolean permanently,
    boolean sync)
    implements DropStatement {
  public Drop {
    names = List.copyOf(names);
  }

  /** What is done. */
  public enum Action {
    DROP,
    DETACH,
    TRUNCATE
  }

  /** To what. */
  public enum Kind {
    TABLE,
    VIEW,
    DICTIONARY,
    DATABASE
  }
}
