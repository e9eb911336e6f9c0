package io.longhouse.engine.exec.group;

import io.longhouse.column.Column;
import io.longhouse.column.Int16Column;
import io.longhouse.column.Int32Column;
import io.longhouse.column.Int64Column;
import io.longhouse.column.Int8Column;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.Numbers;
import java.util.List;

/** Several integer keys of at most 8 bytes together, packed into one long. */
final class PackedTable implements GroupTable {
  private final Column[] layouts;
  private final int[] shifts;
  private final LongTable table = new LongTable(Int64Column.of());

  PackedTable(List<DataType> types) {
    layouts = types.stream().map(t -> t.newBuilder(0).build()).toArray(Column[]::new);
    shifts = new int[layouts.length];
    int bits = 0;
    for (int i = 0; i < layouts.length; i++) {
      shifts[i] = bits;
      bits += bits(layouts[i]);
    }
  }

  static boolean fits(List<DataType> types) {
    int bits = 0;
    for (DataType t : types) {
      bits += bits(t.newBuilder(0).build());
    }
    return !types.isEmpty() && bits <= 64;
  }

  private static int bits(Column layout) {
    return switch (layout) {
      case Int8Column _ -> 8;
      case Int16Column _ -> 16;
      case Int32Column _ -> 32;
      case Int64Column _ -> 64;
      default -> 1000;
    };
  }

  private Column[] pack(Column[] keys, int rows) {
    long[] packed = new long[rows];
    long[] part = new long[rows];
    for (int k = 0; k < keys.length; k++) {
      Numbers.toLongs(keys[k].full(), 0, rows, false, part);
      int shift = shifts[k];
      if (k == 0) {
        System.arraycopy(part, 0, packed, 0, rows);
      } else {
        for (int i = 0; i < rows; i++) {
          packed[i] |= part[i] << shift;
        }
      }
    }
    return new Column[] {new Int64Column(packed, rows)};
  }

  @Override
  public void groups(Column[] keys, int rows, int[] out) {
    table.groups(pack(keys, rows), rows, out);
  }

  @Override
  public void find(Column[] keys, int rows, int[] out) {
    table.find(pack(keys, rows), rows, out);
  }

  @Override
  public int size() {
    return table.size();
  }

  @Override
  public long hashOf(int group) {
    return table.hashOf(group);
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
      out[k] = LongTable.fromBits(layouts[k], bits, identity, count);
    }
    return out;
  }

  @Override
  public long retainedBytes() {
    return table.retainedBytes();
  }
}
