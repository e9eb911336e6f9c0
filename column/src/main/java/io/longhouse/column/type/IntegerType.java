package io.longhouse.column.type;

import io.longhouse.column.ByteReader;
import io.longhouse.column.ByteWriter;
import io.longhouse.column.Column;
import io.longhouse.column.ColumnBuilder;
import io.longhouse.column.Int16Column;
import io.longhouse.column.Int32Column;
import io.longhouse.column.Int64Column;
import io.longhouse.column.Int8Column;
import io.longhouse.column.WideColumn;
import io.longhouse.registry.Register;
import io.longhouse.sql.ast.TypeName;
import java.util.List;

/** Whole numbers of 8 to 256 bits, two's complement. */
public final class IntegerType extends DataType {
  public static final IntegerType UINT8 = new IntegerType(1, false);
  public static final IntegerType UINT16 = new IntegerType(2, false);
  public static final IntegerType UINT32 = new IntegerType(4, false);
  public static final IntegerType UINT64 = new IntegerType(8, false);
  public static final IntegerType UINT128 = new IntegerType(16, false);
  public static final IntegerType UINT256 = new IntegerType(32, false);
  public static final IntegerType INT8 = new IntegerType(1, true);
  public static final IntegerType INT16 = new IntegerType(2, true);
  public static final IntegerType INT32 = new IntegerType(4, true);
  public static final IntegerType INT64 = new IntegerType(8, true);
  public static final IntegerType INT128 = new IntegerType(16, true);
  public static final IntegerType INT256 = new IntegerType(32, true);

  private static final List<IntegerType> ALL =
      List.of(
          UINT8, UINT16, UINT32, UINT64, UINT128, UINT256, INT8, INT16, INT32, INT64, INT128,
          INT256);

  private final int bytes;
  private final boolean signed;

  private IntegerType(int bytes, boolean signed) {
    this.bytes = bytes;
    this.signed = signed;
  }

  /** The type of that width; {@code bytes} is 1, 2, 4, 8, 16 or 32. */
  public static IntegerType of(int bytes, boolean signed) {
    for (IntegerType t : ALL) {
      if (t.bytes == bytes && t.signed == signed) {
        return t;
      }
    }
    throw new IllegalArgumentException(bytes + " bytes");
  }

  /** Bytes of a value. */
  public int bytes() {
    return bytes;
  }

  public boolean signed() {
    return signed;
  }

  @Override
  public String name() {
    return (signed ? "Int" : "UInt") + bytes * 8;
  }

  @Override
  public ColumnBuilder newBuilder(int capacity) {
    return switch (bytes) {
      case 1 -> new Int8Column.Builder(capacity);
      case 2 -> new Int16Column.Builder(capacity);
      case 4 -> new Int32Column.Builder(capacity);
      case 8 -> new Int64Column.Builder(capacity);
      default -> new WideColumn.Builder(bytes / 8, capacity);
    };
  }

  @Override
  public int compare(Column a, int i, Column b, int j, int nullsDirection) {
    if (bytes > 8) {
      return compareWide(
          ((WideColumn) a).words(), i, ((WideColumn) b).words(), j, bytes / 8, signed);
    }
    long x = signedValue(a, i);
    long y = signedValue(b, j);
    return signed ? Long.compare(x, y) : Long.compareUnsigned(x, y);
  }

  /** Order of two multi-word numbers, the most significant word last. */
  static int compareWide(long[] x, int i, long[] y, int j, int words, boolean signed) {
    for (int k = words - 1; k >= 0; k--) {
      long p = x[i * words + k];
      long q = y[j * words + k];
      if (p != q) {
        return signed && k == words - 1 ? Long.compare(p, q) : Long.compareUnsigned(p, q);
      }
    }
    return 0;
  }

  /** The value of a column of at most 8 bytes, sign-extended whatever the type. */
  private static long signedValue(Column c, int row) {
    return switch (c) {
      case Int8Column v -> v.values()[row];
      case Int16Column v -> v.values()[row];
      case Int32Column v -> v.values()[row];
      case Int64Column v -> v.values()[row];
      default -> throw new IllegalArgumentException("no integers in " + c.getClass());
    };
  }

  @Override
  public boolean hasOrderLongs() {
    return bytes <= 8;
  }

  @Override
  public void orderLongs(Column column, int from, int length, long[] out) {
    if (signed) {
      Numbers.toLongs(column, from, length, true, out);
    } else {
      Numbers.toLongs(column, from, length, false, out);
      if (bytes == 8) {
        for (int i = 0; i < length; i++) {
          out[i] ^= Long.MIN_VALUE;
        }
      }
    }
  }

  @Override
  public boolean canBeInsideLowCardinality() {
    return true;
  }

  /** Makes the integer types. */
  @Register(kind = TypeFactory.class, name = "UInt8")
  @Register(kind = TypeFactory.class, name = "Int8")
  @Register(kind = TypeFactory.class, name = "UInt16")
  @Register(kind = TypeFactory.class, name = "Int16")
  @Register(kind = TypeFactory.class, name = "UInt32")
  @Register(kind = TypeFactory.class, name = "Int32")
  @Register(kind = TypeFactory.class, name = "UInt64")
  @Register(kind = TypeFactory.class, name = "Int64")
  @Register(kind = TypeFactory.class, name = "UInt128")
  @Register(kind = TypeFactory.class, name = "Int128")
  @Register(kind = TypeFactory.class, name = "UInt256")
  @Register(kind = TypeFactory.class, name = "Int256")
  static final class Factory implements TypeFactory {
    private final IntegerType type;

    Factory(String name) {
      this.type = ALL.stream().filter(t -> t.name().equals(name)).findFirst().orElseThrow();
    }

    @Override
    public DataType create(TypeName name) {
      return type;
    }
  }

  @Override
  public void writeText(
      Column column, int row, TextForm form, FormatSettings settings, ByteWriter out) {
    throw new UnsupportedOperationException(name());
  }

  @Override
  public void readText(ByteReader in, TextForm form, FormatSettings settings, ColumnBuilder out) {
    throw new UnsupportedOperationException(name());
  }

  @Override
  public void writeBinary(Column column, int row, ByteWriter out) {
    throw new UnsupportedOperationException(name());
  }

  @Override
  public void readBinary(ByteReader in, ColumnBuilder out) {
    throw new UnsupportedOperationException(name());
  }
}
