package io.longhouse.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ByteTextTest {
  @Test
  void validUtf8DecodesToItsText() {
    String text = "aä中😀\u0000\u007F\u07FF\uFFFF";
    assertThat(ByteText.decode(text.getBytes(StandardCharsets.UTF_8))).isEqualTo(text);
    assertThat(ByteText.encode(text)).isEqualTo(text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void bytesThatAreNotUtf8AreEscapedOneByOne() {
    byte[] bytes = {'a', (byte) 0xFF, (byte) 0xC2, 'b', (byte) 0xED, (byte) 0xA0, (byte) 0x80};
    assertThat(ByteText.decode(bytes)).isEqualTo("a\uDCFF\uDCC2b\uDCED\uDCA0\uDC80");
    assertThat(ByteText.encode(ByteText.decode(bytes))).isEqualTo(bytes);
  }

  @Test
  void anyBytesSurvive() {
    long seed = System.nanoTime();
    var random = new Random(seed);
    for (int i = 0; i < 20_000; i++) {
      byte[] bytes = new byte[random.nextInt(12)];
      random.nextBytes(bytes);
      assertThat(ByteText.encode(ByteText.decode(bytes))).as("seed %d", seed).isEqualTo(bytes);
    }
  }
}
