package io.longhouse.sql.ast;

/**
 * A statement with what only the top level may carry.
 *
 * @param end offset in the source just after the statement and its semicolon, if there is one
 */
public record ParsedStatement(Statement statement, OutputClause output, int end) implements Node {}
