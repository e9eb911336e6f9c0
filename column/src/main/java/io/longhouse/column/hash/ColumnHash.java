package io.longhouse.column.hash;

import io.longhouse.column.ArrayColumn;
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
import io.longhouse.column.type.ArrayType;
import io.longhouse.column.type.BoolType;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.Date32Type;
import io.longhouse.column.type.DateTimeType;
import io.longhouse.column.type.DateType;
import io.longhouse.column.type.EnumType;
import io.longhouse.column.type.FloatType;
import io.longhouse.column.type.IntegerType;
import io.longhouse.column.type.Ipv4Type;
import io.longhouse.column.type.LowCardinalityType;
import io.longhouse.column.type.MapType;
import io.longhouse.column.type.NullableType;
import io.longhouse.column.type.TupleType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One hash of several values of any types, the way ClickHouse's hash functions combine them: the
 * first value's hash, then each next one combined into it; tuples are flattened; an array is its
 * length, then its elements.
 *
 * <p>A hash has {@link #words} longs a row (32-bit hashes in the low half of one). What differs
 * between hash functions are three batch kernels; calls are per column, not per row.
 */
public abstract class ColumnHash {
  /** The hash of no values at all. */
  private static final long FILLER = 0xe28dbde7fe22e41cL;

  private static final long NULL_LOW = 0xc58ad2da03d9a871L;
  private static final long NULL_HIGH = 0x5715f196cbea7a40L;

  /** cityHash64. */
  public static final ColumnHash CITY_64 = new City64();

  /** sipHash64 with a zero key. */
  public static final ColumnHash SIP_64 = new Sip64();

  /** sipHash128 with a zero key. */
  public static final ColumnHash SIP_128 = new Sip128(false);

  private final int bits;

  /**
   * @param bits 32, 64 or 128
   */
  protected ColumnHash(int bits) {
    this.bits = bits;
  }

  /** Longs of a hash: 1 or 2. */
  public final int words() {
    return bits == 128 ? 2 : 1;
  }

  public final int bits() {
    return bits;
  }

  /** Hashes {@code rows} runs of bytes, run i from {@code offsets[i]} to {@code offsets[i + 1]}. */
  protected abstract void hashBytes(byte[] bytes, int[] offsets, int rows, long[] out);

  /**
   * Combines hash i of {@code more} into the hash at {@code rows[i]}, or i when {@code rows} is
   * null, in ascending i.
   */
  protected abstract void combine(long[] hashes, int @Nullable [] rows, long[] more, int count);

  /** Whether numbers of at most 8 bytes are hashed by intHash64 instead of as their bytes. */
  protected boolean hashesNumbersAsIntegers() {
    return false;
  }

  /** Hashes a column of numbers by their own rule; answers whether there is one. */
  protected boolean hashNumbers(DataType type, Column column, int rows, long[] out) {
    return false;
  }

  /** The hash that NULL has inside a tuple or array. */
  protected void nullHash(long[] out) {
    out[0] = bits == 32 ? NULL_LOW & 0xFFFFFFFFL : NULL_LOW;
    if (bits == 128) {
      out[1] = NULL_HIGH;
    }
  }

  /** One hash for each row over all columns; {@code words()} longs a row, the low word first. */
  public final long[] hash(List<DataType> types, Column[] columns, int rows) {
    long[] hashes = new long[Math.multiplyExact(rows, words())];
    boolean first = true;
    for (int i = 0; i < columns.length; i++) {
      first = add(types.get(i), columns[i], rows, hashes, first);
    }
    if (first) {
      fill(hashes, rows);
    }
    return hashes;
  }

  private void fill(long[] hashes, int rows) {
    for (int i = 0; i < rows; i++) {
      hashes[i * words()] = bits == 32 ? FILLER & 0xFFFFFFFFL : FILLER;
    }
  }

  /** Adds one column to the hashes; answers whether the next one is still the first. */
  private boolean add(DataType type, Column column, int rows, long[] hashes, boolean first) {
    DataType t = LowCardinalityType.strip(type);
    if (t instanceof TupleType tuple) {
      return addTuple(tuple, column, rows, hashes, first);
    }
    if (t instanceof MapType m) {
      return add(m.entries(), column, rows, hashes, first);
    }
    long[] own = first ? hashes : new long[hashes.length];
    if (!first && t instanceof ArrayType) {
      // Length and elements go into the hash one by one, not as a hash of the array.
      array(t, (ArrayColumn) column.full(), rows, own, hashes);
      return false;
    }
    if (column instanceof ConstColumn c) {
      long[] one = new long[words()];
      hashOne(t, c.value().plain(), 1, one);
      for (int i = 0; i < rows * words(); i += words()) {
        System.arraycopy(one, 0, own, i, words());
      }
    } else if (column instanceof LowCardinalityColumn l) {
      hashDictionary(t, l, rows, own);
    } else {
      hashOne(t, column.plain(), rows, own);
    }
    if (!first) {
      combine(hashes, null, own, rows);
    }
    return false;
  }

  private void hashDictionary(DataType t, LowCardinalityColumn l, int rows, long[] out) {
    int entries = l.dictionary().size();
    int w = words();
    long[] ofEntries = new long[entries * w];
    hashOne(t, l.dictionary(), entries, ofEntries);
    for (int i = 0; i < rows; i++) {
      System.arraycopy(ofEntries, l.indexes()[i] * w, out, i * w, w);
    }
  }

  private boolean addTuple(TupleType t, Column column, int rows, long[] hashes, boolean first) {
    var tuple = (TupleColumn) (column instanceof ConstColumn c ? c.value() : column.full());
    if (t.elements().isEmpty() && first) {
      fill(hashes, rows);
      return false;
    }
    boolean f = first;
    for (int i = 0; i < t.elements().size(); i++) {
      Column e = tuple.elements().get(i);
      f =
          add(
              t.elements().get(i),
              column instanceof ConstColumn ? new ConstColumn(e.full(), rows) : e,
              rows,
              hashes,
              f);
    }
    return false;
  }

  /** The hash of one column alone; not a tuple, not encoded. */
  private void hashOne(DataType type, Column column, int rows, long[] out) {
    if (isNumber(type)) {
      if (hashesNumbersAsIntegers()) {
        integers(column, rows, out);
        return;
      }
      if (hashNumbers(type, column, rows, out)) {
        return;
      }
    }
    switch (column) {
      case StringColumn c -> hashBytes(c.bytes(), c.offsets(), rows, out);
      case FixedBytesColumn c -> fixed(c.bytes(), c.width(), rows, out);
      case Int8Column c -> fixed(c.values(), 1, rows, out);
      case Int16Column c -> {
        byte[] b = new byte[rows * 2];
        for (int i = 0; i < rows; i++) {
          b[2 * i] = (byte) c.values()[i];
          b[2 * i + 1] = (byte) (c.values()[i] >> 8);
        }
        fixed(b, 2, rows, out);
      }
      case Int32Column c -> ints(c.values(), rows, out);
      case Float32Column c -> {
        int[] v = new int[rows];
        for (int i = 0; i < rows; i++) {
          v[i] = Float.floatToRawIntBits(c.values()[i]);
        }
        ints(v, rows, out);
      }
      case Int64Column c -> longs(c.values(), 1, rows, out);
      case Float64Column c -> {
        long[] v = new long[rows];
        for (int i = 0; i < rows; i++) {
          v[i] = Double.doubleToRawLongBits(c.values()[i]);
        }
        longs(v, 1, rows, out);
      }
      case WideColumn c -> longs(c.words(), c.wordsPerValue(), rows, out);
      case ArrayColumn c -> array(type, c, rows, out, out);
      case NullableColumn c -> nullable(type, c, rows, out);
      case TupleColumn c -> addTuple((TupleType) type, c, rows, out, true);
      case LowCardinalityColumn c -> hashOne(type, c.plain(), rows, out);
      case ConstColumn c -> hashOne(type, c.plain(), rows, out);
      case SparseColumn c -> hashOne(type, c.full(), rows, out);
    }
  }

  private static boolean isNumber(DataType t) {
    return t instanceof IntegerType i && i.bytes() <= 8
        || t instanceof FloatType
        || t instanceof DateType
        || t instanceof Date32Type
        || t instanceof DateTimeType
        || t instanceof EnumType
        || t instanceof Ipv4Type
        || t instanceof BoolType;
  }

  /** intHash64 of the value's bytes with zeros above them, whatever its sign. */
  private static void integers(Column column, int rows, long[] out) {
    switch (column) {
      case Float32Column c -> {
        for (int i = 0; i < rows; i++) {
          out[i] = IntHash.hash64(Float.floatToRawIntBits(c.values()[i]) & 0xFFFFFFFFL);
        }
      }
      case Float64Column c -> {
        for (int i = 0; i < rows; i++) {
          out[i] = IntHash.hash64(Double.doubleToRawLongBits(c.values()[i]));
        }
      }
      default -> {
        io.longhouse.column.type.Numbers.toLongs(column, 0, rows, false, out);
        for (int i = 0; i < rows; i++) {
          out[i] = IntHash.hash64(out[i]);
        }
      }
    }
  }

  private void fixed(byte[] bytes, int width, int rows, long[] out) {
    int[] offsets = new int[rows + 1];
    for (int i = 0; i <= rows; i++) {
      offsets[i] = i * width;
    }
    hashBytes(bytes, offsets, rows, out);
  }

  private void ints(int[] v, int rows, long[] out) {
    byte[] b = new byte[rows * 4];
    for (int i = 0; i < rows; i++) {
      b[4 * i] = (byte) v[i];
      b[4 * i + 1] = (byte) (v[i] >> 8);
      b[4 * i + 2] = (byte) (v[i] >> 16);
      b[4 * i + 3] = (byte) (v[i] >> 24);
    }
    fixed(b, 4, rows, out);
  }

  private void longs(long[] v, int perValue, int rows, long[] out) {
    byte[] b = new byte[Math.multiplyExact(rows, perValue * 8)];
    for (int i = 0; i < rows * perValue; i++) {
      LittleEndian.putLong(b, i * 8, v[i]);
    }
    fixed(b, perValue * 8, rows, out);
  }

  /**
   * @param lengths gets the hashes of the lengths
   * @param into what elements are combined into; when it is not {@code lengths}, those are first
   */
  private void array(DataType type, ArrayColumn c, int rows, long[] lengths, long[] into) {
    int w = words();
    for (int i = 0; i < rows; i++) {
      // As in ClickHouse, the length of a 128-bit hash goes through the 32-bit mixer.
      lengths[i * w] = bits == 64 ? IntHash.hash64(c.lengthAt(i)) : IntHash.hash32(c.lengthAt(i));
    }
    if (into != lengths) {
      combine(into, null, lengths, rows);
    }
    int count = c.offsets()[rows];
    if (count == 0) {
      return;
    }
    DataType element =
        type instanceof MapType m ? m.entries().element() : ((ArrayType) type).element();
    long[] hashes = new long[Math.multiplyExact(count, w)];
    add(element, c.elements(), count, hashes, true);
    combine(into, c.elementRows(), hashes, count);
  }

  private void nullable(DataType type, NullableColumn c, int rows, long[] out) {
    DataType nested = NullableType.strip(type);
    if (!(nested instanceof io.longhouse.column.type.NothingType)) {
      add(nested, c.values(), rows, out, true);
    }
    long[] forNull = new long[words()];
    nullHash(forNull);
    for (int i = 0; i < rows; i++) {
      if (c.nulls()[i] != 0) {
        System.arraycopy(forNull, 0, out, i * words(), words());
      }
    }
  }

  private static final class City64 extends ColumnHash {
    City64() {
      super(64);
    }

    @Override
    protected boolean hashesNumbersAsIntegers() {
      return true;
    }

    @Override
    protected void hashBytes(byte[] bytes, int[] offsets, int rows, long[] out) {
      for (int i = 0; i < rows; i++) {
        out[i] = CityHash.hash64(bytes, offsets[i], offsets[i + 1] - offsets[i]);
      }
    }

    @Override
    protected void combine(long[] hashes, int @Nullable [] rows, long[] more, int count) {
      for (int i = 0; i < count; i++) {
        int r = rows == null ? i : rows[i];
        hashes[r] = CityHash.combine(hashes[r], more[i]);
      }
    }
  }

  /** sipHash64 with a key. */
  public static final class Sip64 extends ColumnHash {
    private final long key0;
    private final long key1;
    private final boolean keyed;

    private Sip64() {
      super(64);
      this.key0 = 0;
      this.key1 = 0;
      this.keyed = false;
    }

    public Sip64(long key0, long key1) {
      super(64);
      this.key0 = key0;
      this.key1 = key1;
      this.keyed = true;
    }

    @Override
    protected void nullHash(long[] out) {
      super.nullHash(out);
      if (keyed) {
        out[0] = SipHash.hash64(key0, key1, out[0], 0);
      }
    }

    @Override
    protected void hashBytes(byte[] bytes, int[] offsets, int rows, long[] out) {
      for (int i = 0; i < rows; i++) {
        out[i] = SipHash.hash64(key0, key1, bytes, offsets[i], offsets[i + 1] - offsets[i]);
      }
    }

    @Override
    protected void combine(long[] hashes, int @Nullable [] rows, long[] more, int count) {
      for (int i = 0; i < count; i++) {
        int r = rows == null ? i : rows[i];
        hashes[r] = SipHash.hash64(key0, key1, hashes[r], more[i]);
      }
    }
  }

  /** sipHash128 with a key, with ClickHouse's or the reference's end. */
  public static final class Sip128 extends ColumnHash {
    private final long key0;
    private final long key1;
    private final boolean reference;
    private final boolean keyed;

    /** Without a key; the NULL of a keyed hash differs even when the key is zero. */
    public Sip128(boolean reference) {
      super(128);
      this.key0 = 0;
      this.key1 = 0;
      this.reference = reference;
      this.keyed = false;
    }

    public Sip128(long key0, long key1, boolean reference) {
      super(128);
      this.key0 = key0;
      this.key1 = key1;
      this.reference = reference;
      this.keyed = true;
    }

    @Override
    protected void nullHash(long[] out) {
      super.nullHash(out);
      if (keyed) {
        combine(out, null, new long[2], 1);
      }
    }

    private void one(byte[] bytes, int from, int length, long[] out, int at) {
      if (reference) {
        SipHash.hash128Reference(key0, key1, bytes, from, length, out, at);
      } else {
        SipHash.hash128(key0, key1, bytes, from, length, out, at);
      }
    }

    @Override
    protected void hashBytes(byte[] bytes, int[] offsets, int rows, long[] out) {
      for (int i = 0; i < rows; i++) {
        one(bytes, offsets[i], offsets[i + 1] - offsets[i], out, 2 * i);
      }
    }

    @Override
    protected void combine(long[] hashes, int @Nullable [] rows, long[] more, int count) {
      byte[] pair = new byte[32];
      for (int i = 0; i < count; i++) {
        int r = rows == null ? i : rows[i];
        pack(hashes, r, more, i, pair);
        one(pair, 0, 32, hashes, 2 * r);
      }
    }
  }

  /** Writes two 128-bit hashes side by side as 32 bytes. */
  public static void pack(long[] left, int i, long[] right, int j, byte[] out) {
    LittleEndian.putLong(out, 0, left[2 * i]);
    LittleEndian.putLong(out, 8, left[2 * i + 1]);
    LittleEndian.putLong(out, 16, right[2 * j]);
    LittleEndian.putLong(out, 24, right[2 * j + 1]);
  }
}
