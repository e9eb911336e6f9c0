package io.longhouse.column.type;

import io.longhouse.column.ByteReader;
import io.longhouse.column.ByteWriter;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;

/** Dates and moments as text. Nothing is allocated for the usual notations. */
public final class DateTimeText {
  private static final long[] POWERS = new long[19];

  static {
    POWERS[0] = 1;
    for (int i = 1; i < POWERS.length; i++) {
      POWERS[i] = POWERS[i - 1] * 10;
    }
  }

  private DateTimeText() {}

  /** 10^exponent for 0 to 18. */
  public static long power(int exponent) {
    return POWERS[exponent];
  }

  /** Writes {@code YYYY-MM-DD}. */
  public static void writeDate(int days, ByteWriter out) {
    int at = out.reserve(10);
    putDate(out.buffer(), at, Calendar.civil(days));
    out.advance(10);
  }

  private static void putDate(byte[] b, int at, int civil) {
    int year = Calendar.year(civil);
    put2(b, at, year / 100);
    put2(b, at + 2, year % 100);
    b[at + 4] = '-';
    put2(b, at + 5, Calendar.month(civil));
    b[at + 7] = '-';
    put2(b, at + 8, Calendar.day(civil));
  }

  private static void put2(byte[] b, int at, int v) {
    int tens = v * 103 >> 10;
    b[at] = (byte) ('0' + tens);
    b[at + 1] = (byte) ('0' + v - tens * 10);
  }

  /** Writes {@code YYYY-MM-DD hh:mm:ss} of a local time, with {@code separator} in the middle. */
  public static void writeLocal(long localSecond, char separator, ByteWriter out) {
    int days = Calendar.dayOf(localSecond);
    int rest = (int) (localSecond - days * Calendar.SECONDS_PER_DAY);
    int at = out.reserve(19);
    byte[] b = out.buffer();
    putDate(b, at, Calendar.civil(days));
    b[at + 10] = (byte) separator;
    put2(b, at + 11, rest / 3600);
    b[at + 13] = ':';
    put2(b, at + 14, rest / 60 % 60);
    b[at + 16] = ':';
    put2(b, at + 17, rest % 60);
    out.advance(19);
  }

  /** Writes a moment as the settings say. */
  public static void writeSeconds(
      long epochSecond, ZoneOffsets zone, FormatSettings settings, ByteWriter out) {
    switch (settings.dateTimeOutputFormat) {
      case SIMPLE -> writeLocal(Calendar.toLocal(epochSecond, zone), ' ', out);
      case ISO -> {
        writeLocal(epochSecond, 'T', out);
        out.writeByte('Z');
      }
      case UNIX_TIMESTAMP -> out.writeDecimal(epochSecond);
    }
  }

  /** Writes ticks of 10^-scale seconds as the settings say. */
  public static void writeTicks(
      long ticks, int scale, ZoneOffsets zone, FormatSettings settings, ByteWriter out) {
    long second = Math.floorDiv(ticks, POWERS[scale]);
    long rest = ticks - second * POWERS[scale];
    int digits = scale;
    if (settings.dateTime64OutputFormatCutTrailingZerosAlignToGroupsOfThousands) {
      // ClickHouse shows 0, 3 or 6 digits and cuts off what is below a microsecond.
      long nanos = rest * POWERS[9 - scale];
      digits = nanos == 0 ? 0 : nanos % 1_000_000 == 0 ? 3 : 6;
      rest = nanos / POWERS[9 - digits];
    }
    if (settings.dateTimeOutputFormat == FormatSettings.DateTimeOutput.UNIX_TIMESTAMP) {
      writeFixedPoint(ticks, scale, out);
      return;
    }
    boolean iso = settings.dateTimeOutputFormat == FormatSettings.DateTimeOutput.ISO;
    writeLocal(iso ? second : Calendar.toLocal(second, zone), iso ? 'T' : ' ', out);
    if (digits > 0) {
      out.writeByte('.');
      out.writePadded((int) rest, digits);
    }
    if (iso) {
      out.writeByte('Z');
    }
  }

  private static void writeFixedPoint(long v, int scale, ByteWriter out) {
    if (v < 0) {
      out.writeByte('-');
      v = -v;
    }
    out.writeUnsignedDecimal(v / POWERS[scale]);
    if (scale > 0) {
      out.writeByte('.');
      out.writePadded((int) (v % POWERS[scale]), scale);
    }
  }

  private static boolean isDigit(int c) {
    return c >= '0' && c <= '9';
  }

  private static int two(byte[] b, int at) {
    return (b[at] - '0') * 10 + b[at + 1] - '0';
  }

  private static boolean twoDigits(byte[] b, int at) {
    return isDigit(b[at]) && isDigit(b[at + 1]);
  }

