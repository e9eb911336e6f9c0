package io.longhouse.column.type;

import io.longhouse.column.ByteReader;
import io.longhouse.column.ByteWriter;
import io.longhouse.column.StringColumn;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import io.longhouse.sql.Utf8Sequence;

/**
 * Byte strings in each text form. A string without escapes that lies whole in the reader's buffer
 * is copied once, straight into the column; all others go through a scratch buffer of the thread.
 */
public final class StringText {
  private static final ThreadLocal<ByteWriter> SCRATCH =
      ThreadLocal.withInitial(() -> new ByteWriter(256));
  private static final byte[] HEX = {
    '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'A', 'B', 'C', 'D', 'E', 'F'
  };

  /** Bit 0: escaped in ESCAPED and QUOTED; bit 1: escaped in JSON; bit 2: in XML. */
  private static final byte[] SPECIAL = new byte[256];

  static {
    for (int c : new int[] {'\b', '\f', '\n', '\r', '\t', 0, '\'', '\\'}) {
      SPECIAL[c] |= 1;
    }
    for (int c = 0; c < 0x20; c++) {
      SPECIAL[c] |= 2;
    }
    SPECIAL['"'] |= 2;
    SPECIAL['\\'] |= 2;
    SPECIAL['/'] |= 2;
    SPECIAL[0xE2] |= 2;
    SPECIAL['<'] |= 4;
    SPECIAL['&'] |= 4;
    for (int c = 0x80; c < 0x100; c++) {
      SPECIAL[c] |= 4;
    }
  }

  private StringText() {}

  /** Writes bytes in a form. */
  public static void write(
      byte[] b, int from, int length, TextForm form, FormatSettings settings, ByteWriter out) {
    switch (form) {
      case RAW -> out.writeBytes(b, from, length);
      case ESCAPED -> writeEscaped(b, from, length, out);
      case QUOTED -> {
        out.writeByte('\'');
        if (settings.outputFormatValuesEscapeQuoteWithQuote) {
          writeEscapedDoublingQuotes(b, from, length, out);
        } else {
          writeEscaped(b, from, length, out);
        }
        out.writeByte('\'');
      }
      case CSV -> {
        out.writeByte('"');
        writeDoublingQuotes(b, from, length, '"', out);
        out.writeByte('"');
      }
      case JSON -> writeJson(b, from, length, settings, out);
      case XML -> writeXml(b, from, length, out);
    }
  }

  /** With a backslash before the characters that TabSeparated and quoted strings escape. */
  public static void writeEscaped(byte[] b, int from, int length, ByteWriter out) {
    int end = from + length;
    int start = from;
    for (int i = from; i < end; i++) {
      if ((SPECIAL[b[i] & 0xFF] & 1) != 0) {
        out.writeBytes(b, start, i - start);
        out.writeByte('\\');
        out.writeByte(
            switch (b[i]) {
              case '\b' -> 'b';
              case '\f' -> 'f';
              case '\n' -> 'n';
              case '\r' -> 'r';
              case '\t' -> 't';
              case 0 -> '0';
              default -> b[i];
            });
        start = i + 1;
      }
    }
    out.writeBytes(b, start, end - start);
  }

  /** Quotes are doubled and, as ClickHouse does it then, backslashes stay as they are. */
  private static void writeEscapedDoublingQuotes(byte[] b, int from, int n, ByteWriter out) {
    int start = from;
    for (int i = from; i < from + n; i++) {
      if (b[i] == '\'' || b[i] == '\\') {
        writeEscaped(b, start, i - start, out);
        out.writeByte(b[i]);
        if (b[i] == '\'') {
          out.writeByte('\'');
        }
        start = i + 1;
      }
    }
    writeEscaped(b, start, from + n - start, out);
  }

  private static void writeDoublingQuotes(byte[] b, int from, int n, int quote, ByteWriter out) {
    int end = from + n;
    int start = from;
    for (int i = from; i < end; i++) {
      if (b[i] == quote) {
        out.writeBytes(b, start, i - start + 1);
        start = i;
      }
    }
    out.writeBytes(b, start, end - start);
  }

  /** As a JSON string in double quotes. */
  public static void writeJson(byte[] b, int from, int length, FormatSettings s, ByteWriter out) {
    out.writeByte('"');
    int end = from + length;
    int start = from;
    for (int i = from; i < end; i++) {
      int c = b[i] & 0xFF;
      if ((SPECIAL[c] & 2) == 0) {
        continue;
      }
      if (c == '/' && !s.outputFormatJsonEscapeForwardSlashes) {
        continue;
      }
      if (c == 0xE2) {
        boolean separator = i + 2 < end && b[i + 1] == (byte) 0x80 && (b[i + 2] & 0xFE) == 0xA8;
        if (separator) {
          out.writeBytes(b, start, i - start);
          out.writeAscii(b[i + 2] == (byte) 0xA8 ? "\\u2028" : "\\u2029");
          i += 2;
          start = i + 1;
        }
        continue;
      }
      out.writeBytes(b, start, i - start);
      writeJsonEscape(c, out);
      start = i + 1;
    }
    out.writeBytes(b, start, end - start);
    out.writeByte('"');
  }

