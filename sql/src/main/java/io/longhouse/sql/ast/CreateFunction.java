package io.longhouse.sql.ast;

import org.jspecify.annotations.Nullable;

/** {@code CREATE FUNCTION name AS lambda}, or one of another language with its properties. */
public record CreateFunction(
    boolean orReplace, boolean ifNotExists, String name, @Nullable String cluster, Expression body)
    implements CreateStatement {}
