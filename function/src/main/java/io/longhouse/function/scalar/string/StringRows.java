package io.longhouse.function.scalar.string;

import io.longhouse.column.Column;
import io.longhouse.column.StringColumn;
import io.longhouse.function.scalar.Rows;

/**
 * Strings made one by one, for functions whose work on a string is much more than the call that
 * does it.
 */
public final class StringRows {
  private StringRows() {}

  /** Appends the result for one string. */
  @FunctionalInterface
  public interface Writer {
    void write(byte[] bytes, int from, int to, Text out);
  }

  /** The string under construction: a view of the last row of a column's arena. */
  public static final class Text {
    private byte[] bytes;
    private int[] offsets;
    private int rows;
    private int at;

    public Text(int rows, int bytesExpected) {
      this.bytes = new byte[Math.max(16, bytesExpected)];
      this.offsets = new int[rows + 1];
    }

    /** Makes room for {@code more} bytes and answers where they go in {@link #bytes}. */
    public int reserve(int more) {
      int needed = Math.addExact(at, more);
      if (needed > bytes.length) {
        int grown = (int) Math.min(Integer.MAX_VALUE - 8, Math.max(needed, bytes.length * 2L));
        bytes = java.util.Arrays.copyOf(bytes, grown);
      }
      return at;
    }

    /** The arena; {@link #reserve} may replace it. */
    public byte[] bytes() {
      return bytes;
    }

    /** Takes {@code count} bytes that were written where {@link #reserve} said. */
    public void advance(int count) {
      at += count;
    }

    public void add(int b) {
      if (at == bytes.length) {
        reserve(1);
      }
      bytes[at++] = (byte) b;
    }

    public void add(byte[] source, int from, int to) {
      int n = to - from;
      if (n > 0) {
        // Not in one expression: reserve() may replace the array.
        reserve(n);
        System.arraycopy(source, from, bytes, at, n);
        at += n;
      }
    }

    public void add(byte[] source) {
      add(source, 0, source.length);
    }

    /** Adds a character as UTF-8. */
    public void addCodePoint(int c) {
      if (c < 0x80) {
        add(c);
      } else if (c < 0x800) {
        add(0xC0 | c >> 6);
        add(0x80 | c & 0x3F);
      } else if (c < 0x10000) {
        add(0xE0 | c >> 12);
        add(0x80 | c >> 6 & 0x3F);
        add(0x80 | c & 0x3F);
      } else {
        add(0xF0 | c >> 18);
        add(0x80 | c >> 12 & 0x3F);
        add(0x80 | c >> 6 & 0x3F);
        add(0x80 | c & 0x3F);
      }
    }

    /** Bytes of the row so far. */
    public int length() {
      return at - offsets[rows];
    }

    /** Where the row begins in {@link #bytes}. */
    public int start() {
      return offsets[rows];
    }

    /** Drops the row's bytes behind its first {@code length}. */
    public void cutTo(int length) {
      at = offsets[rows] + length;
    }

    public void endRow() {
      if (rows + 1 == offsets.length) {
        offsets = java.util.Arrays.copyOf(offsets, offsets.length * 2);
      }
      offsets[++rows] = at;
    }

    /** Rows ended so far. */
    public int rows() {
      return rows;
    }

    public StringColumn build() {
      return new StringColumn(offsets, bytes, rows);
    }
  }

  /** One result for each string. */
  public static Column map(Column strings, int rows, Writer writer) {
    Rows.Bytes b = Rows.bytes(strings);
    var out = new Text(rows, rows == 0 ? 0 : b.to(rows - 1));
    for (int r = 0; r < rows; r++) {
      writer.write(b.bytes(), b.from(r), b.to(r), out);
      out.endRow();
    }
    return out.build();
  }
}
