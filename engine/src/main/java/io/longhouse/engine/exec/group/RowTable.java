package io.longhouse.engine.exec.group;

import io.longhouse.column.Column;
import io.longhouse.column.ColumnBuilder;
import io.longhouse.column.type.DataType;
import java.util.ArrayList;
import java.util.List;

/**
 * Keys of any types, compared by their self-delimiting bytes; the key values are kept as columns.
 */
final class RowTable implements GroupTable {
  private static final int CHUNK = 4096;

  private final List<DataType> types;
  private final ByteKeys keys = new ByteKeys();
  private final ByteKeys.Batch batch = new ByteKeys.Batch();
  private final RowBytes packed = new RowBytes();
  private final List<ColumnBuilder> current = new ArrayList<>();
  private final List<Column[]> closed = new ArrayList<>();

  RowTable(List<DataType> types) {
    this.types = types;
    for (DataType t : types) {
      current.add(t.newBuilder(64));
    }
  }

  @Override
  public void groups(Column[] columns, int rows, int[] out) {
    Column[] full = full(columns);
    int[] some = new int[ByteKeys.BATCH];
    int[] fresh = new int[ByteKeys.BATCH];
    for (int from = 0; from < rows; from += ByteKeys.BATCH) {
      int n = Math.min(ByteKeys.BATCH, rows - from);
      packed.pack(full, from, n);
      int next = keys.size();
      keys.groups(packed.bytes(), packed.starts(), 0, n, batch, some);
      System.arraycopy(some, 0, out, from, n);
      int count = 0;
      for (int i = 0; i < n; i++) {
        if (some[i] == next) {
          fresh[count++] = from + i;
          next++;
        }
      }
      keep(full, fresh, count, next - count);
    }
  }

  @Override
  public void find(Column[] columns, int rows, int[] out) {
    Column[] full = full(columns);
    var bytes = new RowBytes();
    var own = new ByteKeys.Batch();
    int[] some = new int[ByteKeys.BATCH];
    for (int from = 0; from < rows; from += ByteKeys.BATCH) {
      int n = Math.min(ByteKeys.BATCH, rows - from);
      bytes.pack(full, from, n);
      keys.find(bytes.bytes(), bytes.starts(), 0, n, own, some);
      System.arraycopy(some, 0, out, from, n);
    }
  }

  private static Column[] full(Column[] columns) {
    Column[] full = new Column[columns.length];
    for (int i = 0; i < full.length; i++) {
      full[i] = columns[i].full();
    }
    return full;
  }

  /** Keeps the values of rows that made new groups, of which the first is {@code group}. */
  private void keep(Column[] columns, int[] rows, int count, int group) {
    for (int at = 0; at < count; ) {
      int n = Math.min(count - at, CHUNK - (group + at) % CHUNK);
      int[] some = java.util.Arrays.copyOfRange(rows, at, at + n);
      for (int i = 0; i < columns.length; i++) {
        current.get(i).appendRange(columns[i].gather(some, n), 0, n);
      }
      at += n;
      if ((group + at) % CHUNK == 0) {
        while (closed.size() >= (group + at) / CHUNK) {
          closed.removeLast();
        }
        closed.add(current.stream().map(ColumnBuilder::build).toArray(Column[]::new));
      }
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
    List<ColumnBuilder> out = new ArrayList<>();
    for (DataType t : types) {
      out.add(t.newBuilder(count));
    }
    if (keys.size() % CHUNK != 0) {
      closeTail();
    }
    for (int i = 0; i < count; ) {
      int first = groups[i];
      int n = 1;
      while (i + n < count && groups[i + n] == first + n && (first + n) % CHUNK != 0) {
        n++;
      }
      Column[] chunk = closed.get(first / CHUNK);
      for (int k = 0; k < chunk.length; k++) {
        out.get(k).appendRange(chunk[k], first % CHUNK, n);
      }
      i += n;
    }
    return out.stream().map(ColumnBuilder::build).toArray(Column[]::new);
  }

  /**
   * Makes the last, incomplete chunk readable and goes on building it from a copy. Several threads
   * may read the keys of a table that gets no more of them: only the first finds something to do.
   */
  private synchronized void closeTail() {
    int full = keys.size() / CHUNK;
    if (closed.size() > full && closed.getLast()[0].size() == keys.size() % CHUNK) {
      return;
    }
    while (closed.size() > full) {
      closed.removeLast();
    }
    Column[] tail = current.stream().map(ColumnBuilder::build).toArray(Column[]::new);
    closed.add(tail);
    for (int k = 0; k < tail.length; k++) {
      current.get(k).appendRange(tail[k], 0, tail[k].size());
    }
  }

  @Override
  public long retainedBytes() {
    return keys.retainedBytes() * 2;
  }
}
