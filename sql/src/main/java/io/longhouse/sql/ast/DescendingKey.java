package io.longhouse.sql.ast;

/** {@code key DESC}: only within a table's {@code ORDER BY}. */
public record DescendingKey(Expression key) implements Expression {}
