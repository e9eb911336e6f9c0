package io.longhouse.format;

import io.longhouse.column.ByteWriter;
import io.longhouse.column.Column;
import io.longhouse.column.Header;
import io.longhouse.column.type.FormatSettings;
import io.longhouse.column.type.StringText;
import io.longhouse.column.type.TextForm;
import io.longhouse.registry.Register;

/** Rows of {@code name=value} between tabs. */
final class TskvOutput extends RowOutput {
  private final byte[][] names;

  private TskvOutput(Header header, FormatSettings settings, ByteWriter out) {
    super(header, settings, out);
    names = names(header);
    for (int i = 0; i < names.length; i++) {
      var text = new ByteWriter(32);
      for (byte b : names[i]) {
        if (b == '=') {
          text.writeByte('\\');
          text.writeByte('=');
        } else if (b == '\'') {
          text.writeByte(b);
        } else {
          StringText.writeEscaped(new byte[] {b}, 0, 1, text);
        }
      }
      text.writeByte('=');
      names[i] = text.toByteArray();
    }
  }

  @Override
  void writeRow(Column[] columns, int row) {
    for (int i = 0; i < types.length; i++) {
      if (i > 0) {
        out.writeByte('\t');
      }
      out.writeBytes(names[i]);
      field(columns, i, row, TextForm.ESCAPED);
    }
    out.writeByte('\n');
  }

  @Register(kind = OutputFormatFactory.class, name = "TSKV", caseInsensitive = true)
  static final class Factory implements OutputFormatFactory {
    @Override
    public OutputFormat create(Header header, FormatSettings settings, ByteWriter out) {
      return new TskvOutput(header, settings, out);
    }
  }
}
