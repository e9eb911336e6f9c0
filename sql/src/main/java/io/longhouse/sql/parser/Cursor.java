package io.longhouse.sql.parser;

import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.SqlException;
import java.util.Arrays;
import java.util.BitSet;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Walks the tokens. The tokens are made when they are first looked at, since behind an INSERT there
 * may be data that are no tokens.
 */
final class Cursor {
  /** The parser's own limit: the stack of a thread has an end whatever the setting says. */
  private static final int DEPTH_MAX = 1000;

  private final String text;
  private final Lexer lexer;
  private final ParserLimits limits;
  private final boolean collecting;
  private final int base;
  private final Set<String> expected;

  private @Nullable BitSet failed;

  private TokenKind[] kinds = new TokenKind[64];
  private int[] starts = new int[64];
  private int[] ends = new int[64];
  private int count;
  private int pos;
  private int furthest;
  private int depth;
  private int literalsScanned;

  Cursor(String text, int offset, ParserLimits limits, boolean collecting) {
    int max = limits.maxQuerySize();
    int limit = max > 0 ? (int) Math.min(text.length(), (long) offset + max) : text.length();
    this.text = text;
    this.base = offset;
    this.lexer = new Lexer(text, offset, limit);
    this.limits = limits;
    this.collecting = collecting;
    this.expected = collecting ? new LinkedHashSet<>() : Set.of();
  }

  String text() {
    return text;
  }

  ParserLimits limits() {
    return limits;
  }

  // ---- Looking

  TokenKind kind() {
    return kind(0);
  }

  TokenKind kind(int ahead) {
    int i = pos + ahead;
    while (i >= count) {
      read();
    }
    return kinds[i];
  }

  private void read() {
    if (count == kinds.length) {
      kinds = Arrays.copyOf(kinds, count * 2);
      starts = Arrays.copyOf(starts, count * 2);
      ends = Arrays.copyOf(ends, count * 2);
    }
    kinds[count] = lexer.next();
    starts[count] = lexer.start();
    ends[count] = lexer.end();
    count++;
  }

  boolean at(TokenKind kind) {
    if (kind() == kind) {
      return true;
    }
    if (collecting) {
      expectAt(pos, kind.text().isEmpty() ? kind.name() : kind.text());
    }
    return false;
  }

  /** Whether the statement ends here. */
  boolean atEnd() {
    return kind() == TokenKind.END || kind() == TokenKind.SEMICOLON;
  }

  String tokenText() {
    return tokenText(0);
  }

  String tokenText(int ahead) {
    kind(ahead);
    return text.substring(starts[pos + ahead], ends[pos + ahead]);
  }

  int start() {
    kind();
    return starts[pos];
  }

  int start(int ahead) {
    kind(ahead);
    return starts[pos + ahead];
  }

  int end() {
    kind();
    return ends[pos];
  }

  /** Whether the token before this one is this word, without quotes. */
  boolean isAfter(String word) {
    return pos > 0 && kinds[pos - 1] == TokenKind.WORD && sameWord(pos - 1, word, 0, word.length());
  }

  /** Where the token before this one ended. */
  int previousEnd() {
    return pos == 0 ? base : ends[pos - 1];
  }

  /** How many tokens were made so far. */
  int tokens() {
    return count;
  }

  int position() {
    return pos;
  }

  /** Collections that begin before this token are known not to be casts of literals. */
  int literalsScanned() {
    return literalsScanned;
  }

  /** Notes that the tokens from here on were looked at; the last one may begin something else. */
  void literalsScannedTo(int ahead, boolean castFollows) {
    if (!castFollows) {
      literalsScanned = Math.max(literalsScanned, pos + ahead);
    }
  }

  // ---- Moving

  void advance() {
    if (kind() != TokenKind.END) {
      pos++;
    }
  }

  void reset(int position) {
    pos = position;
  }

  boolean accept(TokenKind kind) {
    if (at(kind)) {
      pos++;
      return true;
    }
    return false;
  }

  void expect(TokenKind kind) {
    if (!accept(kind)) {
      throw fail(kind.text());
    }
  }

  /** Skips these words, given in upper case with single blanks, when they are next. */
  boolean accept(String words) {
    int n = match(words, 0);
    if (n > 0) {
      pos += n;
      return true;
    }
    return false;
  }

  /** Whether these words are next. */
  boolean at(String words) {
    return match(words, 0) > 0;
  }

  /** Whether these words follow after some tokens. */
  boolean atAhead(int ahead, String words) {
    return match(words, ahead) > 0;
  }

  void expect(String words) {
    if (!accept(words)) {
      throw fail(words);
    }
  }

