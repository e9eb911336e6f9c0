package io.longhouse.format;

import io.longhouse.column.Block;
import io.longhouse.column.ByteWriter;
import io.longhouse.column.Column;
import io.longhouse.column.Header;
import io.longhouse.column.type.FormatSettings;
import io.longhouse.column.type.TextForm;
import io.longhouse.registry.Register;

/** An object a row and line; spread over lines in the Pretty formats. */
final class JsonEachRowOutput extends RowOutput {
  private static final JsonValues.Indent SPACES = new JsonValues.Indent(' ', 4);

  private final boolean strings;
  private final boolean pretty;
  private final boolean progress;
  private final boolean array;
  private final byte[][] keys;
  private final JsonValues values;

  private JsonEachRowOutput(Header header, FormatSettings settings, ByteWriter out, String name) {
    super(header, settings, out);
    strings = name.contains("Strings");
    pretty = name.startsWith("Pretty");
    progress = name.endsWith("WithProgress");
    array = settings.outputFormatJsonArrayOfRows && !progress;
    values = new JsonValues(settings, out);
    byte[][] names = JsonOutput.jsonNames(header, settings);
    for (int i = 0; i < names.length; i++) {
      var key = new ByteWriter(32);
      key.writeAscii(i == 0 ? "{" : ",");
      if (pretty) {
        key.writeAscii("\n    ");
      }
      key.writeBytes(names[i]);
      key.writeAscii(pretty ? ": " : ":");
      names[i] = key.toByteArray();
    }
    keys = names;
  }

  @Override
  public void begin() {
    if (array) {
      out.writeAscii("[\n");
    }
    if (progress) {
      out.writeAscii("{\"meta\":[");
      for (int i = 0; i < types.length; i++) {
        out.writeAscii(i > 0 ? ",{\"name\":" : "{\"name\":");
        values.text(names(header)[i]);
        out.writeAscii(",\"type\":");
        values.text(typeNames(header)[i]);
        out.writeByte('}');
      }
      out.writeAscii("]}\n");
    }
  }

  @Override
  void writeRow(Column[] columns, int row) {
    if (array && rows > 0) {
      out.writeAscii(",\n");
    }
    if (progress) {
      out.writeAscii("{\"row\":");
    }
    object(columns, row);
    if (progress) {
      out.writeByte('}');
    }
    if (!array) {
      out.writeByte('\n');
    }
  }

  private void object(Column[] columns, int row) {
    for (int i = 0; i < types.length; i++) {
      out.writeBytes(keys[i]);
      if (strings) {
        values.string(types[i], columns[i], row);
      } else if (pretty) {
        values.pretty(types[i], columns[i], row, 1, SPACES);
      } else {
        types[i].writeText(columns[i], row, TextForm.JSON, settings, out);
      }
    }
    if (types.length == 0) {
      out.writeByte('{');
    }
    out.writeAscii(pretty ? "\n}" : "}");
  }

  private void special(String name, Block block, int row) {
    out.writeAscii("{\"" + name + "\":");
    object(full(block), row);
    out.writeAscii("}\n");
  }

  @Override
  public void totals(Block block) {
    if (progress) {
      special("totals", block, 0);
    }
  }

  @Override
  public void extremes(Block block) {
    if (progress) {
      special("min", block, 0);
      special("max", block, 1);
    }
  }

  @Override
  public void progress(OutputProgress p) {
    if (progress) {
      out.writeAscii("{\"progress\":{\"read_rows\":\"" + p.readRows());
      out.writeAscii("\",\"read_bytes\":\"" + p.readBytes());
      out.writeAscii("\",\"total_rows_to_read\":\"" + p.totalRowsToRead());
      out.writeAscii("\",\"elapsed_ns\":\"" + p.elapsedNs() + "\"}}\n");
    }
  }

  @Override
  public void finish(OutputStatistics statistics) {
    if (progress && statistics.rowsBeforeLimit() >= 0) {
      out.writeAscii("{\"rows_before_limit_at_least\":" + statistics.rowsBeforeLimit() + "}\n");
    }
    if (array) {
      out.writeAscii("\n]\n");
    }
  }

  @Override
  public boolean exception(byte[] message) {
    if (array && rows > 0) {
      out.writeAscii(",\n");
    }
    out.writeAscii("{\"exception\": ");
    values.text(message);
    out.writeAscii(array ? "}\n]\n" : "}\n");
    return true;
  }

  @Register(
      kind = OutputFormatFactory.class,
      name = "JSONEachRow",
      aliases = {"NDJSON", "JSONLines", "JSONL"},
      caseInsensitive = true)
  @Register(kind = OutputFormatFactory.class, name = "JSONStringsEachRow", caseInsensitive = true)
  @Register(
      kind = OutputFormatFactory.class,
      name = "PrettyJSONEachRow",
      aliases = {"PrettyNDJSON", "PrettyJSONLines"},
      caseInsensitive = true)
  @Register(
      kind = OutputFormatFactory.class,
      name = "JSONEachRowWithProgress",
      caseInsensitive = true)
  @Register(
      kind = OutputFormatFactory.class,
      name = "JSONStringsEachRowWithProgress",
      caseInsensitive = true)
  static final class Factory implements OutputFormatFactory {
    private final String name;

    Factory(String name) {
      this.name = name;
    }

    @Override
    public boolean writesOnlyUtf8(FormatSettings settings) {
      return settings.outputFormatJsonValidateUtf8;
    }

    @Override
    public OutputFormat create(Header header, FormatSettings settings, ByteWriter out) {
      return new JsonEachRowOutput(header, settings, out, name);
    }

    @Override
    public String contentType(FormatSettings settings) {
      return settings.outputFormatJsonArrayOfRows
          ? "application/json; charset=UTF-8"
          : "application/x-ndjson; charset=UTF-8";
    }
  }
}
