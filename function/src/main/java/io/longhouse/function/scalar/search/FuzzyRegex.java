package io.longhouse.function.scalar.search;

import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/**
 * A regular expression over bytes that matches with up to so many bytes put in, left out or
 * exchanged: an automaton that is run for every number of errors at the same time.
 */
final class FuzzyRegex {
  private static final int REPEAT_MAX = 1000;
  private static final int NONE = -1;

  private enum Kind {
    BYTES,
    SPLIT,
    BEGIN,
    END,
    ACCEPT
  }

  private final byte[] pattern;
  private final int distance;
  private final List<Kind> kinds = new ArrayList<>();
  private final List<BitSet> bytes = new ArrayList<>();
  private final List<int[]> next = new ArrayList<>();
  private final int start;
  private int at;

  /** A piece of automaton: where it begins, and the exits that still lead nowhere. */
  private record Piece(int first, List<int[]> exits) {}

  FuzzyRegex(byte[] pattern, int distance) {
    this.pattern = pattern;
    this.distance = distance;
    Piece all = alternatives();
    if (at < pattern.length) {
      throw bad("Unmatched parentheses.");
    }
    int accept = state(Kind.ACCEPT, new BitSet());
    connect(all.exits, accept);
    this.start = all.first;
    BitSet[] empty = sets();
    enter(empty[0], start, true, true);
    spread(empty, true, true);
    if (distance > 0 && accepts(empty)) {
      throw bad("Approximate matching patterns that reduce to vacuous patterns are disallowed.");
    }
  }

  private LonghouseException bad(String why) {
    return new LonghouseException(
        ErrorCode.BAD_ARGUMENTS,
        "Pattern '"
            + io.longhouse.sql.ByteText.decode(pattern)
            + "' failed with error '"
            + why
            + "'");
  }

  // ------------------------------------------------------------------------------------ matching

  private BitSet[] sets() {
    BitSet[] out = new BitSet[distance + 1];
    for (int e = 0; e <= distance; e++) {
      out[e] = new BitSet(kinds.size());
    }
    return out;
  }

  /** Whether the text has a part that the expression matches. */
  boolean matches(byte[] text, int from, int to) {
    BitSet[] now = sets();
    BitSet[] then = sets();
    for (int i = from; ; i++) {
      boolean last = i == to;
      enter(now[0], start, i == from, last);
      spread(now, i == from, last);
      if (accepts(now)) {
        return true;
      }
      if (last) {
        return false;
      }
      int b = text[i] & 0xFF;
      boolean end = i + 1 == to;
      for (int e = 0; e <= distance; e++) {
        then[e].clear();
        if (e > 0) {
          then[e].or(now[e - 1]);
        }
      }
      for (int e = 0; e <= distance; e++) {
        for (int s = now[e].nextSetBit(0); s >= 0; s = now[e].nextSetBit(s + 1)) {
          if (kinds.get(s) != Kind.BYTES) {
            continue;
          }
          if (bytes.get(s).get(b)) {
            enter(then[e], next.get(s)[0], false, end);
          } else if (e < distance) {
            enter(then[e + 1], next.get(s)[0], false, end);
          }
        }
      }
      BitSet[] swap = now;
      now = then;
      then = swap;
    }
  }

  private boolean accepts(BitSet[] sets) {
    for (BitSet set : sets) {
      for (int s = set.nextSetBit(0); s >= 0; s = set.nextSetBit(s + 1)) {
        if (kinds.get(s) == Kind.ACCEPT) {
          return true;
        }
      }
    }
    return false;
  }

  /** Adds a state and all that it leads to without a byte. */
  private void enter(BitSet set, int state, boolean begin, boolean end) {
    if (set.get(state)) {
      Kind kind = kinds.get(state);
      if (kind != Kind.BEGIN && kind != Kind.END) {
        return;
      }
    }
    boolean again = set.get(state);
    set.set(state);
    boolean passes =
        switch (kinds.get(state)) {
          case SPLIT -> true;
          case BEGIN -> begin;
          case END -> end;
          case BYTES, ACCEPT -> false;
        };
    if (!passes) {
      return;
    }
    for (int n : next.get(state)) {
      if (n != NONE && !(again && set.get(n))) {
        enter(set, n, begin, end);
      }
    }
  }

