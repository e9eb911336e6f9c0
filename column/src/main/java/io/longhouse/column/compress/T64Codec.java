package io.longhouse.column.compress;

import io.longhouse.column.type.BoolType;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.Date32Type;
import io.longhouse.column.type.DateTime64Type;
import io.longhouse.column.type.DateTimeType;
import io.longhouse.column.type.DateType;
import io.longhouse.column.type.DecimalType;
import io.longhouse.column.type.EnumType;
import io.longhouse.column.type.IntegerType;
import io.longhouse.column.type.Ipv4Type;
import io.longhouse.registry.Register;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import io.longhouse.sql.ast.Literal;
import java.util.Arrays;

/**
 * Leaves out the high bits that all values of a block have in common, and turns 64 values at a time
 * into bytes (or bits) of equal weight side by side.
 *
 * <pre>
 * payload = kind:u8  byte * rest  [min:i64 max:i64  matrix*]
 * kind    = number of the type, plus 0x80 when all bytes are cut into bits
 * matrix  = u64 * bits: 64 lowest bytes, 64 second bytes ...; of the last, incomplete byte 64 lowest
 *           bits, 64 second bits ...
 * </pre>
 *
 * {@code rest} is the raw length modulo the width. {@code bits} is how many low bits the values
 * differ in, and one more for the sign where some are negative and some are not. No matrices follow
 * when all values are equal.
 */
@Register(
    kind = CodecFactory.class,
    name = "T64",
    category = "Preparation",
    doc = "Leaves out common high bits of 64 numbers at a time; the parameter is 'byte' or 'bit'.")
@Register(kind = BlockDecoder.class, name = "93")
public final class T64Codec implements CodecFactory, BlockDecoder {
  private static final int HEADER_BYTES = 16;
  private static final int BITS = 0x80;

  /** Number of a type, its width, and whether it is signed; found by the number. */
  private enum Kind {
    UINT8(1, 1, false),
    UINT16(2, 2, false),
    UINT32(3, 4, false),
    UINT64(4, 8, false),
    INT8(6, 1, true),
    INT16(7, 2, true),
    INT32(8, 4, true),
    INT64(9, 8, true),
    DATE(13, 2, false),
    DATE_TIME(14, 4, false),
    DATE_TIME64(15, 8, true),
    ENUM8(17, 1, false),
    ENUM16(18, 2, false),
    DECIMAL32(19, 4, true),
    DECIMAL64(20, 8, true),
    IPV4(21, 4, false),
    DATE32(22, 4, true),
    TIME(23, 4, true),
    TIME64(24, 8, true);

    final int number;
    final int width;
    final boolean signed;

    Kind(int number, int width, boolean signed) {
      this.number = number;
      this.width = width;
      this.signed = signed;
    }
  }

  T64Codec() {}

  @Override
  public Codec create(Arguments arguments) {
    arguments.atMost(1);
    boolean bits = false;
    if (!arguments.values().isEmpty()) {
      String variant =
          arguments.values().getFirst() instanceof Literal.StringLiteral s ? s.value() : "";
      if (!variant.equals("bit") && !variant.equals("byte")) {
        throw new LonghouseException(
            ErrorCode.ILLEGAL_CODEC_PARAMETER,
            "Wrong modification for T64: " + arguments.values().getFirst());
      }
      bits = variant.equals("bit");
    }
    return new Encoder(kind(arguments), bits);
  }

  private static Kind kind(Arguments arguments) {
    DataType t = arguments.type();
    int width = arguments.valueBytes();
    return switch (t) {
      case null -> Kind.UINT64;
      case IntegerType i when width <= 8 -> Kind.valueOf((i.signed() ? "INT" : "UINT") + 8 * width);
      case BoolType _ -> Kind.UINT8;
      case DateType _ -> Kind.DATE;
      case Date32Type _ -> Kind.DATE32;
      case DateTimeType _ -> Kind.DATE_TIME;
      case DateTime64Type _ -> Kind.DATE_TIME64;
      case EnumType _ -> width == 1 ? Kind.ENUM8 : Kind.ENUM16;
      case DecimalType _ when width <= 8 -> width == 4 ? Kind.DECIMAL32 : Kind.DECIMAL64;
      case Ipv4Type _ -> Kind.IPV4;
      default ->
          throw new LonghouseException(
              ErrorCode.ILLEGAL_SYNTAX_FOR_CODEC_TYPE,
              "T64 codec is not supported for specified type " + t.name());
    };
  }

  private static int bitsOf(long min, long max, boolean signed) {
    if (signed && min < 0 && max >= 0) {
      return 65 - Long.numberOfLeadingZeros(min + max >= 0 ? max : ~min);
    }
    return 64 - Long.numberOfLeadingZeros(min ^ max);
  }

  private record Encoder(Kind kind, boolean bits) implements Codec {
    @Override
    public int method() {
      return 0x93;
    }

    @Override
    public String text() {
      return bits ? "T64('bit')" : "T64";
    }

    @Override
    public boolean isGeneric() {
      return false;
    }

