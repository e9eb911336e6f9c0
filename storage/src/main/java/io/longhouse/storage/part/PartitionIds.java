package io.longhouse.storage.part;

import io.longhouse.column.ArrayColumn;
import io.longhouse.column.ByteWriter;
import io.longhouse.column.Column;
import io.longhouse.column.FixedBytesColumn;
import io.longhouse.column.Float32Column;
import io.longhouse.column.Float64Column;
import io.longhouse.column.Int16Column;
import io.longhouse.column.Int32Column;
import io.longhouse.column.Int64Column;
import io.longhouse.column.Int8Column;
import io.longhouse.column.LowCardinalityColumn;
import io.longhouse.column.NullableColumn;
import io.longhouse.column.StringColumn;
import io.longhouse.column.TupleColumn;
import io.longhouse.column.WideColumn;
import io.longhouse.column.hash.SipHash;
import io.longhouse.column.type.ArrayType;
import io.longhouse.column.type.BoolType;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.Date32Type;
import io.longhouse.column.type.DateTimeType;
import io.longhouse.column.type.DateType;
import io.longhouse.column.type.DecimalType;
import io.longhouse.column.type.EnumType;
import io.longhouse.column.type.IntegerType;
import io.longhouse.column.type.Ipv4Type;
import io.longhouse.column.type.LowCardinalityType;
import io.longhouse.column.type.NullableType;
import io.longhouse.column.type.TupleType;
import io.longhouse.column.type.UuidType;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.List;

/**
 * The id of a partition from the values of the partition key: {@code all} without a key, the
 * numbers joined by {@code -} where all are whole numbers or dates, else a hash.
 *
 * <pre>
 * hashed = (tag:u8 value)*
 * tag    = 0 NULL, 1 UInt64, 2 Int64, 3 Float64, 4 UInt128 and UUID, 5 Int128, 0x10 String
 *          (length:u64 bytes), 0x11 Array and 0x12 Tuple (size:u64 elements), 0x13 Decimal32, 0x14
 *          Decimal64 and DateTime64, 0x15 Decimal128, 0x17 Decimal256, 0x18 UInt256, 0x19 Int256
 * </pre>
 */
public final class PartitionIds {
  private PartitionIds() {}

  /** The id of row {@code row} of the key's columns. */
  public static String of(List<DataType> types, List<Column> key, int row) {
    if (types.isEmpty()) {
      return "all";
    }
    var text = new StringBuilder();
    for (int i = 0; i < types.size(); i++) {
      String number = asNumber(types.get(i), key.get(i).full().plain(), row);
      if (number == null) {
        return hashed(types, key, row);
      }
      text.append(i == 0 ? "" : "-").append(number);
    }
    return text.toString();
  }

  private static @org.jspecify.annotations.Nullable String asNumber(
      DataType type, Column column, int row) {
    DataType t = LowCardinalityType.strip(type);
    if (t instanceof NullableType n) {
      return column.isNullAt(row)
          ? null
          : asNumber(n.nested(), ((NullableColumn) column).values(), row);
    }
    if (t instanceof DateType) {
      return DateTimeFormatter.BASIC_ISO_DATE.format(
          LocalDate.ofEpochDay(integer(column, row) & 0xFFFF));
    }
    if (t instanceof IntegerType i) {
      if (i.bytes() > 8) {
        return null;
      }
      return i.signed()
          ? Long.toString(integer(column, row))
          : Long.toUnsignedString(unsigned(column, row));
    }
    if (t instanceof BoolType || t instanceof DateTimeType || t instanceof Ipv4Type) {
      return Long.toUnsignedString(unsigned(column, row));
    }
    boolean signed = t instanceof EnumType || t instanceof Date32Type;
    return signed ? Long.toString(integer(column, row)) : null;
  }

  private static long integer(Column column, int row) {
    return switch (column) {
      case Int8Column c -> c.values()[row];
      case Int16Column c -> c.values()[row];
      case Int32Column c -> c.values()[row];
      case Int64Column c -> c.values()[row];
      default -> throw new IllegalArgumentException("no integer in " + column.getClass());
    };
  }

