package io.longhouse.engine.exec;

import io.longhouse.column.Block;
import io.longhouse.column.ByteReader;
import io.longhouse.column.ByteWriter;
import io.longhouse.column.Column;
import io.longhouse.column.compress.CompressedInput;
import io.longhouse.column.compress.CompressedOutput;
import io.longhouse.column.compress.Lz4Codec;
import io.longhouse.column.serial.WireForm;
import io.longhouse.column.type.DataType;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Blocks put aside on disk until they are needed again. The file has no name once it is open, so
 * nothing is left of it whatever ends the process.
 *
 * <pre>
 * file    = section*            sections are read by their place
 * section = frame*              compressed frames, together:
 * frames  = (rows:varint column{columns})*
 * column  = the bulk form in one stream
 * </pre>
 *
 * <p>Written by one thread at a time; sections may be read by several. Closed with the query.
 */
final class SpillFile {
  /** Where a section lies. */
  record Section(long begin, long end) {}

  private final FileChannel channel;
  private final List<DataType> types;
  private long size;

  SpillFile(List<DataType> types, QueryContext context) {
    this.types = List.copyOf(types);
    SpillFolder folder = context.service(SpillFolder.class);
    Path directory = (folder == null ? SpillFolder.OF_PROCESS : folder).path();
    try {
      Files.createDirectories(directory);
      Path file = Files.createTempFile(directory, "spill", ".tmp");
      channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
      Files.deleteIfExists(file);
      context.onEnd(this::close);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Writes blocks as one section behind the others. */
  Section write(Iterable<Block> blocks) {
    long begin = size;
    try (var out = new CompressedOutput(new Appender(), Lz4Codec.INSTANCE)) {
      var bytes = new ByteWriter(1 << 16);
      for (Block b : blocks) {
        if (b.rows() == 0) {
          continue;
        }
        bytes.reset();
        bytes.writeVarUInt(b.rows());
        for (int i = 0; i < types.size(); i++) {
          WireForm.write(types.get(i), b.column(i), bytes);
        }
        out.write(bytes.buffer(), 0, bytes.position());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new Section(begin, size);
  }

  /** The blocks of a section, one after the other. */
  Lane read(Section section) {
    var in =
        new ByteReader(
            new CompressedInput(new SectionStream(section), "temporary file of a query"));
    return new Lane() {
      @Override
      public @Nullable Block next() {
        if (in.atEnd()) {
          return null;
        }
        int rows = Math.toIntExact(in.readVarUInt());
        Column[] columns = new Column[types.size()];
        for (int i = 0; i < columns.length; i++) {
          columns[i] = WireForm.read(types.get(i), rows, in);
        }
        return new Block(columns, rows);
      }
    };
  }

  private void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private final class Appender extends OutputStream {
    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
      ByteBuffer rest = ByteBuffer.wrap(bytes, from, length);
      while (rest.hasRemaining()) {
        size += channel.write(rest, size);
      }
    }
  }

  private final class SectionStream extends InputStream {
    private long at;
    private final long end;

    SectionStream(Section s) {
      at = s.begin;
      end = s.end;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] bytes, int from, int length) throws IOException {
      if (at >= end) {
        return -1;
      }
      int n = channel.read(ByteBuffer.wrap(bytes, from, (int) Math.min(length, end - at)), at);
      at += Math.max(0, n);
      return n;
    }
  }
}
