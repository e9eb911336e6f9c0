package io.longhouse.column;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A growing array of bytes, or a buffer in front of a stream when made with one. Numbers are
 * little-endian.
 */
public final class ByteWriter {
  private static final VarHandle SHORT =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final byte[] DIGIT_TENS = new byte[100];
  private static final byte[] DIGIT_ONES = new byte[100];
  private static final long[] POWERS_OF_TEN = new long[19];

  static {
    POWERS_OF_TEN[0] = 1;
    for (int i = 1; i < POWERS_OF_TEN.length; i++) {
      POWERS_OF_TEN[i] = POWERS_OF_TEN[i - 1] * 10;
    }
    for (int i = 0; i < 100; i++) {
      DIGIT_TENS[i] = (byte) ('0' + i / 10);
      DIGIT_ONES[i] = (byte) ('0' + i % 10);
    }
  }

  private byte[] buffer;
  private int position;
  private long flushed;
  private final @Nullable OutputStream sink;

  /** Grows without bound in memory. */
  public ByteWriter(int capacity) {
    this.buffer = new byte[Math.max(16, capacity)];
    this.sink = null;
  }

  /**
   * Hands full buffers of {@code capacity} bytes to {@code sink}; {@link #flush} hands on the rest.
   */
  public ByteWriter(OutputStream sink, int capacity) {
    this.buffer = new byte[Math.max(64, capacity)];
    this.sink = sink;
  }

  /** The bytes since the last flush; valid until the next write. */
  public byte[] buffer() {
    return buffer;
  }

  /** Number of valid bytes in {@link #buffer}. */
  public int position() {
    return position;
  }

  /** Bytes written since the start, those already handed on included. */
  public long count() {
    return flushed + position;
  }

  /** Forgets what is in the buffer. */
  public void reset() {
    position = 0;
  }

  /** Takes back what was written behind {@code to}, which must still be in the buffer. */
  public void truncate(int to) {
    position = to;
  }

  public byte[] toByteArray() {
    return Arrays.copyOf(buffer, position);
  }

  /** The content decoded as UTF-8, for messages and tests. */
  @Override
  public String toString() {
    return new String(buffer, 0, position, StandardCharsets.UTF_8);
  }

  /** Makes room for {@code length} bytes that the caller then writes into {@link #buffer}. */
  public int reserve(int length) {
    if (length > buffer.length - position) {
      grow(length);
    }
    return position;
  }

  /** Ends a {@link #reserve}: {@code length} bytes were written. */
  public void advance(int length) {
    position += length;
  }

  private void grow(int length) {
    if (sink != null) {
      flushBuffer();
      if (length <= buffer.length) {
        return;
      }
    }
    buffer = Arrays.copyOf(buffer, Capacity.grown(buffer.length, (long) position + length, 1));
  }

