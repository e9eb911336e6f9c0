package io.longhouse.sql.ast;

import org.jspecify.annotations.Nullable;

/** How CREATE and ALTER of access entities begin. */
public record AccessVerb(Kind kind, @Nullable String cluster, @Nullable String storage) {
  /** The words. */
  public enum Kind {
    CREATE,
    CREATE_IF_NOT_EXISTS,
    CREATE_OR_REPLACE,
    ALTER,
    ALTER_IF_EXISTS,
    ATTACH
  }

  public boolean isAlter() {
    return kind == Kind.ALTER || kind == Kind.ALTER_IF_EXISTS;
  }
}
