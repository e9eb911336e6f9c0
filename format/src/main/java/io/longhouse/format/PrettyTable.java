package io.longhouse.format;

import io.longhouse.column.ByteWriter;
import io.longhouse.column.Column;
import io.longhouse.column.Header;
import io.longhouse.column.type.FormatSettings;
import java.util.Arrays;

/** Measures and draws one table at a time; rows are numbered over all of them. */
final class PrettyTable {
  /** How much is drawn around the values. */
  enum Style {
    FULL,
    COMPACT,
    SPACE
  }

  /** A table measured: its values as text, and how wide everything is. */
  static final class Layout {
    final Header header;
    final Column[] columns;
    final int rows;
    final byte[][][] texts;
    final int[] widths;
    final byte[][] names;
    final int[] nameWidths;
    boolean hasLineFeeds;

    Layout(Header header, Column[] columns, int rows) {
      this.header = header;
      this.columns = columns;
      this.rows = rows;
      this.texts = new byte[columns.length][][];
      this.widths = new int[columns.length];
      this.names = RowOutput.names(header);
      this.nameWidths = new int[columns.length];
    }
  }

  private final Style style;
  private final boolean color;
  private final FormatSettings settings;
  private final ByteWriter out;
  private final DisplayText display;
  private final boolean unicode;
  private final long maxRows;
  private long totalRows;
  private long displayedRows;
  private int numberWidth;

  PrettyTable(Style style, boolean color, FormatSettings settings, ByteWriter out) {
    this.style = style;
    this.color = color;
    this.settings = settings;
    this.out = out;
    display = new DisplayText(settings, true);
    unicode = settings.outputFormatPrettyGridCharset.equals("UTF-8");
    maxRows = settings.outputFormatPrettyMaxRows;
  }

  /** Rows of all tables so far, those that were not shown included. */
  long totalRows() {
    return totalRows;
  }

  void skip(int rows) {
    totalRows += rows;
  }

  /** Totals and extremes are numbered from 1. */
  void restart() {
    totalRows = 0;
  }

  private boolean isCut(int row, int rows) {
    return rows > maxRows && !(row < (maxRows + 1) / 2 || row >= rows - maxRows / 2);
  }

  /** The text of every shown value and the width of each column. */
  Layout layout(Header header, Column[] columns, int rows) {
    var layout = new Layout(header, columns, rows);
    numberWidth = (int) Math.floor(Math.log10(rows + totalRows)) + 3;
    int prefix = numberWidth + (style == Style.SPACE ? 1 : 2);
    var text = new ByteWriter(64);
    long padMax = settings.outputFormatPrettyMaxColumnPadWidth;
    long valueMax = settings.outputFormatPrettyMaxValueWidth;
    for (int i = 0; i < columns.length; i++) {
      layout.texts[i] = new byte[rows][];
      for (int row = 0; row < rows; row++) {
        if (isCut(row, rows)) {
          continue;
        }
        text.reset();
        display.write(header.type(i), columns[i], row, text);
        layout.texts[i][row] = text.toByteArray();
        int width = widestLine(layout, text, prefix);
        layout.widths[i] =
            (int) Math.max(layout.widths[i], Math.min(Math.min(padMax, valueMax), width));
      }
      measureName(layout, i);
      prefix += layout.widths[i] + 3;
    }
    return layout;
  }

  private int widestLine(Layout layout, ByteWriter text, int prefix) {
    byte[] b = text.buffer();
    int end = (int) Math.min(text.position(), settings.outputFormatPrettyMaxValueWidth * 4);
    int widest = 0;
    int from = 0;
    while (from < end) {
      int to = end;
      if (settings.outputFormatPrettyMultilineFields) {
        to = lineEnd(b, from, end);
        layout.hasLineFeeds |= to < end;
      }
      widest = Math.max(widest, DisplayWidth.of(b, from, to, prefix));
      from = to + 1;
    }
    return widest;
  }

  private static int lineEnd(byte[] b, int from, int end) {
    int i = from;
    while (i < end && b[i] != '\n') {
      i++;
    }
    return i;
  }

  private void measureName(Layout layout, int i) {
    byte[] name = ColumnLabel.of(layout.names[i], layout.widths[i], settings);
    layout.names[i] = name;
    int width = DisplayWidth.of(name, 0, name.length, 0);
    layout.nameWidths[i] = (int) Math.min(settings.outputFormatPrettyMaxColumnPadWidth, width);
    layout.widths[i] = Math.max(layout.widths[i], layout.nameWidths[i]);
  }

