package io.longhouse.engine.exec.group;

import io.longhouse.column.ByteWriter;
import io.longhouse.column.Column;
import io.longhouse.column.ColumnBuilder;
import io.longhouse.column.ValueBytes;
import io.longhouse.column.type.DataType;
import java.util.ArrayList;
import java.util.List;

/**
 * Keys of any types, compared by their self-delimiting bytes; the key values are kept as columns.
 */
final class RowTable implements GroupTable {
  private static final int CHUNK = 4096;

  private final List<DataType> types;
  private final ByteKeys keys;
  private final ByteWriter row = new ByteWriter(64);
  private final List<ColumnBuilder> current = new ArrayList<>();
  private final List<Column[]> closed = new ArrayList<>();

  RowTable(List<DataType> types) {
    this(types, new ByteKeys());
  }

  private RowTable(List<DataType> types, ByteKeys keys) {
    this.types = types;
    this.keys = keys;
    for (DataType t : types) {
      current.add(t.newBuilder(64));
    }
  }

  @Override
  public void groups(Column[] columns, int rows, int[] out) {
    Column[] full = full(columns);
    for (int r = 0; r < rows; r++) {
      keys.reserve(1);
      write(full, r, row);
      long hash = ByteKeys.hash(row.buffer(), 0, row.position());
      int before = keys.size();
      int g = keys.findOrAdd(row.buffer(), 0, row.position(), hash);
      if (g == before) {
        keep(full, r);
      }
      out[r] = g;
    }
  }

  @Override
  public void find(Column[] columns, int rows, int[] out) {
    Column[] full = full(columns);
    var wanted = new ByteWriter(64);
    for (int r = 0; r < rows; r++) {
      write(full, r, wanted);
      long hash = ByteKeys.hash(wanted.buffer(), 0, wanted.position());
      out[r] = keys.find(wanted.buffer(), 0, wanted.position(), hash);
    }
  }

  private Column[] full(Column[] columns) {
    Column[] full = new Column[columns.length];
    for (int i = 0; i < full.length; i++) {
      full[i] = columns[i].full();
    }
    return full;
  }

  private static void write(Column[] columns, int r, ByteWriter to) {
    to.reset();
    for (Column c : columns) {
      ValueBytes.writeDelimited(c, r, to);
    }
  }

  private void keep(Column[] columns, int r) {
    for (int i = 0; i < columns.length; i++) {
      current.get(i).append(columns[i], r);
    }
    if (keys.size() % CHUNK == 0) {
      closed.add(current.stream().map(ColumnBuilder::build).toArray(Column[]::new));
    }
  }

  @Override
  public GroupTable reader() {
    return new RowTable(types, keys);
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
    for (int i = 0; i < count; i++) {
      Column[] chunk = closed.get(groups[i] / CHUNK);
      for (int k = 0; k < chunk.length; k++) {
        out.get(k).append(chunk[k], groups[i] % CHUNK);
      }
    }
    return out.stream().map(ColumnBuilder::build).toArray(Column[]::new);
  }

  /** Makes the last, incomplete chunk readable and goes on building it from a copy. */
  private void closeTail() {
    int full = keys.size() / CHUNK;
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
