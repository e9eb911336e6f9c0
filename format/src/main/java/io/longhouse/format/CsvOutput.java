package io.longhouse.format;

import io.longhouse.column.Block;
import io.longhouse.column.ByteWriter;
import io.longhouse.column.Column;
import io.longhouse.column.Header;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.FormatSettings;
import io.longhouse.column.type.StringText;
import io.longhouse.column.type.TextForm;
import io.longhouse.column.type.TupleType;
import io.longhouse.registry.Register;
import io.longhouse.sql.ByteText;
import java.util.ArrayList;
import java.util.List;

/** Comma-separated values as in RFC 4180; the elements of a tuple take a column each. */
final class CsvOutput extends RowOutput {
  private final boolean withNames;
  private final boolean withTypes;

  private CsvOutput(Header header, FormatSettings settings, ByteWriter out, String name) {
    super(header, settings, out);
    withNames = name.contains("WithNames");
    withTypes = name.endsWith("AndTypes");
  }

  @Override
  public void begin() {
    List<String> names = new ArrayList<>();
    List<String> typeNames = new ArrayList<>();
    for (Header.Field f : header.fields()) {
      flatten(f.name(), f.type(), names, typeNames);
    }
    if (withNames) {
      line(names);
    }
    if (withTypes) {
      line(typeNames);
    }
  }

  private void flatten(String name, DataType type, List<String> names, List<String> typeNames) {
    boolean apart =
        settings.outputFormatCsvSerializeTupleIntoSeparateColumns
            && settings.outputFormatCsvHeaderSerializeTupleIntoSeparateColumns;
    if (apart && type instanceof TupleType t) {
      for (int i = 0; i < t.elements().size(); i++) {
        String element = t.named() ? t.names().get(i) : String.valueOf(i + 1);
        flatten(name + "." + element, t.elements().get(i), names, typeNames);
      }
    } else {
      names.add(name);
      typeNames.add(type.name());
    }
  }

  private void line(List<String> texts) {
    for (int i = 0; i < texts.size(); i++) {
      if (i > 0) {
        out.writeByte(settings.formatCsvDelimiter);
      }
      byte[] text = ByteText.encode(texts.get(i));
      StringText.write(text, 0, text.length, TextForm.CSV, settings, out);
    }
    endLine();
  }

  private void endLine() {
    if (settings.outputFormatCsvCrlfEndOfLine) {
      out.writeByte('\r');
    }
    out.writeByte('\n');
  }

  @Override
  void writeRow(Column[] columns, int row) {
    int delimiter = settings.formatCsvDelimiter;
    for (int i = 0; i < types.length; i++) {
      if (i > 0) {
        out.writeByte(delimiter);
      }
      types[i].writeText(columns[i], row, TextForm.CSV, settings, out);
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

  @Register(kind = OutputFormatFactory.class, name = "CSV", caseInsensitive = true)
  @Register(kind = OutputFormatFactory.class, name = "CSVWithNames", caseInsensitive = true)
  @Register(kind = OutputFormatFactory.class, name = "CSVWithNamesAndTypes", caseInsensitive = true)
  static final class Factory implements OutputFormatFactory {
    private final String name;

    Factory(String name) {
      this.name = name;
    }

    @Override
    public OutputFormat create(Header header, FormatSettings settings, ByteWriter out) {
      return new CsvOutput(header, settings, out, name);
    }

    @Override
    public String contentType(FormatSettings settings) {
      return "text/csv; charset=UTF-8; header=" + (name.equals("CSV") ? "absent" : "present");
    }
  }
}
