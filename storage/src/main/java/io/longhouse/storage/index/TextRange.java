package io.longhouse.storage.index;

import io.longhouse.sql.ByteText;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Texts from one on, up to another one that is no more among them, in the order of their bytes.
 * Lists of ranges ascend and do not overlap.
 */
public final class TextRange {
  /** Every text. */
  public static final List<TextRange> ALL = List.of(new TextRange(new byte[0], null));

  private final byte[] from;
  private final byte @Nullable [] to;

  /**
   * @param to null when there is no end
   */
  TextRange(byte[] from, byte @Nullable [] to) {
    this.from = from;
    this.to = to;
  }

  /** One text. */
  static TextRange point(byte[] text) {
    return new TextRange(text, behind(text));
  }

  /** The text that comes next. */
  static byte[] behind(byte[] text) {
    return Arrays.copyOf(text, text.length + 1);
  }

  /** The first text. */
  public String from() {
    return ByteText.decode(from);
  }

  /** Whether {@link #from} is the only text. */
  public boolean isPoint() {
    return to != null && Arrays.equals(to, behind(from));
  }

  public boolean contains(String text) {
    byte[] bytes = ByteText.encode(text);
    return Arrays.compareUnsigned(bytes, from) >= 0 && isBeforeEnd(bytes);
  }

  private boolean isBeforeEnd(byte[] text) {
    return to == null || Arrays.compareUnsigned(text, to) < 0;
  }

  public static boolean contains(List<TextRange> ranges, String text) {
    return ranges.stream().anyMatch(r -> r.contains(text));
  }

  /** What may follow a prefix so that the whole is in one of these ranges. */
  public static List<TextRange> behind(List<TextRange> ranges, String prefix) {
    byte[] start = ByteText.encode(prefix);
    byte[] end = KeyAtoms.next(start);
    List<TextRange> out = new ArrayList<>();
    for (TextRange r : both(ranges, List.of(new TextRange(start, end)))) {
      byte[] to = r.to;
      out.add(
          new TextRange(
              rest(r.from, start.length),
              to == null || Arrays.equals(to, end) ? null : rest(to, start.length)));
    }
    return out;
  }

  private static byte[] rest(byte[] text, int prefix) {
    return Arrays.copyOfRange(text, prefix, text.length);
  }

  /** Texts that are in ranges of both lists. */
  static List<TextRange> both(List<TextRange> a, List<TextRange> b) {
    List<TextRange> out = new ArrayList<>();
    int i = 0;
    int k = 0;
    while (i < a.size() && k < b.size()) {
      TextRange x = a.get(i);
      TextRange y = b.get(k);
      byte[] from = Arrays.compareUnsigned(x.from, y.from) >= 0 ? x.from : y.from;
      boolean first = endsBefore(x, y);
      TextRange r = new TextRange(from, first ? x.to : y.to);
      if (r.isBeforeEnd(from)) {
        out.add(r);
      }
      if (first) {
        i++;
      } else {
        k++;
      }
    }
    return out;
  }

  private static boolean endsBefore(TextRange x, TextRange y) {
    return x.to != null && (y.to == null || Arrays.compareUnsigned(x.to, y.to) < 0);
  }

  /** Texts that are in any of these ranges, which come in any order. */
  static List<TextRange> any(List<TextRange> ranges) {
    List<TextRange> sorted = new ArrayList<>(ranges);
    sorted.sort(Comparator.comparing(r -> r.from, Arrays::compareUnsigned));
    List<TextRange> out = new ArrayList<>();
    for (TextRange r : sorted) {
      TextRange last = out.isEmpty() ? null : out.getLast();
      if (last == null || !last.isBeforeEnd(r.from)) {
        out.add(r);
      } else if (endsBefore(last, r)) {
        out.set(out.size() - 1, new TextRange(last.from, r.to));
      }
    }
    return out;
  }
}
