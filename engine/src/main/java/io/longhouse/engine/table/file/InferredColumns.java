package io.longhouse.engine.table.file;

import io.longhouse.engine.exec.QueryContext;
import io.longhouse.engine.table.ColumnDefinition;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import java.io.InputStream;
import java.util.List;
import java.util.function.Supplier;

/** The columns of files that nobody has described. */
final class InferredColumns {
  private InferredColumns() {}

  /**
   * @throws LonghouseException NOT_IMPLEMENTED (48)
   */
  static List<ColumnDefinition> of(
      String format, Supplier<InputStream> data, QueryContext context) {
    throw new LonghouseException(
        ErrorCode.NOT_IMPLEMENTED,
        "Guessing the structure of files of format "
            + format
            + " is not implemented. You can specify the structure manually");
  }
}
