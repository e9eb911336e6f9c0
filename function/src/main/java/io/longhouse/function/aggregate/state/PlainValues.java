package io.longhouse.function.aggregate.state;

import io.longhouse.column.ArrayColumn;
import io.longhouse.column.ByteReader;
import io.longhouse.column.ByteWriter;
import io.longhouse.column.Column;
import io.longhouse.column.ColumnBuilder;
import io.longhouse.column.StringColumn;
import io.longhouse.column.type.ArrayType;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.FixedStringType;
import io.longhouse.column.type.Ipv6Type;
import io.longhouse.column.type.StringType;

/**
 * Values as the bytes that sets and counters of values tell them apart by: what lies in one run of
 * memory as it is (numbers, strings, arrays of numbers), anything else in arena form.
 */
public final class PlainValues {
  private final boolean arena;

  public PlainValues(DataType type) {
    this.arena = !isPlain(type);
  }

  /** Whether every value of the type is one run of bytes. */
  public static boolean isPlain(DataType type) {
    return isFixed(type)
        || type instanceof StringType
        || type instanceof ArrayType a && isFixed(a.element());
  }

  private static boolean isFixed(DataType type) {
    return NumberLayout.of(type) != null
        || type instanceof FixedStringType
        || type instanceof Ipv6Type;
  }

  /** Writes the bytes of one value; their number is kept elsewhere. */
  public void write(Column column, int row, ByteWriter out) {
    if (arena) {
      BinaryValues.write(column, row, true, out);
      return;
    }
    switch (column) {
      case StringColumn s -> out.writeBytes(s.bytes(), s.offsets()[row], s.lengthAt(row));
      case ArrayColumn a -> {
        for (int i = a.offsets()[row], end = a.offsets()[row + 1]; i < end; i++) {
          BinaryValues.write(a.elements(), i, false, out);
        }
      }
      default -> BinaryValues.write(column, row, false, out);
    }
  }

  /** Adds the value of {@code length} bytes to a builder. */
  public void append(byte[] bytes, int from, int length, ColumnBuilder out) {
    var in = new ByteReader(bytes, from, length);
    if (arena) {
      BinaryValues.read(in, true, out);
      return;
    }
    switch (out) {
      case StringColumn.Builder b -> b.add(bytes, from, length);
      case ArrayColumn.Builder b -> {
        while (!in.atEnd()) {
          BinaryValues.read(in, false, b.elements());
        }
        b.endRow();
      }
      default -> BinaryValues.read(in, false, out);
    }
  }
}
