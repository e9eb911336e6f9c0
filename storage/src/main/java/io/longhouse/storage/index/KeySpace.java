package io.longhouse.storage.index;

import io.longhouse.column.Column;
import io.longhouse.column.Float32Column;
import io.longhouse.column.Float64Column;
import io.longhouse.column.NullableColumn;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.LowCardinalityType;
import io.longhouse.column.type.NullableType;
import io.longhouse.storage.index.KeyAtom.Test;
import io.longhouse.storage.index.KeyCondition.Node;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A condition over the rows of an index: the keys in ascending order. Functions of key columns are
 * computed once for all rows; a range of keys is then two row numbers. For one thread at a time.
 */
public final class KeySpace {
  /** A bound that is not there. */
  public static final int UNBOUNDED = -1;

  private static final int CAN_BE_TRUE = 1;
  private static final int CAN_BE_FALSE = 2;
  private static final int ANY = CAN_BE_TRUE | CAN_BE_FALSE;

  private final KeyCondition condition;
  private final List<KeyValues> atomValues = new ArrayList<>();
  private final List<KeyValues> keyValues = new ArrayList<>();

  // The box under test: for each key column rows that bound it, and whether they belong to it.
  private final int[] low;
  private final int[] high;
  private final boolean[] lowIncluded;
  private final boolean[] highIncluded;

  /** Values of one column to be compared by row. */
  private record KeyValues(
      DataType type, Column column, long @Nullable [] order, boolean floating) {
    static KeyValues of(DataType type, Column column) {
      DataType t = LowCardinalityType.strip(type);
      Column c = column.full().plain();
      long[] order = null;
      if (t.hasOrderLongs()) {
        order = new long[c.size()];
        t.orderLongs(c, 0, c.size(), order);
      }
      Column inside = c instanceof NullableColumn n ? n.values() : c;
      return new KeyValues(
          t, c, order, inside instanceof Float32Column || inside instanceof Float64Column);
    }

    int compare(int a, int b) {
      return order != null
          ? Long.compare(order[a], order[b])
          : type.compare(column, a, column, b, 1);
    }

    /** Whether the type has no value between those of two rows. */
    boolean areNeighbours(int a, int b) {
      return order != null && order[b] - order[a] == 1;
    }

    /** Compares a row with row {@code at} of a column that has no NULLs. */
    int compareWith(int row, Column value, int at) {
      if (column instanceof NullableColumn n) {
        return n.isNullAt(row)
            ? 1
            : NullableType.strip(type).compare(n.values(), row, value, at, 1);
      }
      return type.compare(column, row, value, at, 1);
    }
  }

  /**
   * @param rows the index: for each key column its values
   * @param types of the key columns
   */
  public KeySpace(KeyCondition condition, List<Column> rows, List<DataType> types) {
    this.condition = condition;
    int n = condition.keyColumns();
    for (int i = 0; i < n; i++) {
      keyValues.add(KeyValues.of(types.get(i), rows.get(i)));
    }
    for (KeyAtom a : condition.atoms()) {
      if (a.chain().isEmpty()) {
        atomValues.add(keyValues.get(a.keyColumn()));
      } else {
        Column c = rows.get(a.keyColumn());
        for (var call : a.chain()) {
          c = KeyAtoms.applied(call, KeyAtoms.variableArgument(call), c);
        }
        atomValues.add(KeyValues.of(a.type(), c));
      }
    }
    low = new int[n];
    high = new int[n];
    lowIncluded = new boolean[n];
    highIncluded = new boolean[n];
  }

  /** Whether a key between rows {@code from} and {@code to}, both included, can pass. */
  public boolean canBeTrueBetween(int from, int to) {
    clearFrom(0);
    return any(0, from, to);
  }

  /** Whether a key can pass each of whose columns is between its own values of the two rows. */
  public boolean canBeTrueInBox(int from, int to) {
    for (int i = 0; i < low.length; i++) {
      set(i, from, true, to, true);
    }
    return (mask(condition.root()) & CAN_BE_TRUE) != 0;
  }

  private void set(int column, int from, boolean fromIncluded, int to, boolean toIncluded) {
    low[column] = from;
    lowIncluded[column] = fromIncluded;
    high[column] = to;
    highIncluded[column] = toIncluded;
  }

  private void clearFrom(int column) {
    for (int i = column; i < low.length; i++) {
      set(i, UNBOUNDED, false, UNBOUNDED, false);
    }
  }

