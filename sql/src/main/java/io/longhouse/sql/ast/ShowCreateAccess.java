package io.longhouse.sql.ast;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code SHOW CREATE USER} and its like. */
public record ShowCreateAccess(
    AccessEntityKind kind,
    List<UserName> names,
    List<RowPolicyName> policies,
    boolean all,
    @Nullable Identifier table)
    implements ShowStatement {}
