package io.longhouse.sql.ast;

/** {@code SHOW ACCESS}. */
public record ShowAccess() implements ShowStatement {}
