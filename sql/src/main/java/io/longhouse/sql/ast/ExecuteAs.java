package io.longhouse.sql.ast;

import org.jspecify.annotations.Nullable;

/** {@code EXECUTE AS user [statement]}. */
public record ExecuteAs(UserName user, @Nullable Statement statement) implements AccessStatement {}
