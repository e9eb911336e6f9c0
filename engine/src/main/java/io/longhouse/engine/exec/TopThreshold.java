package io.longhouse.engine.exec;

import io.longhouse.column.Column;
import io.longhouse.column.ConstColumn;
import io.longhouse.column.Float64Column;
import io.longhouse.column.Int8Column;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.FloatType;
import io.longhouse.column.type.IntegerType;
import io.longhouse.function.ScalarFunction;
import org.jspecify.annotations.Nullable;

/**
 * The condition that a row may be among the first {@code limit} by a sort key. It remembers the
 * best keys it has seen, so it gets narrower while a query runs; a scan that reads the key first
 * then hardly reads the other columns. One object serves one query and all its threads.
 *
 * <p>Arguments: the key, and the condition that a row must meet besides, if there is one.
 */
public final class TopThreshold implements ScalarFunction {
  private static final int CHUNK = 1024;
  private static final long INFINITY = Double.doubleToLongBits(Double.POSITIVE_INFINITY);

  private final DataType keyType;
  private final boolean descending;
  private final boolean strict;

  /** The best keys so far as a heap, the worst of them on top. Guarded by this. */
  private final long[] best;

  private int count;

  /** Keys above it are not among the first. */
  private volatile long bound = Long.MAX_VALUE;

  /**
   * @param keyType one that has order longs; NaN goes last
   * @param strict whether rows that equal the last of the first may be left out, because no other
   *     key comes after this one
   */
  public TopThreshold(DataType keyType, boolean descending, boolean strict, int limit) {
    this.keyType = keyType;
    this.descending = descending;
    this.strict = strict;
    this.best = new long[limit];
  }

  public boolean isDescending() {
    return descending;
  }

  /** Whether a row with this value as its key may be among the first, as far as is known. */
  public boolean canBeWithin(Column keys, int row) {
    long[] order = new long[1];
    load(keys, row, 1, order);
    return order[0] <= bound;
  }

  @Override
  public DataType resultType() {
    return IntegerType.UINT8;
  }

  @Override
  public boolean isDeterministic() {
    return false;
  }

  @Override
  public Column evaluate(Column[] arguments, int rows) {
    Column key = arguments[0].full();
    byte[] condition = null;
    if (arguments.length > 1) {
      if (arguments[1] instanceof ConstColumn c && ((Int8Column) c.value()).values()[0] == 0) {
        return none(rows);
      }
      condition = ((Int8Column) arguments[1].full()).values();
    }
    byte[] mask = null;
    long[] order = new long[Math.min(rows, CHUNK)];
    for (int from = 0; from < rows; from += CHUNK) {
      int n = Math.min(CHUNK, rows - from);
      if (key instanceof Float64Column d && !isAnyWithin(d.values(), from, n)) {
        continue;
      }
      load(key, from, n, order);
      if (isAnyWithin(order, n, bound)) {
        mask = mask == null ? new byte[rows] : mask;
        mark(order, n, condition, from, mask);
      }
    }
    return mask == null ? none(rows) : new Int8Column(mask, rows);
  }

  private static Column none(int rows) {
    return new ConstColumn(Int8Column.of((byte) 0), rows);
  }

  /** Longs that ascend in the order of the sort. */
  private void load(Column key, int from, int n, long[] order) {
    keyType.orderLongs(key, from, n, order);
    if (!descending) {
      return;
    }
    if (keyType instanceof FloatType) {
      for (int i = 0; i < n; i++) {
        order[i] = order[i] > INFINITY ? Long.MAX_VALUE : ~order[i];
      }
    } else {
      for (int i = 0; i < n; i++) {
        order[i] = ~order[i];
      }
    }
  }

  /** Doubtful doubles are within; saves making longs of nearly all the others. */
  private boolean isAnyWithin(double[] keys, int from, int n) {
    long b = bound;
    if (b >= INFINITY) {
      return true;
    }
    long order = descending ? ~b : b;
    double last = Double.longBitsToDouble(order ^ order >> 63 & Long.MAX_VALUE);
    int within = 0;
    if (descending) {
      for (int i = 0; i < n; i++) {
        within += keys[from + i] >= last ? 1 : 0;
      }
    } else {
      for (int i = 0; i < n; i++) {
        within += keys[from + i] <= last ? 1 : 0;
      }
    }
    return within > 0;
  }

  private static boolean isAnyWithin(long[] order, int n, long bound) {
    int within = 0;
    for (int i = 0; i < n; i++) {
      within += order[i] <= bound ? 1 : 0;
    }
    return within > 0;
  }

  private void mark(long[] order, int n, byte @Nullable [] condition, int from, byte[] mask) {
    long b = bound;
    for (int i = 0; i < n; i++) {
      if (order[i] <= b && (condition == null || condition[from + i] != 0)) {
        mask[from + i] = 1;
        b = offer(order[i]);
      }
    }
  }

  /** Takes a key into account and answers the bound from then on. */
  private synchronized long offer(long key) {
    if (count < best.length) {
      rise(key);
      count++;
    } else if (key < best[0]) {
      sink(key);
    }
    if (count == best.length) {
      bound = strict && best[0] > Long.MIN_VALUE ? best[0] - 1 : best[0];
    }
    return bound;
  }

  private void rise(long key) {
    int at = count;
    while (at > 0 && best[(at - 1) / 2] < key) {
      best[at] = best[(at - 1) / 2];
      at = (at - 1) / 2;
    }
    best[at] = key;
  }

  private void sink(long key) {
    int at = 0;
    while (true) {
      int child = 2 * at + 1;
      if (child >= best.length) {
        break;
      }
      if (child + 1 < best.length && best[child + 1] > best[child]) {
        child++;
      }
      if (best[child] <= key) {
        break;
      }
      best[at] = best[child];
      at = child;
    }
    best[at] = key;
  }
}
