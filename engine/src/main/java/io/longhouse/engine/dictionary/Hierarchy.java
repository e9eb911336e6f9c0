package io.longhouse.engine.dictionary;

import io.longhouse.column.Column;
import io.longhouse.column.Int16Column;
import io.longhouse.column.Int32Column;
import io.longhouse.column.Int64Column;
import io.longhouse.column.Int8Column;
import io.longhouse.column.NullableColumn;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The tree that a hierarchical attribute makes of a dictionary's keys; 0 is no parent. */
final class Hierarchy {
  private static final int DEPTH_MAX = 1000;

  private final DictionaryData data;
  private final Column parents;

  Hierarchy(DictionaryData data, int parentPlace) {
    this.data = data;
    this.parents = data.attribute(parentPlace);
  }

  /** An unsigned number of any width. */
  static long number(Column c, int row) {
    return switch (c) {
      case Int8Column v -> v.values()[row] & 0xFF;
      case Int16Column v -> v.values()[row] & 0xFFFF;
      case Int32Column v -> v.values()[row] & 0xFFFFFFFFL;
      case Int64Column v -> v.values()[row];
      case NullableColumn n -> n.isNullAt(row) ? 0 : number(n.values(), row);
      default -> throw new IllegalArgumentException(c.getClass().getSimpleName());
    };
  }

  private boolean isKey(long key) {
    return row(key) < data.rows();
  }

  private int row(long key) {
    return data.find(new Column[] {Int64Column.of(key)}, 1)[0];
  }

  /** A key and its parents up to the root; nothing for a key that is not there. */
  List<Long> upwards(long key) {
    List<Long> path = new ArrayList<>();
    for (long k = key; k != 0 && path.size() < DEPTH_MAX; ) {
      int row = row(k);
      boolean known = row < data.rows();
      if (known || !path.isEmpty()) {
        path.add(k); // a parent counts also when nothing else is known of it
      }
      k = known ? number(parents, row) : 0;
    }
    return path;
  }

  boolean isIn(long key, long ancestor) {
    return isKey(key) && upwards(key).contains(ancestor);
  }

  /** The keys below a key down to a level; level 0 is all of them. */
  List<Long> downwards(long key, long levels) {
    Map<Long, long[]> children = data.children();
    List<Long> out = new ArrayList<>();
    Set<Long> seen = new HashSet<>(List.of(key));
    var current = new ArrayDeque<>(List.of(key));
    for (long level = 0; !current.isEmpty() && (levels == 0 || level < levels); level++) {
      var next = new ArrayDeque<Long>();
      for (long k : current) {
        for (long child : children.getOrDefault(k, new long[0])) {
          if (seen.add(child)) {
            next.add(child);
          }
        }
      }
      out.addAll(next);
      current = next;
    }
    return out;
  }

  /** The keys right below a key. */
  List<Long> children(long key) {
    return Arrays.stream(data.children().getOrDefault(key, new long[0])).boxed().toList();
  }
}
