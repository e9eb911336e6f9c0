package io.longhouse.column.type;

import io.longhouse.column.ByteReader;
import io.longhouse.column.ByteWriter;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import org.jspecify.annotations.Nullable;

/** Walking over JSON whose values are not wanted, or wanted as they stand. */
public final class JsonText {
  private JsonText() {}

  /** Skips one value of any kind. */
  public static void skipValue(ByteReader in, FormatSettings settings) {
    copyValue(in, settings, null, 0);
  }

  /** Appends the text of one value, exactly as it stands. */
  public static void copyValue(ByteReader in, FormatSettings settings, ByteWriter out) {
    copyValue(in, settings, out, 0);
  }

  private static void copyValue(
      ByteReader in, FormatSettings settings, @Nullable ByteWriter out, int depth) {
    if (depth > settings.inputFormatJsonMaxDepth) {
      throw new LonghouseException(ErrorCode.TOO_DEEP_RECURSION, "JSON is too deep");
    }
    int c = in.peek();
    switch (c) {
      case -1 -> throw TextErrors.endOfData();
      case '"' -> copyString(in, out);
      case '{', '[' -> copyNested(in, settings, out, depth, c == '{' ? '}' : ']');
      default -> {
        boolean any = false;
        for (; isScalar(c); c = in.peek()) {
          step(in, out);
          any = true;
        }
        if (!any) {
          throw new LonghouseException(
              ErrorCode.INCORRECT_DATA, "Cannot read JSON value here: " + TextErrors.rest(in));
        }
      }
    }
  }

  private static boolean isScalar(int c) {
    return c >= '0' && c <= '9'
        || (c | 0x20) >= 'a' && (c | 0x20) <= 'z' && c > 0
        || c == '-'
        || c == '+'
        || c == '.';
  }

  private static void step(ByteReader in, @Nullable ByteWriter out) {
    int c = in.next();
    if (c < 0) {
      throw TextErrors.endOfData();
    }
    if (out != null) {
      out.writeByte(c);
    }
  }

  private static void copySpace(ByteReader in, @Nullable ByteWriter out) {
    while (TextErrors.isWhitespace(in.peek())) {
      step(in, out);
    }
  }

  private static void copyString(ByteReader in, @Nullable ByteWriter out) {
    step(in, out);
    for (int c = in.peek(); c != '"'; c = in.peek()) {
      step(in, out);
      if (c == '\\') {
        step(in, out);
      }
    }
    step(in, out);
  }

  private static void copyNested(
      ByteReader in, FormatSettings settings, @Nullable ByteWriter out, int depth, int close) {
    step(in, out);
    copySpace(in, out);
    if (in.peek() == close) {
      step(in, out);
      return;
    }
    while (true) {
      copySpace(in, out);
      if (close == '}') {
        if (in.peek() != '"') {
          throw TextErrors.expected("\"", in);
        }
        copyString(in, out);
        copySpace(in, out);
        if (in.peek() != ':') {
          throw TextErrors.expected(":", in);
        }
        step(in, out);
        copySpace(in, out);
      }
      copyValue(in, settings, out, depth + 1);
      copySpace(in, out);
      int c = in.peek();
      if (c != ',' && c != close) {
        throw TextErrors.expected(String.valueOf((char) close), in);
      }
      step(in, out);
      if (c == close) {
        return;
      }
    }
  }
}
