package io.longhouse.engine.analyze;

import io.longhouse.engine.plan.ShardQuery;
import io.longhouse.sql.ast.Expression;

/**
 * What a shard calls the columns of its answer. The server that asked has made the same name of the
 * same expression and finds the column by it, so that a name is wrong when one byte of it is.
 */
sealed interface ShardNames permits NormalizedNames, AnalyzedNames {
  /** The name of an expression that stands in the query itself, in no lambda. */
  String of(Expression e);

  static ShardNames of(SelectAnalysis analysis, ShardQuery shard) {
    return shard.analyzed() ? new AnalyzedNames(analysis) : new NormalizedNames(analysis);
  }
}
