package io.longhouse.engine.exec;

import io.longhouse.engine.table.TableId;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;

/** The columns of a table changed between planning and reading: the query is to be planned anew. */
public final class TableAltered extends LonghouseException {
  private static final long serialVersionUID = 1;

  TableAltered(TableId table) {
    super(
        ErrorCode.INCOMPATIBLE_COLUMNS,
        "The columns of table " + table + " were altered while the query began");
  }
}
