package io.longhouse.function.scalar.search;

import java.util.Arrays;

/**
 * Looks for one byte string in others, exactly or without regard to the case of ASCII letters.
 *
 * <p>Every byte of the needle has a mask that is or-ed to a byte before the comparison: 0x20 for a
 * letter whose case does not matter, else 0. Two bytes of the needle are compared at many places at
 * once, by the Vector API where the module is there, and the rest only where both match.
 */
public abstract class ByteSearch {
  private static final boolean VECTORS =
      ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent();

  protected final byte[] needle;
  protected final byte[] masks;

  protected ByteSearch(byte[] needle, byte[] masks) {
    this.needle = needle;
    this.masks = masks;
  }

  /** A search for exactly these bytes; there must be at least one. */
  public static ByteSearch exact(byte[] needle) {
    return of(needle, new byte[needle.length]);
  }

  /** A search that takes small and capital ASCII letters for the same. */
  public static ByteSearch ignoringAsciiCase(byte[] needle) {
    byte[] folded = needle.clone();
    byte[] masks = new byte[needle.length];
    for (int i = 0; i < folded.length; i++) {
      int lower = folded[i] | 0x20;
      if (lower >= 'a' && lower <= 'z') {
        folded[i] = (byte) lower;
        masks[i] = 0x20;
      }
    }
    return of(folded, masks);
  }

  private static ByteSearch of(byte[] needle, byte[] masks) {
    if (needle.length == 0) {
      throw new IllegalArgumentException("an empty needle is everywhere");
    }
    return VECTORS ? new VectorByteSearch(needle, masks) : new ScalarByteSearch(needle, masks);
  }

  /** Bytes of what is looked for. */
  public final int length() {
    return needle.length;
  }

  /** The first place in {@code [from, to)} where the needle stands as a whole, or -1. */
  public abstract int find(byte[] bytes, int from, int to);

  /** Whether the needle stands at {@code at}; there must be enough bytes. */
  protected final boolean matches(byte[] bytes, int at) {
    for (int i = 0; i < needle.length; i++) {
      if ((bytes[at + i] | masks[i]) != needle[i]) {
        return false;
      }
    }
    return true;
  }

  /** Sets {@code out[row]} to {@code hit} for each row whose string contains the needle. */
  public final void markRows(byte[] bytes, int[] offsets, int rows, byte[] out, byte hit) {
    int end = offsets[rows];
    int row = 0;
    int at = offsets[0];
    while ((at = find(bytes, at, end)) >= 0) {
      while (offsets[row + 1] <= at) {
        row++;
      }
      if (at + needle.length <= offsets[row + 1]) {
        out[row] = hit;
        at = offsets[row + 1];
      } else {
        at++;
      }
    }
  }

  /** For each row the place of the first hit from the row's beginning, or -1. */
  public final void firstInRows(byte[] bytes, int[] offsets, int rows, int[] out) {
    Arrays.fill(out, 0, rows, -1);
    int end = offsets[rows];
    int row = 0;
    int at = offsets[0];
    while ((at = find(bytes, at, end)) >= 0) {
      while (offsets[row + 1] <= at) {
        row++;
      }
      if (at + needle.length <= offsets[row + 1]) {
        out[row] = at - offsets[row];
        at = offsets[row + 1];
      } else {
        at++;
      }
    }
  }

  /** Adds to {@code out[row]} the hits in each row that do not overlap. */
  public final void countInRows(byte[] bytes, int[] offsets, int rows, long[] out) {
    int end = offsets[rows];
    int row = 0;
    int at = offsets[0];
    while ((at = find(bytes, at, end)) >= 0) {
      while (offsets[row + 1] <= at) {
        row++;
      }
      if (at + needle.length <= offsets[row + 1]) {
        out[row]++;
        at += needle.length;
      } else {
        at++;
      }
    }
  }
}
