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
      int size = Utf8Sequence.length(bytes, i, end);
      if (size == 0) {
        out.append((char) (ESCAPE + (bytes[i] & 0xFF)));
        i++;
      } else {
        out.appendCodePoint(Utf8Sequence.codePoint(bytes, i, size));
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
}
