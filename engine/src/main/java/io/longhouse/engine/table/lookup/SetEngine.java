package io.longhouse.engine.table.lookup;

import io.longhouse.column.Block;
import io.longhouse.engine.table.Table;
import io.longhouse.engine.table.TableEngine;
import io.longhouse.registry.Register;
import java.util.ArrayList;
import java.util.List;

/** {@code ENGINE = Set}: what stands right of IN. */
@Register(kind = TableEngine.class, name = "Set", doc = "A set of rows for the right side of IN.")
final class SetEngine implements TableEngine {
  @Override
  public Table create(Definition d) {
    var table = new SetTable(d);
    table.load();
    return table;
  }

  @Override
  public boolean supportsSettings() {
    return true;
  }

  private static final class SetTable extends LookupTable {
    private final int[] keys;
    private volatile List<Block> rows = List.of();

    SetTable(Definition d) {
      super(d);
      keys = java.util.stream.IntStream.range(0, header.size()).toArray();
    }

    @Override
    public String engine() {
      return "Set";
    }

    @Override
    void add(List<Block> blocks) {
      List<Block> all = new ArrayList<>(rows);
      all.addAll(blocks);
      rows = List.of(KeyedRows.of(header, keys, all, KeyedRows.Keep.FIRST).rows());
    }

    @Override
    void clear() {
      rows = List.of();
    }

    @Override
    List<Block> blocks() {
      return rows;
    }
  }
}
