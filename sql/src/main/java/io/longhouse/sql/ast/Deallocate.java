package io.longhouse.sql.ast;

/** {@code DEALLOCATE name}. */
public record Deallocate(String name) implements SessionStatement {}