  /** Whether the first table is too wide or has line feeds, so that lines of values read better. */
  boolean wantsVertical(Layout layout) {
    int width = Arrays.stream(layout.widths).sum();
    return settings.outputFormatPrettyFallbackToVertical
        && displayedRows == 0
        && layout.rows <= settings.outputFormatPrettyFallbackToVerticalMaxRowsPerChunk
        && layout.columns.length >= settings.outputFormatPrettyFallbackToVerticalMinColumns
        && (width >= settings.outputFormatPrettyFallbackToVerticalMinTableWidth
            || layout.hasLineFeeds);
  }

  void draw(Layout layout) {
    boolean footer =
        settings.outputFormatPrettyDisplayFooterColumnNames != 0
            && layout.rows >= settings.outputFormatPrettyDisplayFooterColumnNamesMinRows;
    if (style == Style.FULL) {
      rule(layout, "┏━┳┓");
    }
    names(layout, true);
    if (style == Style.FULL) {
      rule(layout, "┡━╇┩");
    } else if (style == Style.SPACE) {
      out.writeByte('\n');
    }
    rows(layout);
    if (footer) {
      if (style == Style.FULL) {
        rule(layout, "┢━╈┪");
      } else if (style == Style.SPACE) {
        out.writeByte('\n');
      }
      names(layout, false);
      if (style == Style.FULL) {
        rule(layout, "┗━┻┛");
      } else if (style == Style.SPACE) {
        out.writeByte('\n');
      }
    } else if (style != Style.SPACE) {
      rule(layout, "└─┴┘");
    }
    totalRows += layout.rows;
  }

  private void rows(Layout layout) {
    boolean gap = false;
    for (int row = 0; row < layout.rows && displayedRows < maxRows; row++) {
      if (isCut(row, layout.rows)) {
        if (!gap) {
          if (style == Style.FULL) {
            rule(layout, "├─┼┤");
          }
          gap(layout);
          gap = true;
        }
        continue;
      }
      if (row > 0 && style == Style.FULL) {
        rule(layout, "├─┼┤");
      }
      row(layout, row);
      displayedRows++;
    }
  }

  private void blank() {
    if (settings.outputFormatPrettyRowNumbers) {
      spaces(numberWidth);
    }
  }

  private void spaces(int count) {
    for (int i = 0; i < count; i++) {
      out.writeByte(' ');
    }
  }

  private void grid(char c) {
    if (unicode) {
      int at = out.reserve(3);
      byte[] b = out.buffer();
      b[at] = (byte) (0xE0 | c >> 12);
      b[at + 1] = (byte) (0x80 | c >> 6 & 0x3F);
      b[at + 2] = (byte) (0x80 | c & 0x3F);
      out.advance(3);
    } else {
      out.writeByte(
          switch (c) {
            case '─', '━' -> '-';
            case '│', '┃' -> '|';
            default -> '+';
          });
    }
  }

  /** A horizontal line: begin, line, crossing and end. */
  private void rule(Layout layout, String parts) {
    blank();
    grid(parts.charAt(0));
    for (int i = 0; i < layout.widths.length; i++) {
      if (i > 0) {
        grid(parts.charAt(2));
      }
      for (int k = 0; k < layout.widths[i] + 2; k++) {
        grid(parts.charAt(1));
      }
    }
    grid(parts.charAt(3));
    out.writeByte('\n');
  }

  /** The line that stands for rows left out. */
  private void gap(Layout layout) {
    blank();
    int size = style == Style.SPACE ? -2 : 1;
    for (int w : layout.widths) {
      size += w + 3;
    }
    for (int i = 0; i < size; i++) {
      if (i % 2 == 0) {
        grid('─');
      } else {
        out.writeByte(' ');
      }
    }
    out.writeByte('\n');
  }

  private void names(Layout layout, boolean top) {
    String corners = top ? "┌┬┐" : "└┴┘";
    blank();
    switch (style) {
      case FULL -> {
        grid('┃');
        out.writeByte(' ');
      }
      case COMPACT -> {
        grid(corners.charAt(0));
        grid('─');
      }
      case SPACE -> out.writeByte(' ');
    }
    for (int i = 0; i < layout.names.length; i++) {
      if (i > 0) {
        switch (style) {
          case FULL -> {
            out.writeByte(' ');
            grid('┃');
            out.writeByte(' ');
          }
          case COMPACT -> {
            grid('─');
            grid(corners.charAt(1));
            grid('─');
          }
          case SPACE -> spaces(3);
        }
      }
      boolean right = Alignment.right(layout.header.type(i));
      int padding = layout.widths[i] - layout.nameWidths[i];
      if (right) {
        padName(padding);
      }
      name(layout.names[i]);
      if (!right) {
        padName(padding);
      }
    }
    if (style == Style.FULL) {
      out.writeByte(' ');
      grid('┃');
    } else if (style == Style.COMPACT) {
      grid('─');
      grid(corners.charAt(2));
    }
    out.writeByte('\n');
  }

