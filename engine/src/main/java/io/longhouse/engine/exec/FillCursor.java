package io.longhouse.engine.exec;

import io.longhouse.column.Block;
import io.longhouse.column.Column;
import java.util.Arrays;

/**
 * Where filling stands: the values of the fill keys in the row that was put in last (or came last),
 * those of the original row that is next, and up to where each key is filled. Any of them may be
 * unknown.
 */
final class FillCursor {
  private final FillKey[] keys;
  private final int size;
  private final long[] row;
  private final boolean[] rowKnown;
  private final long[] next;
  private final boolean[] nextKnown;
  private final long[] bound;
  private final boolean[] bounded;

  /** Whether the last call of {@link #advance} or {@link #shift} left another value in the row. */
  boolean changed;

  FillCursor(FillKey[] keys) {
    this.keys = keys;
    this.size = keys.length;
    this.row = new long[size];
    this.rowKnown = new boolean[size];
    this.next = new long[size];
    this.nextKnown = new boolean[size];
    this.bound = new long[size];
    this.bounded = new boolean[size];
    for (int i = 0; i < size; i++) {
      Long to = keys[i].to();
      bounded[i] = to != null;
      bound[i] = to == null ? 0 : to;
    }
  }

  boolean isKnown(int key) {
    return rowKnown[key];
  }

  long value(int key) {
    return row[key];
  }

  boolean isRowUnknown() {
    for (boolean k : rowKnown) {
      if (k) {
        return false;
      }
    }
    return true;
  }

  boolean isNextUnknown() {
    for (boolean k : nextKnown) {
      if (k) {
        return false;
      }
    }
    return true;
  }

  /** Reads the original row that is next. */
  void readNext(Block block, int at) {
    for (int i = 0; i < size; i++) {
      Column c = block.column(keys[i].column());
      nextKnown[i] = !c.isNullAt(at);
      next[i] = nextKnown[i] ? keys[i].read(c, at) : 0;
    }
  }

  /** There is no next row. */
  void forgetNext() {
    Arrays.fill(nextKnown, false);
  }

  /** The row takes a key of another cursor's next row. */
  void rowFrom(FillCursor other, int key) {
    row[key] = other.next[key];
    rowKnown[key] = other.nextKnown[key];
  }

  boolean nextIs(int key, long value) {
    return nextKnown[key] && keys[key].compare(next[key], value) == 0;
  }

  boolean nextIsBehind(int key, long value) {
    return nextKnown[key] && keys[key].compare(value, next[key]) < 0;
  }

  /** Keys from {@code first} on go back to FROM. */
  void rowToFrom(int first) {
    for (int i = first; i < size; i++) {
      Long from = keys[i].from();
      rowKnown[i] = from != null;
      row[i] = from == null ? 0 : from;
    }
  }

  private void rowToTo(int first) {
    for (int i = first; i < size; i++) {
      Long to = keys[i].to();
      rowKnown[i] = to != null;
      row[i] = to == null ? 0 : to;
    }
  }

  /** The order of the row and the next one, over the keys known in both. */
  int compareRowToNext() {
    for (int i = 0; i < size; i++) {
      if (rowKnown[i] && nextKnown[i]) {
        int c = keys[i].compare(row[i], next[i]);
        if (c != 0) {
          return c;
        }
      }
    }
    return 0;
  }

  boolean hasBounds() {
    for (boolean b : bounded) {
      if (b) {
        return true;
      }
    }
    return false;
  }

  /** Whether the first key that is known and bounded is before its bound. */
  boolean isWithinBounds() {
    for (int i = 0; i < size; i++) {
      if (rowKnown[i] && bounded[i]) {
        return keys[i].compare(row[i], bound[i]) < 0;
      }
    }
    return true;
  }

