package io.longhouse.engine.table.random;

import io.longhouse.column.ArrayColumn;
import io.longhouse.column.Column;
import io.longhouse.column.ColumnBuilder;
import io.longhouse.column.FixedBytesColumn;
import io.longhouse.column.Float32Column;
import io.longhouse.column.Float64Column;
import io.longhouse.column.Int16Column;
import io.longhouse.column.Int32Column;
import io.longhouse.column.Int64Column;
import io.longhouse.column.Int8Column;
import io.longhouse.column.NullableColumn;
import io.longhouse.column.StringColumn;
import io.longhouse.column.TupleColumn;
import io.longhouse.column.WideColumn;
import io.longhouse.column.type.ArrayType;
import io.longhouse.column.type.BFloat16Type;
import io.longhouse.column.type.BoolType;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.Date32Type;
import io.longhouse.column.type.DateTime64Type;
import io.longhouse.column.type.DateTimeType;
import io.longhouse.column.type.DateType;
import io.longhouse.column.type.DecimalType;
import io.longhouse.column.type.EnumType;
import io.longhouse.column.type.FixedStringType;
import io.longhouse.column.type.FloatType;
import io.longhouse.column.type.IntegerType;
import io.longhouse.column.type.Ipv4Type;
import io.longhouse.column.type.Ipv6Type;
import io.longhouse.column.type.LowCardinalityType;
import io.longhouse.column.type.MapType;
import io.longhouse.column.type.NestedType;
import io.longhouse.column.type.NullableType;
import io.longhouse.column.type.SimpleAggregateFunctionType;
import io.longhouse.column.type.StringType;
import io.longhouse.column.type.TupleType;
import io.longhouse.column.type.UuidType;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Columns of random values, the same for the same seed. Every value of a type is as likely as any
 * other, but that dates are such as ClickHouse makes them and floats are finite; one value in 16 of
 * a Nullable column is NULL.
 */
final class RandomColumns {
  private static final int ELEMENTS_MAX = 1 << 30;
  private static final int DATE32_MIN = -25_567;
  private static final int DATE32_DAYS = 146_097;
  private static final int PRINTABLE_MIN = 32;
  private static final int PRINTABLE_COUNT = 95;

  private final long maxStringLength;
  private final long maxArrayLength;
  private long state;

  RandomColumns(long seed, long maxStringLength, long maxArrayLength) {
    this.state = seed;
    this.maxStringLength = maxStringLength;
    this.maxArrayLength = maxArrayLength;
  }

  /** SplitMix64. */
  private long next() {
    state += 0x9E3779B97F4A7C15L;
    long z = state;
    z = (z ^ z >>> 30) * 0xBF58476D1CE4E5B9L;
    z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
    return z ^ z >>> 31;
  }

  /** A number in {@code [0, bound)}. */
  private int next(long bound) {
    return (int) (((next() >>> 32) * bound) >>> 32);
  }

  /** One more than the length that an array or a text may have at most. */
  private static long bound(long lengthMax, ErrorCode tooLarge) {
    if (lengthMax < 0 || lengthMax >= ELEMENTS_MAX) {
      throw tooLarge(tooLarge, lengthMax);
    }
    return lengthMax + 1;
  }

  private static LonghouseException tooLarge(ErrorCode code, long lengthMax) {
    return new LonghouseException(
        code,
        "Too large random values: lengths up to "
            + Long.toUnsignedString(lengthMax)
            + " make more than "
            + ELEMENTS_MAX
            + " elements of a block");
  }

