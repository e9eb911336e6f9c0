package io.longhouse.column.compress;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/**
 * The LZ4 frame format, of {@code Content-Encoding: lz4} and files ending in {@code .lz4}.
 *
 * <pre>
 * frame: magic 04 22 4D 18, flags, block size code, [content size: 8], [dictionary: 4], check byte,
 *        block*, 00 00 00 00, [content checksum: 4]
 * block: size: 4 (top bit: not compressed), data, [checksum: 4]
 * flags: 01 version, block independence, block checksums, content size, content checksum, 0, dictionary
 * </pre>
 */
public final class Lz4Frames {
  private static final int MAGIC = 0x184D2204;
  private static final int SKIPPABLE = 0x184D2A50;
  private static final int WINDOW = 1 << 16;

  private Lz4Frames() {}

  /** Writes frames of independent blocks without checksums. */
  public static final class Output extends OutputStream {
    private static final int BLOCK_BYTES = 1 << 16;
    private static final int FLAGS = 0x60;
    private static final int SIZE_CODE = 0x40;

    private final OutputStream out;
    private final byte[] block = new byte[BLOCK_BYTES];
    private final byte[] encoded = new byte[Lz4Codec.INSTANCE.encodedSizeMax(BLOCK_BYTES)];
    private int count;
    private boolean started;
    private boolean closed;

