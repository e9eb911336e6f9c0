package io.longhouse.sql.ast;

/** {@code SHOW PROCESSLIST}. */
public record ShowProcesslist() implements ShowStatement {}
