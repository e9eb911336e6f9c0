package io.longhouse.engine.exec;

import io.longhouse.column.Column;
import io.longhouse.column.ColumnBuilder;
import io.longhouse.function.aggregate.AggregateFunction;
import io.longhouse.function.aggregate.GroupStates;
import io.longhouse.function.window.WindowRows;
import java.util.Arrays;

/**
 * An aggregate function over frames. Rows with the same frame share a result. Short frames are
 * added row by row, each frame a group; frames that only grow go on from one state; of all others a
 * tree of states is made, of which each frame merges a few. Every way adds rows in their order.
 */
final class WindowAggregate {
  private static final int BATCH_FRAMES = 8192;
  private static final int BATCH_ROWS = 65_536;
  private static final int SHORT_FRAME_ROWS = 32;

  private final AggregateFunction function;
  private final Column[] arguments;
  private final int rows;
  private final Runnable check;
  private final ColumnBuilder out;

  private final int[] groupBuffer = new int[BATCH_ROWS];
  private final int[] rowBuffer = new int[BATCH_ROWS];
  private int buffered;

  private int[] begin = new int[0];
  private int[] end = new int[0];
  private int frames;

  private WindowAggregate(
      AggregateFunction function, Column[] arguments, int rows, Runnable check) {
    this.function = function;
    this.arguments = arguments;
    this.rows = rows;
    this.check = check;
    this.out = function.resultType().newBuilder(rows);
  }

  /**
   * The function's results, one for each row.
   *
   * @param arguments full or constant columns, as {@link AggregateFunction#add} takes them
   * @param check called now and then
   */
  static Column evaluate(
      AggregateFunction function, Column[] arguments, WindowRows rows, Runnable check) {
    var a = new WindowAggregate(function, arguments, rows.rows(), check);
    int[] frameOfRow = a.distinctFrames(rows.frames());
    a.results();
    Column results = a.out.build();
    return a.frames == rows.rows() ? results : results.gather(frameOfRow, rows.rows());
  }

  /** Collects frames that differ from the row before's; answers each row's frame. */
  private int[] distinctFrames(WindowRows.Frames f) {
    int[] frameOfRow = new int[rows];
    begin = new int[rows];
    end = new int[rows];
    for (int i = 0; i < rows; i++) {
      int b = f.begin()[i];
      int e = f.end()[i];
      if (frames == 0 || begin[frames - 1] != b || end[frames - 1] != e) {
        begin[frames] = b;
        end[frames++] = e;
      }
      frameOfRow[i] = frames - 1;
    }
    return frameOfRow;
  }

  private void results() {
    long total = 0;
    long growing = 0;
    for (int k = 0; k < frames; k++) {
      total += end[k] - begin[k];
      growing += end[k] - (goesOn(k) ? end[k - 1] : begin[k]);
    }
    if (total <= 4L * rows) {
      direct();
    } else if (growing <= 4L * rows) {
      running();
    } else if (total <= (long) SHORT_FRAME_ROWS * frames) {
      direct();
    } else {
      new Tree().results();
    }
  }

  /** Whether a frame has the rows of the one before and more behind them. */
  private boolean goesOn(int k) {
    return k > 0 && begin[k] == begin[k - 1] && end[k] >= end[k - 1];
  }

  private void direct() {
    for (int first = 0; first < frames; first += BATCH_FRAMES) {
      int n = Math.min(BATCH_FRAMES, frames - first);
      GroupStates states = GroupStates.of(function, n);
      for (int k = 0; k < n; k++) {
        addRows(states, k, begin[first + k], end[first + k]);
      }
      flushRows(states);
      function.result(states, 0, 0, 0, n, out);
      check.run();
    }
  }

  /** Each frame's new rows become a state of their own, which is merged into the one that runs. */
  private void running() {
    GroupStates running = GroupStates.of(function, 1);
    int[] zero = new int[1];
    int[] from = new int[1];
    for (int first = 0; first < frames; first += BATCH_FRAMES) {
      int n = Math.min(BATCH_FRAMES, frames - first);
      GroupStates added = GroupStates.of(function, n);
      for (int k = first; k < first + n; k++) {
        addRows(added, k - first, goesOn(k) ? end[k - 1] : begin[k], end[k]);
      }
      flushRows(added);
      for (int k = first; k < first + n; k++) {
        if (!goesOn(k)) {
          running = GroupStates.of(function, 1);
        }
        from[0] = k - first;
        function.merge(running, 0, 0, zero, added, 0, 0, from, 1);
        function.result(running, 0, 0, 0, 1, out);
      }
      check.run();
    }
  }

  private void addRows(GroupStates states, int group, int from, int to) {
    for (int at = from; at < to; ) {
      int n = Math.min(to - at, BATCH_ROWS - buffered);
      Arrays.fill(groupBuffer, buffered, buffered + n, group);
      for (int i = 0; i < n; i++) {
        rowBuffer[buffered + i] = at + i;
      }
      buffered += n;
      at += n;
      if (buffered == BATCH_ROWS) {
        flushRows(states);
      }
    }
  }

