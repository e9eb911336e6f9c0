package io.longhouse.format;

import io.longhouse.column.ColumnBuilder;
import io.longhouse.column.type.DataType;

/** Computes an SQL expression that stands where a literal may stand. */
public interface ExpressionEvaluator {
  /**
   * Computes {@code expression}, converts it to {@code type} and appends it.
   *
   * @throws io.longhouse.sql.LonghouseException when it is no constant expression or does not fit
   */
  void evaluate(String expression, DataType type, ColumnBuilder out);
}
