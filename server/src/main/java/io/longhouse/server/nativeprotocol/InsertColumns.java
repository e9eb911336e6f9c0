package io.longhouse.server.nativeprotocol;

import io.longhouse.column.Block;
import io.longhouse.column.Column;
import io.longhouse.column.Header;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import io.longhouse.wire.NamedBlock;

/** A client's block in the order that an INSERT expects. */
final class InsertColumns {
  private InsertColumns() {}

  /**
   * @throws LonghouseException when a column is missing or has another type
   */
  static Block of(Header expected, NamedBlock sent) {
    if (sent.header().equals(expected)) {
      return sent.block();
    }
    if (sent.header().size() != expected.size()) {
      throw new LonghouseException(
          ErrorCode.NUMBER_OF_COLUMNS_DOESNT_MATCH,
          "A block of an INSERT has "
              + sent.header().size()
              + " columns, expected "
              + expected.size());
    }
    Column[] columns = new Column[expected.size()];
    for (int i = 0; i < columns.length; i++) {
      int at = sent.header().indexOf(expected.name(i));
      if (at < 0) {
        throw new LonghouseException(
            ErrorCode.NOT_FOUND_COLUMN_IN_BLOCK,
            "Not found column " + expected.name(i) + " in a block of an INSERT");
      }
      if (!sent.header().type(at).equals(expected.type(i))) {
        throw new LonghouseException(
            ErrorCode.TYPE_MISMATCH,
            "Column "
                + expected.name(i)
                + " in a block of an INSERT has type "
                + sent.header().type(at).name()
                + ", expected "
                + expected.type(i).name());
      }
      columns[i] = sent.block().column(at);
    }
    return new Block(columns, sent.block().rows());
  }
}
