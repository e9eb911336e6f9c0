package io.longhouse.sql.ast;

/** {@code USE database}. */
public record Use(Identifier database) implements SessionStatement {}
