package io.longhouse.engine.exec;

import io.longhouse.column.ArrayColumn;
import io.longhouse.column.Block;
import io.longhouse.column.Column;
import io.longhouse.column.ColumnBuilder;
import io.longhouse.column.ConstColumn;
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
  /** Rows of a block of the result, unless many arrays are empty; one row's array may give many. */
  private static final int PIECE_ROWS_MAX = 65_536;

  private final Lane input;
  private final List<Integer> columns;
  private final boolean left;
  private final boolean unaligned;

  /** What was begun: from which row on, and of that row from which element on. */
  private @Nullable Block block;

  private int row;
  private int element;

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
    Block b = block;
    if (b == null) {
      b = input.next();
      if (b == null) {
        return null;
      }
      b = unaligned ? aligned(b) : b;
      row = 0;
      element = 0;
    }
    Block out = piece(b);
    block = row < b.rows() ? b : null;
    return out;
  }

  /** The rows that come of the next few rows of a block. */
  private Block piece(Block all) {
    ArrayColumn first = (ArrayColumn) all.column(columns.getFirst()).full();
    int total = 0;
    int end = row;
    while (end < all.rows()) {
      int n = first.lengthAt(end);
      if (n > PIECE_ROWS_MAX || total + n > PIECE_ROWS_MAX && end > row) {
        break;
      }
      total += Math.max(1, n);
      end++;
    }
    if (end == row && row < all.rows()) {
      return pieceOfRow(all);
    }
    Block out = unnest(row == 0 && end == all.rows() ? all : all.slice(row, end - row));
    row = end;
    return out;
  }

  /** A part of what comes of a row with a long array: its other columns are the same throughout. */
  private Block pieceOfRow(Block all) {
    ArrayColumn[] arrays = arrays(all.slice(row, 1));
    checkLengths(arrays, 1);
    int length = arrays[0].lengthAt(0);
    int n = Math.min(PIECE_ROWS_MAX, length - element);
    Column[] out = new Column[all.columnCount()];
    for (int i = 0; i < out.length; i++) {
      int at = columns.indexOf(i);
      out[i] =
          at < 0
              ? new ConstColumn(all.column(i).slice(row, 1).full(), n)
              : arrays[at].elements().slice(element, n);
    }
    element += n;
    if (element == length) {
      element = 0;
      row++;
    }
    return new Block(out, n);
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

  private Block aligned(Block b) {
    ArrayColumn[] arrays = arrays(b);
    align(arrays, b.rows());
    Column[] out = b.columns();
    for (int i = 0; i < arrays.length; i++) {
      out[columns.get(i)] = arrays[i];
    }
    return new Block(out, b.rows());
  }

  private ArrayColumn[] arrays(Block b) {
    ArrayColumn[] arrays = new ArrayColumn[columns.size()];
    for (int i = 0; i < arrays.length; i++) {
      arrays[i] = (ArrayColumn) b.column(columns.get(i)).full();
    }
    return arrays;
  }

  private static void checkLengths(ArrayColumn[] arrays, int rows) {
    for (ArrayColumn a : arrays) {
      for (int r = 0; r < rows; r++) {
        if (a.lengthAt(r) != arrays[0].lengthAt(r)) {
          throw new LonghouseException(
              ErrorCode.SIZES_OF_ARRAYS_DONT_MATCH, "Sizes of ARRAY-JOIN-ed arrays do not match");
        }
      }
    }
  }

  private Block unnest(Block b) {
    int rows = b.rows();
    ArrayColumn[] arrays = arrays(b);
    checkLengths(arrays, rows);
    int[] repeat = repeats(arrays[0], rows);
    Column[] out = new Column[b.columnCount()];
    for (int i = 0; i < out.length; i++) {
      int at = columns.indexOf(i);
      out[i] =
          at < 0
              ? b.column(i).gather(repeat, repeat.length)
              : elements(arrays[at], rows, repeat.length);
    }
    return new Block(out, repeat.length);
  }

  /** For each row of the result the row it comes from. */
  private int[] repeats(ArrayColumn array, int rows) {
    int[] offsets = array.offsets();
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
