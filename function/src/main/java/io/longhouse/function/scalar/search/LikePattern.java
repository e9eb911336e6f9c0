package io.longhouse.function.scalar.search;

import io.longhouse.column.ByteWriter;
import io.longhouse.sql.ByteText;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A compiled pattern of LIKE or ILIKE: {@code %} stands for any bytes, {@code _} for one UTF-8
 * character; a backslash takes their meaning.
 */
final class LikePattern {
  private final List<Piece> pieces;
  private final boolean openFront;
  private final boolean openBack;
  private final boolean ignoreCase;
  private final boolean foldUnicode;

  /** What stands between two {@code %}. {@code any[i]} is where {@code _} stands. */
  private record Piece(byte[] bytes, boolean[] any, boolean plain) {}

  private LikePattern(
      List<Piece> pieces,
      boolean openFront,
      boolean openBack,
      boolean ignoreCase,
      boolean foldUnicode) {
    this.pieces = pieces;
    this.openFront = openFront;
    this.openBack = openBack;
    this.ignoreCase = ignoreCase;
    this.foldUnicode = foldUnicode;
  }

  /**
   * @throws LonghouseException CANNOT_PARSE_ESCAPE_SEQUENCE (25) for a backslash at the end
   */
  static LikePattern compile(byte[] source, boolean ignoreCase) {
    boolean unicode = false;
    for (byte b : source) {
      unicode |= b < 0;
    }
    boolean fold = ignoreCase && unicode;
    byte[] p = fold ? foldCase(source, 0, source.length) : source;
    List<Piece> pieces = new ArrayList<>();
    var bytes = new ByteWriter(16);
    boolean[] any = new boolean[p.length];
    boolean plain = true;
    boolean openFront = p.length > 0 && p[0] == '%';
    boolean openBack = false;
    for (int i = 0; i < p.length; i++) {
      openBack = false;
      byte b = p[i];
      if (b == '%') {
        openBack = true;
        addPiece(pieces, bytes, any, plain);
        Arrays.fill(any, false);
        plain = true;
      } else if (b == '_') {
        any[bytes.position()] = true;
        plain = false;
        bytes.writeByte(0);
      } else if (b == '\\') {
        if (++i == p.length) {
          throw new LonghouseException(
              ErrorCode.CANNOT_PARSE_ESCAPE_SEQUENCE,
              "Invalid escape sequence at the end of LIKE pattern '"
                  + ByteText.decode(source)
                  + "'");
        }
        if (p[i] != '%' && p[i] != '_' && p[i] != '\\') {
          bytes.writeByte('\\');
        }
        bytes.writeByte(p[i]);
      } else {
        bytes.writeByte(b);
      }
    }
    addPiece(pieces, bytes, any, plain);
    return new LikePattern(pieces, openFront, openBack, ignoreCase, fold);
  }

  private static void addPiece(List<Piece> pieces, ByteWriter bytes, boolean[] any, boolean plain) {
    if (bytes.position() > 0) {
      pieces.add(new Piece(bytes.toByteArray(), Arrays.copyOf(any, bytes.position()), plain));
      bytes.reset();
    }
  }

  static byte[] foldCase(byte[] bytes, int from, int to) {
    String s = ByteText.decode(bytes, from, to - from);
    var out = new StringBuilder(s.length());
    for (int i = 0; i < s.length(); ) {
      int c = s.codePointAt(i);
      out.appendCodePoint(Character.toLowerCase(Character.toUpperCase(c)));
      i += Character.charCount(c);
    }
    return ByteText.encode(out.toString());
  }

  /** Sets {@code out[row]} to 1 where the row's string matches, else to 0. */
  void match(byte[] bytes, int[] offsets, int rows, byte[] out) {
    boolean single = pieces.size() == 1 && pieces.get(0).plain && !foldUnicode;
    if (pieces.isEmpty()) {
      for (int r = 0; r < rows; r++) {
        out[r] = (byte) (openBack || offsets[r] == offsets[r + 1] ? 1 : 0);
      }
    } else if (single && openFront && openBack) {
      search(pieces.get(0)).markRows(bytes, offsets, rows, out, (byte) 1);
    } else if (single && !openFront) {
      prefixes(bytes, offsets, rows, out);
    } else {
      var run = new Run(this);
      for (int r = 0; r < rows; r++) {
        out[r] = (byte) (run.matches(bytes, offsets[r], offsets[r + 1]) ? 1 : 0);
      }
    }
  }

