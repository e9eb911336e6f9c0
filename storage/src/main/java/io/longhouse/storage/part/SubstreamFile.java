package io.longhouse.storage.part;

import io.longhouse.column.ByteWriter;
import io.longhouse.column.compress.Codec;
import io.longhouse.column.compress.CompressedOutput;
import io.longhouse.column.compress.PieceHash;
import io.longhouse.storage.disk.Disk;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;

/**
 * A {@code .bin} file being written, with a buffer in front so that values are written to an array.
 * Places are known after {@link #flush}.
 */
final class SubstreamFile implements AutoCloseable {
  private static final int BUFFER_BYTES = 1 << 15;

  private final HashedFile file;
  private final CompressedOutput blocks;
  private final ByteWriter writer;
  private final PieceHash rawHash = new PieceHash();

  SubstreamFile(Disk disk, String path, Codec codec, int blockBytesMax) {
    file = new HashedFile(disk, path);
    blocks = new CompressedOutput(file, codec, blockBytesMax);
    blocks.hashRawBytes(rawHash);
    writer = new ByteWriter(new ToBlocks(blocks), BUFFER_BYTES);
  }

  /** Takes the buffer's bytes; a flush of the buffer does not close a block. */
  private static final class ToBlocks extends OutputStream {
    private final CompressedOutput blocks;

    ToBlocks(CompressedOutput blocks) {
      this.blocks = blocks;
    }

    @Override
    public void write(int b) throws IOException {
      blocks.write(b);
    }

    @Override
    public void write(byte[] source, int from, int length) throws IOException {
      blocks.write(source, from, length);
    }
  }

  ByteWriter writer() {
    return writer;
  }

  /** The blocks, which have seen everything written so far. */
  CompressedOutput flush() {
    writer.flush();
    return blocks;
  }

  void closeBlockIf(int bytesMin) {
    try {
      if (flush().blockBytes() >= bytesMin) {
        blocks.closeBlock();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void codec(Codec next) {
    try {
      flush().codec(next);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Closes the file and answers its line for {@code checksums.txt}. */
  Checksums.Entry finish() {
    try {
      flush();
      blocks.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return file.entry(HashedFile.raw(rawHash));
  }

  /** Closes the file without caring for what is in it. */
  @Override
  public void close() throws IOException {
    file.close();
  }
}