  /** Cuts the keys between two rows into boxes and asks for each. */
  private boolean any(int column, int from, int to) {
    int n = low.length;
    while (column < n && from >= 0 && to >= 0 && keyValues.get(column).compare(from, to) == 0) {
      set(column, from, true, to, true);
      column++;
    }
    if (column >= n || from < 0 && to < 0) {
      clearFrom(column);
      return (mask(condition.root()) & CAN_BE_TRUE) != 0;
    }
    clearFrom(column);
    if (column == n - 1) {
      set(column, from, true, to, true);
      return (mask(condition.root()) & CAN_BE_TRUE) != 0;
    }
    boolean between = from < 0 || to < 0 || !keyValues.get(column).areNeighbours(from, to);
    if (between) {
      set(column, from, false, to, false);
      if ((mask(condition.root()) & CAN_BE_TRUE) != 0) {
        return true;
      }
    }
    if (from >= 0) {
      set(column, from, true, from, true);
      if (any(column + 1, from, UNBOUNDED)) {
        return true;
      }
    }
    if (to >= 0) {
      set(column, to, true, to, true);
      return any(column + 1, UNBOUNDED, to);
    }
    return false;
  }

  private int mask(Node node) {
    return switch (node) {
      case Node.And a -> {
        int m = CAN_BE_TRUE;
        for (Node p : a.parts()) {
          int k = mask(p);
          m = m & k & CAN_BE_TRUE | (m | k) & CAN_BE_FALSE;
        }
        yield m;
      }
      case Node.Or o -> {
        int m = CAN_BE_FALSE;
        for (Node p : o.parts()) {
          int k = mask(p);
          m = (m | k) & CAN_BE_TRUE | m & k & CAN_BE_FALSE;
        }
        yield m;
      }
      case Node.Atom a -> mask(condition.atoms().get(a.number()), atomValues.get(a.number()));
      case Node.Always a -> a.value() ? CAN_BE_TRUE : CAN_BE_FALSE;
      case Node.Unknown _ -> ANY;
    };
  }

  private int mask(KeyAtom atom, KeyValues values) {
    int k = atom.keyColumn();
    boolean closed = !atom.chain().isEmpty();
    boolean rising = atom.direction() > 0;
    int from = rising ? low[k] : high[k];
    int to = rising ? high[k] : low[k];
    boolean fromIn = closed || (rising ? lowIncluded[k] : highIncluded[k]);
    boolean toIn = closed || (rising ? highIncluded[k] : lowIncluded[k]);
    int m =
        switch (atom.test()) {
          case Test.Range r -> range(values, from, fromIn, to, toIn, r);
          case Test.Except e ->
              inverse(range(values, from, fromIn, to, toIn, Test.Range.point(e.value())));
          case Test.OneOf s -> oneOf(values, from, fromIn, to, toIn, s.sorted());
          case Test.NoneOf s -> inverse(oneOf(values, from, fromIn, to, toIn, s.sorted()));
          case Test.IsNull _ -> isNull(values, from, to);
          case Test.IsNotNull _ -> inverse(isNull(values, from, to));
        };
    return atom.relaxed() || values.floating ? m | CAN_BE_FALSE : m;
  }

  private static int inverse(int mask) {
    return (mask & CAN_BE_TRUE) << 1 | (mask & CAN_BE_FALSE) >> 1;
  }

  private static int range(
      KeyValues v, int from, boolean fromIn, int to, boolean toIn, Test.Range r) {
    boolean overlaps = true;
    boolean inside = true;
    if (r.low() != null) {
      int c = to < 0 ? 1 : v.compareWith(to, r.low(), 0);
      overlaps &= c > 0 || c == 0 && toIn && r.lowIncluded();
      int d = from < 0 ? -1 : v.compareWith(from, r.low(), 0);
      inside &= d > 0 || d == 0 && (r.lowIncluded() || !fromIn);
    }
    if (r.high() != null) {
      int c = from < 0 ? -1 : v.compareWith(from, r.high(), 0);
      overlaps &= c < 0 || c == 0 && fromIn && r.highIncluded();
      int d = to < 0 ? 1 : v.compareWith(to, r.high(), 0);
      inside &= d < 0 || d == 0 && (r.highIncluded() || !toIn);
    }
    return (overlaps ? CAN_BE_TRUE : 0) | (inside ? 0 : CAN_BE_FALSE);
  }

  private static int oneOf(
      KeyValues v, int from, boolean fromIn, int to, boolean toIn, Column sorted) {
    int begin = 0;
    int end = sorted.size();
    // The first element that is not below the range.
    while (begin < end && from >= 0) {
      int middle = begin + end >>> 1;
      int c = v.compareWith(from, sorted, middle);
      if (c > 0 || c == 0 && !fromIn) {
        begin = middle + 1;
      } else {
        end = middle;
      }
    }
    boolean some = begin < sorted.size();
    if (some && to >= 0) {
      int c = v.compareWith(to, sorted, begin);
      some = c > 0 || c == 0 && toIn;
    }
    boolean point = from >= 0 && to >= 0 && v.compare(from, to) == 0;
    return (some ? CAN_BE_TRUE : 0) | (some && point ? 0 : CAN_BE_FALSE);
  }

  private static int isNull(KeyValues v, int from, int to) {
    boolean some = to < 0 || v.column.isNullAt(to);
    boolean all = from >= 0 && v.column.isNullAt(from);
    return (some ? CAN_BE_TRUE : 0) | (all ? 0 : CAN_BE_FALSE);
  }
}
