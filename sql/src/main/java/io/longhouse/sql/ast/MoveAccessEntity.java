package io.longhouse.sql.ast;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code MOVE USER u TO storage}. */
public record MoveAccessEntity(
    AccessEntityKind kind,
    List<UserName> names,
    List<RowPolicyName> policies,
    String storage,
    @Nullable String cluster)
    implements AccessStatement {}
