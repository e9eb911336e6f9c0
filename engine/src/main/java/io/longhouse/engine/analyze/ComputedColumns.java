package io.longhouse.engine.analyze;

import io.longhouse.engine.table.ColumnDefinition;
import io.longhouse.function.expr.Expr;
import io.longhouse.sql.ast.Expression;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Columns of a table that are made of its other columns, where conditions of policies read them.
 */
final class ComputedColumns {
  private final Analyzer analyzer;
  private final Function<String, @Nullable Expr> columns;

  /** Those that are being made, so that one that is made of itself has an end. */
  private final Set<String> open = new HashSet<>();

  /**
   * @param columns what the names in their expressions mean
   */
  ComputedColumns(Analyzer analyzer, Function<String, @Nullable Expr> columns) {
    this.analyzer = analyzer;
    this.columns = columns;
  }

  /** What a column is made of, in its type; null if of nothing, or of itself. */
  @Nullable Expr value(ColumnDefinition c) {
    Expression e = c.defaultExpression();
    if (e == null || !open.add(c.name())) {
      return null;
    }
    Expr value = analyzer.castTo(analyzer.resolve(e, columns), c.type());
    open.remove(c.name());
    return value;
  }
}
