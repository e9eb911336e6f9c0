package io.longhouse.sql.ast;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code CREATE MASKING POLICY}, {@code ALTER MASKING POLICY}. */
public record CreateMaskingPolicy(
    AccessVerb verb,
    String name,
    Identifier table,
    List<Assignment> assignments,
    @Nullable Expression where,
    @Nullable RoleSet to,
    @Nullable Expression priority)
    implements AccessStatement {}