    @Override
    public int encodedSizeMax(int rawLength) {
      return Math.addExact(rawLength, 512 + HEADER_BYTES + 1);
    }

    @Override
    public int encode(byte[] raw, int from, int length, byte[] target, int at) {
      int width = kind.width;
      int rest = length % width;
      target[at] = (byte) (kind.number | (bits ? BITS : 0));
      System.arraycopy(raw, from, target, at + 1, rest);
      int i = from + rest;
      int end = from + length;
      int to = at + 1 + rest;
      if (i == end) {
        return to - at;
      }
      long[] range = range(raw, i, end);
      Words.set(target, to, 8, range[0]);
      Words.set(target, to + 8, 8, range[1]);
      to += HEADER_BYTES;
      int count = bitsOf(range[0], range[1], kind.signed);
      byte[] matrix = new byte[512];
      for (; count > 0 && i < end; i += 64 * width) {
        Arrays.fill(matrix, (byte) 0);
        int n = Math.min(64, (end - i) / width);
        for (int k = 0; k < n; k++) {
          for (int b = 0; b < width; b++) {
            matrix[64 * b + k] = raw[i + k * width + b];
          }
        }
        for (int b = bits ? 0 : count / 8; b < (count + 7) / 8; b++) {
          transpose(matrix, 64 * b);
        }
        System.arraycopy(matrix, 0, target, to, 8 * count);
        to += 8 * count;
      }
      return to - at;
    }

    private long[] range(byte[] raw, int from, int end) {
      long min = Long.MAX_VALUE;
      long max = Long.MIN_VALUE;
      // Unsigned words have the order of signed ones after their sign is turned over.
      long turn = kind.signed ? 0 : Long.MIN_VALUE;
      for (int i = from; i < end; i += kind.width) {
        long w = Words.get(raw, i, kind.width);
        long v = kind.signed ? Words.signed(w, kind.width) : w ^ turn;
        min = Math.min(min, v);
        max = Math.max(max, v);
      }
      return new long[] {min ^ turn, max ^ turn};
    }
  }

  /** 64 bytes as 8 words: bit k of word b is bit b of byte k. */
  private static void transpose(byte[] m, int at) {
    long[] words = new long[8];
    for (int k = 0; k < 64; k++) {
      int v = m[at + k];
      for (int b = 0; b < 8; b++) {
        words[b] |= (long) (v >>> b & 1) << k;
      }
    }
    for (int b = 0; b < 8; b++) {
      Words.set(m, at + 8 * b, 8, words[b]);
    }
  }

  private static void transposeBack(byte[] m, int at) {
    long[] words = new long[8];
    for (int b = 0; b < 8; b++) {
      words[b] = Words.get(m, at + 8 * b, 8);
    }
    for (int k = 0; k < 64; k++) {
      int v = 0;
      for (int b = 0; b < 8; b++) {
        v |= (int) (words[b] >>> k & 1) << b;
      }
      m[at + k] = (byte) v;
    }
  }

  @Override
  public void decode(byte[] source, int from, int length, byte[] target, int at, int rawLength) {
    Kind kind = null;
    for (Kind k : Kind.values()) {
      kind = k.number == (source[from] & 0x7F) ? k : kind;
    }
    if (kind == null) {
      throw BlockDecoder.corrupted("T64 of type " + source[from]);
    }
    int width = kind.width;
    int rest = rawLength % width;
    System.arraycopy(source, from + 1, target, at, rest);
    int to = at + rest;
    int end = at + rawLength;
    int i = from + 1 + rest;
    if (to == end) {
      return;
    }
    long min = Words.get(source, i, 8);
    long max = Words.get(source, i + 8, 8);
    i += HEADER_BYTES;
    int count = bitsOf(min, max, kind.signed);
    long low = count == 64 ? 0 : min >>> count << count;
    long high = low;
    long sign = 0;
    if (kind.signed && min < 0 && max >= 0 && count < 64) {
      sign = 1L << count - 1;
      high = max >>> count << count;
    }
    if (count > 8 * width || count == 0 && i != from + length) {
      throw BlockDecoder.corrupted("T64 of " + count + " bits in " + width + " bytes");
    }
    boolean bits = (source[from] & BITS) != 0;
    byte[] matrix = new byte[512];
    for (; to < end; to += 64 * width, i += 8 * count) {
      int n = Math.min(64, (end - to) / width);
      if (i + 8 * count > from + length) {
        throw BlockDecoder.corrupted("T64 ends too early");
      }
      Arrays.fill(matrix, (byte) 0);
      System.arraycopy(source, i, matrix, 0, 8 * count);
      for (int b = bits ? 0 : count / 8; b < (count + 7) / 8; b++) {
        transposeBack(matrix, 64 * b);
      }
      for (int k = 0; k < n; k++) {
        long v = 0;
        for (int b = width - 1; b >= 0; b--) {
          v = v << 8 | matrix[64 * b + k] & 0xFF;
        }
        // With a sign bit, values without it get the high bits of the greatest one.
        v |= sign == 0 || (v & sign) != 0 ? low : high;
        Words.set(target, to + k * width, width, v);
      }
    }
  }
}
