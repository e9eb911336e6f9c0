package io.longhouse.column.compress;

import io.longhouse.registry.Register;

/**
 * The bits in which neighbours differ, as in Facebook's Gorilla.
 *
 * <pre>
 * payload = width:u8  rest:u8  byte * rest  count:u32  first:word  change*
 * change  = 0                                                     (equal to the value before)
 *         | 10 bits:(length of the last 11)                       (differs inside the same window)
 *         | 11 leadingZeros:(3..6) length:(4..7) bits:length      (differs inside a new window)
 * </pre>
 *
 * For a width of 1, 2, 4, 8 bytes the length takes 4, 5, 6, 7 bits and the leading zeros one fewer.
 */
@Register(
    kind = CodecFactory.class,
    name = "Gorilla",
    category = "Preparation",
    doc = "Stores the bits that differ between neighbours; for slowly changing numbers.")
@Register(kind = BlockDecoder.class, name = "95")
public final class GorillaCodec implements CodecFactory, BlockDecoder {
  GorillaCodec() {}

  @Override
  public Codec create(Arguments arguments) {
    int width = arguments.atMost(1).number(0, 0, 1, 8);
    return new Width(arguments.values().isEmpty() ? arguments.wordBytes() : width);
  }

  private static int lengthBits(int width) {
    return 4 + Integer.numberOfTrailingZeros(width);
  }

  private record Width(int width) implements Codec {
    @Override
    public int method() {
      return 0x95;
    }

    @Override
    public String text() {
      return "Gorilla(" + width + ")";
    }

    @Override
    public boolean isGeneric() {
      return false;
    }

    @Override
    public int encodedSizeMax(int rawLength) {
      long bitsMax = 2L + 2L * lengthBits(width) + 8L * width;
      return Math.toIntExact(16 + 2L * width + rawLength / width * bitsMax / 8);
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
      if (i == end) {
        return to - at;
      }
      long previous = Words.get(raw, i, width);
      Words.set(target, to, width, previous);
      i += width;
      var bits = new BitWriter(target, to + width);
      int wordBits = 8 * width;
      int lengthBits = lengthBits(width);
      int windowLeading = 0;
      int windowTrailing = 0;
      int windowLength = 0;
      for (; i < end; i += width) {
        long v = Words.get(raw, i, width);
        long x = v ^ previous;
        previous = v;
        if (x == 0) {
          bits.write(1, 0);
          continue;
        }
        int leading = Long.numberOfLeadingZeros(x) - (64 - wordBits);
        int trailing = Long.numberOfTrailingZeros(x);
        if (windowLength != 0 && windowLeading <= leading && windowTrailing <= trailing) {
          bits.write(2, 0b10);
          bits.write(windowLength, x >>> windowTrailing);
        } else {
          windowLeading = leading;
          windowTrailing = trailing;
          windowLength = wordBits - leading - trailing;
          bits.write(2, 0b11);
          bits.write(lengthBits - 1, leading);
          bits.write(lengthBits, windowLength);
          bits.write(windowLength, x >>> trailing);
        }
      }
      return bits.finish() - at;
    }
  }

  @Override
  public void decode(byte[] source, int from, int length, byte[] target, int at, int rawLength) {
    int width = Words.checked(source[from], "Gorilla");
    int rest = rawLength % width;
    System.arraycopy(source, from + 2, target, at, rest);
    int i = from + 2 + rest;
    int to = at + rest;
    int end = at + rawLength;
    int count = (int) Words.get(source, i, 4);
    if (count != (end - to) / width) {
      throw BlockDecoder.corrupted(
          "Gorilla of " + count + " values, expected " + (end - to) / width);
    }
    if (count == 0) {
      return;
    }
    i += 4;
    long v = Words.get(source, i, width);
    Words.set(target, to, width, v);
    var bits = new BitReader(source, i + width, from + length);
    int lengthBits = lengthBits(width);
    int windowLength = 0;
    int windowTrailing = 0;
    for (to += width; to < end; to += width) {
      if (bits.read(1) == 1) {
        if (bits.read(1) == 1) {
          int leading = (int) bits.read(lengthBits - 1);
          windowLength = (int) bits.read(lengthBits);
          windowTrailing = 8 * width - leading - windowLength;
        }
        if (windowLength == 0 || windowTrailing < 0) {
          throw BlockDecoder.corrupted("Gorilla window of " + windowLength + " bits");
        }
        v ^= bits.read(windowLength) << windowTrailing;
      }
      Words.set(target, to, width, v);
    }
  }
}
