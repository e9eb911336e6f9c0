package io.longhouse.sql.ast;

/** {@code column = expression}. */
public record Assignment(String column, Expression expression) {}
