package io.longhouse.format;

import io.longhouse.column.Block;
import io.longhouse.column.ByteWriter;
import io.longhouse.column.Column;
import io.longhouse.column.Header;
import io.longhouse.column.type.FormatSettings;
import io.longhouse.registry.Register;
import io.longhouse.sql.ByteText;

/** Each value on a line of its own behind its column's name. */
final class VerticalOutput extends RowOutput {
  private boolean saidFirst;
  private final byte[][] labels;
  private final int[] padding;
  private final DisplayText display;
  private final boolean color;

  VerticalOutput(Header header, FormatSettings settings, ByteWriter out, boolean tuplesAsJson) {
    super(header, settings, out);
    display = new DisplayText(settings, tuplesAsJson);
    color = settings.outputFormatPrettyColor.equals("1");
    labels = names(header);
    padding = new int[labels.length];
    int widest = 0;
    for (int i = 0; i < labels.length; i++) {
      labels[i] = ColumnLabel.of(labels[i], 0, settings);
      padding[i] = DisplayWidth.of(labels[i], 0, labels[i].length, 0);
      widest = Math.max(widest, padding[i]);
    }
    for (int i = 0; i < labels.length; i++) {
      padding[i] = widest - padding[i];
    }
  }

  @Override
  void writeRow(Column[] columns, int row) {
    if (rows >= settings.outputFormatPrettyMaxRows) {
      return;
    }
    if (rows > 0) {
      out.writeByte('\n');
    }
    long number = rows + 1;
    out.writeAscii("Row " + number + ":\n");
    line((int) Math.floor(Math.log10(number + 1)) + 6);
    values(columns, row);
  }

  private void line(int length) {
    for (int i = 0; i < length; i++) {
      out.writeText("─");
    }
    out.writeByte('\n');
  }

  private void values(Column[] columns, int row) {
    for (int i = 0; i < types.length; i++) {
      if (color) {
        out.writeAscii(Highlight.BOLD);
      }
      out.writeBytes(labels[i]);
      out.writeByte(':');
      if (color) {
        out.writeAscii(Highlight.RESET);
      }
      out.writeByte(' ');
      for (int k = 0; k < padding[i]; k++) {
        out.writeByte(' ');
      }
      if (color) {
        writeHighlighted(columns, i, row);
      } else {
        display.write(types[i], columns[i], row, out);
      }
      if (DisplayText.hasTips(types[i])) {
        display.tip(types[i], columns[i], row, color, out);
      }
      out.writeByte('\n');
    }
  }

  private void writeHighlighted(Column[] columns, int i, int row) {
    var text = new ByteWriter(64);
    display.write(types[i], columns[i], row, text);
    byte[] bytes = text.toByteArray();
    if (Alignment.number(types[i]) && settings.outputFormatPrettyHighlightDigitGroups) {
      bytes = Highlight.digitGroups(bytes);
    }
    if (settings.outputFormatPrettyHighlightTrailingSpaces) {
      bytes = Highlight.trailingSpaces(bytes);
    }
    out.writeBytes(bytes);
  }

  private void special(String title, Block block, int row) {
    out.writeByte('\n');
    out.writeBytes(ByteText.encode(title));
    out.writeAscii(":\n");
    line(title.length() + 1);
    values(full(block), row);
  }

  @Override
  public void totals(Block block) {
    showFirst();
    out.writeByte('\n');
    special("Totals", block, 0);
  }

  @Override
  public void extremes(Block block) {
    showFirst();
    special("Min", block, 0);
    special("Max", block, 1);
  }

  @Override
  public void finish(OutputStatistics statistics) {
    showFirst();
  }

  /** Says once that rows were left out. */
  private void showFirst() {
    if (rows > settings.outputFormatPrettyMaxRows && !saidFirst) {
      saidFirst = true;
      out.writeAscii("\nShowed first " + settings.outputFormatPrettyMaxRows + ".\n");
    }
  }

  @Register(kind = OutputFormatFactory.class, name = "Vertical", caseInsensitive = true)
  static final class Factory implements OutputFormatFactory {
    @Override
    public OutputFormat create(Header header, FormatSettings settings, ByteWriter out) {
      return new VerticalOutput(header, settings, out, false);
    }
  }
}
