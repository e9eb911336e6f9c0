package io.longhouse.format;

import io.longhouse.column.Block;
import io.longhouse.column.ByteWriter;
import io.longhouse.column.Column;
import io.longhouse.column.Header;
import io.longhouse.column.type.FormatSettings;
import io.longhouse.column.type.TextForm;
import io.longhouse.registry.Register;

/**
 * One object with the columns' types, the rows, totals, extremes, counts and times. Rows are
 * objects or, in the Compact formats, arrays.
 */
final class JsonOutput extends RowOutput {
  private static final JsonValues.Indent TABS = new JsonValues.Indent('\t', 1);

  private final boolean compact;
  private final boolean strings;
  private final byte[][] keys;
  private final JsonValues values;
  private final JsonFrame frame;
  private boolean dataEnded;

  private JsonOutput(Header header, FormatSettings settings, ByteWriter out, String name) {
    super(header, settings, out);
    compact = name.contains("Compact");
    strings = name.endsWith("Strings");
    keys = jsonNames(header, settings);
    values = new JsonValues(settings, out);
    frame = new JsonFrame(header, settings, out);
  }

  /** The names as JSON strings. */
  static byte[][] jsonNames(Header header, FormatSettings settings) {
    byte[][] names = names(header);
    for (int i = 0; i < names.length; i++) {
      var text = new ByteWriter(32);
      new JsonValues(settings, text).text(names[i]);
      names[i] = text.toByteArray();
    }
    return names;
  }

  @Override
  public void begin() {
    frame.meta();
    out.writeAscii("\t\"data\":\n\t[\n");
  }

  @Override
  void writeRow(Column[] columns, int row) {
    if (rows > 0) {
      out.writeAscii(",\n");
    }
    TABS.write(2, out);
    row(columns, row, 2);
  }

  private void row(Column[] columns, int row, int level) {
    if (compact) {
      out.writeByte('[');
      for (int i = 0; i < types.length; i++) {
        if (i > 0) {
          out.writeAscii(", ");
        }
        if (strings) {
          values.string(types[i], columns[i], row);
        } else {
          field(columns, i, row, TextForm.JSON);
        }
      }
      out.writeByte(']');
      return;
    }
    out.writeAscii("{\n");
    for (int i = 0; i < types.length; i++) {
      if (i > 0) {
        out.writeAscii(",\n");
      }
      TABS.write(level + 1, out);
      out.writeBytes(keys[i]);
      out.writeAscii(": ");
      if (strings) {
        values.string(types[i], columns[i], row);
      } else if (settings.outputFormatJsonPrettyPrint) {
        values.pretty(types[i], columns[i], row, level + 1, TABS);
      } else {
        field(columns, i, row, TextForm.JSON);
      }
    }
    out.writeByte('\n');
    TABS.write(level, out);
    out.writeByte('}');
  }

  private void endData() {
    if (!dataEnded) {
      out.writeAscii("\n\t]");
      dataEnded = true;
    }
  }

  private void named(String name, Column[] columns, int row, int level) {
    TABS.write(level, out);
    out.writeByte('"');
    out.writeAscii(name);
    out.writeAscii("\":");
    if (compact) {
      out.writeByte(' ');
    } else {
      out.writeByte('\n');
      TABS.write(level, out);
    }
    row(columns, row, level);
  }

  @Override
  public void totals(Block block) {
    endData();
    out.writeAscii(",\n\n");
    named("totals", full(block), 0, 1);
  }

  @Override
  public void extremes(Block block) {
    endData();
    Column[] columns = full(block);
    out.writeAscii(",\n\n\t\"extremes\":\n\t{\n");
    named("min", columns, 0, 2);
    out.writeAscii(",\n");
    named("max", columns, 1, 2);
    out.writeAscii("\n\t}");
  }

  @Override
  public void finish(OutputStatistics statistics) {
    endData();
    frame.finish(rows, statistics);
  }

  @Override
  public boolean exception(byte[] message) {
    endData();
    frame.exception(rows, message);
    return true;
  }

  @Register(kind = OutputFormatFactory.class, name = "JSON", caseInsensitive = true)
  @Register(kind = OutputFormatFactory.class, name = "JSONStrings", caseInsensitive = true)
  @Register(kind = OutputFormatFactory.class, name = "JSONCompact", caseInsensitive = true)
  @Register(kind = OutputFormatFactory.class, name = "JSONCompactStrings", caseInsensitive = true)
  static final class Factory implements OutputFormatFactory {
    private final String name;

    Factory(String name) {
      this.name = name;
    }

    @Override
    public boolean writesOnlyUtf8(FormatSettings settings) {
      return true;
    }

    @Override
    public boolean canAppend() {
      return false;
    }

    @Override
    public OutputFormat create(Header header, FormatSettings settings, ByteWriter out) {
      return new JsonOutput(header, settings, out, name);
    }

    @Override
    public String contentType(FormatSettings settings) {
      return "application/json; charset=UTF-8";
    }
  }
}
