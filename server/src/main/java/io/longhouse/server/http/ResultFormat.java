package io.longhouse.server.http;

import io.longhouse.column.Block;
import io.longhouse.column.ByteWriter;
import io.longhouse.column.Column;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.TextForm;
import io.longhouse.engine.session.RunningQuery;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;

/** Writes a query's result in its format. */
interface ResultFormat {
  String contentType();

  void write(Block block);

  /** The query has ended: totals, extremes and whatever closes the format. */
  void end();

  static ResultFormat of(RunningQuery query, ByteWriter out) {
    if (!query.format().equals("TabSeparated") && !query.format().equals("TSV")) {
      throw new LonghouseException(ErrorCode.UNKNOWN_FORMAT, "Unknown format " + query.format());
    }
    return new ResultFormat() {
      @Override
      public String contentType() {
        return "text/tab-separated-values; charset=UTF-8";
      }

      @Override
      public void write(Block block) {
        Column[] columns = new Column[block.columnCount()];
        for (int i = 0; i < columns.length; i++) {
          columns[i] = block.column(i).full();
        }
        for (int row = 0; row < block.rows(); row++) {
          for (int i = 0; i < columns.length; i++) {
            if (i > 0) {
              out.writeByte('\t');
            }
            DataType type = query.header().type(i);
            switch (columns[i]) {
              case io.longhouse.column.StringColumn t -> out.writeBytes(t.get(row));
              case io.longhouse.column.Int64Column n -> out.writeUnsignedDecimal(n.values()[row]);
              default ->
                  type.writeText(columns[i], row, TextForm.ESCAPED, query.formatSettings(), out);
            }
          }
          out.writeByte('\n');
        }
      }

      @Override
      public void end() {
        out.flush();
      }
    };
  }
}
