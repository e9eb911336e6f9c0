package io.longhouse.column.compress;

import com.aayushatharva.brotli4j.Brotli4jLoader;
import com.aayushatharva.brotli4j.decoder.DecoderJNI;
import com.aayushatharva.brotli4j.encoder.BrotliOutputStream;
import com.aayushatharva.brotli4j.encoder.Encoder;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.Objects;

/**
 * Brotli streams (RFC 7932), of {@code Content-Encoding: br} and files ending in {@code .br}.
 *
 * <p>The library is native: nothing of it is loaded before the first stream is opened.
 */
public final class Brotli {
  /** What files are packed with; ClickHouse's level for them. */
  public static final int DEFAULT_QUALITY = 3;

  private static final int BUFFER_BYTES = 1 << 16;
  private static final int QUALITY_MAX = 11;

  private Brotli() {}

  /**
   * What is packed in {@code packed}; nothing at all is read as nothing.
   *
   * @throws LonghouseException NOT_IMPLEMENTED (48) where there is no library for the platform;
   *     when reading, BROTLI_READ_FAILED (448) for data that is damaged, cut off or goes on behind
   *     its end
   */
  public static InputStream decode(InputStream packed) throws IOException {
    load();
    return new Input(packed);
  }

  /**
   * A stream that packs into {@code out}; flushing it makes all that was written readable there,
   * and closing it closes both.
   *
   * @param quality 0 (quick) to 11 (small); what is beyond is taken as the nearest of them
   * @throws LonghouseException NOT_IMPLEMENTED (48) where there is no library for the platform
   */
  public static OutputStream encode(OutputStream out, int quality) throws IOException {
    load();
    return new Output(out, Math.clamp(quality, 0, QUALITY_MAX));
  }

  /** Whether there is a library for the platform; it is loaded for the answer. */
  public static boolean isAvailable() {
    return Brotli4jLoader.isAvailable();
  }

  /**
   * Loads the library.
   *
   * @throws LonghouseException NOT_IMPLEMENTED (48) where there is none for the platform
   */
  static void load() {
    if (!isAvailable()) {
      Throwable cause = Brotli4jLoader.getUnavailabilityCause();
      throw new LonghouseException(
          ErrorCode.NOT_IMPLEMENTED,
          "Compression method br is not available on "
              + System.getProperty("os.name")
              + " "
              + System.getProperty("os.arch")
              + ": "
              + cause.getMessage(),
          cause);
    }
  }

  private static final class Output extends FilterOutputStream {
    private final OutputStream target;
    private boolean closed;

    Output(OutputStream target, int quality) throws IOException {
      super(
          new BrotliOutputStream(
              target, new Encoder.Parameters().setQuality(quality), BUFFER_BYTES));
      this.target = target;
    }

    @Override
    public void write(byte[] source, int from, int length) throws IOException {
      out.write(source, from, length);
    }

    @Override
    public void flush() throws IOException {
      out.flush();
      // The encoder hands its bytes over, and does not hand on that they are to be flushed.
      target.flush();
    }

    @Override
    public void close() throws IOException {
      if (!closed) {
        closed = true;
        out.close();
      }
    }
  }

  /**
   * Reads what has come so far and waits for more only when there is nothing to give. The native
   * side is given up as soon as the stream has ended or turned out to be bad.
   */
  private static final class Input extends InputStream {
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final InputStream packed;
    private final DecoderJNI.Wrapper decoder = new DecoderJNI.Wrapper(BUFFER_BYTES);
    private final byte[] chunk = new byte[BUFFER_BYTES];
    // Memory of the decoder's, good until the decoder is asked for anything else.
    private ByteBuffer decoded = NOTHING;
    private boolean begun;
    private boolean ended;
    private boolean destroyed;

    Input(InputStream packed) throws IOException {
      this.packed = packed;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] target, int from, int length) throws IOException {
      Objects.checkFromIndexSize(from, length, target.length);
      if (length == 0) {
        return 0;
      }
      while (!decoded.hasRemaining()) {
        if (ended) {
          return -1;
        }
        if (destroyed) {
          throw new IOException("Stream closed");
        }
        advance();
      }
      int n = Math.min(length, decoded.remaining());
      decoded.get(target, from, n);
      return n;
    }

    private void advance() throws IOException {
      switch (decoder.getStatus()) {
        case OK -> decoder.push(0);
        case NEEDS_MORE_OUTPUT -> decoded = decoder.pull();
        case NEEDS_MORE_INPUT -> {
          if (decoder.hasOutput()) {
            decoded = decoder.pull();
          } else {
            feed();
          }
        }
        case DONE -> {
          if (packed.read() >= 0) {
            throw bad();
          }
          end();
        }
        case ERROR -> throw bad();
      }
    }

    private void feed() throws IOException {
      int n = packed.read(chunk, 0, chunk.length);
      if (n > 0) {
        begun = true;
        decoder.getInputBuffer().clear().put(chunk, 0, n);
        decoder.push(n);
      } else if (begun) {
        throw bad();
      } else {
        end();
      }
    }

    private void end() {
      ended = true;
      destroy();
    }

    private LonghouseException bad() {
      destroy();
      return new LonghouseException(ErrorCode.BROTLI_READ_FAILED, "brotli decode error");
    }

    private void destroy() {
      decoded = NOTHING;
      if (!destroyed) {
        destroyed = true;
        decoder.destroy();
      }
    }

    @Override
    public void close() throws IOException {
      destroy();
      packed.close();
    }
  }
}
