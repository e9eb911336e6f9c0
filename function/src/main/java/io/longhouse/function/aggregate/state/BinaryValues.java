package io.longhouse.function.aggregate.state;

import io.longhouse.column.ArrayColumn;
import io.longhouse.column.ByteReader;
import io.longhouse.column.ByteWriter;
import io.longhouse.column.Column;
import io.longhouse.column.ColumnBuilder;
import io.longhouse.column.ConstColumn;
import io.longhouse.column.FixedBytesColumn;
import io.longhouse.column.Float32Column;
import io.longhouse.column.Float64Column;
import io.longhouse.column.Int16Column;
import io.longhouse.column.Int32Column;
import io.longhouse.column.Int64Column;
import io.longhouse.column.Int8Column;
import io.longhouse.column.LowCardinalityColumn;
import io.longhouse.column.NullableColumn;
import io.longhouse.column.SparseColumn;
import io.longhouse.column.StringColumn;
import io.longhouse.column.TupleColumn;
import io.longhouse.column.WideColumn;

/**
 * Values by layout, in the two forms that states use.
 *
 * <pre>
 * binary: number = little-endian bytes     string = VarUInt length, bytes
 *         array  = VarUInt size, elements  tuple  = elements   nullable = UInt8 is NULL, [value]
 * arena:  the same, but string = UInt64 length + 1, bytes, 0   array = UInt64 size, elements
 * </pre>
 */
public final class BinaryValues {
  private static final int VALUE_BYTES_MAX = 1 << 30;

  private BinaryValues() {}

  /** Writes one value in the binary form, or in the arena form. */
  public static void write(Column column, int row, boolean arena, ByteWriter out) {
    switch (column) {
      case Int8Column c -> out.writeByte(c.values()[row]);
      case Int16Column c -> out.writeShort(c.values()[row]);
      case Int32Column c -> out.writeInt(c.values()[row]);
      case Int64Column c -> out.writeLong(c.values()[row]);
      case Float32Column c -> out.writeFloat(c.values()[row]);
      case Float64Column c -> out.writeDouble(c.values()[row]);
      case WideColumn c -> {
        int w = c.wordsPerValue();
        for (int k = 0; k < w; k++) {
          out.writeLong(c.words()[row * w + k]);
        }
      }
      case FixedBytesColumn c -> out.writeBytes(c.bytes(), row * c.width(), c.width());
      case StringColumn c -> {
        int length = c.lengthAt(row);
        if (arena) {
          out.writeLong(length + 1L);
          out.writeBytes(c.bytes(), c.offsets()[row], length);
          out.writeByte(0);
        } else {
          out.writeVarUInt(length);
          out.writeBytes(c.bytes(), c.offsets()[row], length);
        }
      }
      case ArrayColumn c -> {
        if (arena) {
          out.writeLong(c.lengthAt(row));
        } else {
          out.writeVarUInt(c.lengthAt(row));
        }
        for (int i = c.offsets()[row], end = c.offsets()[row + 1]; i < end; i++) {
          write(c.elements(), i, arena, out);
        }
      }
      case TupleColumn c -> {
        for (Column e : c.elements()) {
          write(e, row, arena, out);
        }
      }
      case NullableColumn c -> {
        boolean isNull = c.nulls()[row] != 0;
        out.writeByte(isNull ? 1 : 0);
        if (!isNull) {
          write(c.values(), row, arena, out);
        }
      }
      case LowCardinalityColumn c -> write(c.dictionary(), c.indexes()[row], arena, out);
      case ConstColumn c -> write(c.value(), 0, arena, out);
      case SparseColumn c -> write(c.slice(row, 1).full(), 0, arena, out);
    }
  }

  /** Reads one value in the binary form, or in the arena form, into a builder. */
  public static void read(ByteReader in, boolean arena, ColumnBuilder out) {
    switch (out) {
      case Int8Column.Builder b -> b.add(in.readByte());
      case Int16Column.Builder b -> b.add(in.readShort());
      case Int32Column.Builder b -> b.add(in.readInt());
      case Int64Column.Builder b -> b.add(in.readLong());
      case Float32Column.Builder b -> b.add(in.readFloat());
      case Float64Column.Builder b -> b.add(in.readDouble());
      case WideColumn.Builder b -> {
        long[] words = new long[b.wordsPerValue()];
        for (int k = 0; k < words.length; k++) {
          words[k] = in.readLong();
        }
        b.add(words, 0);
      }
      case FixedBytesColumn.Builder b -> b.add(in.readBytes(b.width()), 0, b.width());
      case StringColumn.Builder b -> {
        int length = arena ? (int) in.readLong() - 1 : in.readLength(VALUE_BYTES_MAX, "string");
        b.add(in.readBytes(length));
        if (arena) {
          in.readByte();
        }
      }
      case ArrayColumn.Builder b -> {
        int size = arena ? (int) in.readLong() : in.readLength(VALUE_BYTES_MAX, "array");
        for (int i = 0; i < size; i++) {
          read(in, arena, b.elements());
        }
        b.endRow();
      }
      case TupleColumn.Builder b -> {
        for (ColumnBuilder e : b.elements()) {
          read(in, arena, e);
        }
        b.addedRow();
      }
      case NullableColumn.Builder b -> {
        if (in.readByte() != 0) {
          b.addNull();
        } else {
          read(in, arena, b.values());
          b.addedValue();
        }
      }
      default -> throw new IllegalArgumentException("no binary form for " + out.getClass());
    }
  }
}
