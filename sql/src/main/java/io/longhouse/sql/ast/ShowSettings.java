package io.longhouse.sql.ast;

/** {@code SHOW [CHANGED] SETTINGS LIKE pattern}. */
public record ShowSettings(boolean changed, NamePattern pattern) implements ShowStatement {}
