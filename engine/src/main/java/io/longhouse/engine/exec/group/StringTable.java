package io.longhouse.engine.exec.group;

import io.longhouse.column.Column;
import io.longhouse.column.StringColumn;

/** One String key. */
final class StringTable implements GroupTable {
  private final ByteKeys keys = new ByteKeys();
  private final ByteKeys.Batch batch = new ByteKeys.Batch();

  @Override
  public void groups(Column[] columns, int rows, int[] out) {
    var c = (StringColumn) GroupTable.plain(columns[0]);
    for (int from = 0; from < rows; from += ByteKeys.BATCH) {
      int n = Math.min(ByteKeys.BATCH, rows - from);
      keys.groups(c.bytes(), c.offsets(), from, n, batch, out);
    }
  }

  @Override
  public void find(Column[] columns, int rows, int[] out) {
    var c = (StringColumn) GroupTable.plain(columns[0]);
    var own = new ByteKeys.Batch();
    for (int from = 0; from < rows; from += ByteKeys.BATCH) {
      int n = Math.min(ByteKeys.BATCH, rows - from);
      keys.find(c.bytes(), c.offsets(), from, n, own, out);
    }
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
    return keys.retainedBytes();
  }
}
