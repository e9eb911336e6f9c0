package io.longhouse.function.aggregate.quantile;

import io.longhouse.column.ArrayColumn;
import io.longhouse.column.ColumnBuilder;
import io.longhouse.column.type.DataType;
import io.longhouse.function.aggregate.state.ObjectAggregate;

/** A function that gives one quantile, or an array of several. */
abstract class QuantileAggregate<S, I> extends ObjectAggregate<S, I> {
  private final Levels levels;

  QuantileAggregate(Levels levels, DataType one) {
    super(levels.resultType(one));
    this.levels = levels;
  }

  /** Whether the result is an array. */
  final boolean many() {
    return levels.many();
  }

  /** Appends the quantile of one level. */
  protected abstract void quantile(S state, double level, ColumnBuilder out);

  @Override
  protected final void result(S state, ColumnBuilder out) {
    if (!levels.many()) {
      quantile(state, levels.levels()[0], out);
      return;
    }
    var array = (ArrayColumn.Builder) out;
    for (double level : levels.levels()) {
      quantile(state, level, array.elements());
    }
    array.endRow();
  }
}
