package io.longhouse.sql.ast;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code DROP USER} and its like. */
public record DropAccessEntity(
    AccessEntityKind kind,
    boolean ifExists,
    List<UserName> names,
    List<RowPolicyName> policies,
    @Nullable String cluster,
    @Nullable String storage)
    implements AccessStatement {}
