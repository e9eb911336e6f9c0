package io.longhouse.server.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Holds the beginning of a body back, so that an error in it can still become the answer. Up to
 * {@code holdBytes} stay in memory; beyond them the body goes out, or, when it is to be held until
 * the query has ended, into a temporary file.
 */
final class HeldBody extends OutputStream {
  private final OutputStream target;
  private final int holdBytes;
  private final boolean untilEnd;
  private byte[] held = new byte[4096];
  private int count;
  private boolean released;
  private @Nullable Path file;
  private @Nullable OutputStream spill;

  HeldBody(OutputStream target, int holdBytes, boolean untilEnd) {
    this.target = target;
    this.holdBytes = Math.max(0, holdBytes);
    this.untilEnd = untilEnd;
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] source, int from, int length) throws IOException {
    if (released) {
      target.write(source, from, length);
      return;
    }
    if (spill != null) {
      spill.write(source, from, length);
      return;
    }
    if (count + (long) length <= holdBytes) {
      if (count + length > held.length) {
        held = Arrays.copyOf(held, Math.max(count + length, Math.min(holdBytes, held.length * 4)));
      }
      System.arraycopy(source, from, held, count, length);
      count += length;
      return;
    }
    if (untilEnd) {
      file = Files.createTempFile("longhouse-result", ".tmp");
      spill = Files.newOutputStream(file);
      spill.write(held, 0, count);
      spill.write(source, from, length);
      count = 0;
    } else {
      release();
      target.write(source, from, length);
    }
  }

  /** Lets everything out; what follows goes straight through. */
  void release() throws IOException {
    if (released) {
      return;
    }
    released = true;
    target.write(held, 0, count);
    held = new byte[0];
    if (spill != null && file != null) {
      spill.close();
      spill = null;
      try (InputStream in = Files.newInputStream(file)) {
        byte[] piece = new byte[1 << 16];
        for (int n = in.read(piece); n > 0; n = in.read(piece)) {
          target.write(piece, 0, n);
        }
      } finally {
        Files.delete(file);
        file = null;
      }
    }
  }

  /** Forgets everything if nothing has gone out yet; answers whether that was so. */
  boolean discard() throws IOException {
    if (released) {
      return false;
    }
    count = 0;
    if (spill != null && file != null) {
      spill.close();
      Files.deleteIfExists(file);
      spill = null;
      file = null;
    }
    return true;
  }

  /** Passes on what was let out; a flush alone does not let anything out. */
  @Override
  public void flush() throws IOException {
    if (released) {
      target.flush();
    }
  }
}
