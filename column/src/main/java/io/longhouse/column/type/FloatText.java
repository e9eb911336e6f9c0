package io.longhouse.column.type;

import io.longhouse.column.ByteReader;
import io.longhouse.column.ByteWriter;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;

/**
 * Floating-point numbers as text: the shortest digits that read back as the same number, found as
 * in R. Giulietti, "The Schubfach way to render doubles"; reading as in D. Lemire, "Number parsing
 * at a gigabyte per second". Numbers of at most 19 digits are read without allocation.
 */
public final class FloatText {
  private static final double[] EXACT = new double[23];
  private static final long HIDDEN_BIT = 1L << 52;

  /** No number's shortest text is longer. */
  private static final int TEXT_BYTES_MAX = 32;

  /** From here on numbers are never written with a fixed number of digits. */
  private static final double FIXED_MAX = 1e60;

  static {
    double p = 1;
    for (int i = 0; i < EXACT.length; i++) {
      EXACT[i] = p;
      p *= 10;
    }
  }

  private FloatText() {}

  /** Writes a double as text formats do; {@code inf}, {@code -inf} and {@code nan} too. */
  public static void write(double v, FormatSettings settings, ByteWriter out) {
    if (settings.outputFormatFloatPrecision > 0 && Math.abs(v) < FIXED_MAX) {
      writeRounded(v, (int) Math.min(60, settings.outputFormatFloatPrecision), settings, out);
      return;
    }
    int from = out.reserve(TEXT_BYTES_MAX);
    write(v, out);
    if (settings.outputFormatAlwaysWriteDecimalPointInFloatAndDecimal && Double.isFinite(v)) {
      addPoint(from, out);
    }
  }

  /** Writes a float as text formats do. */
  public static void write(float v, FormatSettings settings, ByteWriter out) {
    if (settings.outputFormatFloatPrecision > 0 && Math.abs(v) < FIXED_MAX) {
      writeRounded(v, (int) Math.min(60, settings.outputFormatFloatPrecision), settings, out);
      return;
    }
    int from = out.reserve(TEXT_BYTES_MAX);
    write(v, out);
    if (settings.outputFormatAlwaysWriteDecimalPointInFloatAndDecimal && Float.isFinite(v)) {
      addPoint(from, out);
    }
  }

  private static void addPoint(int from, ByteWriter out) {
    for (int i = from; i < out.position(); i++) {
      byte b = out.buffer()[i];
      if (b == '.' || b == 'e') {
        return;
      }
    }
    out.writeByte('.');
  }

  private static void writeRounded(double v, int digits, FormatSettings s, ByteWriter out) {
    if (v == 0 && 1 / v < 0) {
      out.writeByte('-');
    }
    BigDecimal rounded = new BigDecimal(v).setScale(digits, RoundingMode.HALF_EVEN);
    BigDecimal shown = rounded.signum() == 0 ? BigDecimal.ZERO : rounded.stripTrailingZeros();
    out.writeAscii(shown.toPlainString());
    if (s.outputFormatAlwaysWriteDecimalPointInFloatAndDecimal && shown.scale() <= 0) {
      out.writeByte('.');
    }
  }

  /** The shortest text of a double. */
  public static void write(double v, ByteWriter out) {
    long whole = (long) v;
    if (whole == v && whole > -1_000_000_000_000_000L && whole < 1_000_000_000_000_000L) {
      if (whole != 0 || Double.doubleToRawLongBits(v) == 0) {
        out.writeDecimal(whole);
        return;
      }
    }
    long bits = Double.doubleToRawLongBits(v);
    int exponent = (int) (bits >>> 52) & 0x7FF;
    long fraction = bits & HIDDEN_BIT - 1;
    if (exponent == 0x7FF) {
      writeSpecial(fraction != 0, bits < 0, out);
      return;
    }
    if (bits < 0) {
      out.writeByte('-');
    }
    if ((bits & Long.MAX_VALUE) == 0) {
      out.writeByte('0');
      return;
    }
    if (exponent != 0) {
      shortest(HIDDEN_BIT | fraction, exponent - 1075, fraction == 0 && exponent > 1, out);
    } else {
      shortest(fraction, -1074, false, out);
    }
  }

