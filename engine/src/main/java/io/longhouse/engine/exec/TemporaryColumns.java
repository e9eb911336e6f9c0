package io.longhouse.engine.exec;

import io.longhouse.engine.settings.Settings;
import io.longhouse.function.expr.Program;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;

/** {@code max_temporary_columns} and {@code max_temporary_non_const_columns}. */
final class TemporaryColumns {
  private TemporaryColumns() {}

  static void check(Program program, Settings settings) {
    long max = settings.number("max_temporary_columns");
    if (max > 0 && program.columnCount(true) > max) {
      throw new LonghouseException(
          ErrorCode.TOO_MANY_TEMPORARY_COLUMNS,
          "Too many temporary columns: " + program.columnCount(true) + ". Maximum: " + max);
    }
    long variable = settings.number("max_temporary_non_const_columns");
    if (variable > 0 && program.columnCount(false) > variable) {
      throw new LonghouseException(
          ErrorCode.TOO_MANY_TEMPORARY_NON_CONST_COLUMNS,
          "Too many temporary non-const columns: "
              + program.columnCount(false)
              + ". Maximum: "
              + variable);
    }
  }
}
