package io.longhouse.cluster.replication;

import java.util.TreeMap;

/**
 * The changes of columns that are still to be made here, in the order of their versions. Each has
 * two halves, of which there may be one only: the columns, then the data that need it. A later
 * change begins when the one before is complete. Not for several threads at once.
 */
final class AlterSequence {
  private final TreeMap<Long, State> waiting = new TreeMap<>();

  /** Which halves are done. */
  private record State(boolean columns, boolean data) {}

  /** There is a change of columns to be made. */
  void addColumns(long version) {
    State s = waiting.get(version);
    waiting.put(version, new State(false, s == null || s.data));
  }

  /** There are data to be changed. The columns' half may be done long since. */
  void addData(long version) {
    State s = waiting.get(version);
    waiting.put(version, new State(s == null || s.columns, false));
  }

  void columnsDone(long version) {
    State s = waiting.get(version);
    if (s != null) {
      put(version, new State(true, s.data));
    }
  }

  void dataDone(long version) {
    State s = waiting.get(version);
    if (s != null) {
      put(version, new State(s.columns, true));
    }
  }

  private void put(long version, State s) {
    if (s.columns && s.data) {
      waiting.remove(version);
    } else {
      waiting.put(version, s);
    }
  }

  /** The version of the first change that is not complete; -1 for none. */
  long first() {
    return waiting.isEmpty() ? -1 : waiting.firstKey();
  }

  boolean mayChangeColumns(long version) {
    return waiting.isEmpty() || waiting.firstKey() >= version;
  }

  boolean mayChangeData(long version) {
    State s = waiting.get(version);
    return waiting.isEmpty() || version < waiting.firstKey() || s != null && s.columns;
  }

  void clear() {
    waiting.clear();
  }
}