  /** Whether one string matches. */
  boolean matches(byte[] bytes, int from, int to) {
    byte[] out = new byte[1];
    match(bytes, new int[] {from, to}, 1, out);
    return out[0] != 0;
  }

  private ByteSearch search(Piece p) {
    return ignoreCase ? ByteSearch.ignoringAsciiCase(p.bytes) : ByteSearch.exact(p.bytes);
  }

  private void prefixes(byte[] bytes, int[] offsets, int rows, byte[] out) {
    ByteSearch search = search(pieces.get(0));
    int n = search.length();
    for (int r = 0; r < rows; r++) {
      int length = offsets[r + 1] - offsets[r];
      boolean fits = openBack ? length >= n : length == n;
      out[r] = (byte) (fits && search.matches(bytes, offsets[r]) ? 1 : 0);
    }
  }

  /** The general case: pieces one behind the other, each as far to the left as it can be. */
  private static final class Run {
    private final LikePattern p;
    private final ByteSearch[] searches;

    Run(LikePattern p) {
      this.p = p;
      this.searches = new ByteSearch[p.pieces.size()];
      for (int i = 0; i < searches.length; i++) {
        searches[i] = p.search(p.pieces.get(i));
      }
    }

    boolean matches(byte[] source, int start, int stop) {
      byte[] bytes = source;
      int from = start;
      int to = stop;
      if (p.foldUnicode) {
        bytes = foldCase(source, start, stop);
        from = 0;
        to = bytes.length;
      }
      int n = p.pieces.size();
      int first = 0;
      int behind = n;
      if (!p.openFront) {
        from = matchAt(bytes, from, to, 0);
        if (from < 0 || n == 1 && !p.openBack && from != to) {
          return false;
        }
        first = 1;
      }
      if (!p.openBack && first < n) {
        behind--;
      }
      for (int i = first; i < behind; i++) {
        from = find(bytes, from, to, i);
        if (from < 0) {
          return false;
        }
      }
      return behind == n || matchesAtEnd(bytes, from, to, behind);
    }

    /** The end of piece i standing at {@code at}, or -1. */
    private int matchAt(byte[] bytes, int at, int to, int i) {
      Piece piece = p.pieces.get(i);
      if (piece.plain) {
        int end = at + piece.bytes.length;
        return end <= to && searches[i].matches(bytes, at) ? end : -1;
      }
      int pos = at;
      for (int k = 0; k < piece.bytes.length; k++) {
        if (pos >= to) {
          return -1;
        }
        if (piece.any[k]) {
          pos = Math.min(to, pos + sequenceLength(bytes[pos]));
        } else if (same(bytes[pos], piece.bytes[k])) {
          pos++;
        } else {
          return -1;
        }
      }
      return pos;
    }

    private boolean same(byte a, byte b) {
      if (a == b) {
        return true;
      }
      int x = a | 0x20;
      return p.ignoreCase && x == (b | 0x20) && x >= 'a' && x <= 'z';
    }

    /** The end of piece i's first occurrence from {@code from} on, or -1. */
    private int find(byte[] bytes, int from, int to, int i) {
      if (p.pieces.get(i).plain) {
        int at = searches[i].find(bytes, from, to);
        return at < 0 ? -1 : at + searches[i].length();
      }
      for (int at = from; at <= to; at++) {
        if (at < to && (bytes[at] & 0xC0) == 0x80) {
          continue;
        }
        int end = matchAt(bytes, at, to, i);
        if (end >= 0) {
          return end;
        }
      }
      return -1;
    }

    private boolean matchesAtEnd(byte[] bytes, int from, int to, int i) {
      Piece piece = p.pieces.get(i);
      if (piece.plain) {
        int at = to - piece.bytes.length;
        return at >= from && searches[i].matches(bytes, at);
      }
      for (int at = to; at >= from; at--) {
        if (at < to && (bytes[at] & 0xC0) == 0x80) {
          continue;
        }
        if (matchAt(bytes, at, to, i) == to) {
          return true;
        }
      }
      return false;
    }
  }

  /** Bytes of the character that begins with {@code b}; 1 for one that begins none. */
  static int sequenceLength(byte b) {
    int u = b & 0xFF;
    return u < 0xC0 ? 1 : u < 0xE0 ? 2 : u < 0xF0 ? 3 : u < 0xF8 ? 4 : 1;
  }
}
