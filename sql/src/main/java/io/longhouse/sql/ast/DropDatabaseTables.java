package io.longhouse.sql.ast;

import org.jspecify.annotations.Nullable;

/** {@code TRUNCATE [ALL] TABLES FROM database [LIKE pattern]}. */
public record DropDatabaseTables(
    boolean all,
    boolean ifExists,
    Identifier database,
    @Nullable NamePattern pattern,
    @Nullable String cluster)
    implements DropStatement {}
