package io.longhouse.engine.exec;

import io.longhouse.column.Column;
import io.longhouse.column.MemoryTracker;
import io.longhouse.column.Turns;
import io.longhouse.engine.exec.group.GroupTable;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * From keys to the rows that have them. The rows of group g are {@code rows[offsets[g], offsets[g +
 * 1])}; where no key occurs twice there are no offsets, and {@code rows[g]} is the row or -1. A
 * group may be without rows. Without keys there is one group of all rows.
 *
 * <p>Does not change once built; lanes look up through a {@link GroupTable#reader} of their own.
 */
final class JoinTable {
  /** How many rows of a key ClickHouse keeps in one piece; newer pieces come before older ones. */
  private static final int PIECE_ROWS = 6;

  /** After so many groups others may have their turn. */
  private static final int TURN_GROUPS = 1 << 14;

  private final @Nullable GroupTable keys;
  private final int[] rows;
  private final int @Nullable [] offsets;

  private JoinTable(@Nullable GroupTable keys, int[] rows, int @Nullable [] offsets) {
    this.keys = keys;
    this.rows = rows;
    this.offsets = offsets;
  }

  /** A table for a join without keys. */
  static JoinTable ofAll(int size, byte @Nullable [] skip) {
    int[] rows = new int[size];
    int n = 0;
    for (int r = 0; r < size; r++) {
      rows[n] = r;
      n += skip == null || skip[r] == 0 ? 1 : 0;
    }
    return new JoinTable(null, rows, new int[] {0, n});
  }

  /**
   * @param groupOfRow -1 for a row that meets no other
   */
  static JoinTable of(GroupTable keys, int[] groupOfRow) {
    int groups = keys.size();
    MemoryTracker.growing(0, 2L * Integer.BYTES * (groups + groupOfRow.length));
    int[] rowOfGroup = new int[groups];
    Arrays.fill(rowOfGroup, -1);
    boolean unique = true;
    for (int r = 0; r < groupOfRow.length && unique; r++) {
      int g = groupOfRow[r];
      if (g >= 0) {
        unique = rowOfGroup[g] < 0;
        rowOfGroup[g] = r;
      }
    }
    if (unique) {
      return new JoinTable(keys, rowOfGroup, null);
    }
    int[] offsets = new int[groups + 1];
    for (int g : groupOfRow) {
      if (g >= 0) {
        offsets[g + 1]++;
      }
    }
    for (int g = 0; g < groups; g++) {
      offsets[g + 1] += offsets[g];
    }
    int[] next = Arrays.copyOf(offsets, groups);
    int[] rows = new int[offsets[groups]];
    for (int r = 0; r < groupOfRow.length; r++) {
      int g = groupOfRow[r];
      if (g >= 0) {
        rows[next[g]++] = r;
      }
    }
    return new JoinTable(keys, rows, offsets);
  }

  /** Puts the rows of each key into the order in which ClickHouse yields them. */
  JoinTable inOrderOfPieces() {
    int[] o = offsets;
    if (o == null || keys == null) {
      return this;
    }
    int[] piece = new int[0];
    for (int g = 0; g + 1 < o.length; g++) {
      int from = o[g] + PIECE_ROWS;
      int to = o[g + 1];
      if (to - from > PIECE_ROWS) {
        piece = piece.length < to - from ? new int[(to - from) * 2] : piece;
        int at = 0;
        for (int begin = from + (to - from - 1) / PIECE_ROWS * PIECE_ROWS;
            begin >= from;
            begin -= PIECE_ROWS) {
          int n = Math.min(PIECE_ROWS, to - begin);
          System.arraycopy(rows, begin, piece, at, n);
          at += n;
        }
        System.arraycopy(piece, 0, rows, from, at);
      }
    }
    return this;
  }

  boolean isUnique() {
    return offsets == null;
  }

  /** Rows by group; see the class. */
  int[] rows() {
    return rows;
  }

  /** Where groups begin in {@link #rows}; only where keys are not unique. */
  int[] offsets() {
    int[] o = offsets;
    if (o == null) {
      throw new IllegalStateException("unique keys");
    }
    return o;
  }

  /** For each group one of its rows, the first or the last, or -1. */
  int[] oneRowOfGroup(boolean last) {
    int[] o = offsets;
    if (o == null) {
      return rows;
    }
    int[] one = new int[o.length - 1];
    for (int g = 0; g < one.length; g++) {
      one[g] = o[g] == o[g + 1] ? -1 : rows[last ? o[g + 1] - 1 : o[g]];
    }
    return one;
  }

  /** For lookups by one thread. */
  Lookup lookup() {
    return new Lookup(keys);
  }

  long retainedBytes() {
    int[] o = offsets;
    return 4L * rows.length + (o == null ? 0 : 4L * o.length);
  }

  /** Finds groups for one thread. */
  record Lookup(@Nullable GroupTable keys) {
    /** Writes each row's group, -1 for a row that meets none. */
    void find(JoinKeys.Batch batch, int rows, byte @Nullable [] skip, int[] out) {
      if (keys == null) {
        Arrays.fill(out, 0, rows, 0);
      } else {
        keys.find(batch.columns(), rows, out);
      }
      exclude(batch.skip(), rows, out);
      exclude(skip, rows, out);
    }
  }

  /** Takes the group from rows that are marked. */
  static void exclude(byte @Nullable [] skip, int rows, int[] groups) {
    if (skip == null) {
      return;
    }
    for (int r = 0; r < rows; r++) {
      groups[r] |= -skip[r];
    }
  }

  /** Adds the groups of another table to one and answers what its numbers became. */
  static int[] merge(GroupTable into, GroupTable from) {
    int n = from.size();
    int[] all = new int[n];
    int[] piece = new int[Math.min(n, TURN_GROUPS)];
    for (int first = 0; first < n; first += piece.length) {
      Turns.between();
      int count = Math.min(piece.length, n - first);
      for (int g = 0; g < count; g++) {
        piece[g] = first + g;
      }
      Column[] columns = from.keys(piece, count);
      into.groups(columns, count, piece);
      System.arraycopy(piece, 0, all, first, count);
    }
    return all;
  }
}
