package io.longhouse.sql.ast;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code UPDATE t SET ... WHERE ...}, the lightweight one. */
public record UpdateRows(
    Identifier table,
    @Nullable String cluster,
    List<Assignment> assignments,
    @Nullable Partition partition,
    Expression where)
    implements AlterStatement {}