  /** Leaves bytes of the expression out, an error each; and passes what waits for the end. */
  private void spread(BitSet[] sets, boolean begin, boolean end) {
    for (int e = 0; e <= distance; e++) {
      if (end) {
        for (int s = sets[e].nextSetBit(0); s >= 0; s = sets[e].nextSetBit(s + 1)) {
          if (kinds.get(s) == Kind.END) {
            enter(sets[e], s, begin, true);
          }
        }
      }
      for (int s = sets[e].nextSetBit(0); s >= 0 && e < distance; s = sets[e].nextSetBit(s + 1)) {
        if (kinds.get(s) == Kind.BYTES) {
          enter(sets[e + 1], next.get(s)[0], begin, end);
        }
      }
    }
  }

  // ------------------------------------------------------------------------------------- parsing

  private int state(Kind kind, BitSet set, int... to) {
    kinds.add(kind);
    bytes.add(set);
    next.add(to);
    return kinds.size() - 1;
  }

  private static void connect(List<int[]> exits, int target) {
    for (int[] exit : exits) {
      for (int i = 0; i < exit.length; i++) {
        exit[i] = exit[i] == NONE ? target : exit[i];
      }
    }
  }

  private Piece single(Kind kind, BitSet set) {
    int[] out = {NONE};
    return new Piece(state(kind, set, out), List.of(out));
  }

  private boolean has(int c) {
    return at < pattern.length && pattern[at] == c;
  }

  private Piece alternatives() {
    Piece piece = sequence();
    while (has('|')) {
      at++;
      Piece other = sequence();
      int first = state(Kind.SPLIT, new BitSet(), piece.first, other.first);
      List<int[]> exits = new ArrayList<>(piece.exits);
      exits.addAll(other.exits);
      piece = new Piece(first, exits);
    }
    return piece;
  }

  private Piece sequence() {
    Piece all = single(Kind.SPLIT, new BitSet());
    while (at < pattern.length && !has('|') && !has(')')) {
      Piece one = repeated();
      connect(all.exits, one.first);
      all = new Piece(all.first, one.exits);
    }
    return all;
  }

  private Piece repeated() {
    int from = at;
    Piece piece = atom();
    int to = at;
    while (at < pattern.length) {
      int min;
      int max;
      if (has('*') || has('+') || has('?')) {
        min = has('+') ? 1 : 0;
        max = has('?') ? 1 : Integer.MAX_VALUE;
        at++;
      } else if (has('{') && at + 1 < pattern.length && digit(at + 1)) {
        at++;
        min = number();
        max = min;
        if (has(',')) {
          at++;
          max = at < pattern.length && digit(at) ? number() : Integer.MAX_VALUE;
        }
        if (!has('}')) {
          throw bad("Invalid repeat.");
        }
        at++;
      } else {
        break;
      }
      if (has('?')) {
        at++;
      }
      piece = times(from, to, min, max);
      to = at;
    }
    return piece;
  }

  private boolean digit(int i) {
    return pattern[i] >= '0' && pattern[i] <= '9';
  }

  private int number() {
    int n = 0;
    while (at < pattern.length && digit(at)) {
      n = Math.min(REPEAT_MAX + 1, n * 10 + pattern[at++] - '0');
    }
    if (n > REPEAT_MAX) {
      throw bad("Bounded repeat is too large.");
    }
    return n;
  }

  /** The atom at {@code [from, to)} read again for every repetition. */
  private Piece times(int from, int to, int min, int max) {
    int behind = at;
    Piece all = single(Kind.SPLIT, new BitSet());
    for (int i = 0; i < min; i++) {
      Piece one = again(from, to);
      connect(all.exits, one.first);
      all = new Piece(all.first, one.exits);
    }
    if (max == Integer.MAX_VALUE) {
      Piece one = again(from, to);
      int[] out = {one.first, NONE};
      int loop = state(Kind.SPLIT, new BitSet(), out);
      connect(all.exits, loop);
      connect(one.exits, loop);
      all = new Piece(all.first, List.of(out));
    } else {
      List<int[]> exits = new ArrayList<>();
      for (int i = min; i < max; i++) {
        Piece one = again(from, to);
        int[] out = {one.first, NONE};
        connect(all.exits, state(Kind.SPLIT, new BitSet(), out));
        exits.add(out);
        all = new Piece(all.first, one.exits);
      }
      exits.addAll(all.exits);
      all = new Piece(all.first, exits);
    }
    at = behind;
    return all;
  }

