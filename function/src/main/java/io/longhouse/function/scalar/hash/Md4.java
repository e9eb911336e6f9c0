package io.longhouse.function.scalar.hash;

/** MD4 (RFC 1320). */
final class Md4 {
  private static final int[][] ORDER = {
    {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15},
    {0, 4, 8, 12, 1, 5, 9, 13, 2, 6, 10, 14, 3, 7, 11, 15},
    {0, 8, 4, 12, 2, 10, 6, 14, 1, 9, 5, 13, 3, 11, 7, 15}
  };
  private static final int[][] SHIFT = {{3, 7, 11, 19}, {3, 5, 9, 13}, {3, 9, 11, 15}};
  private static final int[] CONSTANT = {0, 0x5A827999, 0x6ED9EBA1};

  private Md4() {}

  /** The four words for blocks of 16 words. */
  static int[] digest(int[] x) {
    int[] h = {0x67452301, 0xEFCDAB89, 0x98BADCFE, 0x10325476};
    for (int block = 0; block < x.length; block += 16) {
      int a = h[0];
      int b = h[1];
      int c = h[2];
      int d = h[3];
      for (int step = 0; step < 48; step++) {
        int round = step / 16;
        int f =
            switch (round) {
              case 0 -> b & c | ~b & d;
              case 1 -> b & c | b & d | c & d;
              default -> b ^ c ^ d;
            };
        int t = a + f + x[block + ORDER[round][step % 16]] + CONSTANT[round];
        a = d;
        d = c;
        c = b;
        b = Integer.rotateLeft(t, SHIFT[round][step % 4]);
      }
      h[0] += a;
      h[1] += b;
      h[2] += c;
      h[3] += d;
    }
    return h;
  }
}
