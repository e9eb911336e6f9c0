package io.longhouse.column.compress;

import io.longhouse.column.BlockSource;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.jspecify.annotations.Nullable;

/**
 * Frames of a file, from any frame on. A file that is mapped is hashed and decoded where it is. Of
 * others it reads ahead in pieces of {@code readAheadBytes} but not behind the end that {@link
 * #seek} is told. For one thread at a time.
 */
public final class CompressedFile implements BlockSource {
  private static final int HEAD = CompressedFrame.CHECKSUM_BYTES + CompressedFrame.HEADER_BYTES;

  private final RandomAccessBytes file;
  private final int readAheadBytes;
  private final @Nullable MemorySegment mapped;
  private final byte[] head = new byte[HEAD];
  private final long[] scratch = new long[2];
  private long position;
  private long end;
  private byte[] window = new byte[0];
  private long windowStart;
  private int windowLength;
  private byte[] block = new byte[0];
  private int length;
  private long blockStart = -1;
  private long blockEnd;
  private int from;
  private int skip;

  public CompressedFile(RandomAccessBytes file, int readAheadBytes) {
    this.file = file;
    this.mapped = file.mapped();
    this.readAheadBytes = readAheadBytes;
    this.end = file.size();
  }

  /**
   * Goes on with byte {@code offsetInBlock} of the block whose frame begins at {@code offset}.
   *
   * @param readEnd no frame behind this place will be asked for, so nothing is read ahead beyond it
   */
  public void seek(long offset, int offsetInBlock, long readEnd) {
    if (offset > file.size()) {
      throw new LonghouseException(
          ErrorCode.CANNOT_READ_ALL_DATA,
          "A mark leads to offset " + offset + " of " + file.name() + ", which has " + file.size());
    }
    end = Math.min(file.size(), Math.max(offset, readEnd));
    position = offset;
    skip = offsetInBlock;
  }

  /** Allows to read ahead up to that place, when one goes on without {@link #seek}. */
  public void readEnd(long offset) {
    end = Math.min(file.size(), Math.max(position, offset));
  }

  @Override
  public boolean next() {
    while (position < file.size()) {
      if (position != blockStart) {
        decodeBlock();
      }
      position = blockEnd;
      from = skip;
      skip = 0;
      if (from < length) {
        return true;
      }
      if (from > length) {
        throw new LonghouseException(
            ErrorCode.CANNOT_READ_ALL_DATA,
            "A mark leads to byte " + from + " of a block of " + length + " in " + file.name());
      }
    }
    from = 0;
    length = 0;
    blockStart = -1;
    return false;
  }

  private void decodeBlock() {
    int size = load();
    int raw = rawSize();
    if (block.length < raw) {
      block = new byte[raw];
    }
    blockStart = -1;
    decode(size, MemorySegment.ofArray(block), 0, raw);
    length = raw;
    blockStart = position;
    blockEnd = position + CompressedFrame.CHECKSUM_BYTES + size;
  }

  private int rawSize() {
    return CompressedFrame.announcedRawSize(
        head, CompressedFrame.CHECKSUM_BYTES, file.name(), position);
  }

  /** Decodes the frame that was loaded. */
  private void decode(int size, MemorySegment target, long to, int raw) {
    if (mapped != null) {
      CompressedFrame.decode(head, mapped, size, target, to, raw, file.name(), position);
    } else {
      int at = (int) (position - windowStart) + CompressedFrame.CHECKSUM_BYTES;
      CompressedFrame.decode(window, at, size, target, to, raw, file.name(), position);
    }
  }

  @Override
  public long decodeInto(MemorySegment target, long to, long wanted) {
    long done = 0;
    // A place inside a block, or the block decoded last, is dealt with by next().
    while (skip == 0 && done < wanted && position < file.size() && position != blockStart) {
      int size = load();
      int raw = rawSize();
      if (raw > wanted - done) {
        break;
      }
      decode(size, target, to + done, raw);
      position += CompressedFrame.CHECKSUM_BYTES + size;
      done += raw;
    }
    return done;
  }

  /** Verifies the frame at {@link #position}, in the window or where it is; answers its size. */
  private int load() {
    MemorySegment m = mapped;
    if (m != null) {
      checkHas(HEAD);
      MemorySegment.copy(m, ValueLayout.JAVA_BYTE, position, head, 0, HEAD);
    } else {
      ensure(HEAD);
      System.arraycopy(window, (int) (position - windowStart), head, 0, HEAD);
    }
    int size =
        CompressedFrame.announcedSize(head, CompressedFrame.CHECKSUM_BYTES, file.name(), position);
    if (position + CompressedFrame.CHECKSUM_BYTES + size > file.size()) {
      throw new LonghouseException(
          ErrorCode.CANNOT_READ_ALL_DATA,
          "A compressed block of "
              + size
              + " bytes leads out of "
              + file.name()
              + " at offset "
              + position);
    }
    if (m != null) {
      CompressedFrame.verify(head, m, size, file.name(), position, scratch);
    } else {
      ensure(CompressedFrame.CHECKSUM_BYTES + size);
      CompressedFrame.verify(
          window, (int) (position - windowStart), size, file.name(), position, scratch);
    }
    return size;
  }

  private void checkHas(int count) {
    long left = file.size() - position;
    if (left < count) {
      throw new LonghouseException(
          ErrorCode.CANNOT_READ_ALL_DATA,
          "Cannot read "
              + count
              + " bytes of "
              + file.name()
              + " at offset "
              + position
              + ", the file ends after "
              + left);
    }
  }

  /** Makes the window hold {@code count} bytes from {@link #position} on. */
  private void ensure(int count) {
    if (position >= windowStart && position + count <= windowStart + windowLength) {
      return;
    }
    checkHas(count);
    long left = file.size() - position;
    long ahead = Math.max(count, Math.min(readAheadBytes, end - position));
    int wanted = (int) Math.min(left, ahead);
    int kept = 0;
    if (position >= windowStart && position < windowStart + windowLength) {
      int at = (int) (position - windowStart);
      kept = windowLength - at;
      if (window.length < wanted) {
        byte[] larger = new byte[wanted];
        System.arraycopy(window, at, larger, 0, kept);
        window = larger;
      } else {
        System.arraycopy(window, at, window, 0, kept);
      }
    } else if (window.length < wanted) {
      window = new byte[wanted];
    }
    windowStart = position;
    windowLength = kept;
    file.read(position + kept, window, kept, wanted - kept);
    windowLength = wanted;
  }

  @Override
  public byte[] bytes() {
    return block;
  }

  @Override
  public int from() {
    return from;
  }

  @Override
  public int length() {
    return length - from;
  }
}