  private void padName(int count) {
    for (int k = 0; k < count; k++) {
      if (style == Style.COMPACT) {
        grid('─');
      } else {
        out.writeByte(' ');
      }
    }
  }

  private void name(byte[] name) {
    if (color) {
      out.writeAscii(Highlight.BOLD);
    }
    out.writeBytes(name);
    if (color) {
      out.writeAscii(Highlight.RESET);
    }
  }

  /** A row takes as many lines as its value with the most lines. */
  private void row(Layout layout, int row) {
    int n = layout.columns.length;
    int[] from = new int[n];
    boolean first = true;
    boolean more = true;
    while (more) {
      rowNumber(first, row);
      first = false;
      more = false;
      for (int i = 0; i < n; i++) {
        if (style != Style.SPACE) {
          grid('│');
        } else if (i > 0) {
          out.writeByte(' ');
        }
        from[i] = value(layout, i, row, from[i]);
        more |= from[i] != layout.texts[i][row].length;
        if (from[i] < layout.texts[i][row].length) {
          from[i]++;
        }
      }
      if (style != Style.SPACE) {
        grid('│');
      }
      if (n == 1 && DisplayText.hasTips(layout.header.type(0))) {
        display.tip(layout.header.type(0), layout.columns[0], row, color, out);
      }
      out.writeByte('\n');
    }
  }

  private void rowNumber(boolean first, int row) {
    if (!settings.outputFormatPrettyRowNumbers) {
      return;
    }
    if (!first) {
      spaces(numberWidth);
      return;
    }
    String number = row + 1 + totalRows + ". ";
    spaces(numberWidth - number.length());
    colored(Highlight.GRAY, number);
  }

  private void colored(String sequence, String text) {
    if (color) {
      out.writeAscii(sequence);
    }
    out.writeText(text);
    if (color) {
      out.writeAscii(Highlight.RESET);
    }
  }

  /** Writes the line of a value that begins at {@code from}; answers where the line ends. */
  private int value(Layout layout, int i, int row, int from) {
    byte[] text = layout.texts[i][row];
    int prefix = numberWidth + (style == Style.SPACE ? 1 : 2);
    int end =
        settings.outputFormatPrettyMultilineFields ? lineEnd(text, from, text.length) : text.length;
    boolean continued = from > 0 && from < text.length;
    byte[] line = Arrays.copyOfRange(text, from, end);
    int width = DisplayWidth.of(line, 0, line.length, prefix);
    if (color
        && Alignment.number(layout.header.type(i))
        && settings.outputFormatPrettyHighlightDigitGroups) {
      line = Highlight.digitGroups(line);
    }
    if (color && settings.outputFormatPrettyHighlightTrailingSpaces) {
      line = Highlight.trailingSpaces(line);
    }
    long cutTo = settings.outputFormatPrettyMaxValueWidth;
    boolean single = layout.rows == 1 && layout.columns.length == 1 && totalRows == 0;
    if (single && settings.outputFormatPrettyMaxValueWidthApplyForSingleValue == 0) {
      cutTo = 0;
    }
    boolean cut = cutTo > 0 && width > cutTo;
    if (cut) {
      int bytes = DisplayWidth.bytesWithin(line, 0, line.length, prefix, (int) cutTo);
      line = Arrays.copyOf(line, bytes);
      width = (int) cutTo;
    }
    if (continued) {
      colored(Highlight.GRAY, unicode ? "↳" : ">");
    } else {
      out.writeByte(' ');
    }
    int padding = Math.max(0, layout.widths[i] - width);
    boolean right = Alignment.right(layout.header.type(i));
    if (right) {
      spaces(padding);
    }
    out.writeBytes(line);
    if (cut) {
      colored(Highlight.RED, unicode ? "⋯" : "~");
    }
    if (!right) {
      spaces(padding);
    }
    if (end != text.length) {
      colored(Highlight.GRAY, unicode ? "↴" : "\\");
    } else if (!cut) {
      out.writeByte(' ');
    }
    return end;
  }

  /** Says how many rows were left out. */
  void finish() {
    if (totalRows >= maxRows) {
      if (style == Style.SPACE) {
        out.writeByte('\n');
      }
      out.writeAscii("Showed " + displayedRows + " out of " + totalRows + " rows.\n");
    }
  }
}
