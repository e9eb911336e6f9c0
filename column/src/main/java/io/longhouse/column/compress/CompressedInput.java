package io.longhouse.column.compress;

import io.longhouse.column.BlockSource;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/**
 * Frames from a stream, as a client sends them. Use it behind a {@code ByteReader}. The end of the
 * stream is the end of the data only between frames. Memory for a frame grows with the bytes that
 * really arrive.
 */
public final class CompressedInput implements BlockSource {
  private static final int STEP = 1 << 20;

  private final InputStream source;
  private final String where;
  private final long[] scratch = new long[2];
  private byte[] frame = new byte[4096];
  private byte[] block = new byte[0];
  private int length;
  private int size;
  private long offset;
  private boolean pending;

  /**
   * @param where what the bytes come from, for messages
   */
  public CompressedInput(InputStream source, String where) {
    this.source = source;
    this.where = where;
  }

  @Override
  public boolean next() {
    if (!pending && !readFrame()) {
      return false;
    }
    pending = false;
    int at = CompressedFrame.CHECKSUM_BYTES;
    length = CompressedFrame.announcedRawSize(frame, at, where, offset);
    if (block.length < length) {
      block = new byte[length];
    }
    CompressedFrame.decode(frame, at, size, block, 0, length, where, offset);
    offset += size + (long) at;
    return true;
  }

  @Override
  public long decodeInto(MemorySegment target, long to, long wanted) {
    long done = 0;
    while (done < wanted && (pending || readFrame())) {
      pending = true;
      int at = CompressedFrame.CHECKSUM_BYTES;
      int raw = CompressedFrame.announcedRawSize(frame, at, where, offset);
      if (raw > wanted - done) {
        break;
      }
      CompressedFrame.decode(frame, at, size, target, to + done, raw, where, offset);
      pending = false;
      offset += size + (long) at;
      done += raw;
    }
    return done;
  }

  private boolean readFrame() {
    try {
      int head = CompressedFrame.CHECKSUM_BYTES + CompressedFrame.HEADER_BYTES;
      int got = source.readNBytes(frame, 0, head);
      if (got == 0) {
        return false;
      }
      if (got < head) {
        throw endOfData(got, head);
      }
      size = CompressedFrame.announcedSize(frame, CompressedFrame.CHECKSUM_BYTES, where, offset);
      int total = CompressedFrame.CHECKSUM_BYTES + size;
      while (got < total) {
        if (got == frame.length) {
          frame = Arrays.copyOf(frame, Math.min(total, Math.max(STEP, frame.length * 2)));
        }
        int n = source.readNBytes(frame, got, Math.min(total, frame.length) - got);
        if (n == 0) {
          throw endOfData(got, total);
        }
        got += n;
      }
      CompressedFrame.verify(frame, 0, size, where, offset, scratch);
      return true;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private LonghouseException endOfData(int got, int wanted) {
    return new LonghouseException(
        ErrorCode.ATTEMPT_TO_READ_AFTER_EOF,
        "A compressed block ends after "
            + got
            + " of "
            + wanted
            + " bytes: (while reading from "
            + where
            + " at offset "
            + offset
            + ")");
  }

  @Override
  public byte[] bytes() {
    return block;
  }

  @Override
  public int from() {
    return 0;
  }

  @Override
  public int length() {
    return length;
  }
}
