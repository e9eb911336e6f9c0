package io.longhouse.sql.ast;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code CREATE ROW POLICY}, {@code ALTER ROW POLICY}. */
public record CreateRowPolicy(
    AccessVerb verb,
    List<RowPolicyName> names,
    @Nullable String newName,
    @Nullable Boolean restrictive,
    boolean hasFilter,
    @Nullable Expression using,
    @Nullable RoleSet to)
    implements AccessStatement {}