  private Piece again(int from, int to) {
    at = from;
    Piece piece = at < to && isPlain(to) ? atom() : repeatedUntil(to);
    at = to;
    return piece;
  }

  /** Whether the atom at hand ends there, without a repetition of its own. */
  private boolean isPlain(int to) {
    int before = at;
    int states = kinds.size();
    atom();
    boolean plain = at == to;
    at = before;
    while (kinds.size() > states) {
      kinds.removeLast();
      bytes.removeLast();
      next.removeLast();
    }
    return plain;
  }

  private Piece repeatedUntil(int to) {
    throw bad("Repeats of repeats are not supported; at offset " + to);
  }

  private Piece atom() {
    int c = pattern[at++] & 0xFF;
    switch (c) {
      case '(':
        if (has('?')) {
          while (at < pattern.length && !has(':')) {
            at++;
          }
          at++;
        }
        Piece inside = alternatives();
        if (!has(')')) {
          throw bad("Missing close parenthesis.");
        }
        at++;
        return inside;
      case '^':
        return single(Kind.BEGIN, new BitSet());
      case '$':
        return single(Kind.END, new BitSet());
      case '.':
        BitSet any = new BitSet(256);
        any.set(0, 256);
        return single(Kind.BYTES, any);
      case '[':
        return single(Kind.BYTES, bracket());
      case '\\':
        return single(Kind.BYTES, escape());
      case '*', '+', '?':
        throw bad("Invalid repeat.");
      default:
        return single(Kind.BYTES, one(c));
    }
  }

  private static BitSet one(int c) {
    BitSet set = new BitSet(256);
    set.set(c);
    return set;
  }

  private static BitSet range(BitSet set, int from, int to) {
    set.set(from, to + 1);
    return set;
  }

  private BitSet escape() {
    if (at == pattern.length) {
      throw bad("Trailing backslash.");
    }
    int c = pattern[at++] & 0xFF;
    BitSet set = new BitSet(256);
    switch (Character.toLowerCase((char) c)) {
      case 'd' -> range(set, '0', '9');
      case 'w' ->
          range(range(range(one('_'), '0', '9'), 'a', 'z'), 'A', 'Z').stream().forEach(set::set);
      case 's' -> {
        range(set, '\t', '\r');
        set.set(' ');
      }
      default -> {
        return one(
            switch (c) {
              case 'n' -> '\n';
              case 't' -> '\t';
              case 'r' -> '\r';
              default -> c;
            });
      }
    }
    if (c < 'a') {
      set.flip(0, 256);
    }
    return set;
  }

  private BitSet bracket() {
    boolean not = has('^');
    at += not ? 1 : 0;
    BitSet set = new BitSet(256);
    boolean first = true;
    while (first || !has(']')) {
      if (at >= pattern.length) {
        throw bad("Unterminated character class.");
      }
      first = false;
      int c = pattern[at++] & 0xFF;
      if (c == '\\') {
        set.or(escape());
      } else if (has('-') && at + 1 < pattern.length && pattern[at + 1] != ']') {
        range(set, c, Math.max(c, pattern[at + 1] & 0xFF));
        at += 2;
      } else {
        set.set(c);
      }
    }
    at++;
    if (not) {
      set.flip(0, 256);
    }
    return set;
  }

  /** Marks the rows that match. */
  void markRows(byte[] text, int[] offsets, int rows, byte[] out) {
    Arrays.fill(out, 0, rows, (byte) 0);
    for (int r = 0; r < rows; r++) {
      out[r] = (byte) (matches(text, offsets[r], offsets[r + 1]) ? 1 : 0);
    }
  }
}
