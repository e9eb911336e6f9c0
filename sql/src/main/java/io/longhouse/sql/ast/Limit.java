package io.longhouse.sql.ast;

import org.jspecify.annotations.Nullable;

/** {@code LIMIT} and {@code OFFSET}; one of them may be absent. */
public record Limit(@Nullable Expression limit, @Nullable Expression offset, boolean withTies) {}