    public Output(OutputStream out) {
      this.out = out;
    }

    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] source, int from, int length) throws IOException {
      while (length > 0) {
        int n = Math.min(length, BLOCK_BYTES - count);
        System.arraycopy(source, from, block, count, n);
        count += n;
        from += n;
        length -= n;
        if (count == BLOCK_BYTES) {
          writeBlock();
        }
      }
    }

    private void start() throws IOException {
      if (!started) {
        started = true;
        writeInt(MAGIC);
        out.write(FLAGS);
        out.write(SIZE_CODE);
        out.write(xxh32(FLAGS, SIZE_CODE) >>> 8 & 0xFF);
      }
    }

    private void writeBlock() throws IOException {
      start();
      if (count == 0) {
        return;
      }
      int n = Lz4Codec.INSTANCE.encode(block, 0, count, encoded, 0);
      if (n < count) {
        writeInt(n);
        out.write(encoded, 0, n);
      } else {
        writeInt(count | 0x80000000);
        out.write(block, 0, count);
      }
      count = 0;
    }

    private void writeInt(int v) throws IOException {
      out.write(new byte[] {(byte) v, (byte) (v >> 8), (byte) (v >> 16), (byte) (v >> 24)});
    }

    @Override
    public void flush() throws IOException {
      writeBlock();
      out.flush();
    }

    @Override
    public void close() throws IOException {
      if (closed) {
        return;
      }
      closed = true;
      try (out) {
        writeBlock();
        writeInt(0);
      }
    }
  }

  /** XXH32 with seed 0 of two bytes. */
  private static int xxh32(int first, int second) {
    int p1 = 0x9E3779B1;
    int p5 = 0x165667B1;
    int h = p5 + 2;
    h = Integer.rotateLeft(h + first * p5, 11) * p1;
    h = Integer.rotateLeft(h + second * p5, 11) * p1;
    h = (h ^ h >>> 15) * 0x85EBCA77;
    h = (h ^ h >>> 13) * 0xC2B2AE3D;
    return h ^ h >>> 16;
  }

  /** Reads frames, linked blocks included; checksums are skipped. */
  public static final class Input extends InputStream {
    private final InputStream in;
    private byte[] window = new byte[0];
    private byte[] packed = new byte[0];
    private int start;
    private int end;
    private int blockBytesMax;
    private boolean blockChecksums;
    private boolean contentChecksum;
    private boolean inFrame;

    public Input(InputStream in) {
      this.in = in;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] target, int from, int length) throws IOException {
      while (start == end) {
        if (!inFrame && !nextFrame()) {
          return -1;
        }
        nextBlock();
      }
      int n = Math.min(length, end - start);
      System.arraycopy(window, start, target, from, n);
      start += n;
      return n;
    }

    private boolean nextFrame() throws IOException {
      int first = in.read();
      if (first < 0) {
        return false;
      }
      int magic = first | need() << 8 | need() << 16 | need() << 24;
      if ((magic & 0xFFFFFFF0) == SKIPPABLE) {
        in.skipNBytes(readInt() & 0xFFFFFFFFL);
        return nextFrame();
      }
      if (magic != MAGIC) {
        throw new IOException("not an LZ4 frame");
      }
      int flags = need();
      int code = need() >> 4 & 7;
      if (flags >> 6 != 1 || code < 4) {
        throw new IOException("unknown version or block size of an LZ4 frame");
      }
      blockBytesMax = 1 << (8 + 2 * code);
      blockChecksums = (flags & 0x10) != 0;
      contentChecksum = (flags & 0x04) != 0;
      in.skipNBytes(((flags & 0x08) != 0 ? 8 : 0) + ((flags & 0x01) != 0 ? 4 : 0) + 1L);
      inFrame = true;
      start = 0;
      end = 0;
      return true;
    }

    private void nextBlock() throws IOException {
      int size = readInt();
      if (size == 0) {
        in.skipNBytes(contentChecksum ? 4 : 0);
        inFrame = false;
        return;
      }
      boolean raw = size < 0;
      int n = size & 0x7FFFFFFF;
      if (n > blockBytesMax + blockBytesMax / 255 + 64) {
        throw new IOException("an LZ4 block is larger than its frame allows");
      }
      if (packed.length < n) {
        packed = new byte[n];
      }
      if (in.readNBytes(packed, 0, n) < n) {
        throw new EOFException("an LZ4 frame ends within a block");
      }
      in.skipNBytes(blockChecksums ? 4 : 0);
      int keep = Math.min(end, WINDOW);
      if (window.length < WINDOW + blockBytesMax) {
        window = java.util.Arrays.copyOf(window, WINDOW + blockBytesMax);
      }
      System.arraycopy(window, end - keep, window, 0, keep);
      start = keep;
      if (raw) {
        System.arraycopy(packed, 0, window, keep, n);
        end = keep + n;
      } else {
        try {
          end = decode(packed, n, window, keep);
        } catch (IndexOutOfBoundsException e) {
          throw new IOException("an LZ4 block leads out of its bounds", e);
        }
      }
    }

    /** Sequences of literals and a match each, the match within what was decoded before. */
    private static int decode(byte[] source, int length, byte[] target, int at) throws IOException {
      int i = 0;
      while (i < length) {
        int token = source[i++] & 0xFF;
        int literals = token >> 4;
        if (literals == 15) {
          int more;
          do {
            more = source[i++] & 0xFF;
            literals += more;
          } while (more == 255);
        }
        if (literals > length - i) {
          throw new IOException("an LZ4 block ends within its literals");
        }
        System.arraycopy(source, i, target, at, literals);
        i += literals;
        at += literals;
        if (i == length) {
          break;
        }
        int distance = source[i] & 0xFF | (source[i + 1] & 0xFF) << 8;
        i += 2;
        int match = token & 15;
        if (match == 15) {
          int more;
          do {
            more = source[i++] & 0xFF;
            match += more;
          } while (more == 255);
        }
        if (distance == 0 || distance > at) {
          throw new IOException("an LZ4 block refers to bytes before its beginning");
        }
        for (int end = at + match + 4; at < end; at++) {
          target[at] = target[at - distance];
        }
      }
      return at;
    }

    private int need() throws IOException {
      int b = in.read();
      if (b < 0) {
        throw new EOFException("an LZ4 frame ends early");
      }
      return b;
    }

    private int readInt() throws IOException {
      return need() | need() << 8 | need() << 16 | need() << 24;
    }
  }
}
