package io.longhouse.server.http;

import io.longhouse.column.Block;
import io.longhouse.column.ByteWriter;
import io.longhouse.column.compress.CompressedOutput;
import io.longhouse.column.compress.Lz4Codec;
import io.longhouse.column.type.TimeZones;
import io.longhouse.engine.session.Progress;
import io.longhouse.engine.session.RunningQuery;
import io.longhouse.format.Formats;
import io.longhouse.format.OutputFormat;
import io.longhouse.format.OutputFormatFactory;
import io.longhouse.format.OutputProgress;
import io.longhouse.format.OutputStatistics;
import io.longhouse.wire.Failure;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import org.jspecify.annotations.Nullable;

/**
 * A result's way into the response: format, then ClickHouse's frames ({@code compress=1}) or a
 * content encoding, then what is held back, then the body.
 */
final class ResultSink {
  private static final int WRITE_BYTES = 1 << 16;
  private static final SecureRandom RANDOM = new SecureRandom();

  private final HttpResponse response;
  private final HeldBody held;
  private final OutputStream encoded;
  private final boolean isEncoded;
  private final ByteWriter writer;
  private final RunningQuery query;
  private final @Nullable OutputFormat format;
  private final boolean exceptionInFormat;
  private boolean begun;
  private boolean writing;
  private final String tag;

  ResultSink(
      RunningQuery query,
      QueryOptions options,
      HttpRequest request,
      HttpResponse response,
      HttpContext context)
      throws IOException {
    this.response = response;
    this.query = query;
    this.tag = newTag();
    this.exceptionInFormat = query.settings().isOn("http_write_exception_in_output_format");
    this.held = new HeldBody(response.body(), options.holdBytes(), options.holdAll());
    ContentEncoding encoding =
        options.effective().isOn("enable_http_compression") && !options.compress()
            ? ContentEncoding.accepted(request.headers())
            : null;
    this.isEncoded = encoding != null || options.compress();
    if (options.compress()) {
      encoded = new CompressedOutput(held, Lz4Codec.INSTANCE);
    } else if (encoding != null) {
      int level = (int) options.effective().number("http_zlib_compression_level");
      encoded = encoding.encode(held, level);
    } else {
      encoded = held;
    }
    this.writer = new ByteWriter(encoded, WRITE_BYTES);
    if (query.header().size() == 0) {
      this.format = null;
    } else {
      OutputFormatFactory factory = Formats.outputFactory(query.format());
      this.format = Formats.output(query.format(), query.header(), query.formatSettings(), writer);
      response.header("Content-Type", factory.contentType(query.formatSettings()));
      response.header("X-ClickHouse-Format", query.format());
    }
    String zone = query.settings().text("session_timezone");
    String serverZone = context.config().keys().getOrDefault("timezone", "");
    response.header(
        "X-ClickHouse-Timezone",
        !zone.isEmpty() ? zone : !serverZone.isEmpty() ? serverZone : TimeZones.server().getId());
    response.header("X-ClickHouse-Exception-Tag", tag);
    if (encoding != null) {
      response.header("Content-Encoding", encoding.word());
    }
    if (options.effective().isOn("add_http_cors_header") && request.headers().has("Origin")) {
      response.header("Access-Control-Allow-Origin", "*");
    }
    response.beforeHeadEnds(
        () -> response.header("X-ClickHouse-Summary", Summary.json(query.progress())));
  }

  private static String newTag() {
    var out = new StringBuilder(16);
    for (int i = 0; i < 16; i++) {
      out.append((char) ('a' + RANDOM.nextInt(26)));
    }
    return out.toString();
  }

  void write(Block block) {
    if (format != null) {
      begin(format);
      // A failure in the middle of a row leaves no place for a message of the format's own.
      writing = true;
      format.write(block);
      writing = false;
    }
  }

  private void begin(OutputFormat f) {
    if (!begun) {
      begun = true;
      f.begin();
    }
  }

  /** How far the query is, for the formats that write it down; the client sees it at once. */
  void progress(Progress.Snapshot p) {
    if (format != null) {
      long before = writer.count();
      format.progress(
          new OutputProgress(p.readRows(), p.readBytes(), p.totalRowsToRead(), p.elapsedNs()));
      if (writer.count() != before) {
        writer.flush();
      }
    }
  }

  /** Ends format, encoding and response. */
  void end() throws IOException {
    if (format != null) {
      begin(format);
      Block totals = query.totals();
      if (totals != null) {
        format.totals(totals);
      }
      Block extremes = query.extremes();
      if (extremes != null) {
        format.extremes(extremes);
      }
      Progress.Snapshot p = query.progress();
      format.finish(
          new OutputStatistics(
              p.elapsedNs() / 1e9,
              p.readRows(),
              p.readBytes(),
              query.appliedLimit() ? query.rowsBeforeLimit() : -1));
      writer.flush();
      closeEncoding();
    }
    held.release();
  }

  private void closeEncoding() throws IOException {
    if (!isEncoded) {
      return;
    }
    if (encoded instanceof CompressedOutput c) {
      c.closeBlock();
    } else {
      encoded.close();
    }
  }

  /**
   * The query failed. Where a setting asks for it and the format has a place, the error becomes
   * part of the result. Else, when some of its result has gone out already, the error follows in
   * the block by which clients know it, and the connection ends; answers whether that was so.
   * Otherwise nothing is sent, and the error can have an answer of its own.
   */
  boolean fail(Failure failure) throws IOException {
    if (exceptionInFormat && !writing && format != null && !response.ended()) {
      begin(format);
      if (format.exception(failure.display().getBytes(StandardCharsets.UTF_8))) {
        if (response.isNew()) {
          response.status(HttpStatus.of(failure.errorCode()));
          response.header("X-ClickHouse-Exception-Code", Integer.toString(failure.code()));
        }
        writer.flush();
        closeEncoding();
        held.release();
        response.end();
        return true;
      }
    }
    writer.reset();
    if (held.discard() && !response.bodyStarted()) {
      return false;
    }
    if (response.ended()) {
      return true;
    }
    byte[] text = (failure.display() + "\n").getBytes(StandardCharsets.UTF_8);
    var all = new java.io.ByteArrayOutputStream();
    all.writeBytes(("\r\n__exception__\r\n" + tag + "\r\n").getBytes(StandardCharsets.US_ASCII));
    all.writeBytes(text);
    String tail = text.length + " " + tag + "\r\n__exception__\r\n";
    all.writeBytes(tail.getBytes(StandardCharsets.US_ASCII));
    encoded.write(all.toByteArray(), 0, all.size());
    closeEncoding();
    held.release();
    response.breakOff();
    return true;
  }
}
