package io.longhouse.sql.ast;

/** {@code PREPARE name AS query}. */
public record Prepare(String name, Statement statement) implements SessionStatement {}
