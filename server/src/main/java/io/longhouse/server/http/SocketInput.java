package io.longhouse.server.http;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;

/** A socket's bytes through a buffer, with the one question a plain stream cannot answer. */
final class SocketInput extends InputStream {
  private final Socket socket;
  private final InputStream in;
  private final byte[] buffer = new byte[8192];
  private int position;
  private int limit;

  SocketInput(Socket socket) throws IOException {
    this.socket = socket;
    this.in = socket.getInputStream();
  }

  private boolean fill() throws IOException {
    int n = in.read(buffer, 0, buffer.length); // may time out: nothing has changed then
    position = 0;
    limit = Math.max(0, n);
    return n > 0;
  }

  @Override
  public int read() throws IOException {
    return position < limit || fill() ? buffer[position++] & 0xFF : -1;
  }

  @Override
  public int read(byte[] target, int from, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    if (position == limit) {
      if (length >= buffer.length) {
        return in.read(target, from, length);
      }
      if (!fill()) {
        return -1;
      }
    }
    int n = Math.min(length, limit - position);
    System.arraycopy(buffer, position, target, from, n);
    position += n;
    return n;
  }

  @Override
  public int available() {
    return limit - position;
  }

  void timeout(int ms) throws IOException {
    socket.setSoTimeout(ms);
  }

  /** Whether the client has closed its side; waits at most a millisecond. */
  boolean peerIsGone() throws IOException {
    if (position < limit) {
      return false;
    }
    int before = socket.getSoTimeout();
    socket.setSoTimeout(1);
    try {
      return !fill();
    } catch (SocketTimeoutException e) {
      return false;
    } catch (IOException e) {
      return true;
    } finally {
      socket.setSoTimeout(before);
    }
  }
}