  /** The shortest text of a float. */
  public static void write(float v, ByteWriter out) {
    int whole = (int) v;
    if (whole == v && whole > -10_000_000 && whole < 10_000_000 && whole != 0) {
      out.writeDecimal(whole);
      return;
    }
    int bits = Float.floatToRawIntBits(v);
    int exponent = bits >>> 23 & 0xFF;
    int fraction = bits & (1 << 23) - 1;
    if (exponent == 0xFF) {
      writeSpecial(fraction != 0, bits < 0, out);
      return;
    }
    if (bits < 0) {
      out.writeByte('-');
    }
    if ((bits & Integer.MAX_VALUE) == 0) {
      out.writeByte('0');
      return;
    }
    if (exponent != 0) {
      shortest(1 << 23 | fraction, exponent - 150, fraction == 0 && exponent > 1, out);
    } else {
      shortest(fraction, -149, false, out);
    }
  }

  private static void writeSpecial(boolean nan, boolean negative, ByteWriter out) {
    out.writeAscii(nan ? "nan" : negative ? "-inf" : "inf");
  }

  /** Writes the shortest decimal between the neighbours of {@code c * 2^q}. */
  private static void shortest(long c, int q, boolean lowerIsCloser, ByteWriter out) {
    boolean even = (c & 1) == 0;
    int k = (q * 1_262_611 - (lowerIsCloser ? 524_031 : 0)) >> 22;
    int h = q + (-k * 1_741_647 >> 19) + 1;
    long high = PowersOfTen.HIGH[-k - PowersOfTen.MIN];
    long low = PowersOfTen.LOW_UP[-k - PowersOfTen.MIN];
    long lower = roundToOdd(high, low, 4 * c - 2 + (lowerIsCloser ? 1 : 0) << h) + (even ? 0 : 1);
    long middle = roundToOdd(high, low, 4 * c << h);
    long upper = roundToOdd(high, low, 4 * c + 2 << h) - (even ? 0 : 1);
    long s = middle >>> 2;
    if (s >= 10) {
      long tens = s / 10;
      boolean downInside = lower <= 40 * tens;
      boolean upInside = 40 * tens + 40 <= upper;
      if (downInside != upInside) {
        writeDigits(tens + (upInside ? 1 : 0), k + 1, out);
        return;
      }
    }
    boolean downInside = lower <= 4 * s;
    boolean upInside = 4 * s + 4 <= upper;
    if (downInside != upInside) {
      writeDigits(s + (upInside ? 1 : 0), k, out);
      return;
    }
    long half = 4 * s + 2;
    boolean roundUp = middle > half || middle == half && (s & 1) != 0;
    writeDigits(s + (roundUp ? 1 : 0), k, out);
  }

  private static long roundToOdd(long high, long low, long c) {
    long x1 = Math.unsignedMultiplyHigh(low, c);
    long y0 = high * c;
    long y1 = Math.unsignedMultiplyHigh(high, c);
    long sum = y0 + x1;
    if (Long.compareUnsigned(sum, y0) < 0) {
      y1++;
    }
    return y1 | (Long.compareUnsigned(sum, 1) > 0 ? 1 : 0);
  }

  /** Writes {@code digits * 10^exponent}; {@code digits} is positive. */
  private static void writeDigits(long digits, int exponent, ByteWriter out) {
    for (int zeros = 8; zeros > 0; zeros >>= 1) {
      long unit = DateTimeText.power(zeros);
      while (digits % unit == 0) {
        digits /= unit;
        exponent += zeros;
      }
    }
    int count = ByteWriter.decimalLength(digits);
    int point = count + exponent;
    if (point > 0 && point <= 21) {
      if (exponent >= 0) {
        out.writeUnsignedDecimal(digits);
        for (int i = 0; i < exponent; i++) {
          out.writeByte('0');
        }
      } else {
        writeWithPoint(digits, count, point, out);
      }
    } else if (point > -6 && point <= 0) {
      out.writeByte('0');
      out.writeByte('.');
      for (int i = point; i < 0; i++) {
        out.writeByte('0');
      }
      out.writeUnsignedDecimal(digits);
    } else {
      if (count == 1) {
        out.writeByte('0' + (int) digits);
      } else {
        writeWithPoint(digits, count, 1, out);
      }
      out.writeByte('e');
      out.writeDecimal(point - 1);
    }
  }

