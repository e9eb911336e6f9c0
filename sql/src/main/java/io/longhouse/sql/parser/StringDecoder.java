package io.longhouse.sql.parser;

import io.longhouse.sql.ByteText;
import java.io.ByteArrayOutputStream;

/** Turns the source of string literals and quoted identifiers into what they mean. */
final class StringDecoder {
  private StringDecoder() {}

  /** The value of a STRING token. */
  static String string(String token) {
    char first = token.charAt(0);
    if (first == 'x' || first == 'X') {
      return hex(token);
    }
    if (first == 'b' || first == 'B') {
      return binary(token);
    }
    return first == '\u2018' ? token.substring(1, token.length() - 1) : unquote(token);
  }

  /** The value of a HEREDOC token. */
  static String heredoc(String token) {
    int tag = token.indexOf('$', 1) + 1;
    return token.substring(tag, token.length() - tag);
  }

  /** The name in a QUOTED_IDENTIFIER token. */
  static String identifier(String token) {
    return token.charAt(0) == '\u201C' ? token.substring(1, token.length() - 1) : unquote(token);
  }

  /** Resolves escapes and doubled quotes. */
  static String unquote(String token) {
    char quote = token.charAt(0);
    int end = token.length() - 1;
    boolean plain = true;
    for (int i = 1; i < end; i++) {
      char c = token.charAt(i);
      if (c == '\\' || c == quote) {
        plain = false;
        break;
      }
    }
    return plain ? token.substring(1, end) : resolve(token, quote, end);
  }

  private static String resolve(String token, char quote, int end) {
    var out = new StringBuilder(end);
    boolean bytes = false;
    int i = 1;
    while (i < end) {
      char c = token.charAt(i);
      if (c == quote) {
        out.append(c);
        i += 2;
      } else if (c != '\\') {
        out.append(c);
        i++;
      } else if (token.charAt(i + 1) == 'x' && i + 3 < end) {
        int value = digit(token.charAt(i + 2)) << 4 | digit(token.charAt(i + 3));
        appendByte(out, value & 0xFF);
        bytes |= value >= 0x80;
        i += 4;
      } else {
        appendEscape(out, token.charAt(i + 1));
        i += 2;
      }
    }
    // Bytes given one by one may make up characters together.
    return bytes ? ByteText.decode(ByteText.encode(out.toString())) : out.toString();
  }

  private static void appendEscape(StringBuilder out, char c) {
    switch (c) {
      case 'a' -> out.append('\u0007');
      case 'b' -> out.append('\b');
      case 'e' -> out.append('\u001B');
      case 'f' -> out.append('\f');
      case 'n' -> out.append('\n');
      case 'r' -> out.append('\r');
      case 't' -> out.append('\t');
      case 'v' -> out.append('\u000B');
      case '0' -> out.append('\0');
      case 'N' -> {}
      case '\\', '\'', '"', '`', '/', '=' -> out.append(c);
      default -> {
        if (c >= ' ' && c != 0x7F) {
          out.append('\\');
        }
        out.append(c);
      }
    }
  }

  /** {@code x'4142'}. */
  private static String hex(String token) {
    int digits = token.length() - 3;
    var bytes = new ByteArrayOutputStream(digits / 2 + 1);
    int i = 2;
    if (digits % 2 == 1) {
      bytes.write(digit(token.charAt(i++)));
    }
    for (; i + 1 < token.length() - 1; i += 2) {
      bytes.write(digit(token.charAt(i)) << 4 | digit(token.charAt(i + 1)));
    }
    return ByteText.decode(bytes.toByteArray());
  }

  /** {@code b'01000001'}. */
  private static String binary(String token) {
    int end = token.length() - 1;
    var bytes = new ByteArrayOutputStream();
    int value = 0;
    for (int i = 2; i < end; i++) {
      value = value << 1 | token.charAt(i) - '0';
      if ((end - i - 1) % 8 == 0) {
        bytes.write(value);
        value = 0;
      }
    }
    return ByteText.decode(bytes.toByteArray());
  }

  private static void appendByte(StringBuilder out, int value) {
    out.append((char) (value < 0x80 ? value : 0xDC00 + value));
  }

  private static int digit(char c) {
    int value = Character.digit(c, 16);
    return value < 0 ? 0xFF : value;
  }
}
