package io.longhouse.sql.ast;

/** {@code SHOW ENGINES}. */
public record ShowEngines() implements ShowStatement {}
