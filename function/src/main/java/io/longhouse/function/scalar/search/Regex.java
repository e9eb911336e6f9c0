package io.longhouse.function.scalar.search;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.longhouse.sql.ByteText;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import java.util.Arrays;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * A compiled regular expression of RE2's language; {@code .} matches a line feed too. Immutable;
 * compiled ones are kept, so that a pattern is compiled once and not once a block.
 */
public final class Regex {
  private static final int CACHE_MAX = 1000;
  private static final ConcurrentHashMap<String, Regex> CACHE = new ConcurrentHashMap<>();

  private final Pattern pattern;
  private final @Nullable ByteSearch required;
  private final boolean literal;

  private Regex(String source) {
    try {
      this.pattern = Pattern.compile(source, Pattern.DOTALL);
    } catch (PatternSyntaxException e) {
      throw new LonghouseException(
          ErrorCode.CANNOT_COMPILE_REGEXP,
          "OptimizedRegularExpression: cannot compile re2: "
              + source
              + ", error: "
              + e.getDescription(),
          e);
    }
    byte[] bytes = RegexLiteral.required(source);
    this.required = bytes.length == 0 ? null : ByteSearch.exact(bytes);
    this.literal = bytes.length > 0 && RegexLiteral.isLiteral(source);
  }

  /**
   * @throws LonghouseException CANNOT_COMPILE_REGEXP (427)
   */
  public static Regex compile(byte[] source) {
    String text = ByteText.decode(source);
    Regex known = CACHE.get(text);
    if (known == null) {
      known = new Regex(text);
      if (CACHE.size() >= CACHE_MAX) {
        CACHE.clear();
      }
      CACHE.put(text, known);
    }
    return known;
  }

  /** Capturing groups. */
  public int groups() {
    return pattern.groupCount();
  }

  /** Bytes without which nothing matches, or null. */
  @Nullable ByteSearch required() {
    return required;
  }

  /** Whether the expression is nothing but the bytes of {@link #required}. */
  boolean isLiteral() {
    return literal;
  }

  /** A matcher over a copy of a range of bytes; its places count from the copy's beginning. */
  public Matcher matcher(byte[] bytes, int from, int to) {
    return pattern.matcher(Arrays.copyOfRange(bytes, from, to));
  }

  /** Whether the expression matches anywhere in a string that has the required bytes. */
  boolean matches(byte[] bytes, int from, int to) {
    return matcher(bytes, from, to).find();
  }

  /** Sets {@code out[row]} to 1 where the row's string matches. */
  void markRows(byte[] bytes, int[] offsets, int rows, byte[] out) {
    if (required != null) {
      required.markRows(bytes, offsets, rows, out, (byte) 1);
      if (literal) {
        return;
      }
    } else {
      Arrays.fill(out, 0, rows, (byte) 1);
    }
    for (int r = 0; r < rows; r++) {
      if (out[r] != 0 && !matches(bytes, offsets[r], offsets[r + 1])) {
        out[r] = 0;
      }
    }
  }
}
