package io.longhouse.bench;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;

/**
 * One connection to a server's HTTP port that asks one question after the other. It does as little
 * as can be done, so that a machine that runs the server and its clients measures the server.
 */
final class HttpConnection implements Closeable {
  private static final int BUFFER_BYTES = 1 << 16;

  private final Socket socket;
  private final InputStream in;
  private final OutputStream out;
  private final byte[] buffer = new byte[BUFFER_BYTES];
  private int position;
  private int end;
  private byte[] body = new byte[BUFFER_BYTES];
  private int bodyBytes;

  HttpConnection(int port) throws IOException {
    socket = new Socket();
    socket.setTcpNoDelay(true);
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    in = socket.getInputStream();
    out = socket.getOutputStream();
  }

  /**
   * A request that asks a query as a user.
   *
   * @param database where the query's tables are
   */
  static byte[] request(String user, String database, String sql) {
    byte[] query = sql.getBytes(StandardCharsets.UTF_8);
    byte[] head =
        ("POST /?database="
                + database
                + " HTTP/1.1\r\nHost: localhost\r\nX-ClickHouse-User: "
                + user
                + "\r\nContent-Length: "
                + query.length
                + "\r\n\r\n")
            .getBytes(StandardCharsets.US_ASCII);
    byte[] all = Arrays.copyOf(head, head.length + query.length);
    System.arraycopy(query, 0, all, head.length, query.length);
    return all;
  }

  /**
   * Sends a request and reads the whole answer.
   *
   * @throws IllegalStateException with the answer, if its status is not 200
   */
  void ask(byte[] request) throws IOException {
    out.write(request);
    bodyBytes = 0;
    String status = line();
    long length = -1;
    boolean chunked = false;
    for (String h = line(); !h.isEmpty(); h = line()) {
      String header = h.toLowerCase(Locale.ROOT);
      if (header.startsWith("content-length:")) {
        length = Long.parseLong(header.substring(15).strip());
      } else if (header.startsWith("transfer-encoding:")) {
        chunked = header.contains("chunked");
      }
    }
    if (chunked) {
      for (int n = chunk(); n > 0; n = chunk()) {
        take(n);
        line();
      }
      line();
    } else {
      take((int) Math.max(0, length));
    }
    if (!status.contains(" 200 ")) {
      throw new IllegalStateException(status + ": " + answer());
    }
  }

  /** The answer to the last question. */
  String answer() {
    return new String(body, 0, bodyBytes, StandardCharsets.UTF_8);
  }

  private int chunk() throws IOException {
    return Integer.parseInt(line().strip(), 16);
  }

  private String line() throws IOException {
    var text = new StringBuilder(64);
    while (true) {
      if (position == end) {
        fill();
      }
      byte b = buffer[position++];
      if (b == '\n') {
        return text.toString();
      }
      if (b != '\r') {
        text.append((char) b);
      }
    }
  }

  private void take(int bytes) throws IOException {
    if (bodyBytes + bytes > body.length) {
      body = Arrays.copyOf(body, Math.max(2 * body.length, bodyBytes + bytes));
    }
    for (int left = bytes; left > 0; ) {
      if (position == end) {
        fill();
      }
      int n = Math.min(left, end - position);
      System.arraycopy(buffer, position, body, bodyBytes, n);
      position += n;
      bodyBytes += n;
      left -= n;
    }
  }

  private void fill() throws IOException {
    position = 0;
    end = in.read(buffer);
    if (end <= 0) {
      end = 0;
      throw new EOFException("the server closed the connection");
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
