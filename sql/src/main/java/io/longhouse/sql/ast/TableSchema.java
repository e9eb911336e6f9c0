package io.longhouse.sql.ast;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What stands in the parentheses of CREATE TABLE. */
public record TableSchema(
    List<ColumnDeclaration> columns,
    List<IndexDeclaration> indexes,
    List<ConstraintDeclaration> constraints,
    List<ProjectionDeclaration> projections,
    @Nullable Expression primaryKey) {
  public TableSchema {
    columns = List.copyOf(columns);
    indexes = List.copyOf(indexes);
    constraints = List.copyOf(constraints);
    projections = List.copyOf(projections);
  }
}
