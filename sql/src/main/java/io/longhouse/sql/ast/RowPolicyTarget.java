package io.longhouse.sql.ast;

import org.jspecify.annotations.Nullable;

/** What {@code SHOW POLICIES} is asked about. */
public record RowPolicyTarget(@Nullable String name, @Nullable Identifier table) {}
