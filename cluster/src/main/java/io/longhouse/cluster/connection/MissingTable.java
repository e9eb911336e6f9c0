package io.longhouse.cluster.connection;

import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;

/** A replica does not have the table: another one may. */
final class MissingTable extends LonghouseException {
  private static final long serialVersionUID = 1L;

  MissingTable(String message) {
    super(ErrorCode.UNKNOWN_TABLE, message);
  }
}
