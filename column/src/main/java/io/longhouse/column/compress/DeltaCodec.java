package io.longhouse.column.compress;

import io.longhouse.registry.Register;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Differences of neighbouring values.
 *
 * <pre>
 * payload = width:u8  rest:u8  byte * rest  difference:u(8 * width)*
 * </pre>
 *
 * {@code rest} is the raw length modulo the width; so many bytes in front stay as they are.
 */
@Register(
    kind = CodecFactory.class,
    name = "Delta",
    category = "Preparation",
    doc = "Replaces numbers by differences to the number before; the parameter is their width.")
@Register(kind = BlockDecoder.class, name = "92")
public final class DeltaCodec implements CodecFactory, BlockDecoder {
  private static final VarHandle SHORT =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  DeltaCodec() {}

  @Override
  public Codec create(Arguments arguments) {
    int width = arguments.atMost(1).number(0, 0, 1, 8);
    if (arguments.values().isEmpty()) {
      width = arguments.wordBytes();
    } else if (Integer.bitCount(width) != 1) {
      throw new io.longhouse.sql.LonghouseException(
          io.longhouse.sql.ErrorCode.ILLEGAL_CODEC_PARAMETER,
          "Delta value for delta codec can be 1, 2, 4 or 8, given " + width);
    }
    return new Width(width);
  }

  private record Width(int width) implements Codec {
    @Override
    public int method() {
      return 0x92;
    }

    @Override
    public String text() {
      return "Delta(" + width + ")";
    }

    @Override
    public boolean isGeneric() {
      return false;
    }

    @Override
    public int encodedSizeMax(int rawLength) {
      return Math.addExact(rawLength, 2);
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
      switch (width) {
        case 1 -> {
          byte previous = 0;
          for (; i < end; i++, to++) {
            target[to] = (byte) (raw[i] - previous);
            previous = raw[i];
          }
        }
        case 2 -> {
          short previous = 0;
          for (; i < end; i += 2, to += 2) {
            short v = (short) SHORT.get(raw, i);
            SHORT.set(target, to, (short) (v - previous));
            previous = v;
          }
        }
        case 4 -> {
          int previous = 0;
          for (; i < end; i += 4, to += 4) {
            int v = (int) INT.get(raw, i);
            INT.set(target, to, v - previous);
            previous = v;
          }
        }
        default -> {
          long previous = 0;
          for (; i < end; i += 8, to += 8) {
            long v = (long) LONG.get(raw, i);
            LONG.set(target, to, v - previous);
            previous = v;
          }
        }
      }
      return length + 2;
    }
  }

  @Override
  public void decode(byte[] source, int from, int length, byte[] target, int at, int rawLength) {
    if (length != rawLength + 2) {
      throw BlockDecoder.corrupted(
          "a Delta block of " + length + " bytes was announced with " + rawLength);
    }
    int width = source[from];
    if (width != 1 && width != 2 && width != 4 && width != 8) {
      throw BlockDecoder.corrupted("Delta of " + width + " bytes");
    }
    int rest = rawLength % width;
    System.arraycopy(source, from + 2, target, at, rest);
    int i = from + 2 + rest;
    int to = at + rest;
    int end = at + rawLength;
    switch (width) {
      case 1 -> {
        byte v = 0;
        for (; to < end; to++, i++) {
          v += source[i];
          target[to] = v;
        }
      }
      case 2 -> {
        short v = 0;
        for (; to < end; to += 2, i += 2) {
          v += (short) SHORT.get(source, i);
          SHORT.set(target, to, v);
        }
      }
      case 4 -> {
        int v = 0;
        for (; to < end; to += 4, i += 4) {
          v += (int) INT.get(source, i);
          INT.set(target, to, v);
        }
      }
      default -> {
        long v = 0;
        for (; to < end; to += 8, i += 8) {
          v += (long) LONG.get(source, i);
          LONG.set(target, to, v);
        }
      }
    }
  }
}
