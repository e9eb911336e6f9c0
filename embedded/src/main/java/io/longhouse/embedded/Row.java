package io.longhouse.embedded;

import io.longhouse.column.Block;
import io.longhouse.column.Header;
import io.longhouse.column.type.TimeZones;
import java.time.ZoneId;

/** One row of a result. Columns are counted from 0. */
public final class Row {
  private final Header header;
  private final Block block;
  private final int row;
  private final ZoneId zone;

  Row(Header header, Block block, int row, ZoneId zone) {
    this.header = header;
    this.block = block;
    this.row = row;
    this.zone = zone;
  }

  private int place(String column) {
    int at = header.indexOf(column);
    if (at < 0) {
      throw new IllegalArgumentException("the result has no column " + column);
    }
    return at;
  }

  public boolean isNull(int column) {
    return block.column(column).full().isNullAt(row);
  }

  public boolean isNull(String column) {
    return isNull(place(column));
  }

  /** Any value as {@code toString} gives it. */
  public String getString(int column) {
    return TimeZones.in(zone, () -> header.type(column).textOf(block.column(column), row));
  }

  public String getString(String column) {
    return getString(place(column));
  }

  /**
   * A whole number.
   *
   * @throws NumberFormatException for a value that is none, or does not fit
   */
  public long getLong(int column) {
    return Long.parseLong(getString(column));
  }

  public long getLong(String column) {
    return getLong(place(column));
  }

  /**
   * @throws NumberFormatException for a value that is no number
   */
  public double getDouble(int column) {
    String text = getString(column);
    return switch (text) {
      case "nan", "-nan" -> Double.NaN;
      case "inf" -> Double.POSITIVE_INFINITY;
      case "-inf" -> Double.NEGATIVE_INFINITY;
      default -> Double.parseDouble(text);
    };
  }

  public double getDouble(String column) {
    return getDouble(place(column));
  }

  /** Values with tabs between. */
  @Override
  public String toString() {
    var out = new StringBuilder();
    for (int i = 0; i < header.size(); i++) {
      out.append(i == 0 ? "" : "\t").append(isNull(i) ? "\\N" : getString(i));
    }
    return out.toString();
  }
}
