package io.longhouse.format;

import io.longhouse.column.Block;
import io.longhouse.column.ByteWriter;
import io.longhouse.column.Column;
import io.longhouse.column.Header;
import io.longhouse.column.type.FormatSettings;
import io.longhouse.column.type.StringText;
import io.longhouse.column.type.TextForm;
import io.longhouse.registry.Register;

/** Values between tabs, rows between line feeds; escaped or, in the Raw formats, as they are. */
final class TabSeparatedOutput extends RowOutput {
  private final TextForm form;
  private final boolean withNames;
  private final boolean withTypes;

  private TabSeparatedOutput(Header header, FormatSettings settings, ByteWriter out, String name) {
    super(header, settings, out);
    boolean raw = name.contains("Raw") || name.startsWith("LineAsString");
    form = raw ? TextForm.RAW : TextForm.ESCAPED;
    withNames = name.contains("WithNames");
    withTypes = name.endsWith("AndTypes");
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
      if (i > 0) {
        out.writeByte('\t');
      }
      StringText.write(texts[i], 0, texts[i].length, form, settings, out);
    }
    endLine();
  }

  private void endLine() {
    if (settings.outputFormatTsvCrlfEndOfLine) {
      out.writeByte('\r');
    }
    out.writeByte('\n');
  }

  @Override
  void writeRow(Column[] columns, int row) {
    for (int i = 0; i < types.length; i++) {
      if (i > 0) {
        out.writeByte('\t');
      }
      types[i].writeText(columns[i], row, form, settings, out);
    }
    endLine();
  }

  @Override
  public void totals(Block block) {
    apart(block);
  }

  @Override
  public void extremes(Block block) {
    apart(block);
  }

  private void apart(Block block) {
    out.writeByte('\n');
    Column[] columns = full(block);
    for (int i = 0; i < block.rows(); i++) {
      writeRow(columns, i);
    }
  }

  @Register(
      kind = OutputFormatFactory.class,
      name = "TabSeparated",
      aliases = "TSV",
      caseInsensitive = true)
  @Register(
      kind = OutputFormatFactory.class,
      name = "TabSeparatedWithNames",
      aliases = "TSVWithNames",
      caseInsensitive = true)
  @Register(
      kind = OutputFormatFactory.class,
      name = "TabSeparatedWithNamesAndTypes",
      aliases = "TSVWithNamesAndTypes",
      caseInsensitive = true)
  @Register(
      kind = OutputFormatFactory.class,
      name = "TabSeparatedRaw",
      aliases = {"TSVRaw", "Raw"},
      caseInsensitive = true)
  @Register(
      kind = OutputFormatFactory.class,
      name = "TabSeparatedRawWithNames",
      aliases = {"TSVRawWithNames", "RawWithNames"},
      caseInsensitive = true)
  @Register(
      kind = OutputFormatFactory.class,
      name = "TabSeparatedRawWithNamesAndTypes",
      aliases = {"TSVRawWithNamesAndTypes", "RawWithNamesAndTypes"},
      caseInsensitive = true)
  @Register(kind = OutputFormatFactory.class, name = "LineAsString", caseInsensitive = true)
  @Register(
      kind = OutputFormatFactory.class,
      name = "LineAsStringWithNames",
      caseInsensitive = true)
  @Register(
      kind = OutputFormatFactory.class,
      name = "LineAsStringWithNamesAndTypes",
      caseInsensitive = true)
  static final class Factory implements OutputFormatFactory {
    private final String name;

    Factory(String name) {
      this.name = name;
    }

    @Override
    public OutputFormat create(Header header, FormatSettings settings, ByteWriter out) {
      return new TabSeparatedOutput(header, settings, out, name);
    }

    @Override
    public String contentType(FormatSettings settings) {
      return "text/tab-separated-values; charset=UTF-8";
    }
  }
}
