package io.longhouse.sql.ast;

import java.util.List;

/** {@code SHOW CREATE USER} and its like. */
public record ShowCreateAccess(
    AccessEntityKind kind,
    List<UserName> names,
    List<RowPolicyName> policies,
    boolean all,
    boolean current)
    implements ShowStatement {}
