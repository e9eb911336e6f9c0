package io.longhouse.sql.ast;

/** {@code EXTERNAL DDL FROM engine(...) statement}. */
public record ExternalDdl(FunctionCall from, Statement ddl) implements SessionStatement {}