  /**
   * @throws LonghouseException NOT_IMPLEMENTED (48) for a type without random values
   */
  Column column(DataType type, int rows) {
    return switch (type) {
      case NullableType n -> nullable(n, rows);
      case LowCardinalityType l -> lowCardinality(l, rows);
      case ArrayType a -> array(a.element(), rows);
      case MapType m -> array(m.entries().element(), rows);
      case NestedType n -> array(n.row(), rows);
      case SimpleAggregateFunctionType s -> column(s.nested(), rows);
      case TupleType t ->
          new TupleColumn(t.elements().stream().map(e -> column(e, rows)).toList(), rows);
      case StringType _ -> strings(rows);
      case BoolType _ -> new Int8Column(bytes(rows, 1), rows);
      case EnumType e -> enumeration(e, rows);
      case DecimalType d -> decimal(d, rows);
      case Date32Type _ -> date32(rows);
      case DateTime64Type t -> dateTime64(t, rows);
      case FloatType f -> f.bytes() == 4 ? floats(rows) : doubles(rows);
      case IntegerType _, DateType _, DateTimeType _, UuidType _, Ipv4Type _, Ipv6Type _ ->
          bits(type, rows);
      case FixedStringType _, BFloat16Type _ -> bits(type, rows);
      default ->
          throw new LonghouseException(
              ErrorCode.NOT_IMPLEMENTED,
              "The 'GenerateRandom' is not implemented for type " + type.name());
    };
  }

  private Column nullable(NullableType type, int rows) {
    byte[] nulls = new byte[rows];
    for (int i = 0; i < rows; i++) {
      nulls[i] = (byte) ((next() & 15) == 0 ? 1 : 0);
    }
    Column values = column(type.nested(), rows);
    ColumnBuilder out = type.nested().newBuilder(rows);
    for (int i = 0; i < rows; i++) {
      if (nulls[i] == 0) {
        out.append(values, i);
      } else {
        out.appendDefault(1);
      }
    }
    return new NullableColumn(out.build(), nulls);
  }

  private Column lowCardinality(LowCardinalityType type, int rows) {
    Column values = column(type.nested(), rows);
    var out = type.newBuilder(rows);
    for (int i = 0; i < rows; i++) {
      out.addValue(values, i);
    }
    return out.build();
  }

  private Column array(DataType element, int rows) {
    int[] offsets = new int[rows + 1];
    for (int i = 0; i < rows; i++) {
      offsets[i + 1] = offsets[i] + next(bound(maxArrayLength, ErrorCode.TOO_LARGE_ARRAY_SIZE));
      if (offsets[i + 1] > ELEMENTS_MAX || offsets[i + 1] < 0) {
        throw tooLarge(ErrorCode.TOO_LARGE_ARRAY_SIZE, maxArrayLength);
      }
    }
    return new ArrayColumn(offsets, column(element, offsets[rows]), rows);
  }

  private Column strings(int rows) {
    int[] offsets = new int[rows + 1];
    for (int i = 0; i < rows; i++) {
      offsets[i + 1] = offsets[i] + next(bound(maxStringLength, ErrorCode.TOO_LARGE_STRING_SIZE));
      if (offsets[i + 1] > ELEMENTS_MAX || offsets[i + 1] < 0) {
        throw tooLarge(ErrorCode.TOO_LARGE_STRING_SIZE, maxStringLength);
      }
    }
    byte[] bytes = new byte[offsets[rows]];
    for (int i = 0; i < bytes.length; i += 4) {
      long r = next();
      for (int k = i; k < Math.min(i + 4, bytes.length); k++, r >>>= 16) {
        bytes[k] = (byte) (PRINTABLE_MIN + ((r & 0xFFFF) * PRINTABLE_COUNT >>> 16));
      }
    }
    return new StringColumn(offsets, bytes, rows);
  }

  private byte[] bytes(int count, int mask) {
    byte[] v = new byte[count];
    for (int i = 0; i < count; i += 8) {
      long r = next();
      for (int k = i; k < Math.min(i + 8, count); k++, r >>>= 8) {
        v[k] = (byte) (r & mask);
      }
    }
    return v;
  }

  private Column enumeration(EnumType type, int rows) {
    List<Map.Entry<Integer, String>> values = new ArrayList<>(type.names().entrySet());
    int[] picked = new int[rows];
    for (int i = 0; i < rows; i++) {
      picked[i] = values.get(next(values.size())).getKey();
    }
    if (type.bytes() == 1) {
      byte[] v = new byte[rows];
      for (int i = 0; i < rows; i++) {
        v[i] = (byte) picked[i];
      }
      return new Int8Column(v, rows);
    }
    short[] v = new short[rows];
    for (int i = 0; i < rows; i++) {
      v[i] = (short) picked[i];
    }
    return new Int16Column(v, rows);
  }

