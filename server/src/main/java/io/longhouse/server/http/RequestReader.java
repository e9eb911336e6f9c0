package io.longhouse.server.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the head of a request, within limits of size and time, and frames its body. */
final class RequestReader {
  private static final List<String> METHODS =
      List.of("GET", "POST", "HEAD", "OPTIONS", "PUT", "DELETE", "PATCH", "TRACE", "CONNECT");
  private static final int FIELDS_MAX = 1000;

  private final SocketInput in;
  private final int uriSizeMax;
  private final int headerSizeMax;
  private final int headersReadTimeoutMs;

  RequestReader(SocketInput in, int uriSizeMax, int headerSizeMax, int headersReadTimeoutMs) {
    this.in = in;
    this.uriSizeMax = uriSizeMax;
    this.headerSizeMax = headerSizeMax;
    this.headersReadTimeoutMs = headersReadTimeoutMs;
  }

  /**
   * The next request's head, or null when the client closed the connection or was idle too long.
   *
   * @throws HttpException 400, 408, 414, 431 or 501
   */
  @Nullable HttpRequest next(int idleTimeoutMs) throws IOException {
    in.timeout(Math.max(1, idleTimeoutMs));
    int first;
    try {
      first = in.read();
      while (first == '\r' || first == '\n') {
        first = in.read();
      }
    } catch (SocketTimeoutException e) {
      return null;
    }
    if (first < 0) {
      return null;
    }
    in.timeout(Math.max(1, headersReadTimeoutMs));
    long deadline = System.nanoTime() + headersReadTimeoutMs * 1_000_000L;
    try {
      return head(first, deadline);
    } catch (SocketTimeoutException e) {
      throw new HttpException(408, "The head of the request did not arrive in time");
    }
  }

  private HttpRequest head(int first, long deadline) throws IOException {
    if (first < 'A' || first > 'Z') {
      throw new HttpException(400, "That is not a request of HTTP");
    }
    String line = (char) first + line(uriSizeMax + 64, 414, deadline);
    int method = line.indexOf(' ');
    int target = line.lastIndexOf(' ');
    if (method <= 0 || target <= method || !METHODS.contains(line.substring(0, method))) {
      throw new HttpException(400, "The request line is malformed");
    }
    String version = line.substring(target + 1);
    if (!version.equals("HTTP/1.1") && !version.equals("HTTP/1.0")) {
      throw new HttpException(version.startsWith("HTTP/") ? 505 : 400, "Unknown protocol version");
    }
    String uri = line.substring(method + 1, target);
    if (uri.length() > uriSizeMax) {
      throw new HttpException(414, "The URI is longer than " + uriSizeMax + " bytes");
    }
    Headers headers = fields(deadline);
    boolean old = version.equals("HTTP/1.0");
    return new HttpRequest(line.substring(0, method), uri, old, headers, body(headers, old));
  }

  private Headers fields(long deadline) throws IOException {
    Headers headers = new Headers();
    int size = 0;
    for (int n = 0; ; n++) {
      String field = line(headerSizeMax - size, 431, deadline);
      if (field.isEmpty()) {
        return headers;
      }
      size += field.length() + 2;
      int colon = field.indexOf(':');
      if (colon <= 0 || n == FIELDS_MAX) {
        throw new HttpException(n == FIELDS_MAX ? 431 : 400, "Malformed or too many header fields");
      }
      headers.add(field.substring(0, colon).strip(), field.substring(colon + 1).strip());
    }
  }

  private InputStream body(Headers headers, boolean old) {
    if (headers.has("Transfer-Encoding")) {
      if (old || !headers.hasToken("Transfer-Encoding", "chunked")) {
        throw new HttpException(501, "Unknown transfer encoding");
      }
      if (headers.has("Content-Length")) {
        throw new HttpException(400, "Both Content-Length and Transfer-Encoding");
      }
      return new ChunkedInput(in);
    }
    String length = headers.get("Content-Length");
    if (length == null) {
      return InputStream.nullInputStream();
    }
    try {
      long n = Long.parseLong(length);
      if (n < 0) {
        throw new NumberFormatException();
      }
      return new LimitedInput(in, n);
    } catch (NumberFormatException e) {
      throw new HttpException(400, "Content-Length is not a number");
    }
  }

  /** Bytes up to the end of the line, as Latin-1. */
  private String line(int sizeMax, int tooLongStatus, long deadline) throws IOException {
    var out = new ByteArrayOutputStream(80);
    while (true) {
      if (in.available() == 0 && System.nanoTime() > deadline) {
        throw new SocketTimeoutException(); // drops that keep a read alive, but not for ever
      }
      int b = in.read();
      if (b == '\n') {
        break;
      }
      if (b < 0) {
        throw new HttpException(400, "The request ends in its head");
      }
      if (b == 0 || out.size() >= sizeMax) {
        throw new HttpException(
            b == 0 ? 400 : tooLongStatus, "The head of the request is too large");
      }
      out.write(b);
    }
    String line = out.toString(StandardCharsets.ISO_8859_1);
    return line.endsWith("\r") ? line.substring(0, line.length() - 1) : line;
  }
}
