package io.longhouse.column.compress;

import io.longhouse.registry.Register;

/**
 * Differences of differences in few bits.
 *
 * <pre>
 * payload = width:u8  rest:u8  byte * rest  count:u32  first:word  delta:word  change*
 * change  = 0 | 10 sign bits:6 | 110 sign bits:8 | 1110 sign bits:11 | 11110 sign bits:31
 *         | 11111 sign bits:63
 * </pre>
 *
 * The bits hold the magnitude less one, since zero has its own code.
 */
@Register(
    kind = CodecFactory.class,
    name = "DoubleDelta",
    category = "Preparation",
    doc = "Stores changes of the difference between neighbours in few bits; for times.")
@Register(kind = BlockDecoder.class, name = "94")
public final class DoubleDeltaCodec implements CodecFactory, BlockDecoder {
  /** Bits behind the prefix (with the sign), by the number of ones that the prefix begins with. */
  private static final int[] DATA_BITS = {0, 7, 9, 12, 32, 64};

  DoubleDeltaCodec() {}

  @Override
  public Codec create(Arguments arguments) {
    int width = arguments.atMost(1).number(0, 0, 1, 8);
    return new Width(arguments.values().isEmpty() ? arguments.wordBytes() : width);
  }

  private record Width(int width) implements Codec {
    @Override
    public int method() {
      return 0x94;
    }

    @Override
    public String text() {
      return "DoubleDelta";
    }

    @Override
    public boolean isGeneric() {
      return false;
    }

    @Override
    public int encodedSizeMax(int rawLength) {
      int bitsMax = width == 1 ? 12 : width == 2 ? 37 : 69;
      return Math.toIntExact(32 + 3L * width + (long) (rawLength / width) * bitsMax / 8);
    }

    @Override
    public int encode(byte[] raw, int from, int length, byte[] target, int at) {
      int rest = length % width;
      target[at] = (byte) width;
      target[at + 1] = (byte) rest;
      System.arraycopy(raw, from, target, at + 2, rest);
      int to = at + 2 + rest;
      int i = from + rest;
      int end = from + length;
      Words.set(target, to, 4, (end - i) / width);
      to += 4;
      long previous = 0;
      long delta = 0;
      if (i < end) {
        previous = Words.get(raw, i, width);
        Words.set(target, to, width, previous);
        i += width;
        to += width;
      }
      if (i < end) {
        long v = Words.get(raw, i, width);
        delta = v - previous;
        Words.set(target, to, width, delta);
        previous = v;
        i += width;
        to += width;
      }
      var bits = new BitWriter(target, to);
      for (; i < end; i += width) {
        long v = Words.get(raw, i, width);
        writeChange(bits, Words.signed(v - previous - delta, width));
        delta = v - previous;
        previous = v;
      }
      return bits.finish() - at;
    }

    private static void writeChange(BitWriter bits, long change) {
      if (change == 0) {
        bits.write(1, 0);
        return;
      }
      int ones =
          change > -63 && change < 64
              ? 1
              : change > -255 && change < 256
                  ? 2
                  : change > -2047 && change < 2048
                      ? 3
                      : change > Integer.MIN_VALUE && change < Integer.MAX_VALUE ? 4 : 5;
      bits.write(ones == 5 ? 5 : ones + 1, ones == 5 ? 31 : (1L << ones + 1) - 2);
      bits.write(1, change < 0 ? 1 : 0);
      bits.write(DATA_BITS[ones] - 1, Math.abs(change) - 1);
    }
  }

  @Override
  public void decode(byte[] source, int from, int length, byte[] target, int at, int rawLength) {
    int width = Words.checked(source[from], "DoubleDelta");
    int rest = rawLength % width;
    System.arraycopy(source, from + 2, target, at, rest);
    int i = from + 2 + rest;
    int to = at + rest;
    int end = at + rawLength;
    int count = (int) Words.get(source, i, 4);
    if (count != (end - to) / width) {
      throw BlockDecoder.corrupted(
          "DoubleDelta of " + count + " values, expected " + (end - to) / width);
    }
    i += 4;
    if (count == 0) {
      return;
    }
    long v = Words.get(source, i, width);
    Words.set(target, to, width, v);
    i += width;
    to += width;
    if (count == 1) {
      return;
    }
    long delta = Words.get(source, i, width);
    v += delta;
    Words.set(target, to, width, v);
    i += width;
    to += width;
    var bits = new BitReader(source, i, from + length);
    for (; to < end; to += width) {
      delta += readChange(bits);
      v += delta;
      Words.set(target, to, width, v);
    }
  }

  private static long readChange(BitReader bits) {
    if (bits.atEnd()) {
      throw BlockDecoder.corrupted("DoubleDelta bits end too early");
    }
    int ones = Integer.numberOfLeadingZeros(~(bits.peek5() << 27));
    ones = Math.min(ones, 5);
    if (ones == 0) {
      bits.skip(1);
      return 0;
    }
    bits.skip(ones == 5 ? 5 : ones + 1);
    boolean negative = bits.read(1) == 1;
    long change = bits.read(DATA_BITS[ones] - 1) + 1;
    return negative ? -change : change;
  }
}