  /** Bounds of keys with STALENESS, counted from a cursor's next row. */
  void boundByStaleness(FillCursor of) {
    for (int i = 0; i < size; i++) {
      if (!keys[i].hasStaleness() || !of.nextKnown[i]) {
        continue;
      }
      long stale = keys[i].staleBound(of.next[i]);
      Long to = keys[i].to();
      bounded[i] = true;
      bound[i] = to != null && keys[i].compare(to, stale) < 0 ? to : stale;
    }
  }

  /** Moves to the next row to put in before the next original one; answers whether there is one. */
  boolean advance() {
    int pos = 0;
    while (pos < size && !hasGap(pos)) {
      pos++;
    }
    if (pos == size || isAtEnd(pos)) {
      return false;
    }
    for (int i = size - 1; i > pos; i--) {
      if (rowKnown[i] && bounded[i]) {
        long v = keys[i].next(row[i], 1);
        if (keys[i].compare(row[i], v) < 0 && keys[i].compare(v, bound[i]) < 0) {
          row[i] = v;
          rowToFrom(i + 1);
          changed = true;
          return true;
        }
      }
    }
    long v = keys[pos].next(row[pos], 1);
    boolean wrapped = keys[pos].compare(row[pos], v) >= 0;
    if (wrapped
        || nextKnown[pos] && keys[pos].compare(next[pos], v) < 0
        || bounded[pos] && keys[pos].compare(v, bound[pos]) >= 0) {
      return false;
    }
    row[pos] = v;
    changed = true;
    if (nextIs(pos, v)) {
      return restartBehind(pos);
    }
    rowToFrom(pos + 1);
    return true;
  }

  /** Whether the key is short of the nearer of its bound and the next row's value. */
  private boolean hasGap(int i) {
    if (!rowKnown[i] || !bounded[i] && !nextKnown[i]) {
      return false;
    }
    boolean toBound = bounded[i] && (!nextKnown[i] || keys[i].compare(bound[i], next[i]) < 0);
    return keys[i].compare(row[i], toBound ? bound[i] : next[i]) != 0;
  }

  private boolean isAtEnd(int i) {
    return keys[i].isEndless(row[i])
        || nextKnown[i] && (keys[i].isEndless(next[i]) || keys[i].compare(next[i], row[i]) < 0)
        || bounded[i] && keys[i].compare(row[i], bound[i]) >= 0;
  }

  /**
   * Key {@code pos} has reached the next row: the keys behind it begin anew. Answers whether there
   * is something to put in.
   */
  private boolean restartBehind(int pos) {
    boolean before = false;
    for (int i = pos + 1; i < size; i++) {
      Long from = keys[i].from();
      if (from != null) {
        row[i] = from;
        rowKnown[i] = true;
      } else {
        rowFrom(this, i);
      }
      boolean beforeNext = !nextKnown[i] || rowKnown[i] && keys[i].compare(row[i], next[i]) < 0;
      boolean withinBound = !bounded[i] || rowKnown[i] && keys[i].compare(row[i], bound[i]) < 0;
      before |= beforeNext && withinBound;
    }
    return before;
  }

  /**
   * Jumps over a stale gap, close to the next original row. Answers whether there is something to
   * put in before it.
   */
  boolean shift() {
    for (int pos = 0; pos < size; pos++) {
      if (!rowKnown[pos] || !nextKnown[pos] || keys[pos].compare(row[pos], next[pos]) == 0) {
        continue;
      }
      if (keys[pos].compare(next[pos], row[pos]) < 0) {
        return false;
      }
      row[pos] = jump(pos);
      if (nextIs(pos, row[pos])) {
        changed = true;
        return restartBehind(pos);
      }
      rowToTo(pos + 1);
      changed = false;
      return false;
    }
    return false;
  }

  /** The last value on the steps from the row's that is not behind the next row's. */
  private long jump(int i) {
    long v = row[i];
    long count = 1;
    while (count > 0) {
      long far = keys[i].next(v, count);
      if (keys[i].compare(far, v) <= 0 || keys[i].compare(next[i], far) < 0) {
        count /= 2;
      } else {
        v = far;
        count = count < 1L << 40 ? count * 2 : count;
      }
    }
    return v;
  }
}
