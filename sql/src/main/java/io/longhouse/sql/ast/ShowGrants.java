package io.longhouse.sql.ast;

import org.jspecify.annotations.Nullable;

/** {@code SHOW GRANTS FOR ...}. */
public record ShowGrants(@Nullable RoleSet grantees, boolean withImplicit, boolean isFinal)
    implements ShowStatement {}
