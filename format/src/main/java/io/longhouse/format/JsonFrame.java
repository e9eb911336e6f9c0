package io.longhouse.format;

import io.longhouse.column.ByteWriter;
import io.longhouse.column.Header;
import io.longhouse.column.type.FormatSettings;

/** What the JSON formats of one object write before and behind the data. */
final class JsonFrame {
  private final Header header;
  private final FormatSettings settings;
  private final ByteWriter out;
  private final JsonValues values;

  JsonFrame(Header header, FormatSettings settings, ByteWriter out) {
    this.header = header;
    this.settings = settings;
    this.out = out;
    this.values = new JsonValues(settings, out);
  }

  /** The names and types of the columns. */
  void meta() {
    out.writeAscii("{\n\t\"meta\":\n\t[");
    byte[][] names = RowOutput.names(header);
    byte[][] types = RowOutput.typeNames(header);
    for (int i = 0; i < names.length; i++) {
      out.writeAscii(i > 0 ? ",\n\t\t{\n\t\t\t\"name\": " : "\n\t\t{\n\t\t\t\"name\": ");
      values.text(names[i]);
      out.writeAscii(",\n\t\t\t\"type\": ");
      values.text(types[i]);
      out.writeAscii("\n\t\t}");
    }
    out.writeAscii("\n\t],\n\n");
  }

  /** The count, an error, and the end of the object. */
  void exception(long rows, byte[] message) {
    out.writeAscii(",\n\n\t\"rows\": ");
    out.writeDecimal(rows);
    out.writeAscii(",\n\n\t\"exception\": ");
    values.text(message);
    out.writeAscii("\n}\n");
  }

  /** Counts and times, and the end of the object. */
  void finish(long rows, OutputStatistics statistics) {
    out.writeAscii(",\n\n\t\"rows\": ");
    out.writeDecimal(rows);
    if (statistics.rowsBeforeLimit() >= 0) {
      out.writeAscii(",\n\n\t\"rows_before_limit_at_least\": ");
      out.writeDecimal(statistics.rowsBeforeLimit());
    }
    if (settings.outputFormatWriteStatistics) {
      out.writeAscii(",\n\n\t\"statistics\":\n\t{\n\t\t\"elapsed\": ");
      io.longhouse.column.type.FloatText.write(statistics.elapsedSeconds(), out);
      out.writeAscii(",\n\t\t\"rows_read\": ");
      out.writeDecimal(statistics.rowsRead());
      out.writeAscii(",\n\t\t\"bytes_read\": ");
      out.writeDecimal(statistics.bytesRead());
      out.writeAscii("\n\t}");
    }
    out.writeAscii("\n}\n");
  }
}
