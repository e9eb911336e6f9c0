package io.longhouse.engine.table.mergetree;

import io.longhouse.column.Column;
import io.longhouse.column.type.DataType;
import io.longhouse.engine.exec.TopThreshold;
import io.longhouse.engine.plan.Conditions;
import io.longhouse.function.expr.Expr;
import io.longhouse.storage.mergetree.MergeTreeMetadata;
import io.longhouse.storage.mergetree.MergeTreeScan;
import io.longhouse.storage.mergetree.Morsel;
import io.longhouse.storage.part.PrimaryIndex;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The order in which granules are read for {@code ORDER BY key LIMIT n} where the key is a column
 * of the primary key: those that can have the best rows come first, and when the best so far are
 * known, the index says of most others that they have none.
 *
 * @param key place of the column in the primary key
 */
record BestFirst(TopThreshold threshold, int key) {
  /** Small, since the first one mostly suffices. */
  private static final int MORSEL_ROWS = 8192;

  /** The order that a filter over these columns asks for; null for none. */
  static @Nullable BestFirst of(
      @Nullable Expr filter, List<String> columns, MergeTreeMetadata metadata) {
    if (filter == null) {
      return null;
    }
    for (Expr e : Conditions.conjunctsOf(filter)) {
      if (e instanceof Expr.Call c
          && c.function() instanceof TopThreshold t
          && c.arguments().getFirst() instanceof Expr.Input i) {
        int key = place(columns.get(i.index()), metadata);
        return key < 0 ? null : new BestFirst(t, key);
      }
    }
    return null;
  }

  /** The place of a column in the primary key, or -1. */
  static int place(String column, MergeTreeMetadata metadata) {
    int place = metadata.place(column);
    List<Expr> keys = metadata.primaryKey();
    for (int k = 0; k < keys.size(); k++) {
      if (place >= 0 && keys.get(k) instanceof Expr.Input i && i.index() == place) {
        return k;
      }
    }
    return -1;
  }

  List<Morsel> morsels(MergeTreeScan scan) {
    List<Morsel> all = scan.morsels(MORSEL_ROWS);
    return threshold.isDescending() ? all.reversed() : all;
  }

  /** Whether a row of these granules may be among the best, as far as the index tells. */
  boolean canHaveBest(Morsel m) {
    PrimaryIndex index = m.part().part().primaryIndex();
    if (m.to() >= index.rows() || key >= index.types().size()) {
      return true;
    }
    for (int k = 0; k < key; k++) {
      Column column = index.column(k);
      DataType type = index.types().get(k);
      if (type.compare(column, m.from(), column, m.to(), 1) != 0) {
        return true; // a new run of the key begins in between
      }
    }
    return threshold.canBeWithin(index.column(key), threshold.isDescending() ? m.to() : m.from());
  }
}
