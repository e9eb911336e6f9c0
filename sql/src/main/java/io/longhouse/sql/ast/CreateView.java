package io.longhouse.sql.ast;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code CREATE VIEW}. */
public record CreateView(
    CreateHead head,
    @Nullable TableSchema schema,
    @Nullable List<String> columnNames,
    @Nullable SqlSecurity security,
    Query query,
    @Nullable String comment)
    implements CreateStatement {}
