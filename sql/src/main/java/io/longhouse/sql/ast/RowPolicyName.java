package io.longhouse.sql.ast;

import org.jspecify.annotations.Nullable;

/** {@code name ON database.table}; the table may be {@code *}. */
public record RowPolicyName(String name, @Nullable String database, String table) {}