  /**
   * Reads {@code YYYY-MM-DD} with any delimiters, one or two digits a month and day, or {@code
   * YYYYMMDD}, as packed civil date.
   *
   * @throws LonghouseException CANNOT_PARSE_DATE (38)
   */
  public static int readCivil(ByteReader in) {
    if (in.limit() - in.position() >= 10) {
      byte[] b = in.buffer();
      int p = in.position();
      if (b[p + 4] == '-'
          && b[p + 7] == '-'
          && twoDigits(b, p)
          && twoDigits(b, p + 2)
          && twoDigits(b, p + 5)
          && twoDigits(b, p + 8)) {
        in.position(p + 10);
        return (two(b, p) * 100 + two(b, p + 2)) << 9
            | Math.min(15, two(b, p + 5)) << 5
            | Math.min(31, clampDay(two(b, p + 8)));
      }
    }
    return readCivilSlowly(in);
  }

  /** A day that cannot be packed becomes 0, which no month has. */
  private static int clampDay(int day) {
    return day > 31 ? 0 : day;
  }

  private static int readCivilSlowly(ByteReader in) {
    int year = 0;
    for (int i = 0; i < 4; i++) {
      year = year * 10 + dateDigit(in);
    }
    if (isDigit(in.peek())) {
      int month = dateDigit(in) * 10 + dateDigit(in);
      int day = dateDigit(in) * 10 + dateDigit(in);
      return year << 9 | Math.min(15, month) << 5 | clampDay(day);
    }
    in.next();
    int month = dateDigit(in);
    if (isDigit(in.peek())) {
      month = month * 10 + dateDigit(in);
    }
    if (in.next() < 0) {
      throw notDate();
    }
    int day = dateDigit(in);
    if (isDigit(in.peek())) {
      day = day * 10 + dateDigit(in);
    }
    return year << 9 | Math.min(15, month) << 5 | clampDay(day);
  }

  private static int dateDigit(ByteReader in) {
    int c = in.peek();
    if (!isDigit(c)) {
      throw notDate();
    }
    in.next();
    return c - '0';
  }

  private static LonghouseException notDate() {
    return new LonghouseException(
        ErrorCode.CANNOT_PARSE_DATE, "Cannot parse date: value is too short");
  }

  /** Days of a packed date that was read, held within bounds; {@code otherwise} if impossible. */
  public static int clampedDays(int civil, int min, int max, int otherwise) {
    int year = Calendar.year(civil);
    int month = Calendar.month(civil);
    int day = Calendar.day(civil);
    return year == 0 ? otherwise : Calendar.daysClamped(year, month, day, min, max, otherwise);
  }

  /**
   * Reads {@code YYYY-MM-DD[ hh:mm:ss]} if just this stands there and the buffer holds it whole.
   *
   * @return local seconds, or {@code Long.MIN_VALUE} with nothing consumed
   */
  private static long readPlain(ByteReader in, boolean alone) {
    byte[] b = in.buffer();
    int p = in.position();
    if (in.limit() - p < 20 && !in.has(20) && !in.has(19)) {
      return Long.MIN_VALUE;
    }
    b = in.buffer();
    p = in.position();
    boolean plain =
        b[p + 4] == '-'
            && b[p + 7] == '-'
            && (b[p + 10] == ' ' || b[p + 10] == 'T')
            && b[p + 13] == ':'
            && b[p + 16] == ':'
            && twoDigits(b, p)
            && twoDigits(b, p + 2)
            && twoDigits(b, p + 5)
            && twoDigits(b, p + 8)
            && twoDigits(b, p + 11)
            && twoDigits(b, p + 14)
            && twoDigits(b, p + 17);
    if (!plain || alone && p + 19 < in.limit() && continues(b[p + 19])) {
      return Long.MIN_VALUE;
    }
    int year = two(b, p) * 100 + two(b, p + 2);
    int month = two(b, p + 5);
    int day = two(b, p + 8);
    if (year < 1900
        || month < 1
        || month > 12
        || day < 1
        || day > Calendar.daysInMonth(year, month)) {
      return Long.MIN_VALUE;
    }
    in.position(p + 19);
    return Calendar.days(year, month, day) * Calendar.SECONDS_PER_DAY
        + two(b, p + 11) * 3600L
        + two(b, p + 14) * 60L
        + two(b, p + 17);
  }

