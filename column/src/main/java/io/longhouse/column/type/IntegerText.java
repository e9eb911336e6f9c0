package io.longhouse.column.type;

import io.longhouse.column.ByteReader;
import io.longhouse.column.ByteWriter;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import java.math.BigInteger;

/**
 * Whole numbers as text. As in ClickHouse, digits beyond a type's range wrap around, and where
 * there is no digit at all the number is 0 and nothing is consumed: whoever reads on finds out.
 */
public final class IntegerText {
  private IntegerText() {}

  /**
   * Reads a number the quick way of table formats: no plus sign, and a leading zero is the whole
   * number. The value wraps at 64 bits.
   */
  public static long readQuick(ByteReader in, boolean signed) {
    boolean negative = begin(in, signed);
    if (in.accept('0')) {
      return 0;
    }
    long v = digits(in);
    return negative ? -v : v;
  }

  private static boolean begin(ByteReader in, boolean signed) {
    int first = in.peek();
    if (first < 0) {
      throw TextErrors.endOfData();
    }
    if (first != '-' || !signed) {
      return false;
    }
    in.position(in.position() + 1);
    if (in.peek() < 0) {
      throw TextErrors.endOfData();
    }
    return true;
  }

  /** Consumes digits, wrapping at 64 bits. */
  private static long digits(ByteReader in) {
    long v = 0;
    do {
      byte[] b = in.buffer();
      int p = in.position();
      int end = in.limit();
      for (int d; p < end && (d = b[p] - '0') >= 0 && d <= 9; p++) {
        v = v * 10 + d;
      }
      in.position(p);
      if (p < end) {
        return v;
      }
    } while (in.refill());
    return v;
  }

  /**
   * Reads a number with an optional sign.
   *
   * @throws LonghouseException CANNOT_PARSE_NUMBER (72) for a minus where the type is unsigned, a
   *     second sign, or a sign without digits; ATTEMPT_TO_READ_AFTER_EOF (32) where nothing is left
   */
  public static long read(ByteReader in, boolean signed) {
    int sign = sign(in, signed);
    long before = in.count();
    long v = digits(in);
    if (sign != 0 && in.count() == before) {
      throw noDigits();
    }
    return sign < 0 ? -v : v;
  }

  /** The sign before a number: 0 where there is none. */
  private static int sign(ByteReader in, boolean signed) {
    int first = in.peek();
    if (first < 0) {
      throw TextErrors.endOfData();
    }
    if (first != '-' && first != '+') {
      return 0;
    }
    if (first == '-' && !signed) {
      throw new LonghouseException(
          ErrorCode.CANNOT_PARSE_NUMBER, "Unsigned type must not contain '-' symbol");
    }
    in.position(in.position() + 1);
    int second = in.peek();
    if (second == '-' || second == '+') {
      throw new LonghouseException(
          ErrorCode.CANNOT_PARSE_NUMBER, "Cannot parse number with multiple sign (+/-) characters");
    }
    return first == '-' ? -1 : 1;
  }

  private static LonghouseException noDigits() {
    return new LonghouseException(
        ErrorCode.CANNOT_PARSE_NUMBER,
        "Cannot parse number with a sign character but without any numeric character");
  }

  /** As {@link #read} or {@link #readQuick}, into {@code count} words at {@code at}. */
  public static void readWide(
      ByteReader in, boolean signed, boolean quick, long[] words, int at, int count) {
    int sign = quick ? begin(in, signed) ? -1 : 0 : sign(in, signed);
    for (int k = 0; k < count; k++) {
      words[at + k] = 0;
    }
    boolean any = false;
    while (true) {
      long chunk = 0;
      long scale = 1;
      int c = in.peek();
      while (c >= '0' && c <= '9' && scale < 1_000_000_000_000_000_000L) {
        chunk = chunk * 10 + c - '0';
        scale *= 10;
        in.position(in.position() + 1);
        c = in.peek();
      }
      if (scale == 1) {
        break;
      }
      any = true;
      multiplyAdd(words, at, count, scale, chunk);
    }
    if (sign != 0 && !any && !quick) {
      throw noDigits();
    }
    if (sign < 0) {
      negate(words, at, count);
    }
  }

  /** {@code words = words * factor + addend}, wrapping. */
  static void multiplyAdd(long[] words, int at, int count, long factor, long addend) {
    long carry = addend;
    for (int k = 0; k < count; k++) {
      long w = words[at + k];
      long low = w * factor;
      long high = Math.unsignedMultiplyHigh(w, factor);
      long sum = low + carry;
      carry = high + (Long.compareUnsigned(sum, low) < 0 ? 1 : 0);
      words[at + k] = sum;
    }
  }

  static void negate(long[] words, int at, int count) {
    boolean carry = true;
    for (int k = 0; k < count; k++) {
      long w = ~words[at + k] + (carry ? 1 : 0);
      carry = carry && w == 0;
      words[at + k] = w;
    }
  }

  /** Writes a number of {@code count} words, the least significant first. */
  public static void writeWide(long[] words, int at, int count, boolean signed, ByteWriter out) {
    long low = words[at];
    long extension = signed ? low >> 63 : 0;
    boolean small = true;
    for (int k = 1; k < count; k++) {
      small &= words[at + k] == extension;
    }
    if (small) {
      if (signed) {
        out.writeDecimal(low);
      } else {
        out.writeUnsignedDecimal(low);
      }
    } else {
      out.writeAscii(toBigInteger(words, at, count, signed).toString());
    }
  }

  /** The value of {@code count} words, the least significant first. */
  public static BigInteger toBigInteger(long[] words, int at, int count, boolean signed) {
    byte[] bytes = new byte[count * 8];
    for (int i = 0; i < bytes.length; i++) {
      bytes[bytes.length - 1 - i] = (byte) (words[at + i / 8] >>> i % 8 * 8);
    }
    return signed ? new BigInteger(bytes) : new BigInteger(1, bytes);
  }
}
