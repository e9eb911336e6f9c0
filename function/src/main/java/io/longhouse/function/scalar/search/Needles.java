package io.longhouse.function.scalar.search;

import java.util.Arrays;

/**
 * Substring search in one of its four manners: with or without regard to case, with places in bytes
 * or in characters.
 */
record Needles(boolean ignoreCase, boolean characters) {

  /** Whether a needle needs more than ASCII's idea of case. */
  private boolean needsUnicode(byte[] needle) {
    if (!ignoreCase || !characters) {
      return false;
    }
    for (byte b : needle) {
      if (b < 0) {
        return true;
      }
    }
    return false;
  }

  /** A search that works on whole columns; only for needles that {@link #isPlain}. */
  ByteSearch search(byte[] needle) {
    return ignoreCase ? ByteSearch.ignoringAsciiCase(needle) : ByteSearch.exact(needle);
  }

  /** Whether {@link #search} serves for this needle. */
  boolean isPlain(byte[] needle) {
    return needle.length > 0 && !needsUnicode(needle);
  }

  /** For each row the place from 0 of the needle, in the manner's unit, or -1. */
  void firstInRows(byte[] needle, byte[] bytes, int[] offsets, int rows, int[] out) {
    if (!isPlain(needle)) {
      for (int r = 0; r < rows; r++) {
        out[r] = (int) find(bytes, offsets[r], offsets[r + 1], needle, 0, needle.length, 1);
      }
      return;
    }
    search(needle).firstInRows(bytes, offsets, rows, out);
    if (characters) {
      for (int r = 0; r < rows; r++) {
        if (out[r] > 0) {
          out[r] = characters(bytes, offsets[r], offsets[r] + out[r]);
        }
      }
    }
  }

  /** The place from 0 of one needle in one string at or behind {@code start} (from 1), or -1. */
  long find(
      byte[] text, int from, int to, byte[] needles, int needleFrom, int needleTo, long start) {
    byte[] needle = Arrays.copyOfRange(needles, needleFrom, needleTo);
    long length = characters ? characters(text, from, to) : to - from;
    if (start > length + 1) {
      return -1;
    }
    if (needle.length == 0) {
      return start - 1;
    }
    int at = characters ? skip(text, from, to, (int) start - 1) : from + (int) start - 1;
    int found =
        needsUnicode(needle) ? findFolded(text, at, to, needle) : indexOf(text, at, to, needle);
    if (found < 0) {
      return -1;
    }
    return characters ? characters(text, from, found) : found - from;
  }

  /** Without the set-up that a search over a whole column pays for. */
  private int indexOf(byte[] text, int from, int to, byte[] needle) {
    for (int i = from; i + needle.length <= to; i++) {
      int k = 0;
      while (k < needle.length && same(text[i + k], needle[k])) {
        k++;
      }
      if (k == needle.length) {
        return i;
      }
    }
    return -1;
  }

  private boolean same(byte a, byte b) {
    if (a == b) {
      return true;
    }
    int x = a | 0x20;
    return ignoreCase && x == (b | 0x20) && x >= 'a' && x <= 'z';
  }

  private static int findFolded(byte[] text, int from, int to, byte[] needle) {
    byte[] wanted = LikePattern.foldCase(needle, 0, needle.length);
    for (int i = from; i < to; i++) {
      if ((text[i] & 0xC0) == 0x80) {
        continue;
      }
      int at = i;
      int k = 0;
      while (k < wanted.length && at < to) {
        int n = Math.min(to - at, LikePattern.sequenceLength(text[at]));
        byte[] folded = LikePattern.foldCase(text, at, at + n);
        if (k + folded.length > wanted.length
            || !Arrays.equals(folded, 0, folded.length, wanted, k, k + folded.length)) {
          break;
        }
        k += folded.length;
        at += n;
      }
      if (k == wanted.length) {
        return i;
      }
    }
    return -1;
  }

  /** Characters in a range of bytes: bytes that do not continue one. */
  static int characters(byte[] b, int from, int to) {
    int n = 0;
    for (int i = from; i < to; i++) {
      n += (b[i] & 0xC0) != 0x80 ? 1 : 0;
    }
    return n;
  }

  /** The place behind {@code count} characters, at most {@code to}. */
  static int skip(byte[] b, int from, int to, int count) {
    int at = from;
    for (int i = 0; i < count && at < to; i++) {
      at = Math.min(to, at + LikePattern.sequenceLength(b[at]));
    }
    return at;
  }
}
