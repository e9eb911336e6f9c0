package io.longhouse.storage.part;

import io.longhouse.column.compress.PieceHash;
import io.longhouse.storage.disk.Disk;
import java.io.IOException;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/** A new file of a part whose size and hash are noted as it is written. */
final class HashedFile extends OutputStream {
  private final OutputStream out;
  private final PieceHash hash = new PieceHash();

  HashedFile(Disk disk, String path) {
    this.out = disk.create(path);
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] source, int from, int length) throws IOException {
    hash.update(source, from, length);
    out.write(source, from, length);
  }

  @Override
  public void flush() throws IOException {
    out.flush();
  }

  @Override
  public void close() throws IOException {
    out.close();
  }

  /** The line for {@code checksums.txt}, after everything was written. */
  Checksums.Entry entry(Checksums.@Nullable Raw raw) {
    hash.finish();
    return new Checksums.Entry(hash.size(), new Checksums.Hash(hash.low(), hash.high()), raw);
  }

  static Checksums.Raw raw(PieceHash hash) {
    hash.finish();
    return new Checksums.Raw(hash.size(), new Checksums.Hash(hash.low(), hash.high()));
  }
}
