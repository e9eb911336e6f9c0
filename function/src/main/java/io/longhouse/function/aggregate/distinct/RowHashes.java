package io.longhouse.function.aggregate.distinct;

import io.longhouse.column.ArrayColumn;
import io.longhouse.column.ByteWriter;
import io.longhouse.column.Column;
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
import io.longhouse.column.hash.CityHash;
import io.longhouse.column.hash.IntHash;
import io.longhouse.column.hash.SipHash;
import io.longhouse.column.type.ArrayType;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.DateTime64Type;
import io.longhouse.column.type.DecimalType;
import io.longhouse.column.type.FixedStringType;
import io.longhouse.column.type.Ipv6Type;
import io.longhouse.column.type.TupleType;
import io.longhouse.function.aggregate.state.BinaryValues;
import io.longhouse.function.aggregate.state.NumberLayout;
import io.longhouse.function.aggregate.state.Values;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The hashes by which the functions of this package tell values apart, one or two words for a row.
 * One number is hashed alone; one string with CityHash64; several arguments, or a tuple, with
 * CityHash64 of each, combined; arrays and whatever else has no bytes of its own with SipHash.
 */
public final class RowHashes {
  private RowHashes() {}

  /** The columns to hash: a single tuple counts as its elements. */
  static List<DataType> flatten(List<DataType> types) {
    return types.size() == 1 && types.get(0) instanceof TupleType t ? t.elements() : types;
  }

  static Column[] flatten(Column[] arguments) {
    if (arguments.length == 1 && arguments[0].full() instanceof TupleColumn t) {
      return t.elements().toArray(Column[]::new);
    }
    return arguments;
  }

  /** Whether every value of these types is one run of bytes. */
  static boolean contiguous(List<DataType> types) {
    return types.stream()
        .allMatch(t ->
            isString(t)
                || NumberLayout.of(t) != null
                || t instanceof ArrayType a
                    && (NumberLayout.of(a.element()) != null
                        || a.element() instanceof FixedStringType
                        || a.element() instanceof Ipv6Type));
  }

  /** The layout of a type whose single values are told apart as numbers; null for all others. */
  static @Nullable NumberLayout number(DataType type) {
    return type instanceof DecimalType || type instanceof DateTime64Type
        ? null
        : NumberLayout.of(type);
  }

  /** 64-bit words of single numbers, as {@code uniq} and the HyperLogLog functions insert them. */
  static long[] numbers(Column column, NumberLayout layout, int rows) {
    if (layout.bytes() > 8) {
      long[] out = new long[rows];
      var w = (WideColumn) column.full();
      int n = w.wordsPerValue();
      for (int r = 0; r < rows; r++) {
        out[r] = wide(w.words(), r * n, n);
      }
      return out;
    }
    return layout.floating() || !layout.signed()
        ? Values.bits(column, rows)
        : Values.longs(column, true, rows);
  }

  private static long wide(long[] words, int at, int n) {
    long folded = 0;
    for (int k = 0; k < n; k++) {
      folded ^= words[at + k];
    }
    return IntHash.mix64(folded);
  }

  /** CityHash64 of one column of byte strings. */
  static long[] strings(Column column, int rows) {
    long[] out = new long[rows];
    switch (column) {
      case StringColumn s -> {
        for (int r = 0; r < rows; r++) {
          out[r] = CityHash.hash64(s.bytes(), s.offsets()[r], s.lengthAt(r));
        }
      }
      case FixedBytesColumn f -> {
        for (int r = 0; r < rows; r++) {
          out[r] = CityHash.hash64(f.bytes(), r * f.width(), f.width());
        }
      }
      case ConstColumn k -> java.util.Arrays.fill(out, strings(k.value(), 1)[0]);
      default -> throw new IllegalArgumentException("no strings in " + column.getClass());
    }
    return out;
  }

  /** CityHash64 of every column's bytes, combined from left to right. */
  public static long[] combined(Column[] columns, int rows) {
    long[] out = new long[rows];
    var bytes = new ByteWriter(32);
    for (int i = 0; i < columns.length; i++) {
      Column c = columns[i].full();
      boolean strings = c instanceof StringColumn || c instanceof FixedBytesColumn;
      long[] hashes = strings ? strings(c, rows) : bytesHashed(c, rows, bytes);
      if (i == 0) {
        System.arraycopy(hashes, 0, out, 0, rows);
      } else {
        for (int r = 0; r < rows; r++) {
          out[r] = CityHash.combine(hashes[r], out[r]);
        }
      }
    }
    return out;
  }

  private static long[] bytesHashed(Column c, int rows, ByteWriter bytes) {
    long[] out = new long[rows];
    for (int r = 0; r < rows; r++) {
      bytes.reset();
      if (c instanceof ArrayColumn a) {
        for (int i = a.offsets()[r], end = a.offsets()[r + 1]; i < end; i++) {
          BinaryValues.write(a.elements(), i, false, bytes);
        }
      } else {
        BinaryValues.write(c, r, false, bytes);
      }
      out[r] = CityHash.hash64(bytes.buffer(), 0, bytes.position());
    }
    return out;
  }

