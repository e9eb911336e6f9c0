package io.longhouse.column.hash;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/** Every kernel against the values of ClickHouse 26.7 for texts of many lengths. */
class HashTest {
  private static final int PAD = 3;

  private static byte[] text(int length) {
    byte[] b = new byte[PAD + length + PAD];
    for (int i = 0; i < length; i++) {
      b[PAD + i] = (byte) (97 + i * 7 % 26);
    }
    return b;
  }

  private static String hex(long[] words) {
    byte[] b = new byte[16];
    LittleEndian.putLong(b, 0, words[0]);
    LittleEndian.putLong(b, 8, words[1]);
    return HexFormat.of().withUpperCase().formatHex(b);
  }

  @Test
  void kernelsGiveTheValuesOfClickHouse() throws IOException {
    long[] w = new long[2];
    for (String line : resource("hashes.tsv").split("\n")) {
      String[] f = line.split("\t");
      int n = Integer.parseInt(f[0]);
      byte[] b = text(n);
      String[] got = new String[f.length];
      got[0] = f[0];
      got[1] = Long.toUnsignedString(CityHash.hash64(b, PAD, n));
      got[2] = Long.toUnsignedString(SipHash.hash64(b, PAD, n));
      SipHash.hash128(0, 0, b, PAD, n, w, 0);
      got[3] = hex(w);
      SipHash.hash128Reference(0, 0, b, PAD, n, w, 0);
      got[4] = hex(w);
      got[5] = Long.toUnsignedString(SipHash.hash64(1, 2, b, PAD, n));
      SipHash.hash128(1, 2, b, PAD, n, w, 0);
      got[6] = hex(w);
      got[7] = Integer.toUnsignedString(MurmurHash.murmur2of32(b, PAD, n, 0));
      got[8] = Long.toUnsignedString(MurmurHash.murmur2of64(b, PAD, n, 0));
      got[9] = Integer.toUnsignedString(MurmurHash.murmur3of32(b, PAD, n, 0));
      MurmurHash.murmur3of128(b, PAD, n, 0, w, 0);
      got[10] = hex(w);
      got[11] = Long.toUnsignedString(IntHash.hash64(n));
      got[12] = Long.toUnsignedString(IntHash.hash32(n));
      assertThat(got).as("length %d", n).isEqualTo(f);
    }
  }

  @Test
  void sipHashInPiecesIsSipHashInOne() {
    byte[] b = text(100);
    for (int split = 0; split <= 92; split++) {
      var h = new SipHash(5, 6);
      h.update(b, PAD, split);
      h.update(LittleEndian.int64(b, PAD + split));
      h.update(b, PAD + split + 8, 92 - split);
      assertThat(h.get64()).isEqualTo(SipHash.hash64(5, 6, b, PAD, 100));
    }
  }

  /** Compressed blocks of a column file open with the CityHash128 of what follows. */
  @Test
  void cityHash128IsTheChecksumOfCompressedBlocks() throws IOException {
    long[] w = new long[2];
    for (String line : resource("blocks.hex").split("\n")) {
      byte[] block = HexFormat.of().parseHex(line);
      CityHash.hash128(block, 16, block.length - 16, w, 0);
      assertThat(hex(w)).isEqualToIgnoringCase(line.substring(0, 32));
    }
  }

  private static String resource(String name) throws IOException {
    try (var in = HashTest.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
