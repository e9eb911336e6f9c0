package io.longhouse.sql.ast;

/** Parentheses that change nothing; kept, since ClickHouse prints them. */
public record Parenthesized(Expression expression) implements Expression {}
