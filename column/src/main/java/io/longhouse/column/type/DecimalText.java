package io.longhouse.column.type;

import io.longhouse.column.ByteReader;
import io.longhouse.column.ByteWriter;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import java.math.BigInteger;

/**
 * Decimal numbers as text. Digits behind the scale are cut off; digits in front of it that do not
 * fit are an error.
 */
public final class DecimalText {
  private DecimalText() {}

  /** Writes {@code v / 10^scale}. */
  public static void write(long v, int scale, FormatSettings settings, ByteWriter out) {
    if (v < 0) {
      out.writeByte('-');
    }
    long size = Math.abs(v);
    if (scale > 18) {
      writeDigits(Long.toUnsignedString(size), scale, settings, out);
      return;
    }
    long unit = DateTimeText.power(scale);
    long whole = Long.divideUnsigned(size, unit);
    long rest = size - whole * unit;
    out.writeUnsignedDecimal(whole);
    int digits = scale;
    if (!settings.outputFormatDecimalTrailingZeros) {
      if (rest == 0) {
        digits = 0;
      } else {
        while (rest % 10 == 0) {
          rest /= 10;
          digits--;
        }
      }
    }
    if (digits > 0 || settings.outputFormatAlwaysWriteDecimalPointInFloatAndDecimal) {
      out.writeByte('.');
    }
    if (digits > 0) {
      int at = out.reserve(digits);
      byte[] b = out.buffer();
      for (int i = digits - 1; i >= 0; i--) {
        b[at + i] = (byte) ('0' + rest % 10);
        rest /= 10;
      }
      out.advance(digits);
    }
  }

  /** Writes a value of several words. */
  public static void writeWide(
      long[] words, int at, int count, int scale, FormatSettings settings, ByteWriter out) {
    long low = words[at];
    boolean small = low != Long.MIN_VALUE;
    for (int k = 1; k < count; k++) {
      small &= words[at + k] == low >> 63;
    }
    if (small) {
      write(low, scale, settings, out);
      return;
    }
    BigInteger v = IntegerText.toBigInteger(words, at, count, true);
    if (v.signum() < 0) {
      out.writeByte('-');
    }
    writeDigits(v.abs().toString(), scale, settings, out);
  }

  private static void writeDigits(String digits, int scale, FormatSettings s, ByteWriter out) {
    String padded = "0".repeat(Math.max(0, scale + 1 - digits.length())) + digits;
    int point = padded.length() - scale;
    int end = padded.length();
    while (!s.outputFormatDecimalTrailingZeros && end > point && padded.charAt(end - 1) == '0') {
      end--;
    }
    out.writeAscii(padded.substring(0, point));
    if (end > point || s.outputFormatAlwaysWriteDecimalPointInFloatAndDecimal) {
      out.writeByte('.');
    }
    out.writeAscii(padded.substring(point, end));
  }

  /**
   * Reads a number into {@code count} words at {@code words[at]}, scaled by 10^scale; {@code count}
   * of 1 holds up to 18 digits.
   *
   * @throws LonghouseException ARGUMENT_OUT_OF_BOUND (69) when it does not fit the precision
   */
  public static void read(
      ByteReader in, int precision, int scale, long[] words, int at, int count) {
    int c = in.peek();
    if (c < 0) {
      throw TextErrors.endOfData();
    }
    boolean negative = c == '-';
    if (c == '-' || c == '+') {
      in.next();
    }
    for (int k = 0; k < count; k++) {
      words[at + k] = 0;
    }
    int digits = 0;
    int zeros = 0;
    int exponent = 0;
    boolean afterPoint = false;
    for (c = in.peek(); ; c = in.peek()) {
      if (c == '.' && !afterPoint) {
        afterPoint = true;
        exponent += zeros;
        if (zeros > 0) {
          digits += zeros;
          scaleUp(words, at, count, zeros);
          exponent -= zeros;
          zeros = 0;
        }
      } else if (c == '0') {
        if (digits == 0) {
          exponent -= afterPoint ? 1 : 0;
        } else {
          zeros++;
        }
      } else if (c >= '1' && c <= '9') {
        int more = zeros + 1;
        if (digits + more <= precision) {
          digits += more;
          exponent -= afterPoint ? more : 0;
          scaleUp(words, at, count, zeros);
          IntegerText.multiplyAdd(words, at, count, 10, c - '0');
          zeros = 0;
        } else if (!afterPoint) {
          throw new LonghouseException(
              ErrorCode.ARGUMENT_OUT_OF_BOUND,
              "Too many digits (" + (digits + more) + " > " + precision + ") in decimal value");
        } else {
          // Digits behind what the type holds are dropped, and so is all that follows them.
          zeros = precision;
        }
      } else {
        break;
      }
      in.position(in.position() + 1);
    }
    if (!afterPoint) {
      exponent += zeros;
    }
    if (c == 'e' || c == 'E') {
      in.next();
      exponent += (int) Math.clamp(IntegerText.read(in, true), -100_000, 100_000);
    }
    fit(words, at, count, digits, exponent, precision, scale, negative);
    if (negative) {
      IntegerText.negate(words, at, count);
    }
  }

  private static void fit(
      long[] words,
      int at,
      int n,
      int digits,
      int exponent,
      int precision,
      int scale,
      boolean neg) {
    if (digits > 0 && digits + exponent > precision - scale) {
      BigInteger v = IntegerText.toBigInteger(words, at, n, false);
      throw new LonghouseException(
          ErrorCode.ARGUMENT_OUT_OF_BOUND,
          "Decimal value is too big: "
              + digits
              + " digits were read: '"
              + (neg ? v.negate() : v)
              + "'e"
              + exponent
              + ". Expected to read decimal with scale "
              + scale
              + " and precision "
              + precision);
    }
    int shift = scale + exponent;
    if (digits == 0) {
      return;
    }
    if (shift >= 0) {
      scaleUp(words, at, n, shift);
    } else if (-shift > digits) {
      for (int k = 0; k < n; k++) {
        words[at + k] = 0;
      }
    } else if (n == 1) {
      words[at] /= DateTimeText.power(-shift);
    } else {
      scaleDown(words, at, n, -shift);
    }
  }

  private static void scaleUp(long[] words, int at, int count, int exponent) {
    for (int rest = exponent; rest > 0; rest -= 18) {
      IntegerText.multiplyAdd(words, at, count, DateTimeText.power(Math.min(18, rest)), 0);
    }
  }

  private static void scaleDown(long[] words, int at, int count, int exponent) {
    BigInteger v =
        IntegerText.toBigInteger(words, at, count, false).divide(BigInteger.TEN.pow(exponent));
    for (int k = 0; k < count; k++) {
      words[at + k] = v.longValue();
      v = v.shiftRight(64);
    }
  }
}
