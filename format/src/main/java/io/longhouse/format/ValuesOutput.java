package io.longhouse.format;

import io.longhouse.column.ByteWriter;
import io.longhouse.column.Column;
import io.longhouse.column.Header;
import io.longhouse.column.type.FormatSettings;
import io.longhouse.column.type.TextForm;
import io.longhouse.registry.Register;

/** Rows in parentheses between commas, as behind INSERT ... VALUES. */
final class ValuesOutput extends RowOutput {
  private ValuesOutput(Header header, FormatSettings settings, ByteWriter out) {
    super(header, settings, out);
  }

  @Override
  void writeRow(Column[] columns, int row) {
    if (rows > 0) {
      out.writeByte(',');
    }
    out.writeByte('(');
    for (int i = 0; i < types.length; i++) {
      if (i > 0) {
        out.writeByte(',');
      }
      field(columns, i, row, TextForm.QUOTED);
    }
    out.writeByte(')');
  }

  @Register(kind = OutputFormatFactory.class, name = "Values", caseInsensitive = true)
  static final class Factory implements OutputFormatFactory {
    @Override
    public OutputFormat create(Header header, FormatSettings settings, ByteWriter out) {
      return new ValuesOutput(header, settings, out);
    }
  }
}
