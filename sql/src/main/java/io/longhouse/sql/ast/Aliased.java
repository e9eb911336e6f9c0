package io.longhouse.sql.ast;

/** {@code expression AS alias}, which may stand anywhere. */
public record Aliased(Expression expression, String alias) implements Expression {}
