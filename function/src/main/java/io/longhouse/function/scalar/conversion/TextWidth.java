package io.longhouse.function.scalar.conversion;

import io.longhouse.column.Column;
import io.longhouse.column.FixedBytesColumn;
import io.longhouse.column.StringColumn;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import org.jspecify.annotations.Nullable;

/** String and FixedString into each other. */
final class TextWidth extends Cast {
  /** Instead of a width: make a String of all bytes. */
  static final int KEEP_ZEROS = -2;

  private final int width;

  /**
   * @param width of the FixedString to make, -1 to make a String without the zeros at the end
   */
  TextWidth(int width) {
    this.width = width;
  }

  @Override
  public boolean mayThrow() {
    return width >= 0;
  }

  @Override
  protected Column convert(Column source, int rows, byte @Nullable [] failed) {
    return width < 0 ? text((FixedBytesColumn) source, rows) : toFixed(source, rows, failed);
  }

  private Column text(FixedBytesColumn f, int rows) {
    var out = new StringColumn.Builder(rows);
    int w = f.width();
    byte[] bytes = f.bytes();
    for (int r = 0; r < rows; r++) {
      int end = (r + 1) * w;
      while (width != KEEP_ZEROS && end > r * w && bytes[end - 1] == 0) {
        end--;
      }
      out.add(bytes, r * w, end - r * w);
    }
    return out.build();
  }

  private Column toFixed(Column source, int rows, byte @Nullable [] failed) {
    byte[] out = new byte[Math.multiplyExact(rows, width)];
    for (int r = 0; r < rows; r++) {
      byte[] bytes;
      int from;
      int length;
      if (source instanceof FixedBytesColumn f) {
        bytes = f.bytes();
        from = r * f.width();
        length = f.width();
      } else {
        var s = (StringColumn) source;
        bytes = s.bytes();
        from = s.offsets()[r];
        length = s.lengthAt(r);
      }
      if (length > width) {
        if (failed == null) {
          throw new LonghouseException(
              ErrorCode.TOO_LARGE_STRING_SIZE,
              "String too long for type FixedString(" + width + ")");
        }
        failed[r] = 1;
      } else {
        System.arraycopy(bytes, from, out, r * width, length);
      }
    }
    return new FixedBytesColumn(out, width, rows);
  }
}
