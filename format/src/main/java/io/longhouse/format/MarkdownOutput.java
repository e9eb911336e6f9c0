package io.longhouse.format;

import io.longhouse.column.ByteWriter;
import io.longhouse.column.Column;
import io.longhouse.column.Header;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.EnumType;
import io.longhouse.column.type.FixedStringType;
import io.longhouse.column.type.FormatSettings;
import io.longhouse.column.type.StringText;
import io.longhouse.column.type.StringType;
import io.longhouse.column.type.TextForm;
import io.longhouse.registry.Register;

/** A table in Markdown; numbers are aligned to the right. */
final class MarkdownOutput extends RowOutput {
  private MarkdownOutput(Header header, FormatSettings settings, ByteWriter out) {
    super(header, settings, out);
  }

  @Override
  public void begin() {
    byte[][] names = names(header);
    for (int i = 0; i < names.length; i++) {
      out.writeAscii("| ");
      StringText.writeEscaped(names[i], 0, names[i].length, out);
      out.writeByte(' ');
    }
    out.writeAscii("|\n");
    for (int i = 0; i < names.length; i++) {
      out.writeAscii(Alignment.right(types[i]) ? "|-:" : "|:-");
    }
    out.writeAscii("|\n");
  }

  @Override
  void writeRow(Column[] columns, int row) {
    for (int i = 0; i < types.length; i++) {
      out.writeAscii("| ");
      if (settings.outputFormatMarkdownEscapeSpecialCharacters && isText(types[i])) {
        var text = new ByteWriter(32);
        types[i].writeText(columns[i], row, TextForm.RAW, settings, text);
        for (int k = 0; k < text.position(); k++) {
          int c = text.buffer()[k];
          if (c > 0x20 && c < 0x7F && !Character.isLetterOrDigit(c)) {
            out.writeByte('\\');
          }
          out.writeByte(c);
        }
      } else {
        field(columns, i, row, TextForm.ESCAPED);
      }
      out.writeByte(' ');
    }
    out.writeAscii("|\n");
  }

  private static boolean isText(DataType type) {
    return type instanceof StringType
        || type instanceof FixedStringType
        || type instanceof EnumType;
  }

  @Register(
      kind = OutputFormatFactory.class,
      name = "Markdown",
      aliases = "MD",
      caseInsensitive = true)
  static final class Factory implements OutputFormatFactory {
    @Override
    public OutputFormat create(Header header, FormatSettings settings, ByteWriter out) {
      return new MarkdownOutput(header, settings, out);
    }
  }
}
