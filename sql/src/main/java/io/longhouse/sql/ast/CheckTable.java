package io.longhouse.sql.ast;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code CHECK TABLE} and {@code CHECK DATABASE}. */
public record CheckTable(
    boolean database,
    Identifier name,
    @Nullable Partition partition,
    @Nullable String part,
    List<Setting> settings)
    implements MaintenanceStatement {}
