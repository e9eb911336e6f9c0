package io.longhouse.server.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * An answer under way: nothing sent; head being sent (progress lines may be added to it); body; at
 * its end. The head goes out with the first byte of the body, or before that with the first {@link
 * #line}.
 */
final class HttpResponse {
  private enum Stage {
    NEW,
    HEAD,
    BODY,
    ENDED
  }

  private final OutputStream out;
  private final HttpRequest request;
  private final Map<String, String> headers = new LinkedHashMap<>();
  private final byte[] chunkHead = new byte[10];
  private Stage stage = Stage.NEW;
  private int status = 200;
  private boolean keepAlive;
  private final int keepAliveTimeoutMs;
  private long fixedLength = -1;
  private Runnable beforeHeadEnds = () -> {};

  HttpResponse(OutputStream out, HttpRequest request, boolean keepAlive, int keepAliveTimeoutMs) {
    this.out = out;
    this.request = request;
    this.keepAlive = keepAlive;
    this.keepAliveTimeoutMs = keepAliveTimeoutMs;
    header("Date", DateTimeFormatter.RFC_1123_DATE_TIME.format(ZonedDateTime.now(ZoneOffset.UTC)));
  }

  void status(int code) {
    status = code;
  }

  /** Sets a field; when the head is on its way already, it is sent as a line of it. */
  void header(String name, String value) {
    if (stage == Stage.NEW) {
      headers.put(name, value.replace('\r', ' ').replace('\n', ' '));
    } else if (stage == Stage.HEAD) {
      line(name, value);
    }
  }

  /** Whether no byte has been sent. */
  boolean isNew() {
    return stage == Stage.NEW;
  }

  /** Whether the body has begun, so that nothing about the answer can be changed. */
  boolean bodyStarted() {
    return stage == Stage.BODY || stage == Stage.ENDED;
  }

  boolean ended() {
    return stage == Stage.ENDED;
  }

  boolean keepAlive() {
    return keepAlive;
  }

  void closeConnection() {
    keepAlive = false;
  }

  /** Runs when the last line of the head is due; may add fields. */
  void beforeHeadEnds(Runnable action) {
    beforeHeadEnds = action;
  }

  /** Sends a field of the head at once. */
  void line(String name, String value) {
    try {
      if (stage == Stage.NEW) {
        startHead();
      }
      if (stage == Stage.HEAD) {
        out.write((name + ": " + value + "\r\n").getBytes(StandardCharsets.UTF_8));
        out.flush();
      }
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private void startHead() throws IOException {
    var head = new StringBuilder(512);
    head.append(request.http10() ? "HTTP/1.0 " : "HTTP/1.1 ").append(status).append(' ');
    head.append(HttpStatus.reason(status)).append("\r\n");
    head.append("Connection: ").append(keepAlive ? "Keep-Alive" : "Close").append("\r\n");
    headers.forEach((n, v) -> head.append(n).append(": ").append(v).append("\r\n"));
    if (fixedLength >= 0) {
      head.append("Content-Length: ").append(fixedLength).append("\r\n");
    } else if (chunked()) {
      head.append("Transfer-Encoding: chunked\r\n");
    }
    if (keepAlive) {
      head.append("Keep-Alive: timeout=").append(keepAliveTimeoutMs / 1000).append("\r\n");
    }
    out.write(head.toString().getBytes(StandardCharsets.UTF_8));
    stage = Stage.HEAD;
  }

  private boolean chunked() {
    return !request.http10() && status != 204 && fixedLength < 0;
  }

  private void endHead() throws IOException {
    if (stage == Stage.NEW) {
      if (request.http10() && fixedLength < 0) {
        keepAlive = false;
      }
      beforeHeadEnds.run();
      startHead();
    } else {
      beforeHeadEnds.run();
    }
    out.write('\r');
    out.write('\n');
    stage = Stage.BODY;
  }

  /** The body, to be written in large pieces: each is a chunk of its own. */
  OutputStream body() {
    return new Body();
  }

  private final class Body extends OutputStream {
    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] source, int from, int length) throws IOException {
      if (length == 0 || stage == Stage.ENDED) {
        return;
      }
      if (stage != Stage.BODY) {
        endHead();
      }
      if (request.method().equals("HEAD")) {
        return;
      }
      if (chunked()) {
        writeChunkHead(length);
        out.write(source, from, length);
        out.write('\r');
        out.write('\n');
      } else {
        out.write(source, from, length);
      }
    }

    @Override
    public void flush() throws IOException {
      out.flush();
    }
  }

  private void writeChunkHead(int length) throws IOException {
    int at = chunkHead.length;
    chunkHead[--at] = '\n';
    chunkHead[--at] = '\r';
    int n = length;
    do {
      chunkHead[--at] = (byte) "0123456789abcdef".charAt(n & 15);
      n >>>= 4;
    } while (n != 0);
    out.write(chunkHead, at, chunkHead.length - at);
  }

  /** Ends the answer as it should end. */
  void end() throws IOException {
    if (stage == Stage.ENDED) {
      return;
    }
    if (stage != Stage.BODY) {
      if (stage == Stage.NEW && fixedLength < 0) {
        fixedLength = status == 204 ? -1 : 0;
      }
      endHead();
    }
    if (chunked() && !request.method().equals("HEAD")) {
      out.write(new byte[] {'0', '\r', '\n', '\r', '\n'});
    }
    out.flush();
    stage = Stage.ENDED;
  }

  /** Ends the answer without the end of its body, so that the client sees that it is not whole. */
  void breakOff() throws IOException {
    keepAlive = false;
    out.flush();
    stage = Stage.ENDED;
  }

  /** A whole answer of known length. */
  void send(int code, String contentType, byte[] content) throws IOException {
    status = code;
    header("Content-Type", contentType);
    if (stage == Stage.NEW) {
      fixedLength = content.length;
    }
    var whole = new ByteArrayOutputStream();
    whole.writeBytes(content);
    body().write(whole.toByteArray());
    end();
  }
}
