package io.longhouse.sql.ast;

import org.jspecify.annotations.Nullable;

/**
 * A user or role.
 *
 * @param host the pattern behind {@code @}, null for any
 * @param isId whether the name is an id, {@code ID('...')}, as kept entities have it
 */
public record UserName(Identifier name, @Nullable String host, boolean isId) {
  public UserName(Identifier name, @Nullable String host) {
    this(name, host, false);
  }

  /** With the host behind an at sign. */
  public String fullName() {
    return host == null ? name.name() : name.name() + "@" + host;
  }
}
