package io.longhouse.column.compress;

import io.longhouse.registry.Register;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import java.math.BigInteger;

/**
 * Divides values by their greatest common divisor.
 *
 * <pre>
 * payload = width:u8  rest:u8  byte * rest  divisor:word  quotient:word*
 * </pre>
 *
 * Words are unsigned and have 1, 2, 4, 8, 16 or 32 bytes.
 */
@Register(
    kind = CodecFactory.class,
    name = "GCD",
    category = "Preparation",
    doc = "Divides numbers by their greatest common divisor.")
@Register(kind = BlockDecoder.class, name = "9A")
public final class GcdCodec implements CodecFactory, BlockDecoder {
  GcdCodec() {}

  @Override
  public Codec create(Arguments arguments) {
    arguments.atMost(0);
    int width = arguments.type() == null ? 1 : arguments.valueBytes();
    if (Integer.bitCount(width) != 1 || width > 32) {
      throw new LonghouseException(
          ErrorCode.BAD_ARGUMENTS,
          "Codec GCD is not applicable for "
              + arguments.type()
              + " because the data type is not of fixed size");
    }
    return new Width(width);
  }

  private static BigInteger big(byte[] source, int at, int width) {
    byte[] reversed = new byte[width];
    for (int b = 0; b < width; b++) {
      reversed[width - 1 - b] = source[at + b];
    }
    return new BigInteger(1, reversed);
  }

  private static void setBig(byte[] target, int at, int width, BigInteger v) {
    byte[] bytes = v.toByteArray();
    for (int b = 0; b < width; b++) {
      target[at + b] = b < bytes.length ? bytes[bytes.length - 1 - b] : 0;
    }
  }

  private record Width(int width) implements Codec {
    @Override
    public int method() {
      return 0x9A;
    }

    @Override
    public String text() {
      return "GCD";
    }

    @Override
    public boolean isGeneric() {
      return false;
    }

    @Override
    public int encodedSizeMax(int rawLength) {
      return Math.addExact(rawLength, width + 2);
    }

    @Override
    public int encode(byte[] raw, int from, int length, byte[] target, int at) {
      int rest = length % width;
      target[at] = (byte) width;
      target[at + 1] = (byte) rest;
      System.arraycopy(raw, from, target, at + 2, rest);
      int i = from + rest;
      int to = at + 2 + rest;
      if (width <= 8) {
        divide(raw, i, from + length, target, to);
      } else {
        divideBig(raw, i, from + length, target, to);
      }
      return 2 + width + length;
    }

    private void divide(byte[] raw, int from, int end, byte[] target, int to) {
      long divisor = 0;
      for (int i = from; i < end && divisor != 1; i += width) {
        long v = Words.get(raw, i, width);
        while (v != 0) {
          long rest = Long.remainderUnsigned(divisor, v);
          divisor = v;
          v = rest;
        }
      }
      Words.set(target, to, width, divisor);
      for (int i = from; i < end; i += width) {
        to += width;
        long v = Words.get(raw, i, width);
        Words.set(target, to, width, divisor == 0 ? 0 : Long.divideUnsigned(v, divisor));
      }
    }

    private void divideBig(byte[] raw, int from, int end, byte[] target, int to) {
      BigInteger divisor = BigInteger.ZERO;
      for (int i = from; i < end && !divisor.equals(BigInteger.ONE); i += width) {
        divisor = divisor.gcd(big(raw, i, width));
      }
      setBig(target, to, width, divisor);
      for (int i = from; i < end; i += width) {
        to += width;
        BigInteger v = big(raw, i, width);
        setBig(target, to, width, divisor.signum() == 0 ? v : v.divide(divisor));
      }
    }
  }

  @Override
  public void decode(byte[] source, int from, int length, byte[] target, int at, int rawLength) {
    int width = source[from];
    if (width < 1
        || width > 32
        || Integer.bitCount(width) != 1
        || length != rawLength + 2 + width) {
      throw BlockDecoder.corrupted("GCD of " + width + " bytes, " + length + " in all");
    }
    int rest = rawLength % width;
    System.arraycopy(source, from + 2, target, at, rest);
    int i = from + 2 + rest;
    int to = at + rest;
    int end = at + rawLength;
    if (width <= 8) {
      long divisor = Words.get(source, i, width);
      for (; to < end; to += width) {
        i += width;
        Words.set(target, to, width, Words.get(source, i, width) * divisor);
      }
    } else {
      BigInteger divisor = big(source, i, width);
      for (; to < end; to += width) {
        i += width;
        setBig(target, to, width, big(source, i, width).multiply(divisor));
      }
    }
  }
}
