package io.longhouse.engine.exec.group;

import io.longhouse.column.Column;
import io.longhouse.column.Int16Column;
import io.longhouse.column.Int32Column;
import io.longhouse.column.Int64Column;
import io.longhouse.column.Int8Column;
import io.longhouse.column.ValueBytes;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.LowCardinalityType;
import io.longhouse.column.type.Numbers;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Several integer keys of at most 8 bytes together, packed into one long. A LowCardinality key goes
 * in as the number that its value has in a table of its own.
 */
final class PackedTable implements GroupTable {
  private static final int NUMBER_BITS = 32;

  private final Column[] layouts;

  /** Of each LowCardinality key its values. */
  private final @Nullable GroupTable[] values;

  private final int[] shifts;
  private final LongTable table = new LongTable(Int64Column.of());

  PackedTable(List<DataType> types) {
    layouts = types.stream().map(t -> t.newBuilder(0).build()).toArray(Column[]::new);
    values = new GroupTable[layouts.length];
    shifts = new int[layouts.length];
    int bits = 0;
    for (int i = 0; i < layouts.length; i++) {
      shifts[i] = bits;
      bits += bits(types.get(i));
      if (types.get(i) instanceof LowCardinalityType) {
        values[i] = GroupTable.of(types.subList(i, i + 1));
      }
    }
  }

  static boolean fits(List<DataType> types) {
    int bits = 0;
    for (DataType t : types) {
      bits += bits(t);
    }
    return !types.isEmpty() && bits <= 64;
  }

  private static int bits(DataType type) {
    if (type instanceof LowCardinalityType) {
      return NUMBER_BITS;
    }
    return switch (type.newBuilder(0).build()) {
      case Int8Column _ -> 8;
      case Int16Column _ -> 16;
      case Int32Column _ -> 32;
      case Int64Column _ -> 64;
      default -> 1000;
    };
  }

  private void pack(Column key, int k, int rows, long[] part, long[] packed) {
    Numbers.toLongs(key.full(), 0, rows, false, part);
    add(part, k, rows, packed);
  }

  private void add(long[] part, int k, int rows, long[] packed) {
    int shift = shifts[k];
    for (int i = 0; i < rows; i++) {
      packed[i] |= part[i] << shift;
    }
  }

  @Override
  public void groups(Column[] keys, int rows, int[] out) {
    long[] packed = new long[rows];
    long[] part = new long[rows];
    for (int k = 0; k < keys.length; k++) {
      GroupTable ofKey = values[k];
      if (ofKey == null) {
        pack(keys[k], k, rows, part, packed);
      } else {
        ofKey.groups(new Column[] {keys[k]}, rows, out);
        for (int i = 0; i < rows; i++) {
          part[i] = out[i];
        }
        add(part, k, rows, packed);
      }
    }
    table.groups(new Column[] {new Int64Column(packed, rows)}, rows, out);
  }

  @Override
  public void find(Column[] keys, int rows, int[] out) {
    long[] packed = new long[rows];
    long[] part = new long[rows];
    boolean[] absent = new boolean[rows];
    for (int k = 0; k < keys.length; k++) {
      GroupTable ofKey = values[k];
      if (ofKey == null) {
        pack(keys[k], k, rows, part, packed);
      } else {
        ofKey.find(new Column[] {keys[k]}, rows, out);
        for (int i = 0; i < rows; i++) {
          absent[i] |= out[i] < 0;
          part[i] = Math.max(0, out[i]);
        }
        add(part, k, rows, packed);
      }
    }
    table.find(new Column[] {new Int64Column(packed, rows)}, rows, out);
    for (int i = 0; i < rows; i++) {
      out[i] = absent[i] ? -1 : out[i];
    }
  }

  @Override
  public int size() {
    return table.size();
  }

  @Override
  public long hashOf(int group) {
    long key = table.key(group);
    long hash = 0;
    for (int k = 0; k < values.length; k++) {
      GroupTable ofKey = values[k];
      if (ofKey != null) {
        // The number of a value is another one in another table.
        hash += ofKey.hashOf((int) (key >>> shifts[k]));
        key &= ~(0xFFFFFFFFL << shifts[k]);
      }
    }
    return ValueBytes.mix(key + hash);
  }

  @Override
  public Column[] keys(int[] groups, int count) {
    long[] all = ((Int64Column) table.keys(groups, count)[0]).values();
    int[] identity = new int[count];
    for (int i = 0; i < count; i++) {
      identity[i] = i;
    }
    Column[] out = new Column[layouts.length];
    long[] bits = new long[count];
    for (int k = 0; k < out.length; k++) {
      for (int i = 0; i < count; i++) {
        bits[i] = all[i] >>> shifts[k];
      }
      GroupTable ofKey = values[k];
      out[k] =
          ofKey == null
              ? LongTable.fromBits(layouts[k], bits, identity, count)
              : ofKey.keys(numbers(bits, count), count)[0];
    }
    return out;
  }

  private static int[] numbers(long[] bits, int count) {
    int[] numbers = new int[count];
    for (int i = 0; i < count; i++) {
      numbers[i] = (int) bits[i];
    }
    return numbers;
  }

  @Override
  public long retainedBytes() {
    long bytes = table.retainedBytes();
    for (GroupTable v : values) {
      bytes += v == null ? 0 : v.retainedBytes();
    }
    return bytes;
  }
}
