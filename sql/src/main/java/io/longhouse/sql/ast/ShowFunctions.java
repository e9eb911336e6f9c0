package io.longhouse.sql.ast;

import org.jspecify.annotations.Nullable;

/** {@code SHOW FUNCTIONS}. */
public record ShowFunctions(@Nullable NamePattern pattern) implements ShowStatement {}
