package io.longhouse.server.http;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/** A body in chunks: hexadecimal size, data, line end; size 0 and trailers at its end. */
final class ChunkedInput extends InputStream {
  private static final int LINE_MAX = 4096;

  private final InputStream in;
  private long left;
  private boolean first = true;
  private boolean ended;

  ChunkedInput(InputStream in) {
    this.in = in;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] target, int from, int length) throws IOException {
    if (ended || length == 0) {
      return ended ? -1 : 0;
    }
    if (left == 0) {
      nextChunk();
      if (ended) {
        return -1;
      }
    }
    int n = in.read(target, from, (int) Math.min(length, left));
    if (n < 0) {
      throw new EOFException("The body ends within a chunk");
    }
    left -= n;
    return n;
  }

  private void nextChunk() throws IOException {
    if (!first && !line().isEmpty()) {
      throw new HttpException(400, "A chunk is longer than announced");
    }
    first = false;
    String size = line();
    int semicolon = size.indexOf(';');
    try {
      left = Long.parseLong((semicolon < 0 ? size : size.substring(0, semicolon)).strip(), 16);
    } catch (NumberFormatException e) {
      left = -1;
    }
    if (left < 0) {
      throw new HttpException(400, "The size of a chunk is not a number");
    }
    if (left == 0) {
      ended = true;
      while (!line().isEmpty()) {
        // trailers have no meaning here
        continue;
      }
    }
  }

  private String line() throws IOException {
    var out = new StringBuilder();
    while (true) {
      int b = in.read();
      if (b < 0) {
        throw new EOFException("The body ends between chunks");
      }
      if (b == '\n') {
        break;
      }
      if (out.length() == LINE_MAX) {
        throw new HttpException(400, "The line of a chunk is too long");
      }
      out.append((char) b);
    }
    int n = out.length();
    return n > 0 && out.charAt(n - 1) == '\r' ? out.substring(0, n - 1) : out.toString();
  }
}