  /** Whether a byte behind a date and time may belong to it in a looser notation. */
  private static boolean continues(int c) {
    return c == ' '
        || c == '.'
        || c == '+'
        || c == '-'
        || c == ','
        || isDigit(c)
        || (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
  }

  /**
   * Reads seconds since the epoch in the notations that the mode allows.
   *
   * @throws LonghouseException CANNOT_PARSE_DATETIME (41) or, for digits, CANNOT_PARSE_*
   */
  public static long readSeconds(
      ByteReader in, ZoneOffsets zone, FormatSettings.DateTimeInput mode) {
    boolean basic = mode == FormatSettings.DateTimeInput.BASIC;
    long local = readPlain(in, !basic);
    if (local != Long.MIN_VALUE) {
      return Calendar.toEpoch(local, zone);
    }
    if (basic) {
      return readBasic(in, zone, false);
    }
    var reader =
        new BestEffortDateTime(
            zone, mode == FormatSettings.DateTimeInput.BEST_EFFORT_US, false, false);
    reader.read(in);
    return reader.epochSecond();
  }

  /** A Unix timestamp; a short one only where a point shows that it is one. */
  private static long readTimestamp(ByteReader in, boolean ticks) {
    int from = in.peek() == '-' ? 1 : 0;
    int digits = 0;
    while (digits < 5 && isDigit(in.peek(from + digits))) {
      digits++;
    }
    boolean clear = digits >= 5 || ticks && digits > 0 && in.peek(from + digits) == '.';
    if (!clear) {
      throw notDateTime();
    }
    return IntegerText.read(in, true);
  }

  private static long readBasic(ByteReader in, ZoneOffsets zone, boolean ticks) {
    if (in.atEnd()) {
      throw TextErrors.endOfData();
    }
    boolean date = in.has(5) && !isDigit(in.peek(4)) && isDigit(in.peek(3)) && in.peek() != '-';
    if (!date) {
      return readTimestamp(in, ticks);
    }
    for (int i = 0; i < 10; i++) {
      int c = in.peek(i);
      if (c < 0 || i != 4 && i != 7 && !isDigit(c)) {
        throw notDateTime();
      }
    }
    int year = digitsAt(in, 0, 4);
    int month = digitsAt(in, 5, 2);
    int day = digitsAt(in, 8, 2);
    in.position(in.position() + 10);
    long time = 0;
    if ((in.peek() == ' ' || in.peek() == 'T') && isDigit(in.peek(1)) && isDigit(in.peek(2))) {
      if (in.has(9) && isDigit(in.peek(4)) && isDigit(in.peek(5)) && isDigit(in.peek(8))) {
        time = digitsAt(in, 1, 2) * 3600L + digitsAt(in, 4, 2) * 60L + digitsAt(in, 7, 2);
        in.position(in.position() + 9);
      } else {
        throw new LonghouseException(
            ErrorCode.CANNOT_PARSE_DATETIME, "Cannot parse time component of DateTime");
      }
    }
    if (year == 0 || month < 1 || month > 12 || day < 1 || day > 31) {
      return 0;
    }
    int days =
        Math.clamp(Calendar.days(year, month, day), Calendar.DATE32_MIN, Calendar.DATE32_MAX);
    return Calendar.toEpoch(days * Calendar.SECONDS_PER_DAY + time, zone);
  }

  private static int digitsAt(ByteReader in, int at, int count) {
    int v = 0;
    for (int i = 0; i < count; i++) {
      v = v * 10 + in.peek(at + i) - '0';
    }
    return v;
  }

  private static LonghouseException notDateTime() {
    return new LonghouseException(ErrorCode.CANNOT_PARSE_DATETIME, "Cannot parse datetime");
  }

  /** Reads ticks of 10^-scale seconds in the notations that the mode allows. */
  public static long readTicks(
      ByteReader in, int scale, ZoneOffsets zone, FormatSettings.DateTimeInput mode) {
    if (mode != FormatSettings.DateTimeInput.BASIC) {
      long fast = readPlainTicks(in, scale, zone);
      if (fast != Long.MIN_VALUE) {
        return fast;
      }
      boolean us = mode == FormatSettings.DateTimeInput.BEST_EFFORT_US;
      var reader = new BestEffortDateTime(zone, us, false, true);
      reader.read(in);
      return reader.ticks(scale);
    }
    boolean negative = in.peek() == '-';
    long local = readPlain(in, false);
    long second =
        local == Long.MIN_VALUE ? readBasic(in, zone, true) : Calendar.toEpoch(local, zone);
    long fraction = 0;
    if (in.accept('.')) {
      fraction = readFraction(in, scale);
    } else if (scale > 0 && second >= 1_000_000_000L * scale) {
      return second;
    }
    return second * POWERS[scale] + (negative ? -fraction : fraction);
  }

  private static long readFraction(ByteReader in, int scale) {
    long v = 0;
    int n = 0;
    for (int c; isDigit(c = in.peek()); in.position(in.position() + 1)) {
      if (n < scale) {
        v = v * 10 + c - '0';
        n++;
      }
    }
    return v * POWERS[scale - n];
  }

  private static long readPlainTicks(ByteReader in, int scale, ZoneOffsets zone) {
    if (!in.has(20)) {
      return Long.MIN_VALUE;
    }
    int from = in.position();
    if (in.buffer()[from + 19] != '.') {
      long local = readPlain(in, true);
      return local == Long.MIN_VALUE ? local : Calendar.toEpoch(local, zone) * POWERS[scale];
    }
    // The fraction and one byte behind it must be at hand to know that nothing else follows.
    if (!in.has(32)) {
      return Long.MIN_VALUE;
    }
    from = in.position();
    byte[] b = in.buffer();
    int end = from + 20;
    while (end < from + 31 && isDigit(b[end])) {
      end++;
    }
    if (end - from - 20 > 9 || continues(b[end])) {
      return Long.MIN_VALUE;
    }
    long local = readPlain(in, false);
    if (local == Long.MIN_VALUE) {
      return local;
    }
    in.position(from + 20);
    return Calendar.toEpoch(local, zone) * POWERS[scale] + readFraction(in, scale);
  }
}
