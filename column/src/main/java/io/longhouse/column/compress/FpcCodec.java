package io.longhouse.column.compress;

import io.longhouse.column.type.DataType;
import io.longhouse.column.type.FloatType;
import io.longhouse.registry.Register;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;

/**
 * FPC of Burtscher and Ratanaworabhan: of two predictions of the next value the better one is taken
 * away, and the zero bytes in front of what is left are not written.
 *
 * <pre>
 * payload = width:u8  level:u8  pair*
 * pair    = head:u8  the bytes of two differences that are left, each least significant first
 * head    = (predictor:1 zeros:3) of the first value, the same of the second
 * </pre>
 *
 * Each predictor has {@code 1 << level} entries. Of 8 bytes, {@code zeros} skips 4: counts above it
 * stand for one more. The last pair may reach behind the values.
 */
@Register(
    kind = CodecFactory.class,
    name = "FPC",
    category = "Preparation",
    doc = "Predicts floating-point numbers; the parameter is the size of its tables, 1 to 28.")
@Register(kind = BlockDecoder.class, name = "98")
public final class FpcCodec implements CodecFactory, BlockDecoder {
  private static final int LEVEL_DEFAULT = 12;
  private static final int LEVEL_MAX = 28;

  FpcCodec() {}

  @Override
  public Codec create(Arguments arguments) {
    int level = arguments.atMost(2).number(0, LEVEL_DEFAULT, 1, LEVEL_MAX);
    int width = 4;
    DataType t = arguments.type();
    if (t != null) {
      width = arguments.valueBytes();
      if (!(t instanceof FloatType) || width < 4) {
        throw new LonghouseException(
            ErrorCode.BAD_ARGUMENTS,
            "Codec 'FPC' is not applicable for "
                + t.name()
                + " because the data type is not Float*");
      }
    }
    width = arguments.number(1, width, 4, 8);
    return new Level(width, level);
  }

  /** Both predictors and what they have seen. */
  private static final class Predictors {
    private final boolean wide;
    private final long word;
    private final long[] differences;
    private final long[] values;
    private final int mask;
    private int differenceAt;
    private int valueAt;
    private long previous;

    Predictors(int width, int level) {
      wide = width == 8;
      word = wide ? -1L : 0xFFFFFFFFL;
      differences = new long[1 << level];
      values = new long[1 << level];
      mask = (1 << level) - 1;
    }

    long byDifference() {
      return differences[differenceAt] + previous & word;
    }

    long byValue() {
      return values[valueAt];
    }

    void add(long v) {
      long d = v - previous & word;
      differences[differenceAt] = d;
      differenceAt =
          (int) (wide ? (long) differenceAt << 2 ^ d >>> 40 : (long) differenceAt << 4 ^ d >>> 23)
              & mask;
      values[valueAt] = v;
      valueAt =
          (int) (wide ? (long) valueAt << 6 ^ v >>> 48 : (long) valueAt << 1 ^ v >>> 22) & mask;
      previous = v;
    }
  }

  /** The zeros that a count of 3 bits stands for. */
  private static int zeros(int count, int width) {
    return width == 8 && count > 3 ? count + 1 : count;
  }

  private record Level(int width, int level) implements Codec {
    @Override
    public int method() {
      return 0x98;
    }

    @Override
    public String text() {
      return "FPC(" + level + ")";
    }

    @Override
    public boolean isGeneric() {
      return false;
    }

    @Override
    public int encodedSizeMax(int rawLength) {
      int values = (rawLength + width - 1) / width + 1;
      return Math.addExact(2 + values * width, values / 2 + 1);
    }

    @Override
    public int encode(byte[] raw, int from, int length, byte[] target, int at) {
      target[at] = (byte) width;
      target[at + 1] = (byte) level;
      int to = at + 2;
      var p = new Predictors(width, level);
      for (int i = 0; i < length; i += 2 * width) {
        int head = to++;
        target[head] = 0;
        for (int half = 0; half < 2; half++) {
          long v = word(raw, from + i + half * width, from + length);
          long byDifference = p.byDifference() ^ v;
          long byValue = p.byValue() ^ v;
          p.add(v);
          boolean difference =
              Long.numberOfLeadingZeros(byDifference) > Long.numberOfLeadingZeros(byValue);
          long left = difference ? byDifference : byValue;
          int zeroBytes = (Long.numberOfLeadingZeros(left) - (64 - 8 * width)) / 8;
          int count = Math.min(7, width == 8 && zeroBytes >= 4 ? zeroBytes - 1 : zeroBytes);
          int bits = count | (difference ? 8 : 0);
          target[head] |= (byte) (half == 0 ? bits << 4 : bits);
          for (int b = width - zeros(count, width); b > 0; b--) {
            target[to++] = (byte) left;
            left >>>= 8;
          }
        }
      }
      return to - at;
    }

    /** The word at a place; what lies behind the end is zero. */
    private long word(byte[] raw, int at, int end) {
      if (at + width <= end) {
        return Words.get(raw, at, width);
      }
      long v = 0;
      for (int b = end - 1; b >= at; b--) {
        v = v << 8 | raw[b] & 0xFF;
      }
      return v;
    }
  }

  @Override
  public void decode(byte[] source, int from, int length, byte[] target, int at, int rawLength) {
    int width = source[from];
    int level = source[from + 1];
    if (width != 4 && width != 8 || level < 1 || level > LEVEL_MAX) {
      throw BlockDecoder.corrupted("FPC of " + width + " bytes, level " + level);
    }
    int i = from + 2;
    int end = from + length;
    var p = new Predictors(width, level);
    byte[] last = new byte[8];
    for (int to = at; to < at + rawLength; ) {
      if (i >= end) {
        throw BlockDecoder.corrupted("FPC ends too early");
      }
      int head = source[i++];
      for (int half = 0; half < 2; half++) {
        int bits = half == 0 ? head >>> 4 & 15 : head & 15;
        int bytes = width - zeros(bits & 7, width);
        if (bytes < 0 || i + bytes > end) {
          throw BlockDecoder.corrupted("FPC value of " + bytes + " bytes");
        }
        long v = 0;
        for (int b = bytes - 1; b >= 0; b--) {
          v = v << 8 | source[i + b] & 0xFF;
        }
        i += bytes;
        v ^= (bits & 8) != 0 ? p.byDifference() : p.byValue();
        p.add(v);
        int n = Math.min(width, at + rawLength - to);
        if (n == width) {
          Words.set(target, to, width, v);
        } else if (n > 0) {
          Words.set(last, 0, 8, v);
          System.arraycopy(last, 0, target, to, n);
        }
        to += Math.max(0, n);
      }
    }
  }
}
