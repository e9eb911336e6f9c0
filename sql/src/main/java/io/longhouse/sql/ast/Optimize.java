package io.longhouse.sql.ast;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code OPTIMIZE TABLE}. */
public record Optimize(
    Identifier table,
    @Nullable String cluster,
    @Nullable Partition partition,
    boolean isFinal,
    boolean deduplicate,
    @Nullable List<Expression> deduplicateBy,
    boolean cleanup,
    @Nullable List<String> dryRunParts)
    implements MaintenanceStatement {}
