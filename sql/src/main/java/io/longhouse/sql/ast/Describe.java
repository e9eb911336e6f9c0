package io.longhouse.sql.ast;

/** {@code DESCRIBE}. */
public record Describe(TableExpression table) implements ShowStatement {}
