package io.longhouse.column;

import io.longhouse.sql.ByteText;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Reads bytes from an array, or from a stream through a buffer. Numbers are little-endian. Reading
 * behind the end throws ATTEMPT_TO_READ_AFTER_EOF (32).
 *
 * <p>Parsers that scan the buffer directly use {@link #buffer}, {@link #position} and {@link
 * #limit} and call {@link #refill} for more.
 */
public final class ByteReader {
  private static final VarHandle SHORT =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private byte[] buffer;
  private int position;
  private int limit;
  private long discarded;
  private int mark = -1;
  private final @Nullable InputStream source;
  private final @Nullable BlockSource blocks;

  public ByteReader(byte[] bytes) {
    this(bytes, 0, bytes.length);
  }

  public ByteReader(byte[] bytes, int from, int length) {
    this.buffer = bytes;
    this.position = from;
    this.limit = from + length;
    this.discarded = -from;
    this.source = null;
    this.blocks = null;
  }

  public ByteReader(InputStream source, int capacity) {
    this.buffer = new byte[Math.max(64, capacity)];
    this.source = source;
    this.blocks = null;
  }

  /** Reads blocks in place: the buffer is the decoded block itself. */
  public ByteReader(BlockSource blocks) {
    this.buffer = new byte[0];
    this.source = null;
    this.blocks = blocks;
  }

  /** Points a reader over an array at other bytes, so that one object serves many values. */
  public void reset(byte[] bytes, int from, int length) {
    this.buffer = bytes;
    this.position = from;
    this.limit = from + length;
    this.discarded = -from;
  }

  public byte[] buffer() {
    return buffer;
  }

  /** Index into {@link #buffer} of the next byte. */
  public int position() {
    return position;
  }

  public void position(int to) {
    position = to;
  }

  /** Index into {@link #buffer} behind the last byte at hand. */
  public int limit() {
    return limit;
  }

  /** Bytes consumed since the start. */
  public long count() {
    return discarded + position;
  }

  /** From now on the bytes behind this place are kept, so that {@link #rewind} can go back. */
  public void mark() {
    mark = position;
  }

  /** Goes back to the {@link #mark}, which stays. */
  public void rewind() {
    position = mark;
  }

  /** Lets go of the mark. */
  public void unmark() {
    mark = -1;
  }

  /** Where the mark is in {@link #buffer}. */
  public int marked() {
    return mark;
  }

  /**
   * Reads more from the stream, keeping the unread bytes (which may move to another place of the
   * buffer). Answers whether there is at least one more byte than before.
   */
  public boolean refill() {
    if (blocks != null) {
      return refillFromBlocks(blocks);
    }
    if (source == null) {
      return false;
    }
    int keep = mark >= 0 ? mark : position;
    if (keep > 0 && (keep == limit || limit == buffer.length)) {
      System.arraycopy(buffer, keep, buffer, 0, limit - keep);
      discarded += keep;
      limit -= keep;
      position -= keep;
      mark = mark >= 0 ? 0 : -1;
    }
    if (limit == buffer.length) {
      buffer = Arrays.copyOf(buffer, Math.multiplyExact(buffer.length, 2));
    }
    try {
      int n = source.read(buffer, limit, buffer.length - limit);
      if (n <= 0) {
        return false;
      }
      limit += n;
      return true;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The next block becomes the buffer; unread bytes are put in front of a copy of it. */
  private boolean refillFromBlocks(BlockSource from) {
    int rest = limit - position;
    if (rest == 0) {
      if (!from.next()) {
        return false;
      }
      discarded += position - from.from();
      buffer = from.bytes();
      position = from.from();
      limit = position + from.length();
      return true;
    }
    byte[] kept = Arrays.copyOfRange(buffer, position, limit);
    if (!from.next()) {
      return false;
    }
    byte[] joined = new byte[Math.addExact(rest, from.length())];
    System.arraycopy(kept, 0, joined, 0, rest);
    System.arraycopy(from.bytes(), from.from(), joined, rest, from.length());
    discarded += position;
    buffer = joined;
    position = 0;
    limit = joined.length;
    return true;
  }

  /** Forgets the bytes at hand, after the source behind was put to another place. */
  public void discardBuffered() {
    discarded += position;
    position = 0;
    limit = 0;
    buffer = new byte[0];
  }

  /** Whether at least {@code count} bytes can be had; reads more if needed. */
  public boolean has(int count) {
    while (limit - position < count) {
      if (!refill()) {
        return false;
      }
    }
    return true;
  }

  public boolean atEnd() {
    return position == limit && !has(1);
  }

  /** The next byte without consuming it, or -1 at the end. */
  public int peek() {
    return position < limit || has(1) ? buffer[position] & 0xFF : -1;
  }

  /** The byte {@code ahead} places further on, or -1. */
  public int peek(int ahead) {
    return has(ahead + 1) ? buffer[position + ahead] & 0xFF : -1;
  }

  /** Consumes and answers the next byte, or -1 at the end. */
  public int next() {
    return position < limit || has(1) ? buffer[position++] & 0xFF : -1;
  }

  /** Consumes the next byte if it is {@code b}. */
  public boolean accept(int b) {
    if (peek() == b) {
      position++;
      return true;
    }
    return false;
  }

  public void skip(long count) {
    while (count > limit - position) {
      count -= limit - position;
      position = limit;
      if (!refill()) {
        throw endOfData();
      }
    }
    position += (int) count;
  }

  private void need(int count) {
    if (limit - position < count && !has(count)) {
      throw endOfData();
    }
  }

  private LonghouseException endOfData() {
    return new LonghouseException(
        ErrorCode.ATTEMPT_TO_READ_AFTER_EOF, "Attempt to read after eof at byte " + count());
  }

  public byte readByte() {
    need(1);
    return buffer[position++];
  }

  public int readUnsignedByte() {
    return readByte() & 0xFF;
  }

  public short readShort() {
    need(2);
    short v = (short) SHORT.get(buffer, position);
    position += 2;
    return v;
  }

  public int readInt() {
    need(4);
    int v = (int) INT.get(buffer, position);
    position += 4;
    return v;
  }

  public long readLong() {
    need(8);
    long v = (long) LONG.get(buffer, position);
    position += 8;
    return v;
  }

  public float readFloat() {
    return Float.intBitsToFloat(readInt());
  }

  public double readDouble() {
    return Double.longBitsToDouble(readLong());
  }

  public void readFully(byte[] target, int from, int length) {
    int n = Math.min(length, limit - position);
    System.arraycopy(buffer, position, target, from, n);
    position += n;
    from += n;
    length -= n;
    if (length == 0) {
      return;
    }
    if (blocks != null) {
      readFully(MemorySegment.ofArray(target), from, length);
      return;
    }
    if (source == null) {
      throw endOfData();
    }
    try {
      while (length > 0) {
        int got = source.read(target, from, length);
        if (got <= 0) {
          throw endOfData();
        }
        discarded += got;
        from += got;
        length -= got;
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Fills bytes {@code [at, at + length)} of a segment, usually one over a primitive array. Blocks
   * that are wanted whole are decoded there without a copy between.
   */
  public void readFully(MemorySegment target, long at, long length) {
    while (length > 0) {
      long n = Math.min(length, limit - position);
      if (n > 0) {
        MemorySegment.copy(buffer, position, target, ValueLayout.JAVA_BYTE, at, (int) n);
        position += (int) n;
      } else {
        n = blocks == null ? 0 : blocks.decodeInto(target, at, length);
        discarded += n;
        if (n == 0 && !refill()) {
          throw endOfData();
        }
      }
      at += n;
      length -= n;
    }
  }

  /** Whether announced lengths must be doubted: the bytes come from a stream of another's. */
  public boolean isStream() {
    return source != null;
  }

  /**
   * Reads {@code length} bytes; memory grows with what really arrives, not with what is announced.
   */
  public byte[] readBytes(int length) {
    if (source == null && blocks == null || length <= (blocks == null ? 1 << 20 : 1 << 26)) {
      if (source == null && blocks == null) {
        need(length);
      }
      byte[] out = new byte[length];
      readFully(out, 0, length);
      return out;
    }
    byte[] out = new byte[1 << 20];
    int got = 0;
    while (got < length) {
      if (got == out.length) {
        out = Arrays.copyOf(out, (int) Math.min(length, out.length * 2L));
      }
      int step = Math.min(out.length, length) - got;
      readFully(out, got, step);
      got += step;
    }
    return out.length == length ? out : Arrays.copyOf(out, length);
  }

  /** An unsigned LEB128 number of at most 64 bits. */
  public long readVarUInt() {
    long v = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      byte b = readByte();
      v |= (long) (b & 0x7F) << shift;
      if (b >= 0) {
        return v;
      }
    }
    throw new LonghouseException(
        ErrorCode.INCORRECT_DATA, "A variable-length number does not end at byte " + count());
  }

  /**
   * A LEB128 number that must not be larger than {@code max}.
   *
   * @throws LonghouseException TOO_LARGE_STRING_SIZE (131) naming {@code what}
   */
  public int readLength(int max, String what) {
    long v = readVarUInt();
    if (v < 0 || v > max) {
      throw new LonghouseException(
          ErrorCode.TOO_LARGE_STRING_SIZE,
          "Too large " + what + ": " + Long.toUnsignedString(v) + ", the limit is " + max);
    }
    return (int) v;
  }

  /** Length as LEB128, then that many bytes, of which there may be at most {@code max}. */
  public byte[] readString(int max) {
    return readBytes(readLength(max, "string size"));
  }

  /** Length as LEB128, then text in UTF-8; invalid bytes as {@code ByteText} keeps them. */
  public String readText(int max) {
    return ByteText.decode(readString(max));
  }
}
