package io.longhouse.sql.ast;

import java.util.List;

/** What stands in the parentheses of CREATE TABLE; a primary key among it goes to the storage. */
public record TableSchema(
    List<ColumnDeclaration> columns,
    List<IndexDeclaration> indexes,
    List<ConstraintDeclaration> constraints,
    List<ProjectionDeclaration> projections) {
  public TableSchema {
    columns = List.copyOf(columns);
    indexes = List.copyOf(indexes);
    constraints = List.copyOf(constraints);
    projections = List.copyOf(projections);
  }
}
