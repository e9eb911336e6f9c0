package io.longhouse.format;

import io.longhouse.column.ByteWriter;
import io.longhouse.column.Column;
import io.longhouse.column.Header;
import io.longhouse.column.type.FormatSettings;
import io.longhouse.column.type.TextForm;
import io.longhouse.registry.Register;

/** INSERT statements of up to a number of rows that a setting names. */
final class SqlInsertOutput extends RowOutput {
  private long inBatch;

  private SqlInsertOutput(Header header, FormatSettings settings, ByteWriter out) {
    super(header, settings, out);
  }

  @Override
  void writeRow(Column[] columns, int row) {
    if (inBatch == 0) {
      head();
    } else {
      out.writeAscii(", ");
    }
    out.writeByte('(');
    for (int i = 0; i < types.length; i++) {
      if (i > 0) {
        out.writeAscii(", ");
      }
      field(columns, i, row, TextForm.QUOTED);
    }
    out.writeByte(')');
    inBatch++;
    if (inBatch == settings.outputFormatSqlInsertMaxBatchSize) {
      out.writeAscii(";\n");
      inBatch = 0;
    }
  }

  private void head() {
    out.writeAscii(settings.outputFormatSqlInsertUseReplace ? "REPLACE" : "INSERT");
    out.writeAscii(" INTO ");
    out.writeText(settings.outputFormatSqlInsertTableName);
    if (settings.outputFormatSqlInsertIncludeColumnNames) {
      out.writeAscii(" (");
      for (int i = 0; i < types.length; i++) {
        if (i > 0) {
          out.writeAscii(", ");
        }
        String name = header.name(i);
        out.writeText(
            settings.outputFormatSqlInsertQuoteNames
                ? "`" + name.replace("\\", "\\\\").replace("`", "\\`") + "`"
                : name);
      }
      out.writeByte(')');
    }
    out.writeAscii(" VALUES ");
  }

  @Override
  public void finish(OutputStatistics statistics) {
    if (inBatch > 0 || rows == 0) {
      out.writeAscii(";\n");
    }
  }

  @Register(kind = OutputFormatFactory.class, name = "SQLInsert", caseInsensitive = true)
  static final class Factory implements OutputFormatFactory {
    @Override
    public OutputFormat create(Header header, FormatSettings settings, ByteWriter out) {
      return new SqlInsertOutput(header, settings, out);
    }
  }
}
