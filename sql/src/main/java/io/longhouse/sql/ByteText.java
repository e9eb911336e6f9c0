package io.longhouse.sql;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * UTF-8 and back without loss: a byte {@code b} that is no part of a valid sequence becomes the
 * lone surrogate {@code U+DC00 + b}. Such a string travels through the syntax tree and leaves as
 * the bytes that came.
 */
public final class ByteText {
  private static final int ESCAPE = 0xDC00;

  private ByteText() {}

  /** The text of these bytes. */
  public static String decode(byte[] bytes) {
    return decode(bytes, 0, bytes.length);
  }

  /** The text of a range of bytes. */
  public static String decode(byte[] bytes, int offset, int length) {
    int end = offset + length;
    int i = offset;
    while (i < end && bytes[i] >= 0) {
      i++;
    }
    if (i == end) {
      return new String(bytes, offset, length, StandardCharsets.ISO_8859_1);
    }
    var out = new StringBuilder(length);
    out.append(new String(bytes, offset, i - offset, StandardCharsets.ISO_8859_1));
    while (i < end) {
      int size = sequenceLength(bytes, i, end);
      if (size == 0) {
        out.append((char) (ESCAPE + (bytes[i] & 0xFF)));
        i++;
      } else {
        out.appendCodePoint(codePoint(bytes, i, size));
        i += size;
      }
    }
    return out.toString();
  }

  /** The bytes of this text. */
  public static byte[] encode(String text) {
    int length = text.length();
    for (int i = 0; i < length; i++) {
      if (text.charAt(i) >= 0x80) {
        return encodeWide(text);
      }
    }
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  private static byte[] encodeWide(String text) {
    var out = new byte[text.length() * 3];
    int n = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < 0x80) {
        out[n++] = (byte) c;
      } else if (c < 0x800) {
        out[n++] = (byte) (0xC0 | c >> 6);
        out[n++] = (byte) (0x80 | c & 0x3F);
      } else if (Character.isHighSurrogate(c)
          && i + 1 < text.length()
          && Character.isLowSurrogate(text.charAt(i + 1))) {
        int point = Character.toCodePoint(c, text.charAt(++i));
        out[n++] = (byte) (0xF0 | point >> 18);
        out[n++] = (byte) (0x80 | point >> 12 & 0x3F);
        out[n++] = (byte) (0x80 | point >> 6 & 0x3F);
        out[n++] = (byte) (0x80 | point & 0x3F);
      } else if (c >= ESCAPE + 0x80 && c <= ESCAPE + 0xFF) {
        out[n++] = (byte) (c - ESCAPE);
      } else {
        out[n++] = (byte) (0xE0 | c >> 12);
        out[n++] = (byte) (0x80 | c >> 6 & 0x3F);
        out[n++] = (byte) (0x80 | c & 0x3F);
      }
    }
    return Arrays.copyOf(out, n);
  }

  /** How many bytes the valid sequence at {@code i} has; 0 when there is none. */
  private static int sequenceLength(byte[] b, int i, int end) {
    int first = b[i] & 0xFF;
    if (first < 0x80) {
      return 1;
    }
    int size = first < 0xC2 ? 0 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : first < 0xF5 ? 4 : 0;
    if (size == 0 || i + size > end) {
      return 0;
    }
    for (int k = 1; k < size; k++) {
      if ((b[i + k] & 0xC0) != 0x80) {
        return 0;
      }
    }
    int second = b[i + 1] & 0xFF;
    return switch (first) {
      case 0xE0 -> second < 0xA0 ? 0 : 3; // overlong
      case 0xED -> second > 0x9F ? 0 : 3; // surrogates
      case 0xF0 -> second < 0x90 ? 0 : 4; // overlong
      case 0xF4 -> second > 0x8F ? 0 : 4; // beyond Unicode
      default -> size;
    };
  }

  private static int codePoint(byte[] b, int i, int size) {
    return switch (size) {
      case 1 -> b[i];
      case 2 -> (b[i] & 0x1F) << 6 | b[i + 1] & 0x3F;
      case 3 -> (b[i] & 0x0F) << 12 | (b[i + 1] & 0x3F) << 6 | b[i + 2] & 0x3F;
      default ->
          (b[i] & 0x07) << 18 | (b[i + 1] & 0x3F) << 12 | (b[i + 2] & 0x3F) << 6 | b[i + 3] & 0x3F;
    };
  }
}