  /** SipHash of each row's values, 2 words a row. */
  public static long[] sip128(Column[] columns, int rows) {
    long[] out = new long[2 * rows];
    var sip = new SipHash();
    for (int r = 0; r < rows; r++) {
      sip.reset(0, 0);
      for (Column c : columns) {
        update(sip, c, r);
      }
      sip.get128(out, 2 * r);
    }
    return out;
  }

  /** SipHash of single strings, 2 words a row; no length is hashed. */
  public static long[] sip128OfStrings(Column column, int rows) {
    long[] out = new long[2 * rows];
    Column full = column.full();
    if (full instanceof StringColumn s) {
      for (int r = 0; r < rows; r++) {
        SipHash.hash128(0, 0, s.bytes(), s.offsets()[r], s.lengthAt(r), out, 2 * r);
      }
    } else {
      var f = (FixedBytesColumn) full;
      for (int r = 0; r < rows; r++) {
        SipHash.hash128(0, 0, f.bytes(), r * f.width(), f.width(), out, 2 * r);
      }
    }
    return out;
  }

  /** Feeds a value: numbers as their bytes, strings and arrays after their length in 8 bytes. */
  static void update(SipHash sip, Column column, int row) {
    switch (column) {
      case Int8Column c -> sip.update(c.values()[row]);
      case Int16Column c -> little(sip, c.values()[row], 2);
      case Int32Column c -> little(sip, c.values()[row], 4);
      case Int64Column c -> sip.update(c.values()[row]);
      case Float32Column c -> little(sip, Float.floatToRawIntBits(c.values()[row]), 4);
      case Float64Column c -> sip.update(Double.doubleToRawLongBits(c.values()[row]));
      case WideColumn c -> {
        int n = c.wordsPerValue();
        for (int k = 0; k < n; k++) {
          sip.update(c.words()[row * n + k]);
        }
      }
      case FixedBytesColumn c -> sip.update(c.bytes(), row * c.width(), c.width());
      case StringColumn c -> {
        sip.update(c.lengthAt(row) + 1L);
        sip.update(c.bytes(), c.offsets()[row], c.lengthAt(row));
        sip.update((byte) 0);
      }
      case ArrayColumn c -> {
        sip.update((long) c.lengthAt(row));
        for (int i = c.offsets()[row], end = c.offsets()[row + 1]; i < end; i++) {
          update(sip, c.elements(), i);
        }
      }
      case TupleColumn c -> {
        for (Column e : c.elements()) {
          update(sip, e, row);
        }
      }
      case NullableColumn c -> {
        sip.update(c.nulls()[row]);
        if (c.nulls()[row] == 0) {
          update(sip, c.values(), row);
        }
      }
      case LowCardinalityColumn c -> update(sip, c.dictionary(), c.indexes()[row]);
      case ConstColumn c -> update(sip, c.value(), 0);
      case SparseColumn c -> update(sip, c.slice(row, 1).full(), 0);
    }
  }

  private static void little(SipHash sip, int v, int bytes) {
    for (int k = 0; k < bytes; k++) {
      sip.update((byte) (v >>> 8 * k));
    }
  }

  /** Every second word. */
  static long[] low(long[] pairs) {
    long[] out = new long[pairs.length / 2];
    for (int i = 0; i < out.length; i++) {
      out[i] = pairs[2 * i];
    }
    return out;
  }

  /** How the arguments of an approximate function become one word a row. */
  interface Words {
    long[] of(Column[] arguments, int rows);
  }

  /**
   * The words for these argument types: mixed by the set itself, or, for several arguments, hashes
   * already.
   */
  static Words approximate(List<DataType> arguments) {
    if (arguments.size() == 1) {
      NumberLayout layout = number(arguments.get(0));
      if (layout != null) {
        return (c, rows) -> numbers(c[0], layout, rows);
      }
      if (isString(arguments.get(0))) {
        return (c, rows) -> strings(c[0], rows);
      }
    }
    return contiguous(flatten(arguments))
        ? (c, rows) -> combined(flatten(c), rows)
        : (c, rows) -> low(sip128(flatten(c), rows));
  }

  /** Whether {@link #approximate} gives words that are hashes and must not be mixed again. */
  static boolean hashed(List<DataType> arguments) {
    return arguments.size() > 1 || number(arguments.get(0)) == null && !isString(arguments.get(0));
  }

  static boolean isString(DataType type) {
    return type instanceof io.longhouse.column.type.StringType
        || type instanceof io.longhouse.column.type.FixedStringType
        || type instanceof io.longhouse.column.type.Ipv6Type;
  }

  /** Mixes words in place of the set's own hash. */
  static int mixed(long word) {
    return (int) IntHash.mix64(word);
  }
}
