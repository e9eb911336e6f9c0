package io.longhouse.engine.session;

import io.longhouse.column.Block;
import io.longhouse.column.Header;

/** Where the blocks of an INSERT go that its client sends. */
public interface InsertInput {
  /** The columns that are expected, in their order: the sample block of the native protocol. */
  Header header();

  /**
   * The columns of the table with their defaults, in ClickHouse's text form, for clients that
   * compute what their data leave out; empty where they need not.
   */
  default String tableColumns() {
    return "";
  }

  /**
   * Takes a block with these columns. May block while earlier ones are being written.
   *
   * @throws io.longhouse.sql.LonghouseException when the query failed or was cancelled
   */
  void write(Block block);

  /** All blocks are there: returns when the rows are durable. */
  void finish();
}
