package io.longhouse.cluster.replication.node;

import io.longhouse.column.type.TimeZones;
import io.longhouse.sql.ByteText;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A place in the text of a node. Words end at a tab or a line's end; escaped words carry {@code
 * \n}, {@code \t}, {@code \\}, {@code \'} and their like.
 */
final class NodeText {
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");
  private static final int TIME_LENGTH = 19;
  private static final int SHOWN_MAX = 40;

  private final byte[] bytes;
  private final String where;
  private int at;

  /**
   * @param where the node's path, for messages
   */
  NodeText(byte[] bytes, String where) {
    this.bytes = bytes;
    this.where = where;
  }

  boolean atEnd() {
    return at == bytes.length;
  }

  boolean accept(String literal) {
    int length = literal.length();
    if (at + length > bytes.length) {
      return false;
    }
    for (int i = 0; i < length; i++) {
      if (bytes[at + i] != (byte) literal.charAt(i)) {
        return false;
      }
    }
    at += length;
    return true;
  }

  void expect(String literal) {
    if (!accept(literal)) {
      throw wrong("'" + literal + "'");
    }
  }

  void expectEnd() {
    if (!atEnd()) {
      throw wrong("the end");
    }
  }

  /** Up to the next tab, line's end or the end. */
  String word() {
    int from = at;
    while (at < bytes.length && bytes[at] != '\t' && bytes[at] != '\n') {
      at++;
    }
    return ByteText.decode(bytes, from, at - from);
  }

  /** Up to the next line's end or the end. */
  String line() {
    int from = at;
    while (at < bytes.length && bytes[at] != '\n') {
      at++;
    }
    return ByteText.decode(bytes, from, at - from);
  }

  String escapedWord() {
    return unescaped(word());
  }

  String escapedLine() {
    return unescaped(line());
  }

  long number() {
    int from = at;
    if (at < bytes.length && bytes[at] == '-') {
      at++;
    }
    while (at < bytes.length && bytes[at] >= '0' && bytes[at] <= '9') {
      at++;
    }
    String digits = new String(bytes, from, at - from, StandardCharsets.ISO_8859_1);
    try {
      return Long.parseLong(digits);
    } catch (NumberFormatException e) {
      at = from;
      throw wrong("a number");
    }
  }

  int smallNumber() {
    int from = at;
    long n = number();
    if (n != (int) n) {
      at = from;
      throw wrong("a number of 32 bits");
    }
    return (int) n;
  }

  boolean flag() {
    return number() != 0;
  }

  /** A time in the server's zone, as seconds since 1970. */
  long time() {
    int end = Math.min(bytes.length, at + TIME_LENGTH);
    String text = new String(bytes, at, end - at, StandardCharsets.ISO_8859_1);
    if (text.startsWith("0000-00-00")) {
      at = end;
      return 0;
    }
    try {
      long sec = LocalDateTime.parse(text, TIME).atZone(TimeZones.server()).toEpochSecond();
      at = end;
      return sec;
    } catch (DateTimeException e) {
      throw wrong("a time");
    }
  }

  static String time(long sec) {
    return TIME.format(Instant.ofEpochSecond(sec).atZone(TimeZones.server()));
  }

  /** A string between {@code quote}s. */
  String quoted(char quote) {
    expect(String.valueOf(quote));
    int from = at;
    while (at < bytes.length && bytes[at] != quote) {
      at += bytes[at] == '\\' ? 2 : 1;
    }
    if (at >= bytes.length) {
      at = from;
      throw wrong("the end of a string in quotes");
    }
    String text = ByteText.decode(bytes, from, at - from);
    at++;
    return unescaped(text);
  }

  List<String> quotedList() {
    expect("[");
    List<String> all = new ArrayList<>();
    while (!accept("]")) {
      if (!all.isEmpty()) {
        expect(",");
      }
      all.add(quoted('\''));
    }
    return all;
  }

  /** Text whose length in bytes was said before. */
  String take(int length) {
    if (length < 0 || length > bytes.length - at) {
      throw wrong(length + " bytes");
    }
    at += length;
    return ByteText.decode(bytes, at - length, length);
  }

  byte[] rest() {
    byte[] rest = Arrays.copyOfRange(bytes, at, bytes.length);
    at = bytes.length;
    return rest;
  }

  static String escaped(String text) {
    var out = new StringBuilder(text.length() + 8);
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '\b' -> out.append("\\b");
        case '\f' -> out.append("\\f");
        case '\n' -> out.append("\\n");
        case '\r' -> out.append("\\r");
        case '\t' -> out.append("\\t");
        case '\0' -> out.append("\\0");
        case '\\', '\'' -> out.append('\\').append(c);
        default -> out.append(c);
      }
    }
    return out.toString();
  }

  static String quotedList(List<String> all) {
    var out = new StringBuilder("[");
    for (int i = 0; i < all.size(); i++) {
      out.append(i == 0 ? "'" : ",'").append(escaped(all.get(i))).append('\'');
    }
    return out.append(']').toString();
  }

  private String unescaped(String text) {
    if (text.indexOf('\\') < 0) {
      return text;
    }
    var bytesOut = new ByteArrayOutputStream(text.length());
    byte[] in = ByteText.encode(text);
    for (int i = 0; i < in.length; i++) {
      if (in[i] != '\\') {
        bytesOut.write(in[i]);
      } else if (i + 1 == in.length) {
        throw wrong("something behind a backslash");
      } else {
        i++;
        if (in[i] == 'x' && i + 2 < in.length) {
          bytesOut.write(Character.digit(in[i + 1], 16) << 4 | Character.digit(in[i + 2], 16));
          i += 2;
        } else {
          bytesOut.write(unescaped(in[i]));
        }
      }
    }
    return ByteText.decode(bytesOut.toByteArray());
  }

  private static int unescaped(byte c) {
    return switch (c) {
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case '0' -> 0;
      default -> c;
    };
  }

  LonghouseException wrong(String expected) {
    int shown = Math.min(SHOWN_MAX, bytes.length - Math.min(at, bytes.length));
    return new LonghouseException(
        ErrorCode.CANNOT_PARSE_INPUT_ASSERTION_FAILED,
        "Cannot parse input: expected "
            + expected.replace("\n", "\\n")
            + " before: '"
            + escaped(ByteText.decode(bytes, Math.min(at, bytes.length), shown))
            + "' (byte "
            + at
            + " of "
            + bytes.length
            + " of node "
            + where
            + ")");
  }
}
