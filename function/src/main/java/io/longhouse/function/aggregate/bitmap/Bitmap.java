package io.longhouse.function.aggregate.bitmap;

import io.longhouse.column.ByteReader;
import io.longhouse.column.ByteWriter;
import io.longhouse.column.type.IntegerType;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.RoaringBitmap;
import org.roaringbitmap.longlong.Roaring64NavigableMap;

/**
 * A set of integers of 1, 2, 4 or 8 bytes, kept as unsigned ones: a small set has just their bytes,
 * a large one widens signed ones of less than 4 bytes with their sign.
 *
 * <p>Bytes: {@code 0, count as VarUInt, values} in order of insertion for up to 32 values; else
 * {@code 1, length as VarUInt, Roaring bitmap} in its portable form, of 64 bits for integers of 8
 * bytes and of 32 bits for shorter ones. A set that has grown large stays large.
 */
public final class Bitmap {
  private static final int SMALL_MAX = 32;

  private final IntegerType type;
  private final int bytes;
  private long[] small = new long[8];
  private int count;
  private @Nullable Roaring64NavigableMap longs;
  private @Nullable RoaringBitmap ints;

  /** An empty set of integers of that type, of at most 8 bytes. */
  public Bitmap(IntegerType type) {
    this.type = type;
    this.bytes = type.bytes();
  }

  /** The 32 bits that a large set has for a value. */
  private int widened(long v) {
    if (!type.signed()) {
      return (int) v;
    }
    return bytes == 1 ? (byte) v : bytes == 2 ? (short) v : (int) v;
  }

  private long masked(long v) {
    return bytes == 8 ? v : v & (1L << bytes * 8) - 1;
  }

  public boolean isSmall() {
    return longs == null && ints == null;
  }

  public void add(long value) {
    long v = masked(value);
    if (!isSmall()) {
      addLarge(v);
      return;
    }
    for (int i = 0; i < count; i++) {
      if (small[i] == v) {
        return;
      }
    }
    if (count == SMALL_MAX) {
      grow();
      addLarge(v);
      return;
    }
    if (count == small.length) {
      small = Arrays.copyOf(small, count * 2);
    }
    small[count++] = v;
  }

  private void addLarge(long v) {
    if (longs != null) {
      longs.addLong(v);
    } else if (ints != null) {
      ints.add(widened(v));
    }
  }

  private void grow() {
    if (bytes == 8) {
      // Unsigned order: what is above the signed longs comes last.
      longs = new Roaring64NavigableMap(false);
    } else {
      ints = new RoaringBitmap();
    }
    for (int i = 0; i < count; i++) {
      addLarge(small[i]);
    }
    count = 0;
  }

  public boolean contains(long value) {
    long v = masked(value);
    if (longs != null) {
      return longs.contains(v);
    }
    if (ints != null) {
      return ints.contains(widened(v));
    }
    for (int i = 0; i < count; i++) {
      if (small[i] == v) {
        return true;
      }
    }
    return false;
  }

  /** How many values there are. */
  public long cardinality() {
    return longs != null
        ? longs.getLongCardinality()
        : ints != null ? ints.getLongCardinality() : count;
  }

  /** The values: of a small set in order of insertion, of a large one ascending without signs. */
  public long[] values() {
    if (isSmall()) {
      return Arrays.copyOf(small, count);
    }
    if (longs != null) {
      return longs.toArray();
    }
    int[] v = ints == null ? new int[0] : ints.toArray();
    long[] out = new long[v.length];
    for (int i = 0; i < v.length; i++) {
      out[i] = v[i] & 0xFFFFFFFFL;
    }
    return out;
  }

  /** The values ascending without signs. */
  public long[] sorted() {
    long[] v = values();
    if (isSmall()) {
      for (int i = 0; i < v.length; i++) {
        v[i] ^= Long.MIN_VALUE;
      }
      Arrays.sort(v);
      for (int i = 0; i < v.length; i++) {
        v[i] ^= Long.MIN_VALUE;
      }
    }
    return v;
  }

  /** Adds all values of another set. */
  public void or(Bitmap other) {
    if (other.isSmall()) {
      for (int i = 0; i < other.count; i++) {
        add(other.small[i]);
      }
      return;
    }
    if (isSmall()) {
      grow();
    }
    if (longs != null && other.longs != null) {
      longs.or(other.longs);
    } else if (ints != null && other.ints != null) {
      ints.or(other.ints);
    }
  }