  private static void writeJsonEscape(int c, ByteWriter out) {
    out.writeByte('\\');
    switch (c) {
      case '\b' -> out.writeByte('b');
      case '\f' -> out.writeByte('f');
      case '\n' -> out.writeByte('n');
      case '\r' -> out.writeByte('r');
      case '\t' -> out.writeByte('t');
      case '"', '\\', '/' -> out.writeByte(c);
      default -> {
        out.writeAscii("u00");
        out.writeByte(HEX[c >> 4]);
        out.writeByte(HEX[c & 15]);
      }
    }
  }

  private static void writeXml(byte[] b, int from, int length, ByteWriter out) {
    int end = from + length;
    int start = from;
    for (int i = from; i < end; i++) {
      int c = b[i] & 0xFF;
      if ((SPECIAL[c] & 4) == 0) {
        continue;
      }
      if (c >= 0x80) {
        int size = Utf8Sequence.length(b, i, end);
        if (size > 0) {
          i += size - 1;
        } else {
          out.writeBytes(b, start, i - start);
          out.writeBytes(Utf8.REPLACEMENT);
          start = i + 1;
        }
        continue;
      }
      out.writeBytes(b, start, i - start);
      out.writeAscii(c == '<' ? "&lt;" : "&amp;");
      start = i + 1;
    }
    out.writeBytes(b, start, end - start);
  }

  /** Reads a string in a form into a column of strings. */
  public static void read(
      ByteReader in, TextForm form, FormatSettings settings, StringColumn.Builder out) {
    long span = plainSpan(in, form, settings);
    if (span >= 0) {
      int skip = (int) (span >>> 62) & 1;
      int length = (int) span;
      out.add(in.buffer(), in.position() + skip, length);
      in.position(in.position() + length + 2 * skip);
      return;
    }
    ByteWriter text = read(in, form, settings);
    out.add(text.buffer(), 0, text.position());
  }

  /**
   * Where a string without escapes lies: its length, with bit 62 set when it is in quotes; negative
   * when it is not that simple.
   */
  private static long plainSpan(ByteReader in, TextForm form, FormatSettings settings) {
    byte[] b = in.buffer();
    int p = in.position();
    int end = in.limit();
    switch (form) {
      case ESCAPED -> {
        int q = p;
        while (q < end && b[q] != '\t' && b[q] != '\n' && b[q] != '\\' && b[q] != '\r') {
          q++;
        }
        boolean found = q < end && (b[q] == '\t' || b[q] == '\n');
        return found ? q - p : -1;
      }
      case QUOTED -> {
        return p < end && b[p] == '\'' ? quotedSpan(b, p + 1, end, '\'', true) : -1;
      }
      case JSON -> {
        return p < end && b[p] == '"' ? quotedSpan(b, p + 1, end, '"', false) : -1;
      }
      case CSV -> {
        if (p < end && b[p] == '"') {
          return settings.formatCsvAllowDoubleQuotes ? csvSpan(b, p + 1, end) : -1;
        }
        byte delimiter = (byte) settings.formatCsvDelimiter;
        int q = p;
        while (q < end && b[q] != delimiter && b[q] > '\r' && b[q] != '\'') {
          q++;
        }
        // The byte before the delimiter must not be a space, which would be trimmed.
        boolean found = q < end && (b[q] == delimiter || b[q] == '\n');
        return found && (q == p || b[q - 1] != ' ') ? q - p : -1;
      }
      default -> {
        return -1;
      }
    }
  }

  private static long quotedSpan(byte[] b, int from, int end, int quote, boolean doubled) {
    int q = from;
    while (q < end && b[q] != quote && b[q] != '\\') {
      q++;
    }
    boolean closed = q < end && b[q] == quote && (!doubled || q + 1 < end && b[q + 1] != quote);
    return closed ? 1L << 62 | q - from : -1;
  }

  private static long csvSpan(byte[] b, int from, int end) {
    int q = from;
    while (q < end && b[q] != '"') {
      q++;
    }
    return q + 1 < end && b[q + 1] != '"' ? 1L << 62 | q - from : -1;
  }

