package io.longhouse.server.http;

import com.github.luben.zstd.ZstdInputStream;
import com.github.luben.zstd.ZstdOutputStream;
import io.longhouse.column.compress.Brotli;
import io.longhouse.column.compress.Lz4Frames;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Locale;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.InflaterInputStream;
import org.jspecify.annotations.Nullable;

/** Compression of whole bodies, as HTTP names it. */
enum ContentEncoding {
  ZSTD("zstd"),
  BROTLI("br"),
  LZ4("lz4"),
  GZIP("gzip"),
  DEFLATE("deflate");

  private static final int BUFFER_BYTES = 1 << 16;

  private final String word;

  ContentEncoding(String word) {
    this.word = word;
  }

  String word() {
    return word;
  }

  /**
   * What to answer in: the first of ours that the client accepts; null for none. Where brotli's
   * library is missing it is the last choice, so that only who accepts nothing else hears of it.
   */
  static @Nullable ContentEncoding accepted(Headers headers) {
    String accept = headers.get("Accept-Encoding", "").toLowerCase(Locale.ROOT);
    ContentEncoding missing = null;
    for (ContentEncoding e : values()) {
      for (String item : accept.split(",")) {
        String[] parts = item.split(";");
        boolean refused = parts.length > 1 && parts[1].replace(" ", "").matches("q=0(\\.0*)?");
        if (parts[0].strip().equals(e.word) && !refused) {
          if (e != BROTLI || Brotli.isAvailable()) {
            return e;
          }
          missing = e;
        }
      }
    }
    return missing;
  }

  /**
   * A request's body decoded as its {@code Content-Encoding} says.
   *
   * @throws LonghouseException NOT_IMPLEMENTED (48) for an encoding that is not known here
   */
  static InputStream decode(String name, InputStream body) throws IOException {
    return switch (name.strip().toLowerCase(Locale.ROOT)) {
      case "", "identity" -> body;
      case "gzip", "x-gzip" -> new GZIPInputStream(body, BUFFER_BYTES);
      case "deflate" -> new InflaterInputStream(body);
      case "zstd" -> new ZstdInputStream(body);
      case "br" -> Brotli.decode(body);
      case "lz4" -> new Lz4Frames.Input(body);
      default ->
          throw new LonghouseException(
              ErrorCode.NOT_IMPLEMENTED,
              "Unknown compression method " + name + " in Content-Encoding");
    };
  }

  /** A stream whose {@code close} ends the encoding and leaves {@code out} open. */
  OutputStream encode(OutputStream out, int level) throws IOException {
    OutputStream kept =
        new java.io.FilterOutputStream(out) {
          @Override
          public void write(byte[] b, int off, int len) throws IOException {
            out.write(b, off, len);
          }

          @Override
          public void close() throws IOException {
            flush();
          }
        };
    return switch (this) {
      case ZSTD -> new ZstdOutputStream(kept, Math.clamp(level, 1, 19));
      case BROTLI -> Brotli.encode(kept, level);
      case LZ4 -> new Lz4Frames.Output(kept);
      case GZIP ->
          new GZIPOutputStream(kept, BUFFER_BYTES, true) {
            {
              def.setLevel(Math.clamp(level, 1, 9));
            }
          };
      case DEFLATE ->
          new DeflaterOutputStream(kept, new Deflater(Math.clamp(level, 1, 9)), BUFFER_BYTES, true);
    };
  }
}
