package io.longhouse.column.compress;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Collects bytes and writes them as frames. A block is closed when it has reached {@code
 * blockBytesMax} and more is to come, or by {@link #closeBlock}. For one thread at a time.
 */
public final class CompressedOutput extends OutputStream {
  /** ClickHouse's {@code max_compress_block_size}. */
  public static final int BLOCK_BYTES_MAX = 1 << 20;

  private static final int BLOCK_BYTES_FIRST = 1 << 14;

  private final OutputStream sink;
  private final int blockBytesMax;
  private final long[] scratch = new long[2];
  private Codec codec;
  private byte[] block;
  private int filled;
  private byte[] frame = new byte[0];
  private long written;
  private long raw;
  private @Nullable PieceHash rawHash;

  public CompressedOutput(OutputStream sink, Codec codec, int blockBytesMax) {
    this.sink = sink;
    this.codec = codec;
    this.blockBytesMax = blockBytesMax;
    this.block = new byte[Math.min(blockBytesMax, BLOCK_BYTES_FIRST)];
  }

  public CompressedOutput(OutputStream sink, Codec codec) {
    this(sink, codec, BLOCK_BYTES_MAX);
  }

  /** Feeds the bytes of blocks closed from now on to {@code hash}, before they are encoded. */
  public void hashRawBytes(PieceHash hash) {
    rawHash = hash;
  }

  /** Bytes of whole frames written so far: where the block that is open will begin. */
  public long compressedBytes() {
    return written;
  }

  /** Bytes in the block that is open. */
  public int blockBytes() {
    return filled;
  }

  /** All bytes taken, those in the open block included. */
  public long rawBytes() {
    return raw;
  }

  /** Closes the open block if it is full. */
  public void closeFullBlock() throws IOException {
    if (filled >= blockBytesMax) {
      closeBlock();
    }
  }

  /** Uses another codec from the next block on; the open one is closed. */
  public void codec(Codec next) throws IOException {
    if (!next.equals(codec)) {
      closeBlock();
      codec = next;
    }
  }

  /** Writes what is in the open block as a frame; nothing if it is empty. */
  public void closeBlock() throws IOException {
    if (filled == 0) {
      return;
    }
    if (rawHash != null) {
      rawHash.update(block, 0, filled);
    }
    int needed = CompressedFrame.encodedSizeMax(codec, filled);
    if (frame.length < needed) {
      frame = new byte[needed];
    }
    int size = CompressedFrame.encode(codec, block, 0, filled, frame, 0, scratch);
    sink.write(frame, 0, size);
    written += size;
    filled = 0;
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] source, int from, int length) throws IOException {
    raw += length;
    while (length > 0) {
      if (filled == block.length) {
        if (filled >= blockBytesMax) {
          closeBlock();
        } else {
          block = Arrays.copyOf(block, Math.min(blockBytesMax, block.length * 4));
        }
      }
      int n = Math.min(length, block.length - filled);
      System.arraycopy(source, from, block, filled, n);
      filled += n;
      from += n;
      length -= n;
    }
  }

  /** Closes the open block and flushes the stream behind. */
  @Override
  public void flush() throws IOException {
    closeBlock();
    sink.flush();
  }

  /** Closes the open block, then the stream behind. */
  @Override
  public void close() throws IOException {
    try (sink) {
      closeBlock();
    }
  }
}
