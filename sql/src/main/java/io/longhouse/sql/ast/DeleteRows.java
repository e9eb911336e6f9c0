package io.longhouse.sql.ast;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code DELETE FROM t WHERE ...}, the lightweight one. */
public record DeleteRows(
    Identifier table,
    @Nullable String cluster,
    @Nullable Partition partition,
    Expression where,
    List<Setting> settings)
    implements AlterStatement {}
