package io.longhouse.sql.ast;

import org.jspecify.annotations.Nullable;

/**
 * A user or role.
 *
 * @param host the pattern behind {@code @}, null for any
 */
public record UserName(Identifier name, @Nullable String host) {}
