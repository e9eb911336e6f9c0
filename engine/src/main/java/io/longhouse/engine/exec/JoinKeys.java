package io.longhouse.engine.exec;

import io.longhouse.column.Block;
import io.longhouse.column.Column;
import io.longhouse.column.Header;
import io.longhouse.column.LowCardinalityColumn;
import io.longhouse.column.NullableColumn;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.LowCardinalityType;
import io.longhouse.column.type.NullableType;
import io.longhouse.column.type.SimpleAggregateFunctionType;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The key columns of one side of a join, with the NULLs taken out: a row with a NULL in any key
 * meets no other row. A NULL inside a tuple is a value like others, which is what {@code <=>} is
 * made of.
 */
final class JoinKeys {
  private final int[] places;

  JoinKeys(List<Integer> places) {
    this.places = places.stream().mapToInt(Integer::intValue).toArray();
  }

  /**
   * A block's keys.
   *
   * @param skip not 0 where a key is NULL; null when no row has one
   */
  record Batch(Column[] columns, byte @Nullable [] skip) {}

  /** The types of the keys as a table of groups sees them. */
  static List<DataType> tableTypes(Header left, Header right, List<Integer> l, List<Integer> r) {
    List<DataType> types = new ArrayList<>();
    for (int i = 0; i < r.size(); i++) {
      DataType type = SimpleAggregateFunctionType.strip(right.type(r.get(i)));
      DataType other = SimpleAggregateFunctionType.strip(left.type(l.get(i)));
      DataType plain = NullableType.strip(LowCardinalityType.strip(type));
      boolean encoded = type instanceof LowCardinalityType || other instanceof LowCardinalityType;
      types.add(encoded ? new LowCardinalityType(plain) : plain);
    }
    return types;
  }

  Batch of(Block block) {
    Column[] columns = new Column[places.length];
    byte[] skip = null;
    for (int i = 0; i < places.length; i++) {
      Column c = block.column(places[i]).full();
      if (c instanceof NullableColumn n) {
        if (n.hasNulls()) {
          skip = skip == null ? new byte[block.rows()] : skip;
          addNulls(n.nulls(), skip);
        }
        c = n.values();
      } else if (c instanceof LowCardinalityColumn l
          && l.dictionary() instanceof NullableColumn entries) {
        if (entries.hasNulls()) {
          skip = skip == null ? new byte[block.rows()] : skip;
          addNulls(l, entries.nulls(), skip);
        }
        c = l.withDictionary(entries.values());
      }
      columns[i] = c;
    }
    return new Batch(columns, skip);
  }

  private static void addNulls(byte[] nulls, byte[] skip) {
    for (int r = 0; r < skip.length; r++) {
      skip[r] |= nulls[r];
    }
  }

  private static void addNulls(LowCardinalityColumn l, byte[] nullEntries, byte[] skip) {
    int[] indexes = l.indexes();
    for (int r = 0; r < skip.length; r++) {
      skip[r] |= nullEntries[indexes[r]];
    }
  }
}