  private void flushBuffer() {
    if (sink == null || position == 0) {
      return;
    }
    try {
      sink.write(buffer, 0, position);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    flushed += position;
    position = 0;
  }

  /** Hands everything to the stream and flushes it. */
  public void flush() {
    if (sink == null) {
      return;
    }
    flushBuffer();
    try {
      sink.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public void writeByte(int b) {
    if (position == buffer.length) {
      grow(1);
    }
    buffer[position++] = (byte) b;
  }

  public void writeShort(int v) {
    reserve(2);
    SHORT.set(buffer, position, (short) v);
    position += 2;
  }

  public void writeInt(int v) {
    reserve(4);
    INT.set(buffer, position, v);
    position += 4;
  }

  public void writeLong(long v) {
    reserve(8);
    LONG.set(buffer, position, v);
    position += 8;
  }

  public void writeFloat(float v) {
    writeInt(Float.floatToRawIntBits(v));
  }

  public void writeDouble(double v) {
    writeLong(Double.doubleToRawLongBits(v));
  }

  public void writeBytes(byte[] source, int from, int length) {
    if (sink != null && length >= buffer.length) {
      flushBuffer();
      try {
        sink.write(source, from, length);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      flushed += length;
      return;
    }
    reserve(length);
    System.arraycopy(source, from, buffer, position, length);
    position += length;
  }

  public void writeBytes(byte[] source) {
    writeBytes(source, 0, source.length);
  }

  /**
   * Writes bytes {@code [from, from + length)} of a segment, usually one over a primitive array.
   */
  public void writeSegment(MemorySegment source, long from, long length) {
    while (length > 0) {
      int room = buffer.length - position;
      if (room < length) {
        room = sink == null || room == 0 ? reserveSome(length) : room;
      }
      int n = (int) Math.min(length, room);
      MemorySegment.copy(source, ValueLayout.JAVA_BYTE, from, buffer, position, n);
      position += n;
      from += n;
      length -= n;
    }
  }

  private int reserveSome(long length) {
    reserve(sink == null ? Math.toIntExact(length) : (int) Math.min(length, buffer.length));
    return buffer.length - position;
  }

  public void writeZeros(int count) {
    reserve(count);
    Arrays.fill(buffer, position, position + count, (byte) 0);
    position += count;
  }

  /** An unsigned LEB128 number. */
  public void writeVarUInt(long v) {
    reserve(10);
    while ((v & ~0x7FL) != 0) {
      buffer[position++] = (byte) (v | 0x80);
      v >>>= 7;
    }
    buffer[position++] = (byte) v;
  }

  /** Length as LEB128, then the bytes. */
  public void writeString(byte[] value) {
    writeVarUInt(value.length);
    writeBytes(value);
  }

  /** Length as LEB128, then the text in UTF-8 ({@code ByteText} escapes become their bytes). */
  public void writeString(String value) {
    writeString(io.longhouse.sql.ByteText.encode(value));
  }

  /** Text whose characters are all ASCII. */
  public void writeAscii(String text) {
    int n = text.length();
    reserve(n);
    for (int i = 0; i < n; i++) {
      buffer[position + i] = (byte) text.charAt(i);
    }
    position += n;
  }

  /** Text in UTF-8 ({@code ByteText} escapes become their bytes). */
  public void writeText(String text) {
    writeBytes(io.longhouse.sql.ByteText.encode(text));
  }

  /** A signed number in decimal digits. */
  public void writeDecimal(long v) {
    if (v < 0) {
      writeByte('-');
      writeUnsignedDecimal(-v);
    } else {
      writeUnsignedDecimal(v);
    }
  }

  /** How many decimal digits a number that is not negative has. */
  public static int decimalLength(long v) {
    // 1233 / 4096 is a little more than log10(2): the estimate is right or one too small.
    int guess = (64 - Long.numberOfLeadingZeros(v | 1)) * 1233 >> 12;
    return guess >= 19 || v < POWERS_OF_TEN[guess] ? Math.max(1, guess) : guess + 1;
  }

  /** An unsigned 64-bit number in decimal digits. */
  public void writeUnsignedDecimal(long v) {
    reserve(20);
    if (v < 0) {
      long q = Long.divideUnsigned(v, 10_000_000_000L);
      writeUnsignedDecimal(q);
      long rest = v - q * 10_000_000_000L;
      for (long p = 1_000_000_000L; p > 0; p /= 10) {
        writeByte('0' + (int) (rest / p % 10));
      }
      return;
    }
    int digits = decimalLength(v);
    int at = position + digits;
    position = at;
    while (v >= 100) {
      long q = v / 100;
      int r = (int) (v - q * 100);
      buffer[--at] = DIGIT_ONES[r];
      buffer[--at] = DIGIT_TENS[r];
      v = q;
    }
    if (v >= 10) {
      buffer[--at] = DIGIT_ONES[(int) v];
      buffer[--at] = DIGIT_TENS[(int) v];
    } else {
      buffer[--at] = (byte) ('0' + v);
    }
  }

  /** {@code v} in exactly {@code digits} decimal digits, zeros in front; 0 <= v < 10^digits. */
  public void writePadded(int v, int digits) {
    reserve(digits);
    for (int i = digits - 1; i >= 0; i--) {
      buffer[position + i] = (byte) ('0' + v % 10);
      v /= 10;
    }
    position += digits;
  }
}
