package io.longhouse.column;

/**
 * An immutable sequence of values in one physical layout.
 *
 * <p>The layouts that hold values themselves ("full"): the fixed-width primitive arrays, {@link
 * WideColumn}, {@link FixedBytesColumn}, {@link StringColumn}, {@link ArrayColumn}, {@link
 * TupleColumn}, {@link NullableColumn}. Encodings of them that stay encoded through filters,
 * grouping and joins until something needs the values: {@link LowCardinalityColumn}, {@link
 * SparseColumn}, {@link ConstColumn}. Arrays behind a column may be longer than its size.
 *
 * <p>Signedness is not a property of a layout: UInt32, Int32, DateTime and Decimal(9, s) all live
 * in an {@link Int32Column}; order and text come from the data type.
 */
public sealed interface Column
    permits Int8Column,
        Int16Column,
        Int32Column,
        Int64Column,
        Float32Column,
        Float64Column,
        WideColumn,
        FixedBytesColumn,
        StringColumn,
        ArrayColumn,
        TupleColumn,
        NullableColumn,
        LowCardinalityColumn,
        SparseColumn,
        ConstColumn {

  /** Number of rows. */
  int size();

  /** Bytes of heap that this column keeps alive. */
  long retainedBytes();

  /** Rows {@code [from, from + length)} as a column of its own. */
  Column slice(int from, int length);

  /** The rows {@code rows[0..count)} in that order; a row may be taken any number of times. */
  Column gather(int[] rows, int count);

  /** An empty builder of this layout (of the full layout, for an encoded column). */
  ColumnBuilder newBuilder(int capacity);

  /** The same values with constants and sparse columns expanded; dictionaries stay. */
  default Column full() {
    return this;
  }

  /** The same values with every encoding expanded at the top level, dictionaries included. */
  default Column plain() {
    return full();
  }

  /** Whether the value of {@code row} is NULL. */
  default boolean isNullAt(int row) {
    return false;
  }
}
