package io.longhouse.sql.ast;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A projection of a table. */
public record ProjectionDeclaration(String name, Body body, List<Setting> settings) {
  public ProjectionDeclaration {
    settings = List.copyOf(settings);
  }

  /** What it stores. */
  public sealed interface Body {}

  /** {@code (SELECT ... GROUP BY ... ORDER BY ...)}. */
  public record SelectBody(
      @Nullable With with,
      boolean distinct,
      List<Expression> projection,
      @Nullable Expression where,
      List<Expression> groupBy,
      List<Expression> orderBy)
      implements Body {}

  /** {@code INDEX expression TYPE type}. */
  public record IndexBody(Expression expression, FunctionCall type) implements Body {}
}
