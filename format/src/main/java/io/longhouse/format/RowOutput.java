package io.longhouse.format;

import io.longhouse.column.Block;
import io.longhouse.column.ByteWriter;
import io.longhouse.column.Column;
import io.longhouse.column.Header;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.FormatSettings;
import io.longhouse.column.type.TextForm;
import io.longhouse.sql.ByteText;

/** What formats that write row by row share. */
abstract class RowOutput implements OutputFormat {
  final Header header;
  final DataType[] types;
  final FormatSettings settings;
  final ByteWriter out;

  /** Rows written so far, totals and extremes not counted. */
  long rows;

  RowOutput(Header header, FormatSettings settings, ByteWriter out) {
    this.header = header;
    this.settings = settings;
    this.out = out;
    types = new DataType[header.size()];
    for (int i = 0; i < types.length; i++) {
      types[i] = header.type(i);
    }
  }

  abstract void writeRow(Column[] columns, int row);

  @Override
  public void begin() {}

  @Override
  public void write(Block block) {
    Column[] columns = full(block);
    int n = block.rows();
    for (int i = 0; i < n; i++) {
      writeRow(columns, i);
      rows++;
    }
  }

  @Override
  public void finish(OutputStatistics statistics) {}

  /** The columns with constants and sparse columns expanded. */
  static Column[] full(Block block) {
    Column[] columns = block.columns();
    for (int i = 0; i < columns.length; i++) {
      columns[i] = columns[i].full();
    }
    return columns;
  }

  final void field(Column[] columns, int i, int row, TextForm form) {
    types[i].writeText(columns[i], row, form, settings, out);
  }

  /** The bytes of all column names. */
  static byte[][] names(Header header) {
    byte[][] names = new byte[header.size()][];
    for (int i = 0; i < names.length; i++) {
      names[i] = ByteText.encode(header.name(i));
    }
    return names;
  }

  /** The bytes of the names of all types. */
  static byte[][] typeNames(Header header) {
    byte[][] names = new byte[header.size()][];
    for (int i = 0; i < names.length; i++) {
      names[i] = ByteText.encode(header.type(i).name());
    }
    return names;
  }
}
