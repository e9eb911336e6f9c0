package io.longhouse.sql.ast;

/** Anything the formatter can print. */
public sealed interface Node
    permits Statement, Expression, ParsedStatement, TypeName, TypeArgument, TableExpression {}