  private Column decimal(DecimalType type, int rows) {
    BigInteger limit = BigInteger.TEN.pow(type.precision());
    if (type.bytes() <= 8) {
      long bound = limit.longValueExact();
      ColumnBuilder out = type.newBuilder(rows);
      for (int i = 0; i < rows; i++) {
        long v = next() % bound;
        if (out instanceof Int32Column.Builder b) {
          b.add((int) v);
        } else {
          ((Int64Column.Builder) out).add(v);
        }
      }
      return out.build();
    }
    int words = type.bytes() / 8;
    long[] v = new long[rows * words];
    for (int i = 0; i < v.length; i += words) {
      BigInteger n = BigInteger.ZERO;
      for (int k = 0; k < words; k++) {
        n = n.shiftLeft(64).or(BigInteger.valueOf(next() >>> 1));
      }
      n = n.mod(limit);
      n = (next() & 1) == 0 ? n : n.negate();
      for (int k = 0; k < words; k++) {
        v[i + k] = n.shiftRight(64 * k).longValue();
      }
    }
    return new WideColumn(v, words, rows);
  }

  private Column date32(int rows) {
    int[] v = new int[rows];
    for (int i = 0; i < rows; i++) {
      v[i] = DATE32_MIN + next(DATE32_DAYS);
    }
    return new Int32Column(v, rows);
  }

  private Column dateTime64(DateTime64Type type, int rows) {
    long ticks = BigInteger.TEN.pow(type.scale()).longValueExact();
    long[] v = new long[rows];
    for (int i = 0; i < rows; i++) {
      v[i] = (next() >>> 32) * ticks + Long.remainderUnsigned(next(), ticks);
    }
    return new Int64Column(v, rows);
  }

  private Column floats(int rows) {
    float[] v = new float[rows];
    for (int i = 0; i < rows; ) {
      float f = Float.intBitsToFloat((int) next());
      if (Float.isFinite(f)) {
        v[i++] = f;
      }
    }
    return new Float32Column(v, rows);
  }

  private Column doubles(int rows) {
    double[] v = new double[rows];
    for (int i = 0; i < rows; ) {
      double d = Double.longBitsToDouble(next());
      if (Double.isFinite(d)) {
        v[i++] = d;
      }
    }
    return new Float64Column(v, rows);
  }

  /** Any bits are a value of these types. */
  private Column bits(DataType type, int rows) {
    return switch (type.newBuilder(0)) {
      case Int8Column.Builder _ -> new Int8Column(bytes(rows, 0xFF), rows);
      case Int16Column.Builder _ -> {
        int mask = type instanceof BFloat16Type ? 0xBFFF : 0xFFFF;
        short[] v = new short[rows];
        for (int i = 0; i < rows; i++) {
          v[i] = (short) (next() & mask);
        }
        yield new Int16Column(v, rows);
      }
      case Int32Column.Builder _ -> {
        int[] v = new int[rows];
        for (int i = 0; i < rows; i++) {
          v[i] = (int) next();
        }
        yield new Int32Column(v, rows);
      }
      case Int64Column.Builder _ -> new Int64Column(longs(rows), rows);
      case WideColumn.Builder b ->
          new WideColumn(longs(rows * b.wordsPerValue()), b.wordsPerValue(), rows);
      case FixedBytesColumn.Builder b ->
          new FixedBytesColumn(bytes(rows * b.width(), 0xFF), b.width(), rows);
      case ColumnBuilder b -> throw new IllegalStateException(b.getClass().getName());
    };
  }

  private long[] longs(int count) {
    long[] v = new long[count];
    for (int i = 0; i < count; i++) {
      v[i] = next();
    }
    return v;
  }
}
