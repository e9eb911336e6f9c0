package io.longhouse.function.scalar.map;

import io.longhouse.column.ArrayColumn;
import io.longhouse.column.Column;
import io.longhouse.column.TupleColumn;
import io.longhouse.function.scalar.Rows;
import java.util.List;

/** The parts of a map column. */
record Maps(int[] offsets, Column keys, Column values, int size) {
  /** Takes a map column, a constant repeated, apart. */
  static Maps of(Column c) {
    ArrayColumn a = Rows.array(c);
    var entries = (TupleColumn) Rows.elements(a);
    return new Maps(
        a.offsets(), entries.elements().get(0).full(), entries.elements().get(1).full(), a.size());
  }

  /** A map column of these parts. */
  static ArrayColumn column(int[] offsets, Column keys, Column values, int rows) {
    return new ArrayColumn(
        offsets, new TupleColumn(List.of(keys.full(), values.full()), keys.size()), rows);
  }

  /** Entries of all rows. */
  int entries() {
    return offsets[size];
  }
}
