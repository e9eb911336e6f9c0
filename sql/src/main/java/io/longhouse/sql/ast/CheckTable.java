package io.longhouse.sql.ast;

import org.jspecify.annotations.Nullable;

/** {@code CHECK TABLE} and {@code CHECK DATABASE}. */
public record CheckTable(
    boolean database, Identifier name, @Nullable Partition partition, @Nullable String part)
    implements MaintenanceStatement {}
