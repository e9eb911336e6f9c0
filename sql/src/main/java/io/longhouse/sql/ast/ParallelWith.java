package io.longhouse.sql.ast;

import java.util.List;

/** {@code a PARALLEL WITH b ...}: statements that may run at once. */
public record ParallelWith(List<Statement> statements) implements Statement {}
