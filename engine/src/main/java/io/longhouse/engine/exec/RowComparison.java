package io.longhouse.engine.exec;

import io.longhouse.column.Block;
import io.longhouse.column.Column;
import io.longhouse.column.ConstColumn;
import io.longhouse.column.Header;
import io.longhouse.column.LowCardinalityColumn;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.LowCardinalityType;
import io.longhouse.engine.plan.Plan;
import java.util.List;

/** Compares rows by sort keys. */
public final class RowComparison {
  private final List<Plan.SortKey> keys;
  private final DataType[] types;

  public RowComparison(List<Plan.SortKey> keys, Header header) {
    this.keys = keys;
    this.types = new DataType[keys.size()];
    for (int k = 0; k < types.length; k++) {
      types[k] = LowCardinalityType.strip(header.type(keys.get(k).column()));
    }
  }

  /** Negative when row {@code i} of {@code a} comes before row {@code j} of {@code b}. */
  public int compare(Block a, int i, Block b, int j) {
    for (int k = 0; k < types.length; k++) {
      int c = compareKey(k, a.column(keys.get(k).column()), i, b.column(keys.get(k).column()), j);
      if (c != 0) {
        return c;
      }
    }
    return 0;
  }

  /** Order by key {@code k} alone, given its columns. */
  public int compareKey(int k, Column a, int i, Column b, int j) {
    Plan.SortKey key = keys.get(k);
    int c = types[k].compare(values(a), place(a, i), values(b), place(b, j), key.nullsDirection());
    return key.descending() ? -c : c;
  }

  private static Column values(Column c) {
    return switch (c) {
      case ConstColumn k -> values(k.value());
      case LowCardinalityColumn l -> l.dictionary();
      default -> c.full();
    };
  }

  private static int place(Column c, int row) {
    return switch (c) {
      case ConstColumn k -> place(k.value(), 0);
      case LowCardinalityColumn l -> l.indexes()[row];
      default -> row;
    };
  }
}
