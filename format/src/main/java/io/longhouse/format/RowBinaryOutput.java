package io.longhouse.format;

import io.longhouse.column.ByteWriter;
import io.longhouse.column.Column;
import io.longhouse.column.Header;
import io.longhouse.column.type.FormatSettings;
import io.longhouse.registry.Register;

/**
 * Values in binary, row by row.
 *
 * <pre>
 * RowBinaryWithNamesAndTypes = count:varint name:string{count} type:string{count} row*
 * string = length:varint byte{length}
 * </pre>
 */
final class RowBinaryOutput extends RowOutput {
  private final boolean withNames;
  private final boolean withTypes;

  private RowBinaryOutput(Header header, FormatSettings settings, ByteWriter out, String name) {
    super(header, settings, out);
    withNames = name.contains("WithNames");
    withTypes = name.endsWith("AndTypes");
  }

  @Override
  public void begin() {
    if (withNames) {
      out.writeVarUInt(types.length);
      for (byte[] name : names(header)) {
        out.writeString(name);
      }
    }
    if (withTypes) {
      for (byte[] name : typeNames(header)) {
        out.writeString(name);
      }
    }
  }

  @Override
  void writeRow(Column[] columns, int row) {
    for (int i = 0; i < types.length; i++) {
      types[i].writeBinary(columns[i], row, out);
    }
  }

  @Register(kind = OutputFormatFactory.class, name = "RowBinary", caseInsensitive = true)
  @Register(kind = OutputFormatFactory.class, name = "RowBinaryWithNames", caseInsensitive = true)
  @Register(
      kind = OutputFormatFactory.class,
      name = "RowBinaryWithNamesAndTypes",
      caseInsensitive = true)
  static final class Factory implements OutputFormatFactory {
    private final String name;

    Factory(String name) {
      this.name = name;
    }

    @Override
    public OutputFormat create(Header header, FormatSettings settings, ByteWriter out) {
      return new RowBinaryOutput(header, settings, out, name);
    }

    @Override
    public String contentType(FormatSettings settings) {
      return "application/octet-stream";
    }
  }
}