  /** The values that both have; small when either is. */
  public Bitmap and(Bitmap other) {
    var out = new Bitmap(type);
    if (isSmall() || other.isSmall()) {
      Bitmap few = isSmall() ? this : other;
      Bitmap many = isSmall() ? other : this;
      for (int i = 0; i < few.count; i++) {
        if (many.contains(few.small[i])) {
          out.add(few.small[i]);
        }
      }
      return out;
    }
    out.grow();
    out.or(this);
    if (out.longs != null && other.longs != null) {
      out.longs.and(other.longs);
    } else if (out.ints != null && other.ints != null) {
      out.ints.and(other.ints);
    }
    return out;
  }

  /** The values that one has and the other has not; always large. */
  public Bitmap xor(Bitmap other) {
    Bitmap both = and(other);
    var out = new Bitmap(type);
    out.grow();
    out.or(this);
    out.or(other);
    out.removeAll(both);
    return out;
  }

  /** The values that the other has not; small when this is. */
  public Bitmap andNot(Bitmap other) {
    var out = new Bitmap(type);
    if (isSmall()) {
      for (int i = 0; i < count; i++) {
        if (!other.contains(small[i])) {
          out.add(small[i]);
        }
      }
      return out;
    }
    out.grow();
    out.or(this);
    out.removeAll(other);
    return out;
  }

  private void removeAll(Bitmap other) {
    if (!other.isSmall() && longs != null && other.longs != null) {
      longs.andNot(other.longs);
    } else if (!other.isSmall() && ints != null && other.ints != null) {
      ints.andNot(other.ints);
    } else {
      for (long v : other.values()) {
        if (longs != null) {
          longs.removeLong(v);
        } else if (ints != null) {
          ints.remove(widened(v));
        }
      }
    }
  }

  /** A set of these values with this one's manner of keeping them. */
  public Bitmap like(long[] values, int from, int to) {
    var out = new Bitmap(type);
    if (!isSmall()) {
      out.grow();
    }
    for (int i = from; i < to; i++) {
      out.add(values[i]);
    }
    return out;
  }

  /** Bytes of heap in use, about. */
  public long retainedBytes() {
    return longs != null
        ? longs.getLongSizeInBytes()
        : ints != null ? ints.getLongSizeInBytes() : 8L * small.length + 48;
  }

  /** Appends the bytes described above. */
  public void write(ByteWriter out) {
    if (isSmall()) {
      out.writeByte(0);
      out.writeVarUInt(count);
      for (int i = 0; i < count; i++) {
        switch (bytes) {
          case 1 -> out.writeByte((int) small[i]);
          case 2 -> out.writeShort((short) small[i]);
          case 4 -> out.writeInt((int) small[i]);
          default -> out.writeLong(small[i]);
        }
      }
      return;
    }
    out.writeByte(1);
    byte[] image = longs != null ? image(longs) : ints != null ? image(ints) : new byte[0];
    out.writeVarUInt(image.length);
    out.writeBytes(image, 0, image.length);
  }

  private static byte[] image(RoaringBitmap ints) {
    ints.runOptimize();
    byte[] out = new byte[ints.serializedSizeInBytes()];
    ints.serialize(ByteBuffer.wrap(out));
    return out;
  }

  /** The number of 32-bit bitmaps, then each with its upper half in front, little-endian. */
  private static byte[] image(Roaring64NavigableMap longs) {
    longs.runOptimize();
    var bytes = new ByteArrayOutputStream();
    try (var data = new DataOutputStream(bytes)) {
      longs.serializePortable(data);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /** Reads a set of integers of that type. */
  public static Bitmap read(IntegerType type, ByteReader in) {
    int bytes = type.bytes();
    var out = new Bitmap(type);
    if (in.readByte() == 0) {
      int n = in.readLength(SMALL_MAX, "bitmap");
      for (int i = 0; i < n; i++) {
        out.add(
            switch (bytes) {
              case 1 -> in.readByte();
              case 2 -> in.readShort();
              case 4 -> in.readInt();
              default -> in.readLong();
            });
      }
      return out;
    }
    byte[] image = in.readBytes(in.readLength(Integer.MAX_VALUE - 8, "bitmap"));
    try {
      if (bytes == 8) {
        out.longs = new Roaring64NavigableMap(false);
        out.longs.deserializePortable(new DataInputStream(new ByteArrayInputStream(image)));
      } else {
        out.ints = new RoaringBitmap();
        out.ints.deserialize(ByteBuffer.wrap(image));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out;
  }
}