  private static long unsigned(Column column, int row) {
    return switch (column) {
      case Int8Column c -> c.values()[row] & 0xFF;
      case Int16Column c -> c.values()[row] & 0xFFFF;
      case Int32Column c -> c.values()[row] & 0xFFFFFFFFL;
      default -> integer(column, row);
    };
  }

  private static String hashed(List<DataType> types, List<Column> key, int row) {
    var out = new ByteWriter(64);
    for (int i = 0; i < types.size(); i++) {
      tagged(types.get(i), key.get(i).full().plain(), row, out);
    }
    long[] hash = new long[2];
    SipHash.hash128(0, 0, out.buffer(), 0, out.position(), hash, 0);
    var text = new ByteWriter(16);
    text.writeLong(hash[0]);
    text.writeLong(hash[1]);
    return HexFormat.of().formatHex(text.toByteArray());
  }

  private static void tagged(DataType type, Column column, int row, ByteWriter out) {
    DataType t = LowCardinalityType.strip(type);
    switch (column) {
      case NullableColumn c -> {
        if (c.nulls()[row] != 0) {
          out.writeByte(0);
        } else {
          tagged(NullableType.strip(t), c.values(), row, out);
        }
      }
      case LowCardinalityColumn c -> tagged(t, c.dictionary(), c.indexes()[row], out);
      case Float32Column c -> {
        out.writeByte(3);
        out.writeDouble(c.values()[row]);
      }
      case Float64Column c -> {
        out.writeByte(3);
        out.writeDouble(c.values()[row]);
      }
      case StringColumn c -> {
        out.writeByte(0x10);
        out.writeLong(c.lengthAt(row));
        out.writeBytes(c.bytes(), c.offsets()[row], c.lengthAt(row));
      }
      case FixedBytesColumn c -> {
        out.writeByte(0x10);
        out.writeLong(c.width());
        out.writeBytes(c.bytes(), row * c.width(), c.width());
      }
      case ArrayColumn c when t instanceof ArrayType a -> {
        out.writeByte(0x11);
        out.writeLong(c.lengthAt(row));
        for (int i = c.offsets()[row]; i < c.offsets()[row + 1]; i++) {
          tagged(a.element(), c.elements(), i, out);
        }
      }
      case TupleColumn c when t instanceof TupleType u -> {
        out.writeByte(0x12);
        out.writeLong(c.elements().size());
        for (int i = 0; i < c.elements().size(); i++) {
          tagged(u.elements().get(i), c.elements().get(i), row, out);
        }
      }
      case WideColumn _ -> {
        out.writeByte(wideTag(t));
        t.writeBinary(column, row, out);
      }
      default -> taggedInteger(t, column, row, out);
    }
  }

  private static int wideTag(DataType t) {
    return switch (t) {
      case UuidType _ -> 4;
      case IntegerType i when i.bytes() == 16 -> i.signed() ? 5 : 4;
      case IntegerType i -> i.signed() ? 0x19 : 0x18;
      case DecimalType _ when t.name().startsWith("Decimal") ->
          t.newBuilder(0) instanceof WideColumn.Builder w && w.wordsPerValue() == 2 ? 0x15 : 0x17;
      default ->
          throw new LonghouseException(
              ErrorCode.NOT_IMPLEMENTED, "Partition key of type " + t.name());
    };
  }

  private static void taggedInteger(DataType t, Column column, int row, ByteWriter out) {
    if (t instanceof DecimalType && column instanceof Int32Column c) {
      out.writeByte(0x13);
      out.writeInt(c.values()[row]);
      return;
    }
    boolean ticks =
        t instanceof DecimalType || t instanceof io.longhouse.column.type.DateTime64Type;
    if (ticks) {
      out.writeByte(0x14);
      out.writeLong(integer(column, row));
      return;
    }
    boolean signed =
        t instanceof EnumType
            || t instanceof Date32Type
            || t instanceof IntegerType i && i.signed()
            || t instanceof io.longhouse.column.type.IntervalType;
    out.writeByte(signed ? 2 : 1);
    out.writeLong(signed ? integer(column, row) : unsigned(column, row));
  }
}
