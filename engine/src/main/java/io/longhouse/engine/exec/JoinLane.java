package io.longhouse.engine.exec;

import io.longhouse.column.Block;
import io.longhouse.column.Column;
import io.longhouse.engine.plan.Plan.JoinKind;
import io.longhouse.engine.plan.Plan.JoinStrictness;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * Looks up left rows in a join's right side. Rows come out in the order of the left; the matches of
 * one block may fill many blocks, of which each call makes one.
 */
final class JoinLane implements Lane {
  private final Lane input;
  private final JoinBuild build;
  private final JoinTable.Lookup lookup;
  private final Deque<Block> ready = new ArrayDeque<>();
  private final boolean keepLeft;
  private final JoinMatches matches;
  private final @Nullable JoinPairs pairs;

  private @Nullable Block block;
  private int[] groups = new int[0];

  JoinLane(Lane input, JoinBuild build) {
    this.input = input;
    this.build = build;
    this.lookup = build.table().lookup();
    this.keepLeft = build.keepsUnmatchedLeft();
    this.matches = new JoinMatches(build);
    this.pairs = build.condition().hasPairs() ? new JoinPairs(build, matches) : null;
  }

  @Override
  public @Nullable Block next() {
    Block known = ready.poll();
    if (known != null) {
      return known;
    }
    Block b = block;
    if (b == null) {
      b = build.rows().size() == 0 && !keepLeft ? null : input.next();
      if (b == null) {
        return null;
      }
      if (b.rows() == 0) {
        return build.join().header().emptyBlock();
      }
      start(b);
    }
    JoinPairs p = pairs;
    boolean more = p == null ? matches.fill(Pipelines.BLOCK_ROWS) : p.fill(b, Pipelines.BLOCK_ROWS);
    Block out = p == null ? output(b, matches.left, matches.right, matches.count) : output(b, p);
    if (!more) {
      block = null;
    }
    return out;
  }

  private void start(Block b) {
    int rows = b.rows();
    if (groups.length < rows) {
      groups = new int[rows];
    }
    lookup.find(build.leftKeys().of(b), rows, build.condition().skippedLeft(b), groups);
    JoinAsof asof = build.asof();
    if (asof != null) {
      int place = build.join().leftKeys().getLast();
      JoinTable.exclude(new JoinKeys(java.util.List.of(place)).of(b).skip(), rows, groups);
      asof.find(groups, b.column(place), rows, groups);
    }
    block = b;
    matches.start(groups, rows);
    JoinPairs p = pairs;
    if (p != null) {
      p.start(rows);
    }
  }

  private Block output(Block b, JoinPairs p) {
    Block all = output(b, p.left, p.right, p.count);
    if (all.rows() <= Pipelines.BLOCK_ROWS) {
      return all;
    }
    ready.addAll(BlocksLane.split(all));
    return ready.remove();
  }

  private Block output(Block b, int[] left, int[] right, int count) {
    int leftWidth = b.columnCount();
    Column[] out = new Column[build.join().header().size()];
    boolean all = count == b.rows() && isIdentity(left, count);
    for (int i = 0; i < leftWidth; i++) {
      Column c = all ? b.column(i) : b.column(i).gather(left, count);
      out[i] = build.leftOutput(c, i);
    }
    build.rows().gather(right, count, out, leftWidth);
    return new Block(out, count);
  }

  private static boolean isIdentity(int[] rows, int count) {
    for (int i = 0; i < count; i++) {
      if (rows[i] != i) {
        return false;
      }
    }
    return true;
  }

  @Override
  public void close() {
    input.close();
  }

  /**
   * Makes pairs of left and right rows for groups that were looked up, as the join's kind and
   * strictness say when there is no condition on pairs; with one, makes all candidates.
   */
  static final class JoinMatches {
    private final JoinBuild build;
    private final Mode mode;
    private final boolean keepLeft;
    private final boolean mark;
    private final int missing;
    private int[] groups = new int[0];
    private int rows;
    private int row;
    private int at;

    int[] left = new int[0];
    int[] right = new int[0];
    int count;

    /** What a left row meets. */
    private enum Mode {
      /** All rows of its key. */
      ALL,
      /** One row of its key, as {@code oneRowOfGroup} says. */
      ONE,
      /** The row that is in place of a group already. */
      GIVEN,
      /** None, and stays only without a match. */
      NONE,
      /** One row, which no left row has met yet. */
      ONE_ONCE,
      /** All rows of its key, which no left row has met yet. */
      ALL_ONCE,
      /** Nothing comes out; rows are marked. */
      MARK
    }

    JoinMatches(JoinBuild build) {
      this.build = build;
      boolean candidates = build.condition().hasPairs();
      this.mode = candidates ? Mode.ALL : modeOf(build);
      this.keepLeft = !candidates && build.keepsUnmatchedLeft();
      this.mark = !candidates && mode == Mode.ALL && build.marks().length > 0;
      this.missing = build.rows().defaultRow();
    }

    private static Mode modeOf(JoinBuild build) {
      JoinKind kind = build.join().kind();
      JoinStrictness strictness = build.join().strictness();
      boolean right = kind == JoinKind.RIGHT;
      return switch (strictness) {
        case ALL ->
            build.table().isUnique() && !right && kind != JoinKind.FULL ? Mode.ONE : Mode.ALL;
        case ANY -> right ? Mode.ALL_ONCE : kind == JoinKind.INNER ? Mode.ONE_ONCE : Mode.ONE;
        case SEMI -> right ? Mode.ALL_ONCE : Mode.ONE;
        case ANTI -> right ? Mode.MARK : Mode.NONE;
        case ASOF -> Mode.GIVEN;
      };
    }

