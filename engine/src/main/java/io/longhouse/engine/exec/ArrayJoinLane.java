package io.longhouse.engine.exec;

import io.longhouse.column.ArrayColumn;
import io.longhouse.column.Block;
import io.longhouse.column.Column;
import io.longhouse.column.ColumnBuilder;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A row for each array element. Arrays of one row have equal lengths; with {@code left}, a row with
 * empty arrays stays, with zero values.
 */
final class ArrayJoinLane implements Lane {
  private final Lane input;
  private final List<Integer> columns;
  private final boolean left;
  private final boolean unaligned;

  /**
   * @param unaligned whether shorter arrays of a row go on with their type's default
   */
  ArrayJoinLane(Lane input, List<Integer> columns, boolean left, boolean unaligned) {
    this.input = input;
    this.columns = columns;
    this.left = left;
    this.unaligned = unaligned && columns.size() > 1;
  }

  @Override
  public @Nullable Block next() {
    Block b = input.next();
    return b == null ? null : unnest(b);
  }

  private Block unnest(Block block) {
    int rows = block.rows();
    ArrayColumn[] arrays = new ArrayColumn[columns.size()];
    for (int i = 0; i < arrays.length; i++) {
      arrays[i] = (ArrayColumn) block.column(columns.get(i)).full();
    }
    if (unaligned) {
      align(arrays, rows);
    }
    int[] repeat = repeats(arrays, rows);
    Column[] out = new Column[block.columnCount()];
    for (int i = 0; i < out.length; i++) {
      int at = columns.indexOf(i);
      out[i] =
          at < 0
              ? block.column(i).gather(repeat, repeat.length)
              : elements(arrays[at], rows, repeat.length);
    }
    return new Block(out, repeat.length);
  }

  /** Makes the arrays of each row as long as the longest of them. */
  private static void align(ArrayColumn[] arrays, int rows) {
    int[] offsets = new int[rows + 1];
    for (int r = 0; r < rows; r++) {
      int longest = 0;
      for (ArrayColumn a : arrays) {
        longest = Math.max(longest, a.lengthAt(r));
      }
      offsets[r + 1] = Math.addExact(offsets[r], longest);
    }
    for (int i = 0; i < arrays.length; i++) {
      ArrayColumn a = arrays[i];
      ColumnBuilder b = a.elements().newBuilder(offsets[rows]);
      for (int r = 0; r < rows; r++) {
        int n = a.lengthAt(r);
        b.appendRange(a.elements(), a.offsets()[r], n);
        b.appendDefault(offsets[r + 1] - offsets[r] - n);
      }
      arrays[i] = new ArrayColumn(offsets, b.build(), rows);
    }
  }

  /** For each row of the result the row it comes from. */
  private int[] repeats(ArrayColumn[] arrays, int rows) {
    int[] offsets = arrays[0].offsets();
    for (ArrayColumn a : arrays) {
      for (int r = 0; r < rows; r++) {
        if (a.lengthAt(r) != arrays[0].lengthAt(r)) {
          throw new LonghouseException(
              ErrorCode.SIZES_OF_ARRAYS_DONT_MATCH, "Sizes of ARRAY-JOIN-ed arrays do not match");
        }
      }
    }
    int total = 0;
    for (int r = 0; r < rows; r++) {
      int n = offsets[r + 1] - offsets[r];
      total = Math.addExact(total, left ? Math.max(1, n) : n);
    }
    int[] repeat = new int[total];
    int at = 0;
    for (int r = 0; r < rows; r++) {
      int n = offsets[r + 1] - offsets[r];
      int end = at + (left ? Math.max(1, n) : n);
      Arrays.fill(repeat, at, end, r);
      at = end;
    }
    return repeat;
  }

  private Column elements(ArrayColumn a, int rows, int total) {
    int[] offsets = a.offsets();
    if (!left || total == offsets[rows]) {
      return a.elements().size() == total ? a.elements() : a.elements().slice(0, total);
    }
    ColumnBuilder b = a.elements().newBuilder(total);
    for (int r = 0; r < rows; r++) {
      int n = offsets[r + 1] - offsets[r];
      if (n == 0) {
        b.appendDefault(1);
      } else {
        b.appendRange(a.elements(), offsets[r], n);
      }
    }
    return b.build();
  }

  @Override
  public void close() {
    input.close();
  }
}
