package io.longhouse.column.serial;

import io.longhouse.column.ByteReader;
import io.longhouse.column.ByteWriter;
import io.longhouse.column.Column;
import io.longhouse.column.ColumnBuilder;
import io.longhouse.column.LowCardinalityColumn;
import io.longhouse.column.NullableColumn;
import io.longhouse.column.Scratch;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.LowCardinalityType;
import io.longhouse.column.type.NullableType;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Keys and indexes. The first key is the default value, or NULL and then the default value where
 * the type is nullable; the others follow in the order of their first appearance. NULL is written
 * as the default value of the type inside.
 */
final class LowCardinalitySerialization extends BulkSerialization {
  private static final long VERSION = 1;
  private static final long NEED_GLOBAL_DICTIONARY = 1 << 8;
  private static final long HAS_ADDITIONAL_KEYS = 1 << 9;
  private static final long NEED_UPDATE_DICTIONARY = 1 << 10;

  private final DataType nested;
  private final boolean nullable;
  private final BulkSerialization keys;
  private final int keysMax;
  private final boolean oneStream;
  private int prefixStream;
  private int dictionaryStream;
  private int indexStream;

  // Writing: the dictionary that granules share, until it is full.
  private @Nullable KeySet shared;

  // Reading: the dictionary that is current, and the granule that is not used up.
  private @Nullable Column dictionary;
  private @Nullable Column granuleDictionary;
  private long flags;
  private long granuleRows;
  private boolean needDictionary = true;

  LowCardinalitySerialization(LowCardinalityType type, Form form) {
    this.nested = type.nested();
    this.nullable = nested instanceof NullableType;
    this.keysMax = form.dictionaryKeysMax();
    this.oneStream = form.oneStream();
    this.keys = make(NullableType.strip(nested), SerializationKind.DEFAULT, Form.NATIVE);
  }

  @Override
  void namePrefixes(SubstreamPath path) {
    prefixStream = path.structure(keysMax > 0 || oneStream ? ".dict" : ".dict_prefix");
  }

  @Override
  void name(SubstreamPath path) {
    dictionaryStream = path.structure(".dict");
    indexStream = path.structure("");
  }

  @Override
  public void collectSubstreams(IntConsumer found) {
    found.accept(prefixStream);
    found.accept(dictionaryStream);
    found.accept(indexStream);
  }

  @Override
  public void writePrefix(SubstreamWriters out) {
    ByteWriter w = out.open(prefixStream);
    if (w != null) {
      w.writeLong(VERSION);
    }
  }

  @Override
  public void write(Column column, int from, int length, SubstreamWriters out) {
    ByteWriter toDictionary = out.open(dictionaryStream);
    ByteWriter w = out.open(indexStream);
    if (w == null || toDictionary == null || length == 0) {
      return;
    }
    var c = (LowCardinalityColumn) column;
    KeySet set = shared;
    boolean update = set == null;
    if (set == null) {
      set = new KeySet(nested, nullable, keysMax);
    }
    int[] places = set.placesOf(c, from, length);
    int total = set.total();
    int width = total <= 0xFF ? 0 : total <= 0xFFFF ? 1 : 2;
    boolean additional = keysMax == 0 || set.additionalCount() > 0;
    w.writeLong(
        width
            | (keysMax > 0 ? NEED_GLOBAL_DICTIONARY : 0)
            | (additional ? HAS_ADDITIONAL_KEYS : 0)
            | (update ? NEED_UPDATE_DICTIONARY : 0));
    if (keysMax == 0) {
      writeKeys(set.sharedKeys(), w);
    } else {
      boolean full = set.sharedCount() >= keysMax;
      shared = full ? null : set;
      if (full) {
        writeKeys(set.sharedKeys(), toDictionary);
      }
      if (additional) {
        writeKeys(set.additionalKeys(), w);
      }
    }
    w.writeLong(length);
    writeIndexes(places, length, width, w);
  }

  private void writeKeys(Column values, ByteWriter out) {
    Column plain = values instanceof NullableColumn n ? n.values() : values;
    out.writeLong(plain.size());
    keys.write(plain, 0, plain.size(), _ -> out);
  }

  private static void writeIndexes(int[] places, int count, int width, ByteWriter out) {
    switch (width) {
      case 0 -> {
        byte[] b = new byte[count];
        for (int i = 0; i < count; i++) {
          b[i] = (byte) places[i];
        }
        out.writeSegment(MemorySegment.ofArray(b), 0, count);
      }
      case 1 -> {
        short[] s = new short[count];
        for (int i = 0; i < count; i++) {
          s[i] = (short) places[i];
        }
        out.writeSegment(MemorySegment.ofArray(s), 0, 2L * count);
      }
      default -> out.writeSegment(MemorySegment.ofArray(places), 0, 4L * count);
    }
  }

  @Override
  public void writeSuffix(SubstreamWriters out) {
    KeySet set = shared;
    ByteWriter w = out.open(dictionaryStream);
    if (set != null && w != null) {
      writeKeys(set.sharedKeys(), w);
    }
    shared = null;
  }

  @Override
  public void readPrefix(SubstreamReaders in) {
    long version = in.open(prefixStream).readLong();
    if (version != VERSION) {
      throw new LonghouseException(
          ErrorCode.INCORRECT_DATA, "Invalid version for LowCardinality column: " + version);
    }
  }