  private static void writeWithPoint(long digits, int count, int point, ByteWriter out) {
    int at = out.reserve(24);
    out.writeUnsignedDecimal(digits);
    byte[] b = out.buffer();
    System.arraycopy(b, at + point, b, at + point + 1, count - point);
    b[at + point] = '.';
    out.advance(1);
  }

  /**
   * Reads a number: digits with an optional point and exponent, {@code inf}, {@code infinity} or
   * {@code nan} in any case, with an optional sign.
   *
   * @throws LonghouseException CANNOT_PARSE_NUMBER (72)
   */
  public static double readDouble(ByteReader in) {
    return read(in, false);
  }

  /** As {@link #readDouble}, rounded once to a float. */
  public static float readFloat(ByteReader in) {
    return (float) read(in, true);
  }

  private static double read(ByteReader in, boolean single) {
    int from;
    int p;
    while (true) {
      from = in.position();
      p = tokenEnd(in.buffer(), from, in.limit());
      if (p < in.limit() || !in.refill()) {
        break;
      }
    }
    if (p == from) {
      if (in.atEnd()) {
        throw TextErrors.endOfData();
      }
      throw TextErrors.at(ErrorCode.CANNOT_PARSE_NUMBER, "Cannot read floating point value", in);
    }
    return parse(in, from, p, single);
  }

  private static int tokenEnd(byte[] b, int p, int end) {
    while (p < end) {
      int c = b[p];
      boolean number = c >= '0' && c <= '9' || c == '.' || c == '-' || c == '+';
      if (!number && !((c | 0x20) >= 'a' && (c | 0x20) <= 'z')) {
        break;
      }
      p++;
    }
    return p;
  }

  private static double parse(ByteReader in, int from, int end, boolean single) {
    byte[] b = in.buffer();
    int p = from;
    boolean negative = false;
    if (b[p] == '-' || b[p] == '+') {
      negative = b[p++] == '-';
    }
    long w = 0;
    int digits = 0;
    int dropped = 0;
    int exponent = 0;
    int start = p;
    for (; p < end && b[p] >= '0' && b[p] <= '9'; p++) {
      if (digits < 19) {
        w = w * 10 + b[p] - '0';
        digits += w == 0 ? 0 : 1;
      } else {
        exponent++;
        dropped |= b[p] - '0';
      }
    }
    int seen = p - start;
    if (p < end && b[p] == '.') {
      int point = ++p;
      for (; p < end && b[p] >= '0' && b[p] <= '9'; p++) {
        if (digits < 19) {
          w = w * 10 + b[p] - '0';
          digits += w == 0 ? 0 : 1;
          exponent--;
        } else {
          dropped |= b[p] - '0';
        }
      }
      seen += p - point;
    }
    if (seen == 0) {
      return special(in, start, end, negative);
    }
    if (p < end && (b[p] | 0x20) == 'e') {
      int q = p + 1;
      boolean minus = false;
      if (q < end && (b[q] == '-' || b[q] == '+')) {
        minus = b[q++] == '-';
      }
      if (q < end && b[q] >= '0' && b[q] <= '9') {
        int e = 0;
        for (; q < end && b[q] >= '0' && b[q] <= '9'; q++) {
          e = Math.min(100_000, e * 10 + b[q] - '0');
        }
        exponent += minus ? -e : e;
        p = q;
      }
    }
    boolean rest = p < end && (b[p] == '.' || (b[p] | 0x20) == 'e');
    if (rest) {
      throw TextErrors.at(ErrorCode.CANNOT_PARSE_NUMBER, "Cannot read floating point value", in);
    }
    in.position(p);
    if (dropped != 0 || single) {
      return carefully(b, start, p, w, exponent, dropped != 0, single, negative);
    }
    double v = compose(w, exponent);
    return negative ? -v : v;
  }

