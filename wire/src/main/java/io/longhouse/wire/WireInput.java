package io.longhouse.wire;

import io.longhouse.column.ByteReader;
import io.longhouse.column.compress.CompressedInput;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;

/**
 * The receiving half of a connection: plain bytes, perhaps in chunks from some point on, and blocks
 * within them that may be compressed. A read that times out loses nothing.
 */
public final class WireInput {
  private static final int BUFFER_BYTES = 1 << 16;

  private final InputStream source;
  private final String peer;
  private ByteReader plain;
  private ByteReader decompressed;

  /**
   * @param peer who sends, for messages
   */
  public WireInput(InputStream source, String peer) {
    this.source = source;
    this.peer = peer;
    this.plain = new ByteReader(source, BUFFER_BYTES);
    this.decompressed = decompressing(plain, peer);
  }

  private static ByteReader decompressing(ByteReader from, String peer) {
    return new ByteReader(new CompressedInput(new ReaderStream(from), peer));
  }

  /** What packets are read from. */
  public ByteReader plain() {
    return plain;
  }

  /** From here on packets come in chunks. */
  public void chunked() {
    int rest = plain.limit() - plain.position();
    InputStream read = new ByteArrayInputStream(plain.readBytes(rest));
    InputStream all = new ChunkStream(new SequenceInputStream(read, source));
    plain = new ByteReader(all, BUFFER_BYTES);
    decompressed = decompressing(plain, peer);
  }

  /** Reads a block. */
  public NamedBlock block(int revision, boolean compressed) {
    return BlockForm.read(revision, compressed ? decompressed : plain);
  }

  /** A block's reader. */
  public ByteReader reader(boolean compressed) {
    return compressed ? decompressed : plain;
  }

  /** A reader's bytes as a stream. */
  private static final class ReaderStream extends InputStream {
    private final ByteReader reader;

    ReaderStream(ByteReader reader) {
      this.reader = reader;
    }

    @Override
    public int read() {
      return reader.next();
    }

    @Override
    public int read(byte[] target, int from, int length) {
      if (length == 0) {
        return 0;
      }
      if (reader.atEnd()) {
        return -1;
      }
      int n = Math.min(length, reader.limit() - reader.position());
      reader.readFully(target, from, n);
      return n;
    }
  }

  /** Takes chunks apart: size:u32, bytes; size 0 ends a packet and means nothing to a stream. */
  private static final class ChunkStream extends InputStream {
    private final InputStream in;
    private long left;
    private long header;
    private int headerBytes;

    ChunkStream(InputStream in) {
      this.in = in;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] target, int from, int length) throws IOException {
      while (left == 0) {
        int b = in.read();
        if (b < 0) {
          return -1;
        }
        header |= (long) b << (8 * headerBytes++);
        if (headerBytes == 4) {
          left = header;
          header = 0;
          headerBytes = 0;
        }
      }
      int n = in.read(target, from, (int) Math.min(length, left));
      left -= Math.max(0, n);
      return n;
    }
  }
}
