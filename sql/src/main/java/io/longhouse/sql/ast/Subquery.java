package io.longhouse.sql.ast;

/** A query in the place of an expression. */
public record Subquery(Query query) implements Expression {}
