package io.longhouse.function.aggregate.state;

import io.longhouse.column.ByteWriter;
import io.longhouse.column.Column;
import io.longhouse.column.type.DataType;
import java.util.Arrays;

/** Numbers of different values of any type, in the order of their arrival. */
public final class KeyNumbers {
  private final DataType type;
  private final BytesHashSet set = new BytesHashSet(4);
  private final Collected keys;
  private final ByteWriter one = new ByteWriter(32);

  public KeyNumbers(DataType type) {
    this.type = type;
    this.keys = new Collected(type.newBuilder(4));
  }

  public int size() {
    return set.size();
  }

  public long bytes() {
    return set.bytes() + keys.bytes();
  }

  /** The number of a row's value. */
  public int of(Column column, int row) {
    one.reset();
    BinaryValues.write(column, row, true, one);
    int before = set.size();
    int number = set.add(one.buffer(), 0, one.position());
    if (number == before) {
      keys.builder().append(column, row);
    }
    return number;
  }

  /** The number of a row's value, or -1 when it is not among them. */
  public int find(Column column, int row) {
    one.reset();
    BinaryValues.write(column, row, true, one);
    return set.find(one.buffer(), 0, one.position());
  }

  /** All values by number. */
  public Column values() {
    return keys.values();
  }

  /** The numbers in the order of the values. */
  public int[] sorted() {
    Column c = values();
    Integer[] order = new Integer[size()];
    Arrays.setAll(order, i -> i);
    Arrays.sort(order, (a, b) -> type.compare(c, a, c, b, -1));
    int[] out = new int[order.length];
    Arrays.setAll(out, i -> order[i]);
    return out;
  }
}
