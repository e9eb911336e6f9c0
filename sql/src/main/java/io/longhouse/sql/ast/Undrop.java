package io.longhouse.sql.ast;

import org.jspecify.annotations.Nullable;

/** {@code UNDROP TABLE}. */
public record Undrop(Identifier table, @Nullable String uuid, @Nullable String cluster)
    implements DropStatement {}
