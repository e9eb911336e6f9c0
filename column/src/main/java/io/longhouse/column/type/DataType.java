package io.longhouse.column.type;

import io.longhouse.column.ByteReader;
import io.longhouse.column.ByteWriter;
import io.longhouse.column.Column;
import io.longhouse.column.ColumnBuilder;
import io.longhouse.column.ConstColumn;

/**
 * A logical type: what the values of a physical layout mean. Two types are equal when their names
 * are.
 *
 * <p>Methods that take a column and a row expect a full column (or, for LowCardinality, a
 * dictionary column) of this type, never a constant or sparse one.
 */
public abstract class DataType {
  /** The canonical name, as ClickHouse prints it: {@code Array(Nullable(UInt8))}. */
  public abstract String name();

  /** A builder of columns in this type's layout. */
  public abstract ColumnBuilder newBuilder(int capacity);

  /**
   * Order of two values: negative, zero or positive. NULL and NaN compare as larger than everything
   * when {@code nullsDirection} is 1 and as smaller when it is -1.
   */
  public abstract int compare(Column a, int i, Column b, int j, int nullsDirection);

  /** Whether {@link #orderLongs} works: values whose order is that of one signed long. */
  public boolean hasOrderLongs() {
    return false;
  }

  /**
   * Writes for each of {@code length} rows a signed long with the same order as {@link #compare}
   * (NaN largest).
   */
  public void orderLongs(Column column, int from, int length, long[] out) {
    throw new UnsupportedOperationException(name());
  }

  /**
   * The value of a column that an INSERT leaves out: one row, zero unless the type says otherwise.
   */
  public Column defaultValue() {
    ColumnBuilder b = newBuilder(1);
    b.appendDefault(1);
    return b.build();
  }

  public final ConstColumn defaults(int rows) {
    return new ConstColumn(defaultValue(), rows);
  }

  /** Writes one value in one of the text forms. */
  public abstract void writeText(
      Column column, int row, TextForm form, FormatSettings settings, ByteWriter out);

  /**
   * Reads one value and adds it to the builder; leaves the reader behind the value.
   *
   * @throws io.longhouse.sql.LonghouseException CANNOT_PARSE_* naming what was found
   */
  public abstract void readText(
      ByteReader in, TextForm form, FormatSettings settings, ColumnBuilder out);

  /** Writes one value as RowBinary does. */
  public abstract void writeBinary(Column column, int row, ByteWriter out);

  /** Reads one value as RowBinary has it. */
  public abstract void readBinary(ByteReader in, ColumnBuilder out);

  /** Whether the type may stand inside Nullable. */
  public boolean canBeInsideNullable() {
    return true;
  }

  /** Whether the type may stand inside LowCardinality. */
  public boolean canBeInsideLowCardinality() {
    return false;
  }

  /** Whether values can be compared for order. */
  public boolean isComparable() {
    return true;
  }

  /** Any value as text in the {@link TextForm#RAW} form, for messages and constants. */
  public final String textOf(Column column, int row) {
    var out = new ByteWriter(32);
    writeText(column.full(), row, TextForm.RAW, FormatSettings.DEFAULT, out);
    return io.longhouse.sql.ByteText.decode(out.toByteArray());
  }

  @Override
  public final boolean equals(Object o) {
    return o == this || o instanceof DataType t && t.name().equals(name());
  }

  @Override
  public final int hashCode() {
    return name().hashCode();
  }

  @Override
  public final String toString() {
    return name();
  }
}
