package io.longhouse.column.type;

import io.longhouse.column.ByteReader;
import io.longhouse.sql.ByteText;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import io.longhouse.sql.Quoting;

/** What is said when text cannot be read. */
public final class TextErrors {
  private static final int SHOWN_BYTES_MAX = 160;

  private TextErrors() {}

  /** CANNOT_PARSE_INPUT_ASSERTION_FAILED (27): what was expected and what stands there. */
  public static LonghouseException expected(String expected, ByteReader in) {
    return new LonghouseException(
        ErrorCode.CANNOT_PARSE_INPUT_ASSERTION_FAILED,
        "Cannot parse input: expected "
            + Quoting.string(expected)
            + (in.atEnd() ? " at end of stream." : " before: " + rest(in)));
  }

  /** The next bytes as a quoted string. */
  public static String rest(ByteReader in) {
    in.has(1);
    int n = Math.min(SHOWN_BYTES_MAX, in.limit() - in.position());
    return Quoting.string(ByteText.decode(in.buffer(), in.position(), n));
  }

  /** ATTEMPT_TO_READ_AFTER_EOF (32). */
  public static LonghouseException endOfData() {
    return new LonghouseException(ErrorCode.ATTEMPT_TO_READ_AFTER_EOF, "Attempt to read after eof");
  }

  /** Any code with the next bytes appended to the message. */
  public static LonghouseException at(ErrorCode code, String message, ByteReader in) {
    return new LonghouseException(code, message + " here: " + rest(in));
  }

  /** Consumes {@code text}, all ASCII, or says that it was expected. */
  public static void require(String text, ByteReader in) {
    for (int i = 0; i < text.length(); i++) {
      if (in.peek() != text.charAt(i)) {
        throw expected(text, in);
      }
      in.position(in.position() + 1);
    }
  }

  /** Consumes the byte {@code b} or says that it was expected. */
  public static void require(char b, ByteReader in) {
    if (!in.accept(b)) {
      throw expected(String.valueOf(b), in);
    }
  }

  /** Skips spaces, tabs, line feeds and the like. */
  public static void skipWhitespace(ByteReader in) {
    while (isWhitespace(in.peek())) {
      in.position(in.position() + 1);
    }
  }

  /** Space, tab, line feed, carriage return, form feed, vertical tab. */
  public static boolean isWhitespace(int b) {
    return b == ' ' || b >= '\t' && b <= '\r';
  }
}
