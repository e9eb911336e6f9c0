package io.longhouse.storage.disk;

import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A file of this machine: a small one as a copy in memory, a large one mapped. Neither holds a file
 * descriptor; a map goes when nobody refers to the file any more.
 */
sealed interface LocalFile extends DiskFile {
  /** Files up to this size are copied: a map costs more than reading them. */
  int COPIED_BYTES_MAX = 1 << 16;

  static LocalFile open(Path path) throws IOException {
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      long size = channel.size();
      if (size > COPIED_BYTES_MAX) {
        return new Mapped(
            path.toString(), channel.map(FileChannel.MapMode.READ_ONLY, 0, size, Arena.ofAuto()));
      }
      ByteBuffer bytes = ByteBuffer.allocate((int) size);
      while (bytes.hasRemaining()) {
        if (channel.read(bytes, bytes.position()) < 0) {
          throw new LonghouseException(
              ErrorCode.CANNOT_READ_ALL_DATA,
              "File " + path + " ends after " + bytes.position() + " of " + size + " bytes");
        }
      }
      return new Copied(path.toString(), bytes.array());
    }
  }

  /** The whole file on the heap. */
  record Copied(String name, byte[] bytes) implements LocalFile {
    @Override
    public long size() {
      return bytes.length;
    }

    @Override
    public void read(long position, byte[] target, int from, int length) {
      checkRange(this, position, length);
      System.arraycopy(bytes, (int) position, target, from, length);
    }
  }

  /** The file mapped into memory. */
  record Mapped(String name, MemorySegment map) implements LocalFile {
    @Override
    public MemorySegment mapped() {
      return map;
    }

    @Override
    public long size() {
      return map.byteSize();
    }

    @Override
    public void read(long position, byte[] target, int from, int length) {
      checkRange(this, position, length);
      MemorySegment.copy(map, ValueLayout.JAVA_BYTE, position, target, from, length);
    }
  }

  private static void checkRange(DiskFile file, long position, int length) {
    if (position < 0 || position + length > file.size()) {
      throw new LonghouseException(
          ErrorCode.CANNOT_READ_ALL_DATA,
          "Cannot read "
              + length
              + " bytes at offset "
              + position
              + " of "
              + file.name()
              + ", which has "
              + file.size());
    }
  }
}
