package io.longhouse.sql.ast;

/** {@code EXISTS TABLE} and its like. */
public record ExistsStatement(ShowCreate.Kind kind, boolean temporary, Identifier name)
    implements ShowStatement {}
