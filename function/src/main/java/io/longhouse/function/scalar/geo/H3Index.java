package io.longhouse.function.scalar.geo;

/**
 * Indexes of H3's hexagons.
 *
 * <pre>
 * bit 63 0, bits 59-62 mode (1 for a cell), bits 56-58 reserved 0, bits 52-55 resolution 0 to 15,
 * bits 45-51 base cell 0 to 121, then 15 digits of 3 bits from the coarsest resolution on, 7 for
 * those finer than the index
 * </pre>
 */
final class H3Index {
  static final int RESOLUTION_MAX = 15;
  static final int BASE_CELLS = 122;

  /** Base cells that are pentagons; their digit 1 does not exist. */
  private static final int[] PENTAGONS = {4, 14, 24, 38, 49, 58, 63, 72, 83, 97, 107, 117};

  private static final int MISSING = 7;

  private H3Index() {}

  static int resolution(long h) {
    return (int) (h >>> 52 & 15);
  }

  static int baseCell(long h) {
    return (int) (h >>> 45 & 127);
  }

  static int digit(long h, int resolution) {
    return (int) (h >>> 3 * (RESOLUTION_MAX - resolution) & 7);
  }

  private static long withDigit(long h, int resolution, int digit) {
    int shift = 3 * (RESOLUTION_MAX - resolution);
    return h & ~(7L << shift) | (long) digit << shift;
  }

  private static long withResolution(long h, int resolution) {
    return h & ~(15L << 52) | (long) resolution << 52;
  }

  private static boolean isPentagonBase(int cell) {
    return java.util.Arrays.binarySearch(PENTAGONS, cell) >= 0;
  }

  /** The base cell as an index of resolution 0. */
  static long ofBaseCell(int cell) {
    return 1L << 59 | (long) cell << 45 | (1L << 45) - 1;
  }

  static boolean isValid(long h) {
    if (h >>> 63 != 0 || (h >>> 59 & 15) != 1 || (h >>> 56 & 7) != 0 || baseCell(h) >= BASE_CELLS) {
      return false;
    }
    boolean zeros = true;
    for (int r = 1; r <= RESOLUTION_MAX; r++) {
      int d = digit(h, r);
      if (r > resolution(h) ? d != MISSING : d == MISSING) {
        return false;
      }
      if (r <= resolution(h) && zeros && d != 0) {
        if (d == 1 && isPentagonBase(baseCell(h))) {
          return false;
        }
        zeros = false;
      }
    }
    return true;
  }

  /** Whether all digits are 0 below a base cell that is a pentagon. */
  static boolean isPentagon(long h) {
    boolean zeros = true;
    for (int r = 1; r <= resolution(h); r++) {
      zeros &= digit(h, r) == 0;
    }
    return zeros && isPentagonBase(baseCell(h));
  }

  /** The index of a coarser resolution that holds this one, or 0. */
  static long parent(long h, int resolution) {
    int own = resolution(h);
    if (resolution > own) {
      return 0;
    }
    long out = withResolution(h, resolution);
    for (int r = resolution + 1; r <= own; r++) {
      out = withDigit(out, r, MISSING);
    }
    return out;
  }

  /** The index of a finer resolution in the middle, or 0. */
  static long centerChild(long h, int resolution) {
    int own = resolution(h);
    if (resolution < own) {
      return 0;
    }
    long out = withResolution(h, resolution);
    for (int r = own + 1; r <= resolution; r++) {
      out = withDigit(out, r, 0);
    }
    return out;
  }

  /** How many indexes of a finer resolution there are in this one. */
  static long childCount(long h, int resolution) {
    int depth = resolution - resolution(h);
    if (depth < 0) {
      return 0;
    }
    long hexagons = 1;
    for (int i = 0; i < depth; i++) {
      hexagons *= 7;
    }
    return isPentagon(h) ? 1 + 5 * (hexagons - 1) / 6 : hexagons;
  }

  /**
   * Writes all indexes of a finer resolution in this one in ascending order, from {@code at} on.
   */
  static int children(long h, int resolution, long[] out, int at) {
    int own = resolution(h);
    if (own >= resolution) {
      out[at] = h;
      return at + 1;
    }
    boolean pentagon = isPentagon(h);
    int next = at;
    for (int d = 0; d < MISSING; d++) {
      if (d != 1 || !pentagon) {
        next = children(withDigit(withResolution(h, own + 1), own + 1, d), resolution, out, next);
      }
    }
    return next;
  }

  /** The twelve pentagons of a resolution. */
  static long[] pentagons(int resolution) {
    long[] out = new long[PENTAGONS.length];
    for (int i = 0; i < out.length; i++) {
      out[i] = centerChild(ofBaseCell(PENTAGONS[i]), resolution);
    }
    return out;
  }
}
