package io.longhouse.column.compress;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BrotliTest {
  private static final String LINE = "longhouse, longhouse, longhouse: columns\n";

  /** {@code LINE} 50000 times, by brotliCompressSync of Node.js. */
  private static final byte[] OF_NODE =
      HexFormat.of()
          .parseHex(
              "9bcf471ff81da9539fbb7009c2f6962c3a6ea570d6958c32cd633a00147058867d13c8ebb09f0f01");

  private static byte[] unpacked(byte[] packed) throws IOException {
    try (InputStream in = Brotli.decode(new ByteArrayInputStream(packed))) {
      return in.readAllBytes();
    }
  }

  /** Half of it noise, so that neither side gets away with a single buffer. */
  private static byte[] data() {
    byte[] data = LINE.repeat(20_000).getBytes(UTF_8);
    byte[] noise = new byte[data.length / 2];
    new Random(7).nextBytes(noise);
    System.arraycopy(noise, 0, data, data.length / 4, noise.length);
    return data;
  }

  @Test
  void readsWhatAnotherLibraryWrote() throws IOException {
    assertThat(new String(unpacked(OF_NODE), UTF_8)).isEqualTo(LINE.repeat(50_000));
    assertThat(unpacked(new byte[0])).isEmpty();
  }

  @Test
  void everyQualityComesBack() throws IOException {
    byte[] data = data();
    for (int quality : new int[] {-1, 0, 3, 9, 12}) {
      var packed = new ByteArrayOutputStream();
      try (var out = Brotli.encode(packed, quality)) {
        out.write(data[0]);
        out.write(data, 1, data.length - 1);
      }
      assertThat(packed.size()).isLessThan(data.length * 6 / 10);
      assertThat(unpacked(packed.toByteArray())).isEqualTo(data);
    }
  }

  @Test
  void whatIsFlushedCanBeReadBeforeTheEnd() throws IOException {
    var packed = new ByteArrayOutputStream();
    var out = Brotli.encode(packed, 3);
    out.write("first".getBytes(UTF_8));
    out.flush();
    InputStream waiting =
        new InputStream() {
          @Override
          public int read() {
            throw new AssertionError("more was asked for than had to be");
          }
        };
    var flushed = new ByteArrayInputStream(packed.toByteArray());
    InputStream in = Brotli.decode(new SequenceInputStream(flushed, waiting));
    byte[] read = new byte[100];
    assertThat(in.read(read, 0, 100)).isEqualTo(5);
    assertThat(new String(read, 0, 5, UTF_8)).isEqualTo("first");
    out.close();
    assertThat(unpacked(packed.toByteArray())).asString(UTF_8).isEqualTo("first");
  }

  @Test
  void badDataIsAnErrorOfItsOwn() {
    byte[] changed = OF_NODE.clone();
    changed[4] ^= 0x5A;
    byte[] twice = Arrays.copyOf(OF_NODE, 2 * OF_NODE.length);
    System.arraycopy(OF_NODE, 0, twice, OF_NODE.length, OF_NODE.length);
    byte[] cut = Arrays.copyOf(OF_NODE, OF_NODE.length - 3);
    for (byte[] bad : new byte[][] {changed, twice, cut, "no brotli at all".getBytes(UTF_8)}) {
      assertThatThrownBy(() -> unpacked(bad))
          .isInstanceOf(LonghouseException.class)
          .hasMessageStartingWith("brotli decode error")
          .extracting(e -> ((LonghouseException) e).errorCode())
          .isEqualTo(ErrorCode.BROTLI_READ_FAILED);
    }
  }
}
