package io.longhouse.sql.ast;

import org.jspecify.annotations.Nullable;

/**
 * A skip index.
 *
 * @param type null when not given
 */
public record IndexDeclaration(
    String name, Expression expression, @Nullable FunctionCall type, long granularity) {}