  private static double special(ByteReader in, int start, int end, boolean negative) {
    byte[] b = in.buffer();
    int matched = matches(b, start, end, "infinity") ? 8 : matches(b, start, end, "inf") ? 3 : 0;
    if (matched > 0) {
      in.position(start + matched);
      return negative ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
    }
    if (matches(b, start, end, "nan")) {
      in.position(start + 3);
      return negative ? Double.longBitsToDouble(0xFFF8_0000_0000_0000L) : Double.NaN;
    }
    throw TextErrors.at(ErrorCode.CANNOT_PARSE_NUMBER, "Cannot read floating point value", in);
  }

  private static boolean matches(byte[] b, int from, int end, String word) {
    if (end - from < word.length()) {
      return false;
    }
    for (int i = 0; i < word.length(); i++) {
      if ((b[from + i] | 0x20) != word.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  /** Floats, and numbers of more than 19 digits: exact where the quick way may be off by one. */
  private static double carefully(
      byte[] b, int from, int to, long w, int e, boolean inexact, boolean single, boolean neg) {
    double v = compose(w, e);
    boolean doubtful = inexact && v != compose(w + 1, e);
    if (single) {
      double size = Math.abs(v);
      boolean half = (Double.doubleToRawLongBits(v) & 0x1FFF_FFFF) == 0x1000_0000;
      doubtful |= half || size != 0 && size < 2 * Float.MIN_NORMAL || inexact && half;
      if (doubtful) {
        v = Float.parseFloat(new String(b, from, to - from, StandardCharsets.ISO_8859_1));
      } else {
        float rounded = (float) v;
        v = rounded;
      }
    } else if (doubtful) {
      v = Double.parseDouble(new String(b, from, to - from, StandardCharsets.ISO_8859_1));
    }
    return neg ? -v : v;
  }

  /** The double nearest to {@code w * 10^e}, ties to even; w is unsigned. */
  static double compose(long w, int e) {
    if (w >= 0 && w <= 1L << 53 && e >= -22 && e <= 22) {
      return e < 0 ? w / EXACT[-e] : w * EXACT[e];
    }
    if (w == 0 || e < PowersOfTen.MIN) {
      return 0;
    }
    if (e > 308) {
      return Double.POSITIVE_INFINITY;
    }
    int lead = Long.numberOfLeadingZeros(w);
    long normal = w << lead;
    long high = Math.unsignedMultiplyHigh(normal, PowersOfTen.HIGH[e - PowersOfTen.MIN]);
    long low = normal * PowersOfTen.HIGH[e - PowersOfTen.MIN];
    if ((high & 0x1FF) == 0x1FF) {
      long more = Math.unsignedMultiplyHigh(normal, PowersOfTen.LOW[e - PowersOfTen.MIN]);
      low += more;
      if (Long.compareUnsigned(low, more) < 0) {
        high++;
      }
    }
    int upper = (int) (high >>> 63);
    long mantissa = high >>> upper + 9;
    int power = (217_706 * e >> 16) + 63 + upper - lead + 1023;
    if (power <= 0) {
      return subnormal(mantissa, power);
    }
    boolean tie = Long.compareUnsigned(low, 1) <= 0 && e >= -4 && e <= 23 && (mantissa & 3) == 1;
    if (tie && mantissa << upper + 9 == high) {
      mantissa &= ~1L;
    }
    mantissa = mantissa + (mantissa & 1) >>> 1;
    if (mantissa >= HIDDEN_BIT << 1) {
      mantissa = HIDDEN_BIT;
      power++;
    }
    if (power >= 0x7FF) {
      return Double.POSITIVE_INFINITY;
    }
    return Double.longBitsToDouble((long) power << 52 | mantissa & ~HIDDEN_BIT);
  }

  private static double subnormal(long mantissa, int power) {
    int shift = -power + 1;
    if (shift >= 64) {
      return 0;
    }
    long m = mantissa >>> shift;
    m = m + (m & 1) >>> 1;
    return Double.longBitsToDouble(m);
  }
}