  /**
   * Reads a string in a form. The answer is a scratch buffer of this thread, valid until the next
   * string is read.
   */
  public static ByteWriter read(ByteReader in, TextForm form, FormatSettings settings) {
    ByteWriter out = SCRATCH.get();
    out.reset();
    readInto(in, form, settings, out);
    return out;
  }

  /** Reads a string in a form and appends its bytes. */
  public static void readInto(
      ByteReader in, TextForm form, FormatSettings settings, ByteWriter out) {
    switch (form) {
      case RAW, XML -> {
        do {
          out.writeBytes(in.buffer(), in.position(), in.limit() - in.position());
          in.position(in.limit());
        } while (in.refill());
      }
      case ESCAPED -> readEscaped(in, settings.inputFormatTsvCrlfEndOfLine, out);
      case QUOTED -> readQuoted(in, '\'', out);
      case CSV -> readCsv(in, settings, out);
      case JSON -> readJson(in, settings, out);
    }
  }

  /** Up to a tab or line feed, with backslash escapes. */
  public static void readEscaped(ByteReader in, boolean crlf, ByteWriter out) {
    while (true) {
      byte[] b = in.buffer();
      int p = in.position();
      int end = in.limit();
      int q = p;
      while (q < end && b[q] != '\t' && b[q] != '\n' && b[q] != '\\' && b[q] != '\r') {
        q++;
      }
      out.writeBytes(b, p, q - p);
      in.position(q);
      if (q == end) {
        if (in.refill()) {
          continue;
        }
        return;
      }
      if (b[q] == '\\') {
        in.position(q + 1);
        readEscape(in, out);
      } else if (b[q] == '\r') {
        if (crlf && in.peek(1) == '\n') {
          return;
        }
        if (!crlf && in.peek(1) == '\n') {
          throw new LonghouseException(
              ErrorCode.INCORRECT_DATA,
              "\n"
                  + "You have carriage return (\\r, 0x0D, ASCII 13) at end of first row.\n"
                  + "It's like your input data has DOS/Windows style line separators, that are"
                  + " illegal in TabSeparated format. You must transform your file to Unix"
                  + " format.\n"
                  + "But if you really need carriage return at end of string value of last column,"
                  + " you need to escape it as \\r\n"
                  + "or else enable setting 'input_format_tsv_crlf_end_of_line'");
        }
        out.writeByte('\r');
        in.next();
      } else {
        return;
      }
    }
  }

  /** What stands behind a backslash in ESCAPED and QUOTED text. */
  private static void readEscape(ByteReader in, ByteWriter out) {
    int c = in.next();
    switch (c) {
      case -1 ->
          throw new LonghouseException(
              ErrorCode.CANNOT_PARSE_ESCAPE_SEQUENCE, "Cannot parse escape sequence");
      case 'b' -> out.writeByte('\b');
      case 'f' -> out.writeByte('\f');
      case 'n' -> out.writeByte('\n');
      case 'r' -> out.writeByte('\r');
      case 't' -> out.writeByte('\t');
      case '0' -> out.writeByte(0);
      case 'a' -> out.writeByte(7);
      case 'v' -> out.writeByte(11);
      case 'e' -> out.writeByte(27);
      case 'x' -> {
        int high = Character.digit(in.next(), 16);
        int low = Character.digit(in.next(), 16);
        out.writeByte((high < 0 ? 15 : high) << 4 | (low < 0 ? 15 : low));
      }
      case 'N' -> {}
      case '\\', '\'', '"', '`', '/', '=', '\n' -> out.writeByte(c);
      default -> {
        // An escape that means nothing keeps its backslash, as in regular expressions.
        out.writeByte('\\');
        out.writeByte(c);
      }
    }
  }

  private static void readQuoted(ByteReader in, int quote, ByteWriter out) {
    if (!in.accept(quote)) {
      throw new LonghouseException(
          ErrorCode.CANNOT_PARSE_QUOTED_STRING,
          "Cannot parse quoted string: expected opening quote '"
              + (char) quote
              + "', got "
              + (in.atEnd() ? "end of stream" : "'" + (char) in.peek() + "'"));
    }
    while (true) {
      byte[] b = in.buffer();
      int p = in.position();
      int end = in.limit();
      int q = p;
      while (q < end && b[q] != quote && b[q] != '\\') {
        q++;
      }
      out.writeBytes(b, p, q - p);
      in.position(q);
      if (q == end) {
        if (in.refill()) {
          continue;
        }
        throw new LonghouseException(
            ErrorCode.CANNOT_PARSE_QUOTED_STRING,
            "Cannot parse quoted string: expected closing quote");
      }
      in.position(q + 1);
      if (b[q] == '\\') {
        readEscape(in, out);
      } else if (in.accept(quote)) {
        out.writeByte(quote);
      } else {
        return;
      }
    }
  }

