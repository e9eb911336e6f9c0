package io.longhouse.server.http;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/** A body of a known length. A client that closes before has broken its promise. */
final class LimitedInput extends InputStream {
  private final InputStream in;
  private long left;

  LimitedInput(InputStream in, long length) {
    this.in = in;
    this.left = length;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] target, int from, int length) throws IOException {
    if (left == 0) {
      return -1;
    }
    int n = in.read(target, from, (int) Math.min(length, left));
    if (n < 0) {
      throw new EOFException("The body ends " + left + " bytes early");
    }
    left -= n;
    return n;
  }
}
