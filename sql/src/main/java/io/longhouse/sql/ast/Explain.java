package io.longhouse.sql.ast;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code EXPLAIN}. */
public record Explain(
    Kind kind,
    List<Setting> settings,
    @Nullable Statement statement,
    TableExpression.@Nullable TableFunction tableFunction,
    @Nullable TableOverrideSource override)
    implements ShowStatement {
  /** What is explained. */
  public enum Kind {
    PLAN("EXPLAIN"),
    AST("EXPLAIN AST"),
    SYNTAX("EXPLAIN SYNTAX"),
    QUERY_TREE("EXPLAIN QUERY TREE"),
    PIPELINE("EXPLAIN PIPELINE"),
    ESTIMATE("EXPLAIN ESTIMATE"),
    TABLE_OVERRIDE("EXPLAIN TABLE OVERRIDE"),
    CURRENT_TRANSACTION("EXPLAIN CURRENT TRANSACTION"),
    WHATIF("EXPLAIN WHATIF"),
    ANALYZE("EXPLAIN ANALYZE");

    private final String sql;

    Kind(String sql) {
      this.sql = sql;
    }

    public String sql() {
      return sql;
    }
  }

  /** What {@code TABLE OVERRIDE} changes. */
  public record TableOverrideSource(
      @Nullable TableSchema schema, @Nullable StorageClause storage) {}
}