  private static void readCsv(ByteReader in, FormatSettings settings, ByteWriter out) {
    int first = in.peek();
    boolean quoted =
        first == '"' && settings.formatCsvAllowDoubleQuotes
            || first == '\'' && settings.formatCsvAllowSingleQuotes;
    if (quoted) {
      in.next();
      readDoubledQuotes(in, first, out);
      return;
    }
    int delimiter = settings.formatCsvDelimiter;
    int start = out.position();
    for (int c = in.peek(); c >= 0 && c != delimiter && c != '\n'; c = in.peek()) {
      boolean lineEnd =
          c == '\r' && (in.peek(1) == '\n' || settings.inputFormatCsvAllowCrEndOfLine);
      if (lineEnd) {
        break;
      }
      out.writeByte(c);
      in.position(in.position() + 1);
    }
    if (settings.inputFormatCsvTrimWhitespaces) {
      int end = out.position();
      while (end > start && (out.buffer()[end - 1] == ' ' || out.buffer()[end - 1] == '\t')) {
        end--;
      }
      out.truncate(end);
    }
  }

  private static void readDoubledQuotes(ByteReader in, int quote, ByteWriter out) {
    while (true) {
      byte[] b = in.buffer();
      int p = in.position();
      int end = in.limit();
      int q = p;
      while (q < end && b[q] != quote) {
        q++;
      }
      out.writeBytes(b, p, q - p);
      in.position(q);
      if (q == end) {
        if (in.refill()) {
          continue;
        }
        // As ClickHouse, a quote that is never closed closes at the end.
        return;
      }
      in.position(q + 1);
      if (!in.accept(quote)) {
        return;
      }
      out.writeByte(quote);
    }
  }

  /** A JSON string, its quotes included. */
  public static void readJson(ByteReader in, FormatSettings settings, ByteWriter out) {
    if (!in.accept('"')) {
      throw new LonghouseException(
          ErrorCode.CANNOT_PARSE_QUOTED_STRING,
          "Cannot parse JSON string: expected opening quote, got "
              + (in.atEnd() ? "end of stream" : "'" + (char) in.peek() + "'"));
    }
    while (true) {
      byte[] b = in.buffer();
      int p = in.position();
      int end = in.limit();
      int q = p;
      while (q < end && b[q] != '"' && b[q] != '\\') {
        q++;
      }
      out.writeBytes(b, p, q - p);
      in.position(q);
      if (q == end) {
        if (in.refill()) {
          continue;
        }
        throw new LonghouseException(
            ErrorCode.CANNOT_PARSE_QUOTED_STRING,
            "Cannot parse JSON string: expected closing quote");
      }
      in.position(q + 1);
      if (b[q] == '"') {
        return;
      }
      readJsonEscape(in, settings, out);
    }
  }

  private static void readJsonEscape(ByteReader in, FormatSettings settings, ByteWriter out) {
    int c = in.next();
    switch (c) {
      case 'b' -> out.writeByte('\b');
      case 'f' -> out.writeByte('\f');
      case 'n' -> out.writeByte('\n');
      case 'r' -> out.writeByte('\r');
      case 't' -> out.writeByte('\t');
      case '"', '\\', '/' -> out.writeByte(c);
      case 'u' -> {
        int first = hex4(in);
        if (first >= 0xD800 && first < 0xDC00 && in.peek() == '\\' && in.peek(1) == 'u') {
          in.position(in.position() + 2);
          int second = hex4(in);
          if (second < 0xDC00 || second > 0xDFFF) {
            throw badEscape("Incorrect surrogate pair of unicode escape sequences in JSON");
          }
          Utf8.write(0x10000 + (first - 0xD800 << 10) + second - 0xDC00, out);
        } else if (first >= 0xD800
            && first < 0xE000
            && settings.inputFormatJsonThrowOnBadEscapeSequence) {
          throw badEscape("Cannot parse escape sequence: missing second part of surrogate pair");
        } else {
          Utf8.write(first, out);
        }
      }
      case -1 -> throw badEscape("Cannot parse escape sequence");
      default -> out.writeByte(c);
    }
  }

  private static LonghouseException badEscape(String message) {
    return new LonghouseException(ErrorCode.CANNOT_PARSE_ESCAPE_SEQUENCE, message);
  }

  private static int hex4(ByteReader in) {
    int v = 0;
    for (int i = 0; i < 4; i++) {
      int d = Character.digit(in.next(), 16);
      if (d < 0) {
        throw badEscape("Cannot parse escape sequence: expected 4 hexadecimal digits after \\u");
      }
      v = v << 4 | d;
    }
    return v;
  }
}
