package io.longhouse.function.scalar.hash;

/** RIPEMD-160: two lines of 80 steps that are added up in the end. */
final class RipeMd160 {
  private static final int[] LEFT = {
    0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 7, 4, 13, 1, 10, 6, 15, 3, 12, 0, 9, 5, 2,
    14, 11, 8, 3, 10, 14, 4, 9, 15, 8, 1, 2, 7, 0, 6, 13, 11, 5, 12, 1, 9, 11, 10, 0, 8, 12, 4, 13,
    3, 7, 15, 14, 5, 6, 2, 4, 0, 5, 9, 7, 12, 2, 10, 14, 1, 3, 8, 11, 6, 15, 13
  };
  private static final int[] RIGHT = {
    5, 14, 7, 0, 9, 2, 11, 4, 13, 6, 15, 8, 1, 10, 3, 12, 6, 11, 3, 7, 0, 13, 5, 10, 14, 15, 8, 12,
    4, 9, 1, 2, 15, 5, 1, 3, 7, 14, 6, 9, 11, 8, 12, 2, 10, 0, 4, 13, 8, 6, 4, 1, 3, 11, 15, 0, 5,
    12, 2, 13, 9, 7, 10, 14, 12, 15, 10, 4, 1, 5, 8, 7, 6, 2, 13, 14, 0, 3, 9, 11
  };
  private static final int[] LEFT_SHIFT = {
    11, 14, 15, 12, 5, 8, 7, 9, 11, 13, 14, 15, 6, 7, 9, 8, 7, 6, 8, 13, 11, 9, 7, 15, 7, 12, 15, 9,
    11, 7, 13, 12, 11, 13, 6, 7, 14, 9, 13, 15, 14, 8, 13, 6, 5, 12, 7, 5, 11, 12, 14, 15, 14, 15,
    9, 8, 9, 14, 5, 6, 8, 6, 5, 12, 9, 15, 5, 11, 6, 8, 13, 12, 5, 12, 13, 14, 11, 8, 5, 6
  };
  private static final int[] RIGHT_SHIFT = {
    8, 9, 9, 11, 13, 15, 15, 5, 7, 7, 8, 11, 14, 14, 12, 6, 9, 13, 15, 7, 12, 8, 9, 11, 7, 7, 12, 7,
    6, 15, 13, 11, 9, 7, 15, 11, 8, 6, 6, 14, 12, 13, 5, 14, 13, 13, 7, 5, 15, 5, 8, 11, 14, 14, 6,
    14, 6, 9, 12, 9, 12, 5, 15, 8, 8, 5, 12, 9, 12, 5, 14, 6, 8, 13, 6, 5, 15, 13, 11, 11
  };
  private static final int[] LEFT_CONSTANT = {0, 0x5A827999, 0x6ED9EBA1, 0x8F1BBCDC, 0xA953FD4E};
  private static final int[] RIGHT_CONSTANT = {0x50A28BE6, 0x5C4DD124, 0x6D703EF3, 0x7A6D76E9, 0};

  private RipeMd160() {}

  /** The five words for blocks of 16 words. */
  static int[] digest(int[] x) {
    int[] h = {0x67452301, 0xEFCDAB89, 0x98BADCFE, 0x10325476, 0xC3D2E1F0};
    for (int block = 0; block < x.length; block += 16) {
      int[] l = line(h, x, block, LEFT, LEFT_SHIFT, LEFT_CONSTANT, false);
      int[] r = line(h, x, block, RIGHT, RIGHT_SHIFT, RIGHT_CONSTANT, true);
      int first = h[1] + l[2] + r[3];
      h[1] = h[2] + l[3] + r[4];
      h[2] = h[3] + l[4] + r[0];
      h[3] = h[4] + l[0] + r[1];
      h[4] = h[0] + l[1] + r[2];
      h[0] = first;
    }
    return h;
  }

  private static int[] line(
      int[] h, int[] x, int block, int[] order, int[] shift, int[] constant, boolean backward) {
    int a = h[0];
    int b = h[1];
    int c = h[2];
    int d = h[3];
    int e = h[4];
    for (int step = 0; step < 80; step++) {
      int round = step / 16;
      int f =
          switch (backward ? 4 - round : round) {
            case 0 -> b ^ c ^ d;
            case 1 -> b & c | ~b & d;
            case 2 -> (b | ~c) ^ d;
            case 3 -> b & d | c & ~d;
            default -> b ^ (c | ~d);
          };
      int t = Integer.rotateLeft(a + f + x[block + order[step]] + constant[round], shift[step]) + e;
      a = e;
      e = d;
      d = Integer.rotateLeft(c, 10);
      c = b;
      b = t;
    }
    return new int[] {a, b, c, d, e};
  }
}
