package io.longhouse.column.type;

import io.longhouse.column.ByteWriter;

/** UTF-8 on byte arrays. */
public final class Utf8 {
  /** U+FFFD, what stands for bytes that are not UTF-8. */
  static final byte[] REPLACEMENT = {(byte) 0xEF, (byte) 0xBF, (byte) 0xBD};

  private Utf8() {}

  /** Writes a code point, a lone surrogate too. */
  public static void write(int c, ByteWriter out) {
    if (c < 0x80) {
      out.writeByte(c);
    } else if (c < 0x800) {
      out.writeByte(0xC0 | c >> 6);
      out.writeByte(0x80 | c & 0x3F);
    } else if (c < 0x10000) {
      out.writeByte(0xE0 | c >> 12);
      out.writeByte(0x80 | c >> 6 & 0x3F);
      out.writeByte(0x80 | c & 0x3F);
    } else {
      out.writeByte(0xF0 | c >> 18);
      out.writeByte(0x80 | c >> 12 & 0x3F);
      out.writeByte(0x80 | c >> 6 & 0x3F);
      out.writeByte(0x80 | c & 0x3F);
    }
  }
}
