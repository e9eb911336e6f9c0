package io.longhouse.sql.ast;

/** {@code SHOW SETTING name}. */
public record ShowSetting(String name) implements ShowStatement {}
