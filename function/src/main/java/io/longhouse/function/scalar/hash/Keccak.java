package io.longhouse.function.scalar.hash;

/** Keccak-256 as Ethereum has it: SHA-3's sponge with the padding from before the standard. */
final class Keccak {
  private static final int RATE = 136;
  private static final int[] ROTATION = {
    1, 3, 6, 10, 15, 21, 28, 36, 45, 55, 2, 14, 27, 41, 56, 8, 25, 43, 62, 18, 39, 61, 20, 44
  };
  private static final int[] LANE = {
    10, 7, 11, 17, 18, 3, 5, 16, 8, 21, 24, 4, 15, 23, 19, 13, 12, 2, 20, 14, 22, 9, 6, 1
  };
  private static final long[] ROUND = new long[24];

  static {
    int lfsr = 1;
    for (int i = 0; i < ROUND.length; i++) {
      for (int j = 0; j < 7; j++) {
        if ((lfsr & 1) != 0) {
          ROUND[i] ^= 1L << (1 << j) - 1;
        }
        lfsr = lfsr << 1 ^ ((lfsr & 0x80) != 0 ? 0x171 : 0);
      }
    }
  }

  private Keccak() {}

  static byte[] digest256(byte[] message) {
    long[] state = new long[25];
    byte[] padded = java.util.Arrays.copyOf(message, (message.length / RATE + 1) * RATE);
    padded[message.length] ^= 0x01;
    padded[padded.length - 1] ^= (byte) 0x80;
    for (int block = 0; block < padded.length; block += RATE) {
      for (int i = 0; i < RATE; i++) {
        state[i / 8] ^= (padded[block + i] & 0xFFL) << 8 * (i % 8);
      }
      permute(state);
    }
    byte[] out = new byte[32];
    for (int i = 0; i < out.length; i++) {
      out[i] = (byte) (state[i / 8] >>> 8 * (i % 8));
    }
    return out;
  }

  private static void permute(long[] s) {
    long[] c = new long[5];
    for (long constant : ROUND) {
      for (int x = 0; x < 5; x++) {
        c[x] = s[x] ^ s[x + 5] ^ s[x + 10] ^ s[x + 15] ^ s[x + 20];
      }
      for (int x = 0; x < 5; x++) {
        long d = c[(x + 4) % 5] ^ Long.rotateLeft(c[(x + 1) % 5], 1);
        for (int y = x; y < 25; y += 5) {
          s[y] ^= d;
        }
      }
      long t = s[1];
      for (int i = 0; i < 24; i++) {
        long swap = s[LANE[i]];
        s[LANE[i]] = Long.rotateLeft(t, ROTATION[i]);
        t = swap;
      }
      for (int y = 0; y < 25; y += 5) {
        System.arraycopy(s, y, c, 0, 5);
        for (int x = 0; x < 5; x++) {
          s[y + x] = c[x] ^ ~c[(x + 1) % 5] & c[(x + 2) % 5];
        }
      }
      s[0] ^= constant;
    }
  }
}
