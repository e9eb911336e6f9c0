package io.longhouse.sql.ast;

/** {@code CREATE TYPE name AS type}. */
public record CreateType(boolean orReplace, boolean ifNotExists, String name, TypeName type)
    implements CreateStatement {}
