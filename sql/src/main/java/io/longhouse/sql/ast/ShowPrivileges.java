package io.longhouse.sql.ast;

/** {@code SHOW PRIVILEGES}. */
public record ShowPrivileges() implements ShowStatement {}
