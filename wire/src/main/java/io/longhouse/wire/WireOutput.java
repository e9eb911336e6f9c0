package io.longhouse.wire;

import io.longhouse.column.Block;
import io.longhouse.column.ByteWriter;
import io.longhouse.column.Header;
import io.longhouse.column.compress.Codec;
import io.longhouse.column.compress.CompressedOutput;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/** The sending half of a connection; the counterpart of {@link WireInput}. */
public final class WireOutput {
  private static final int BUFFER_BYTES = 1 << 16;

  private final PacketStream packets;
  private final ByteWriter plain;
  private @Nullable CompressedOutput compressor;
  private @Nullable ByteWriter compressed;

  public WireOutput(OutputStream sink) {
    this.packets = new PacketStream(new BufferedOutputStream(sink, BUFFER_BYTES));
    this.plain = new ByteWriter(packets, BUFFER_BYTES);
  }

  /** What packets are written to. */
  public ByteWriter plain() {
    return plain;
  }

  /** From here on packets go in chunks. */
  public void chunked() {
    plain.flush();
    packets.chunked = true;
  }

  /** With what blocks are compressed; null for not at all. */
  public void codec(@Nullable Codec codec) {
    try {
      if (codec == null) {
        compressor = null;
        compressed = null;
      } else if (compressor != null) {
        compressor.codec(codec);
      } else {
        compressor = new CompressedOutput(new WriterStream(plain), codec);
        compressed = new ByteWriter(compressor, BUFFER_BYTES);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Writes a block, compressed if a codec is set. */
  public void block(Header header, Block block, int revision) {
    if (compressed == null) {
      BlockForm.write(header, block, revision, plain);
    } else {
      BlockForm.write(header, block, revision, compressed);
      closeFrame();
    }
  }

  /** Writes a block that is never compressed. */
  public void plainBlock(Header header, Block block, int revision) {
    BlockForm.write(header, block, revision, plain);
  }

  /** Writes the block that ends something. */
  public void endBlock(int revision) {
    if (compressed == null) {
      BlockForm.writeEnd(revision, plain);
    } else {
      BlockForm.writeEnd(revision, compressed);
      closeFrame();
    }
  }

  /** Writes texts, compressed like a block where {@code likeBlocks} says so. */
  public void texts(boolean likeBlocks, String... texts) {
    ByteWriter to = likeBlocks && compressed != null ? compressed : plain;
    for (String t : texts) {
      to.writeString(t);
    }
    if (to == compressed) {
      closeFrame();
    }
  }

  private void closeFrame() {
    if (compressed != null) {
      compressed.flush();
    }
  }

  /** Marks the end of a packet. */
  public void endPacket() {
    if (packets.chunked) {
      plain.flush();
      packets.endPacket();
    }
  }

  /** Sends everything. */
  public void flush() {
    plain.flush();
    try {
      packets.out.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static final class PacketStream extends OutputStream {
    private final OutputStream out;
    private boolean chunked;

    PacketStream(OutputStream out) {
      this.out = out;
    }

    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] source, int from, int length) throws IOException {
      if (length == 0) {
        return;
      }
      if (chunked) {
        size(length);
      }
      out.write(source, from, length);
    }

    private void size(int n) throws IOException {
      out.write(n);
      out.write(n >> 8);
      out.write(n >> 16);
      out.write(n >> 24);
    }

    void endPacket() {
      try {
        size(0);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** Frames go into the packet; their flush is not the packet's. */
  private static final class WriterStream extends OutputStream {
    private final ByteWriter writer;

    WriterStream(ByteWriter writer) {
      this.writer = writer;
    }

    @Override
    public void write(int b) {
      writer.writeByte(b);
    }

    @Override
    public void write(byte[] source, int from, int length) {
      writer.writeBytes(source, from, length);
    }
  }
}