  @Override
  public Column read(int rows, SubstreamReaders in) {
    int[] indexes = new int[Math.min(rows, 1 << 18)];
    Column used = granuleDictionary;
    @Nullable ColumnBuilder joined = null;
    int base = 0;
    int done = 0;
    while (done < rows) {
      if (granuleRows == 0) {
        startGranule(in);
      }
      Column current = java.util.Objects.requireNonNull(granuleDictionary);
      if (used == null || done == 0) {
        used = current;
      } else if (used != current) {
        // Granules with different dictionaries: one after the other in a longer one.
        if (joined == null) {
          joined = nested.newBuilder(used.size() + current.size());
          joined.appendRange(used, 0, used.size());
        }
        base = joined.size();
        joined.appendRange(current, 0, current.size());
        used = current;
      }
      int n = (int) Math.min(granuleRows, rows - done);
      while (done + n > indexes.length) {
        indexes = Arrays.copyOf(indexes, (int) Math.min(rows, indexes.length * 2L));
        n = Math.min(n, indexes.length - done);
      }
      readIndexes(in.open(indexStream), indexes, done, n, base, current.size());
      done += n;
      granuleRows -= n;
    }
    Column result = joined != null ? joined.build() : used;
    return new LowCardinalityColumn(
        result == null ? nested.newBuilder(0).build() : result, indexes, rows);
  }

  private void startGranule(SubstreamReaders in) {
    // Asked for first, since the order of asking is the order of the bytes.
    ByteReader fromDictionary = in.open(dictionaryStream);
    ByteReader r = in.open(indexStream);
    flags = r.readLong();
    boolean global = (flags & NEED_GLOBAL_DICTIONARY) != 0;
    if (global && oneStream || (flags & 0xFF) > 3) {
      throw new LonghouseException(
          ErrorCode.INCORRECT_DATA,
          "Invalid index type of a LowCardinality column: 0x" + Long.toHexString(flags));
    }
    if (global && (needDictionary || (flags & NEED_UPDATE_DICTIONARY) != 0)) {
      dictionary = readKeys(fromDictionary, true);
      needDictionary = false;
    }
    Column current = global ? dictionary : null;
    if ((flags & HAS_ADDITIONAL_KEYS) != 0) {
      Column additional = readKeys(r, !global);
      if (current == null) {
        current = additional;
      } else {
        ColumnBuilder both = nested.newBuilder(current.size() + additional.size());
        both.appendRange(current, 0, current.size());
        both.appendRange(additional, 0, additional.size());
        current = both.build();
      }
    }
    granuleDictionary = current == null ? nested.newBuilder(0).build() : current;
    granuleRows = r.readLong();
    if (granuleRows <= 0) {
      throw new LonghouseException(
          ErrorCode.INCORRECT_DATA,
          "A LowCardinality column has a piece of " + granuleRows + " rows");
    }
  }

  private Column readKeys(ByteReader in, boolean firstIsNull) {
    long count = in.readLong();
    if (count < 0 || count > Integer.MAX_VALUE - 8) {
      throw new LonghouseException(
          ErrorCode.INCORRECT_DATA, "A LowCardinality column has " + count + " keys");
    }
    // The dictionary lives on while its granules are read.
    Column values = Scratch.outside(() -> keys.read((int) count, _ -> in));
    if (!nullable) {
      return values;
    }
    byte[] nulls = new byte[(int) count];
    if (firstIsNull && count > 0) {
      nulls[0] = 1;
    }
    return new NullableColumn(values, nulls);
  }

  private void readIndexes(ByteReader r, int[] out, int at, int count, int base, int size) {
    switch ((int) (flags & 3)) {
      case 0 -> {
        byte[] b = new byte[count];
        r.readFully(MemorySegment.ofArray(b), 0, count);
        for (int i = 0; i < count; i++) {
          out[at + i] = b[i] & 0xFF;
        }
      }
      case 1 -> {
        short[] s = new short[count];
        r.readFully(MemorySegment.ofArray(s), 0, 2L * count);
        for (int i = 0; i < count; i++) {
          out[at + i] = s[i] & 0xFFFF;
        }
      }
      case 2 -> r.readFully(MemorySegment.ofArray(out), 4L * at, 4L * count);
      default -> {
        for (int i = 0; i < count; i++) {
          long v = r.readLong();
          out[at + i] = v < 0 || v > Integer.MAX_VALUE ? -1 : (int) v;
        }
      }
    }
    // Loops of their own, so that each is one vector operation.
    int max = 0;
    int sign = 0;
    for (int i = at; i < at + count; i++) {
      max = Math.max(max, out[i]);
      sign |= out[i];
    }
    if (sign < 0 || max >= size) {
      throw new LonghouseException(
          ErrorCode.INCORRECT_DATA,
          "Index " + max + " of a LowCardinality column, which has " + size + " keys");
    }
    if (base != 0) {
      for (int i = at; i < at + count; i++) {
        out[i] += base;
      }
    }
  }

  @Override
  public void restart() {
    granuleRows = 0;
    granuleDictionary = null;
    needDictionary = true;
  }
}
