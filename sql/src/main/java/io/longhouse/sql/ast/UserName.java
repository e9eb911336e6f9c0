package io.longhouse.sql.ast;

import org.jspecify.annotations.Nullable;

/**
 * A user or role.
 *
 * @param host the pattern behind {@code @}, null for any
 */
public record UserName(Identifier name, @Nullable String host) {
  /** With the host behind an at sign. */
  public String fullName() {
    return host == null ? name.name() : name.name() + "@" + host;
  }
}
