package io.longhouse.sql.ast;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code COPY t TO STDOUT}, {@code COPY t FROM STDIN} of PostgreSQL. */
public record CopyStatement(
    Identifier table, @Nullable List<String> columns, boolean from, @Nullable String format)
    implements MaintenanceStatement {}