  private void flushRows(GroupStates states) {
    if (buffered == 0) {
      return;
    }
    Column[] some = new Column[arguments.length];
    for (int i = 0; i < some.length; i++) {
      some[i] = arguments[i].gather(rowBuffer, buffered);
    }
    function.add(states, 0, 0, groupBuffer, some, buffered);
    buffered = 0;
  }

  /** States of 16 rows, of 4 of those, and so on. */
  private final class Tree {
    private static final int LEAF_SHIFT = 4;
    private static final int FAN_SHIFT = 2;

    private final GroupStates[] levels;
    private final int[] low = new int[BATCH_FRAMES];
    private final int[] high = new int[BATCH_FRAMES];
    private final int[][] rightBegin;
    private final int[][] rightEnd;

    Tree() {
      int count = 1;
      for (int nodes = nodesOfRows(); nodes > 1; nodes = parents(nodes)) {
        count++;
      }
      levels = new GroupStates[count];
      rightBegin = new int[count + 1][BATCH_FRAMES];
      rightEnd = new int[count + 1][BATCH_FRAMES];
      build();
    }

    private int nodesOfRows() {
      return (rows + (1 << LEAF_SHIFT) - 1) >> LEAF_SHIFT;
    }

    private static int parents(int nodes) {
      return (nodes + (1 << FAN_SHIFT) - 1) >> FAN_SHIFT;
    }

    private void build() {
      int nodes = nodesOfRows();
      levels[0] = GroupStates.of(function, nodes);
      for (int k = 0; k < nodes; k++) {
        addRows(levels[0], k, k << LEAF_SHIFT, Math.min(rows, (k + 1) << LEAF_SHIFT));
      }
      flushRows(levels[0]);
      for (int l = 1; l < levels.length; l++) {
        int below = nodes;
        nodes = parents(nodes);
        levels[l] = GroupStates.of(function, nodes);
        for (int k = 0; k < nodes; k++) {
          addNodes(l - 1, levels[l], k, k << FAN_SHIFT, Math.min(below, (k + 1) << FAN_SHIFT));
        }
        flushNodes(l - 1, levels[l]);
        check.run();
      }
    }

    private void addNodes(int level, GroupStates states, int group, int from, int to) {
      for (int node = from; node < to; node++) {
        groupBuffer[buffered] = group;
        rowBuffer[buffered++] = node;
        if (buffered == BATCH_ROWS) {
          flushNodes(level, states);
        }
      }
    }

    private void flushNodes(int level, GroupStates states) {
      if (buffered > 0) {
        function.merge(states, 0, 0, groupBuffer, levels[level], 0, 0, rowBuffer, buffered);
        buffered = 0;
      }
    }

    void results() {
      for (int first = 0; first < frames; first += BATCH_FRAMES) {
        int n = Math.min(BATCH_FRAMES, frames - first);
        GroupStates states = GroupStates.of(function, n);
        left(states, first, n);
        right(states, n);
        function.result(states, 0, 0, 0, n, out);
        check.run();
      }
    }

    /** From the frames' beginnings up; keeps for each level what is to be added on the way down. */
    private void left(GroupStates states, int first, int n) {
      int mask = (1 << LEAF_SHIFT) - 1;
      for (int k = 0; k < n; k++) {
        int b = begin[first + k];
        int e = end[first + k];
        int aligned = Math.min(b + mask & ~mask, e);
        int alignedEnd = Math.max(e & ~mask, aligned);
        addRows(states, k, b, aligned);
        rightBegin[0][k] = alignedEnd;
        rightEnd[0][k] = e;
        low[k] = alignedEnd == aligned ? 0 : aligned >> LEAF_SHIFT;
        high[k] = alignedEnd == aligned ? 0 : alignedEnd >> LEAF_SHIFT;
      }
      flushRows(states);
      int fan = (1 << FAN_SHIFT) - 1;
      for (int l = 0; l < levels.length; l++) {
        for (int k = 0; k < n; k++) {
          int aligned = Math.min(low[k] + fan & ~fan, high[k]);
          int alignedEnd = Math.max(high[k] & ~fan, aligned);
          if (l == levels.length - 1) {
            aligned = high[k];
            alignedEnd = high[k];
          }
          addNodes(l, states, k, low[k], aligned);
          rightBegin[l + 1][k] = alignedEnd;
          rightEnd[l + 1][k] = high[k];
          low[k] = alignedEnd == aligned ? 0 : aligned >> FAN_SHIFT;
          high[k] = alignedEnd == aligned ? 0 : alignedEnd >> FAN_SHIFT;
        }
        flushNodes(l, states);
      }
    }

    private void right(GroupStates states, int n) {
      for (int l = levels.length - 1; l >= 0; l--) {
        for (int k = 0; k < n; k++) {
          addNodes(l, states, k, rightBegin[l + 1][k], rightEnd[l + 1][k]);
        }
        flushNodes(l, states);
      }
      for (int k = 0; k < n; k++) {
        addRows(states, k, rightBegin[0][k], rightEnd[0][k]);
      }
      flushRows(states);
    }
  }
}
