package io.longhouse.format;

import io.longhouse.column.ByteWriter;
import io.longhouse.column.Column;
import io.longhouse.column.Header;
import io.longhouse.column.type.FormatSettings;
import io.longhouse.column.type.TextForm;
import io.longhouse.registry.Register;

/** An array a row and line. */
final class JsonCompactEachRowOutput extends RowOutput {
  private final boolean strings;
  private final boolean withNames;
  private final boolean withTypes;
  private final JsonValues values;

  private JsonCompactEachRowOutput(Header h, FormatSettings settings, ByteWriter out, String name) {
    super(h, settings, out);
    strings = name.contains("Strings");
    withNames = name.contains("WithNames");
    withTypes = name.endsWith("AndTypes");
    values = new JsonValues(settings, out);
  }

  @Override
  public void begin() {
    if (withNames) {
      line(names(header));
    }
    if (withTypes) {
      line(typeNames(header));
    }
  }

  private void line(byte[][] texts) {
    for (int i = 0; i < texts.length; i++) {
      out.writeAscii(i > 0 ? ", " : "[");
      values.text(texts[i]);
    }
    out.writeAscii("]\n");
  }

  @Override
  void writeRow(Column[] columns, int row) {
    out.writeByte('[');
    for (int i = 0; i < types.length; i++) {
      if (i > 0) {
        out.writeAscii(", ");
      }
      if (strings) {
        values.string(types[i], columns[i], row);
      } else {
        types[i].writeText(columns[i], row, TextForm.JSON, settings, out);
      }
    }
    out.writeAscii("]\n");
  }

  @Override
  public boolean exception(byte[] message) {
    line(new byte[][] {message});
    return true;
  }

  @Register(kind = OutputFormatFactory.class, name = "JSONCompactEachRow", caseInsensitive = true)
  @Register(
      kind = OutputFormatFactory.class,
      name = "JSONCompactEachRowWithNames",
      caseInsensitive = true)
  @Register(
      kind = OutputFormatFactory.class,
      name = "JSONCompactEachRowWithNamesAndTypes",
      caseInsensitive = true)
  @Register(
      kind = OutputFormatFactory.class,
      name = "JSONCompactStringsEachRow",
      caseInsensitive = true)
  @Register(
      kind = OutputFormatFactory.class,
      name = "JSONCompactStringsEachRowWithNames",
      caseInsensitive = true)
  @Register(
      kind = OutputFormatFactory.class,
      name = "JSONCompactStringsEachRowWithNamesAndTypes",
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
      return new JsonCompactEachRowOutput(header, settings, out, name);
    }

    @Override
    public String contentType(FormatSettings settings) {
      return "application/x-ndjson; charset=UTF-8";
    }
  }
}
