package io.longhouse.sql.ast;

import java.util.List;

/**
 * Queries combined by UNION, EXCEPT and INTERSECT in the order of the source. INTERSECT binds
 * tighter than the others, which go from left to right.
 *
 * @param operators one fewer than there are queries
 */
public record SetOperation(List<Query> queries, List<Operator> operators) implements Query {
  public SetOperation {
    queries = List.copyOf(queries);
    operators = List.copyOf(operators);
  }

  /** How two neighbours are combined. */
  public enum Operator {
    /** {@code UNION} alone: the setting union_default_mode decides. */
    UNION("UNION"),
    UNION_ALL("UNION ALL"),
    UNION_DISTINCT("UNION DISTINCT"),
    EXCEPT("EXCEPT"),
    EXCEPT_ALL("EXCEPT ALL"),
    EXCEPT_DISTINCT("EXCEPT DISTINCT"),
    INTERSECT("INTERSECT"),
    INTERSECT_ALL("INTERSECT ALL"),
    INTERSECT_DISTINCT("INTERSECT DISTINCT");

    private final String sql;

    Operator(String sql) {
      this.sql = sql;
    }

    public String sql() {
      return sql;
    }
  }
}
