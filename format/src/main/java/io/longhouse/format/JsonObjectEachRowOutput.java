package io.longhouse.format;

import io.longhouse.column.ByteWriter;
import io.longhouse.column.Column;
import io.longhouse.column.Header;
import io.longhouse.column.StringColumn;
import io.longhouse.column.type.FormatSettings;
import io.longhouse.column.type.TextForm;
import io.longhouse.registry.Register;

/** One object whose fields are the rows, named {@code row_1} and so on or by a column. */
final class JsonObjectEachRowOutput extends RowOutput {
  private final byte[][] keys;
  private final int nameColumn;

  private JsonObjectEachRowOutput(Header header, FormatSettings settings, ByteWriter out) {
    super(header, settings, out);
    keys = JsonOutput.jsonNames(header, settings);
    String name = settings.formatJsonObjectEachRowColumnForObjectName;
    nameColumn = name.isEmpty() ? -1 : header.indexOf(name);
  }

  @Override
  public void begin() {
    out.writeAscii("{\n");
  }

  @Override
  void writeRow(Column[] columns, int row) {
    out.writeAscii(rows > 0 ? ",\n\t" : "\t");
    if (nameColumn >= 0 && columns[nameColumn].plain() instanceof StringColumn s) {
      // As ClickHouse, which does not escape the name.
      out.writeByte('"');
      out.writeBytes(s.bytes(), s.offsets()[row], s.lengthAt(row));
      out.writeByte('"');
    } else {
      out.writeAscii("\"row_" + (rows + 1) + "\"");
    }
    out.writeAscii(": {");
    boolean first = true;
    for (int i = 0; i < types.length; i++) {
      if (i == nameColumn) {
        continue;
      }
      if (!first) {
        out.writeByte(',');
      }
      first = false;
      out.writeBytes(keys[i]);
      out.writeByte(':');
      field(columns, i, row, TextForm.JSON);
    }
    out.writeByte('}');
  }

  @Override
  public void finish(OutputStatistics statistics) {
    out.writeAscii("\n}\n");
  }

  @Override
  public boolean exception(byte[] message) {
    out.writeAscii(rows > 0 ? ",\n\t\"exception\": " : "\t\"exception\": ");
    new JsonValues(settings, out).text(message);
    out.writeAscii("\n}\n");
    return true;
  }

  @Register(kind = OutputFormatFactory.class, name = "JSONObjectEachRow", caseInsensitive = true)
  static final class Factory implements OutputFormatFactory {
    @Override
    public boolean writesOnlyUtf8(FormatSettings settings) {
      return settings.outputFormatJsonValidateUtf8;
    }

    @Override
    public boolean canAppend() {
      return false;
    }

    @Override
    public OutputFormat create(Header header, FormatSettings settings, ByteWriter out) {
      return new JsonObjectEachRowOutput(header, settings, out);
    }

    @Override
    public String contentType(FormatSettings settings) {
      return "application/json; charset=UTF-8";
    }
  }
}