    void start(int[] groupOfRow, int n) {
      groups = groupOfRow;
      rows = n;
      row = 0;
      at = 0;
    }

    /** The first left row whose matches are not all out yet. */
    int row() {
      return row;
    }

    /** Whether some matches of {@link #row} are out. */
    boolean isInsideRow() {
      return at > 0;
    }

    /** Leaves out what matches of {@link #row} are left. */
    void skipRow() {
      row++;
      at = 0;
    }

    /** Makes the next pairs, {@code max} at most; answers whether there are more. */
    boolean fill(int max) {
      int room = mode == Mode.ALL || mode == Mode.ALL_ONCE ? max : Math.min(max, rows - row);
      left = new int[room];
      right = new int[room];
      count = 0;
      switch (mode) {
        case ALL -> all(room);
        case ONE -> one(build.oneRowOfGroup(), room);
        case GIVEN -> given(room);
        case NONE -> none(build.oneRowOfGroup(), room);
        case ONE_ONCE -> oneOnce(build.oneRowOfGroup(), room);
        case ALL_ONCE -> allOnce(build.oneRowOfGroup(), room);
        case MARK -> markGroups(build.oneRowOfGroup());
      }
      return row < rows;
    }

    private void all(int room) {
      JoinTable table = build.table();
      int[] order = table.rows();
      int[] offsets = table.isUnique() ? null : table.offsets();
      int c = 0;
      while (row < rows && c < room) {
        int g = groups[row];
        int begin = g < 0 ? 0 : offsets == null ? g : offsets[g];
        int end = g < 0 ? 0 : offsets == null ? (order[g] < 0 ? g : g + 1) : offsets[g + 1];
        int take = Math.min(end - begin - at, room - c);
        if (begin == end) {
          left[c] = row;
          right[c] = missing;
          c += keepLeft ? 1 : 0;
        } else {
          System.arraycopy(order, begin + at, right, c, take);
          Arrays.fill(left, c, c + take, row);
          c += take;
        }
        at += take;
        if (at == end - begin) {
          at = 0;
          row++;
        }
      }
      count = c;
      if (mark) {
        markRight();
      }
    }

    private void markRight() {
      byte[] marks = build.marks();
      for (int i = 0; i < count; i++) {
        if (right[i] != missing) {
          marks[right[i]] = 1;
        }
      }
    }

    private void one(int[] rowOfGroup, int room) {
      int c = 0;
      int to = row + room;
      for (int i = row; i < to; i++) {
        int g = groups[i];
        int r = g < 0 ? -1 : rowOfGroup[g];
        left[c] = i;
        right[c] = r < 0 ? missing : r;
        c += r >= 0 || keepLeft ? 1 : 0;
      }
      row = to;
      count = c;
    }

    private void given(int room) {
      int c = 0;
      int to = row + room;
      for (int i = row; i < to; i++) {
        int r = groups[i];
        left[c] = i;
        right[c] = r < 0 ? missing : r;
        c += r >= 0 || keepLeft ? 1 : 0;
      }
      row = to;
      count = c;
    }

    private void none(int[] rowOfGroup, int room) {
      int c = 0;
      int to = row + room;
      for (int i = row; i < to; i++) {
        int g = groups[i];
        left[c] = i;
        right[c] = missing;
        c += g < 0 || rowOfGroup[g] < 0 ? 1 : 0;
      }
      row = to;
      count = c;
    }

    private void oneOnce(int[] rowOfGroup, int room) {
      int c = 0;
      int to = row + room;
      for (int i = row; i < to; i++) {
        int g = groups[i];
        int r = g < 0 ? -1 : rowOfGroup[g];
        if (r >= 0 && build.claim(r)) {
          left[c] = i;
          right[c++] = r;
        }
      }
      row = to;
      count = c;
    }

    /** Who claims the first row of a key has them all. */
    private void allOnce(int[] firstRow, int room) {
      JoinTable table = build.table();
      int[] order = table.rows();
      int[] offsets = table.isUnique() ? null : table.offsets();
      byte[] marks = build.marks();
      int c = 0;
      while (row < rows && c < room) {
        int g = groups[row];
        int first = g < 0 ? -1 : firstRow[g];
        if (first < 0 || at == 0 && !build.claim(first)) {
          row++;
          continue;
        }
        int begin = offsets == null ? g : offsets[g];
        int end = offsets == null ? g + 1 : offsets[g + 1];
        int take = Math.min(end - begin - at, room - c);
        for (int k = 0; k < take; k++) {
          int r = order[begin + at + k];
          left[c] = row;
          right[c++] = r;
          marks[r] = 1;
        }
        at += take;
        if (at == end - begin) {
          at = 0;
          row++;
        }
      }
      count = c;
    }

    private void markGroups(int[] firstRow) {
      JoinTable table = build.table();
      int[] order = table.rows();
      byte[] marks = build.marks();
      for (int i = row; i < rows; i++) {
        int g = groups[i];
        int first = g < 0 ? -1 : firstRow[g];
        if (first >= 0 && build.claim(first) && !table.isUnique()) {
          int[] offsets = table.offsets();
          for (int p = offsets[g]; p < offsets[g + 1]; p++) {
            marks[order[p]] = 1;
          }
        }
      }
      row = rows;
    }
  }
}
