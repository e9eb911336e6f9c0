package io.longhouse.column.type;

import io.longhouse.column.ByteReader;
import io.longhouse.column.ByteWriter;

/** IP addresses as text. */
public final class AddressText {
  private AddressText() {}

  /** Writes {@code a.b.c.d} of an unsigned number. */
  public static void writeIpv4(int address, ByteWriter out) {
    out.writeDecimal(address >>> 24);
    for (int shift = 16; shift >= 0; shift -= 8) {
      out.writeByte('.');
      out.writeDecimal(address >>> shift & 0xFF);
    }
  }

  /** Reads {@code a.b.c.d}; answers the unsigned number, or -1 when it is none. */
  public static long readIpv4(ByteReader in) {
    long v = 0;
    for (int part = 0; part < 4; part++) {
      if (part > 0 && !in.accept('.')) {
        return -1;
      }
      int number = 0;
      int digits = 0;
      for (int c; digits < 4 && (c = in.peek()) >= '0' && c <= '9'; digits++) {
        number = number * 10 + c - '0';
        in.position(in.position() + 1);
      }
      if (digits == 0 || digits > 3 || number > 255) {
        return -1;
      }
      v = v << 8 | number;
    }
    return v;
  }

  /** Writes 16 bytes the short way: the longest run of zeros left out, IPv4 inside as such. */
  public static void writeIpv6(byte[] b, int at, ByteWriter out) {
    int best = -1;
    int bestLength = 1;
    for (int i = 0; i < 8; i++) {
      int n = 0;
      while (i + n < 8 && word(b, at, i + n) == 0) {
        n++;
      }
      if (n > bestLength) {
        best = i;
        bestLength = n;
      }
      i += n;
    }
    boolean v4 = best == 0 && (bestLength == 6 || bestLength == 5 && word(b, at, 5) == 0xFFFF);
    for (int i = 0; i < 8; i++) {
      if (i == best) {
        out.writeByte(':');
        i += bestLength - 1;
        if (i == 7) {
          out.writeByte(':');
        }
        continue;
      }
      if (i > 0) {
        out.writeByte(':');
      }
      if (i == 6 && v4) {
        writeIpv4(word(b, at, 6) << 16 | word(b, at, 7), out);
        return;
      }
      writeHex(word(b, at, i), out);
    }
  }

  private static int word(byte[] b, int at, int i) {
    return (b[at + 2 * i] & 0xFF) << 8 | b[at + 2 * i + 1] & 0xFF;
  }

  private static void writeHex(int v, ByteWriter out) {
    boolean begun = false;
    for (int shift = 12; shift >= 0; shift -= 4) {
      int d = v >>> shift & 15;
      if (d != 0 || begun || shift == 0) {
        out.writeByte(Character.forDigit(d, 16));
        begun = true;
      }
    }
  }

  /**
   * Reads an IPv6 address, or an IPv4 address as the mapped one, into 16 bytes; answers whether
   * there is one.
   */
  public static boolean readIpv6(ByteReader in, byte[] out) {
    java.util.Arrays.fill(out, (byte) 0);
    int words = 0;
    int gap = -1;
    if (in.peek() == ':') {
      if (in.peek(1) != ':') {
        return false;
      }
      in.position(in.position() + 2);
      gap = 0;
    }
    while (words < 8) {
      if (looksLikeIpv4(in)) {
        long v4 = words <= 6 ? readIpv4(in) : -1;
        if (v4 < 0) {
          return false;
        }
        if (words == 0 && gap < 0) {
          out[10] = (byte) 0xFF;
          out[11] = (byte) 0xFF;
          words = 6;
        }
        put(out, words++, (int) (v4 >>> 16));
        put(out, words++, (int) v4);
        break;
      }
      int v = 0;
      int digits = 0;
      for (int d; digits < 4 && (d = Character.digit(in.peek(), 16)) >= 0; digits++) {
        v = v << 4 | d;
        in.position(in.position() + 1);
      }
      if (digits == 0) {
        if (gap != words) {
          return false;
        }
        break;
      }
      put(out, words++, v);
      if (words == 8 || in.peek() != ':') {
        break;
      }
      in.next();
      if (in.peek() == ':') {
        if (gap >= 0) {
          return false;
        }
        in.next();
        gap = words;
      }
    }
    if (words < 8) {
      if (gap < 0) {
        return false;
      }
      int tail = words - gap;
      System.arraycopy(out, 2 * gap, out, 16 - 2 * tail, 2 * tail);
      java.util.Arrays.fill(out, 2 * gap, 16 - 2 * tail, (byte) 0);
    }
    return true;
  }

  private static void put(byte[] out, int word, int v) {
    out[2 * word] = (byte) (v >>> 8);
    out[2 * word + 1] = (byte) v;
  }

  private static boolean looksLikeIpv4(ByteReader in) {
    int i = 0;
    while (i < 4 && in.peek(i) >= '0' && in.peek(i) <= '9') {
      i++;
    }
    return i > 0 && i < 4 && in.peek(i) == '.';
  }
}
