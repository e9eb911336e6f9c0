package io.longhouse.format;

import io.longhouse.column.ByteWriter;
import io.longhouse.column.Column;
import io.longhouse.column.Header;
import io.longhouse.column.type.FormatSettings;
import io.longhouse.column.type.StringText;
import io.longhouse.column.type.TextForm;
import io.longhouse.registry.Register;
import io.longhouse.sql.ByteText;

/** Fields, rows and the result between delimiters that settings name. */
final class CustomSeparatedOutput extends RowOutput {
  private final TextForm form;
  private final byte[] fieldDelimiter;
  private final byte[] rowBefore;
  private final byte[] rowAfter;
  private final byte[] rowBetween;
  private final boolean withNames;
  private final boolean withTypes;
  private boolean begun;

  private CustomSeparatedOutput(Header h, FormatSettings settings, ByteWriter out, String name) {
    super(h, settings, out);
    form = EscapingRule.of(settings.formatCustomEscapingRule).form;
    fieldDelimiter = ByteText.encode(settings.formatCustomFieldDelimiter);
    rowBefore = ByteText.encode(settings.formatCustomRowBeforeDelimiter);
    rowAfter = ByteText.encode(settings.formatCustomRowAfterDelimiter);
    rowBetween = ByteText.encode(settings.formatCustomRowBetweenDelimiter);
    withNames = name.contains("WithNames");
    withTypes = name.endsWith("AndTypes");
  }

  @Override
  public void begin() {
    out.writeText(settings.formatCustomResultBeforeDelimiter);
    if (withNames) {
      line(names(header));
    }
    if (withTypes) {
      line(typeNames(header));
    }
  }

  private void startRow() {
    if (begun) {
      out.writeBytes(rowBetween);
    }
    begun = true;
    out.writeBytes(rowBefore);
  }

  private void line(byte[][] texts) {
    startRow();
    for (int i = 0; i < texts.length; i++) {
      if (i > 0) {
        out.writeBytes(fieldDelimiter);
      }
      StringText.write(texts[i], 0, texts[i].length, form, settings, out);
    }
    out.writeBytes(rowAfter);
  }

  @Override
  void writeRow(Column[] columns, int row) {
    startRow();
    for (int i = 0; i < types.length; i++) {
      if (i > 0) {
        out.writeBytes(fieldDelimiter);
      }
      field(columns, i, row, form);
    }
    out.writeBytes(rowAfter);
  }

  @Override
  public void finish(OutputStatistics statistics) {
    out.writeText(settings.formatCustomResultAfterDelimiter);
  }

  @Register(kind = OutputFormatFactory.class, name = "CustomSeparated", caseInsensitive = true)
  @Register(
      kind = OutputFormatFactory.class,
      name = "CustomSeparatedWithNames",
      caseInsensitive = true)
  @Register(
      kind = OutputFormatFactory.class,
      name = "CustomSeparatedWithNamesAndTypes",
      caseInsensitive = true)
  static final class Factory implements OutputFormatFactory {
    private final String name;

    Factory(String name) {
      this.name = name;
    }

    @Override
    public OutputFormat create(Header header, FormatSettings settings, ByteWriter out) {
      return new CustomSeparatedOutput(header, settings, out, name);
    }
  }
}