  /** The number of tokens that the words take, 0 when they are not there. */
  private int match(String words, int ahead) {
    int n = 0;
    int at = 0;
    while (at < words.length()) {
      int blank = words.indexOf(' ', at);
      int to = blank < 0 ? words.length() : blank;
      if (kind(ahead + n) != TokenKind.WORD || !sameWord(pos + ahead + n, words, at, to)) {
        if (collecting && ahead == 0) {
          expectAt(pos, words);
        }
        return 0;
      }
      n++;
      at = to + 1;
    }
    return n;
  }

  private boolean sameWord(int token, String words, int from, int to) {
    int start = starts[token];
    if (ends[token] - start != to - from) {
      return false;
    }
    for (int i = from, j = start; i < to; i++, j++) {
      char c = text.charAt(j);
      char w = words.charAt(i);
      if (c != w && (c < 'a' || c > 'z' || (c & 0xDF) != w)) {
        return false;
      }
    }
    return true;
  }

  // ---- Failing

  /** Notes what else could stand here, for the message of an error. */
  void couldBe(String... what) {
    if (collecting) {
      for (String one : what) {
        expectAt(pos, one);
      }
    }
  }

  private void expectAt(int position, String what) {
    if (position > furthest) {
      furthest = position;
      expected.clear();
    }
    if (position == furthest && !what.isEmpty()) {
      expected.add(what);
    }
  }

  SyntaxFailure fail(String... what) {
    kind();
    if (collecting) {
      for (String one : what) {
        expectAt(pos, one);
      }
    }
    if (pos > furthest) {
      furthest = pos;
    }
    return SyntaxFailure.INSTANCE;
  }

  /** What {@code parser} makes of what comes, or null with the cursor where it was. */
  <T> @Nullable T attempt(Function<Cursor, @Nullable T> parser) {
    int mark = pos;
    int markDepth = depth;
    try {
      T result = parser.apply(this);
      if (result == null) {
        pos = mark;
      }
      return result;
    } catch (SyntaxFailure _) {
      pos = mark;
      depth = markDepth;
      return null;
    }
  }

  /**
   * Like {@link #attempt}, but what failed at a place is not tried there again, so that attempts
   * within attempts do not cost exponential time.
   */
  <T> @Nullable T attemptOnce(Function<Cursor, @Nullable T> parser) {
    int mark = pos;
    if (failed != null && failed.get(mark)) {
      return null;
    }
    T result = attempt(parser);
    if (result == null) {
      if (failed == null) {
        failed = new BitSet();
      }
      failed.set(mark);
    }
    return result;
  }

  void enter() {
    int max = limits.maxParserDepth();
    if (++depth > (max > 0 ? Math.min(max, DEPTH_MAX) : DEPTH_MAX)) {
      throw new SqlException(
          ErrorCode.TOO_DEEP_RECURSION,
          "Maximum parse depth ("
              + (max > 0 ? Math.min(max, DEPTH_MAX) : DEPTH_MAX)
              + ") exceeded. Consider rising max_parser_depth parameter.");
    }
  }

  void leave() {
    depth--;
  }

  /** What went wrong, as far as the parser came. */
  SqlException error() {
    while (furthest >= count) {
      read();
    }
    for (int i = 0; i <= furthest; i++) {
      if (kinds[i].isError()) {
        return SyntaxMessages.unrecognized(text, base, kinds[i], starts[i], limits.maxQuerySize());
      }
    }
    int open = unmatched();
    if (open >= 0) {
      return SyntaxMessages.unmatched(text, base, starts[open]);
    }
    return SyntaxMessages.failed(
        text, base, kinds[furthest], starts[furthest], ends[furthest], expected);
  }

  /** A parenthesis without its partner; -1 when there is none. */
  private int unmatched() {
    while (kinds[count - 1] != TokenKind.END && !kinds[count - 1].isError()) {
      read();
    }
    int[] stack = new int[count];
    int n = 0;
    for (int i = 0; i < count && kinds[i] != TokenKind.SEMICOLON; i++) {
      switch (kinds[i]) {
        case OPEN_ROUND, OPEN_SQUARE -> stack[n++] = i;
        case CLOSE_ROUND, CLOSE_SQUARE -> {
          boolean round = kinds[i] == TokenKind.CLOSE_ROUND;
          if (n == 0 || (kinds[stack[n - 1]] == TokenKind.OPEN_ROUND) != round) {
            return i;
          }
          n--;
        }
        default -> {}
      }
      if (kinds[i].isError()) {
        return -1;
      }
    }
    return n > 0 ? stack[n - 1] : -1;
  }
}
