package io.longhouse.engine.exec.group;

import io.longhouse.column.Column;
import io.longhouse.column.StringColumn;

/** One String key: a batch is hashed, its slots touched, then compared. */
final class StringTable implements GroupTable {
  private static final int BATCH = 256;

  private final ByteKeys keys;
  private final long[] hashes = new long[BATCH];
  private long touched;

  StringTable() {
    this(new ByteKeys());
  }

  private StringTable(ByteKeys keys) {
    this.keys = keys;
  }

  @Override
  public void groups(Column[] columns, int rows, int[] out) {
    var c = (StringColumn) GroupTable.plain(columns[0]);
    byte[] bytes = c.bytes();
    int[] offsets = c.offsets();
    for (int from = 0; from < rows; from += BATCH) {
      int n = Math.min(BATCH, rows - from);
      keys.reserve(n);
      hashBatch(bytes, offsets, from, n);
      for (int i = 0; i < n; i++) {
        int start = offsets[from + i];
        out[from + i] = keys.findOrAdd(bytes, start, offsets[from + i + 1] - start, hashes[i]);
      }
    }
  }

  @Override
  public void find(Column[] columns, int rows, int[] out) {
    var c = (StringColumn) GroupTable.plain(columns[0]);
    byte[] bytes = c.bytes();
    int[] offsets = c.offsets();
    for (int from = 0; from < rows; from += BATCH) {
      int n = Math.min(BATCH, rows - from);
      for (int i = 0; i < n; i++) {
        int start = offsets[from + i];
        int length = offsets[from + i + 1] - start;
        out[from + i] = keys.find(bytes, start, length, ByteKeys.hash(bytes, start, length));
      }
    }
  }

  private void hashBatch(byte[] bytes, int[] offsets, int from, int n) {
    long sum = 0;
    for (int i = 0; i < n; i++) {
      int start = offsets[from + i];
      long h = ByteKeys.hash(bytes, start, offsets[from + i + 1] - start);
      hashes[i] = h;
      sum += keys.touch(h);
    }
    touched = sum;
  }

  @Override
  public GroupTable reader() {
    return new StringTable(keys);
  }

  @Override
  public int size() {
    return keys.size();
  }

  @Override
  public long hashOf(int group) {
    return keys.hashOf(group);
  }

  @Override
  public Column[] keys(int[] groups, int count) {
    var b = new StringColumn.Builder(count);
    byte[] arena = keys.arena();
    for (int i = 0; i < count; i++) {
      int start = keys.startOf(groups[i]);
      b.add(arena, start, keys.endOf(groups[i]) - start);
    }
    return new Column[] {b.build()};
  }

  @Override
  public long retainedBytes() {
    return keys.retainedBytes() + (touched == 0 ? 0 : 1);
  }
}
