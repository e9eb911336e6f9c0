package io.longhouse.column;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Values as self-delimiting bytes, so that equal values have equal bytes and no value's bytes are
 * the beginning of another's: the generic key of grouping, joining and distinct.
 */
public final class ValueBytes {
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private ValueBytes() {}

  /** Appends the bytes of one value. Strings inside arrays and tuples carry their length. */
  public static void write(Column column, int row, ByteWriter out) {
    if (column instanceof StringColumn s) {
      out.writeBytes(s.bytes(), s.offsets()[row], s.lengthAt(row));
    } else {
      writeDelimited(column, row, out);
    }
  }

  /** Appends the bytes of one value so that its end can be told without knowing what follows. */
  public static void writeDelimited(Column column, int row, ByteWriter out) {
    switch (column) {
      case Int8Column c -> out.writeByte(c.values()[row]);
      case Int16Column c -> out.writeShort(c.values()[row]);
      case Int32Column c -> out.writeInt(c.values()[row]);
      case Int64Column c -> out.writeLong(c.values()[row]);
      case Float32Column c -> out.writeInt(Float.floatToIntBits(c.values()[row] + 0.0f));
      case Float64Column c -> out.writeLong(Double.doubleToLongBits(c.values()[row] + 0.0));
      case WideColumn c -> {
        int w = c.wordsPerValue();
        for (int k = 0; k < w; k++) {
          out.writeLong(c.words()[row * w + k]);
        }
      }
      case FixedBytesColumn c -> out.writeBytes(c.bytes(), row * c.width(), c.width());
      case StringColumn c -> {
        out.writeVarUInt(c.lengthAt(row));
        out.writeBytes(c.bytes(), c.offsets()[row], c.lengthAt(row));
      }
      case ArrayColumn c -> {
        out.writeVarUInt(c.lengthAt(row));
        for (int i = c.offsets()[row], end = c.offsets()[row + 1]; i < end; i++) {
          writeDelimited(c.elements(), i, out);
        }
      }
      case TupleColumn c -> {
        for (Column e : c.elements()) {
          writeDelimited(e, row, out);
        }
      }
      case NullableColumn c -> {
        boolean isNull = c.nulls()[row] != 0;
        out.writeByte(isNull ? 1 : 0);
        if (!isNull) {
          writeDelimited(c.values(), row, out);
        }
      }
      case LowCardinalityColumn c -> writeDelimited(c.dictionary(), c.indexes()[row], out);
      case ConstColumn c -> writeDelimited(c.value(), 0, out);
      case SparseColumn c -> writeDelimited(c.slice(row, 1).full(), 0, out);
    }
  }

  /** A 64-bit hash of bytes with all bits well mixed; for tables in memory, never stored. */
  public static long hash(byte[] bytes, int from, int length) {
    long h = length * 0x9E3779B97F4A7C15L;
    int i = from;
    int end = from + length;
    for (; i + 8 <= end; i += 8) {
      h = mix(h ^ (long) LONG.get(bytes, i));
    }
    if (i < end) {
      long tail = 0;
      if (length >= 8) {
        tail = (long) LONG.get(bytes, end - 8);
      } else {
        for (int k = end - 1; k >= i; k--) {
          tail = tail << 8 | bytes[k] & 0xFF;
        }
      }
      h = mix(h ^ tail);
    }
    return h ^ h >>> 32;
  }

  /** Mixes one 64-bit word: a multiply of 64 x 64 bits folded to 64. */
  public static long mix(long x) {
    long y = x ^ 0x2D358DCCAA6C78A5L;
    long lo = y * 0x8BB84B93962EACC9L;
    long hi = Math.unsignedMultiplyHigh(y, 0x8BB84B93962EACC9L);
    return lo ^ hi;
  }
}
