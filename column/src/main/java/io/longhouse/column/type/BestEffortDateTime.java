package io.longhouse.column.type;

import io.longhouse.column.ByteReader;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import org.jspecify.annotations.Nullable;

/**
 * Reads a moment in nearly any notation: ISO 8601, RFC 1123, {@code 12/08/2018}, {@code Jan 2 2020
 * 10:11 PM}, syslog's form without a year, Unix timestamps of 9, 10 or 13 digits, and runs of
 * digits such as {@code 20200102030405}; with a fraction, AM or PM, and an offset or zone name.
 * Stops before the first byte that cannot belong to it.
 *
 * <p>One object reads any number of moments, one after the other; {@link #epochSecond} and the
 * fraction belong to the last one.
 */
public final class BestEffortDateTime {
  private static final String[] MONTHS = {
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december"
  };
  private static final String[] WEEKDAYS = {
    "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"
  };
  private static final int DIGITS_MAX = 19;

  private final ZoneOffsets zone;
  private final boolean monthFirst;
  private final boolean strict;
  private final boolean wantsFraction;

  private final byte[] digits = new byte[DIGITS_MAX];
  private final byte[] letters = new byte[16];
  private int digitCount;

  private int year;
  private int month;
  private int day;
  private int hour;
  private int minute;
  private int second;
  private boolean hasTime;
  private boolean hasFraction;
  private boolean hasOffset;
  private boolean comma;
  private boolean am;
  private boolean pm;
  private int offsetSeconds;
  private long epochSecond;
  private long fraction;
  private int fractionDigits;

  /**
   * @param monthFirst whether 1/2/2020 is January 2, as in the US
   * @param strict refuse timestamps, runs of digits and missing parts
   * @param wantsFraction whether digits behind the second are kept; 13 digits are milliseconds
   */
  public BestEffortDateTime(
      ZoneOffsets zone, boolean monthFirst, boolean strict, boolean wantsFraction) {
    this.zone = zone;
    this.monthFirst = monthFirst;
    this.strict = strict;
    this.wantsFraction = wantsFraction;
  }

  /** Seconds since the epoch of what was read last. */
  public long epochSecond() {
    return epochSecond;
  }

  /** The last value in ticks of 10^-scale seconds; digits beyond the scale are cut off. */
  public long ticks(int scale) {
    long f = fraction;
    for (int i = fractionDigits; i > scale; i--) {
      f /= 10;
    }
    for (int i = fractionDigits; i < scale; i++) {
      f *= 10;
    }
    return Math.addExact(Math.multiplyExact(epochSecond, DateTimeText.power(scale)), f);
  }

  /** Whether any digits stood behind the second. */
  public boolean hasFraction() {
    return fractionDigits > 0;
  }

  /**
   * Reads one moment.
   *
   * @throws LonghouseException CANNOT_PARSE_DATETIME (41)
   */
  public void read(ByteReader in) {
    String problem = tryRead(in);
    if (problem != null) {
      throw new LonghouseException(
          ErrorCode.CANNOT_PARSE_DATETIME, "Cannot read DateTime: " + problem);
    }
  }

  /** Reads one moment; answers what is wrong with it, or null. */
  public @Nullable String tryRead(ByteReader in) {
    reset();
    while (!in.atEnd()) {
      if (year != 0 != hasTime && in.peek() == ',') {
        comma = true;
        in.next();
        if (in.atEnd()) {
          break;
        }
      }
      int step = 0;
      if (year == 0 || !hasTime) {
        readDigits(in);
        if (digitCount > 0) {
          step = numberAt(in);
        }
      } else {
        digitCount = 0;
      }
      if (digitCount == 0 && step == 0) {
        step = symbolAt(in);
      }
      if (step == DONE) {
        return null;
      }
      if (step == STOP) {
        break;
      }
      if (step == FAIL) {
        return problem;
      }
    }
    return finish();
  }

  private static final int STOP = 1;
  private static final int DONE = 2;
  private static final int FAIL = 3;
  private String problem = "";

  private int fail(String what) {
    problem = what;
    return FAIL;
  }

  private void reset() {
    year = month = day = hour = minute = second = 0;
    hasTime = hasFraction = hasOffset = comma = am = pm = false;
    offsetSeconds = 0;
    epochSecond = 0;
    fraction = 0;
    fractionDigits = 0;
  }

  private void readDigits(ByteReader in) {
    int n = 0;
    for (int c; n < DIGITS_MAX && (c = in.peek()) >= '0' && c <= '9'; n++) {
      digits[n] = (byte) (c - '0');
      in.position(in.position() + 1);
    }
    digitCount = n;
  }

  private int value(int from, int count) {
    int v = 0;
    for (int i = from; i < from + count; i++) {
      v = v * 10 + digits[i];
    }
    return v;
  }

  /** Digits were read where a date or a time may stand. */
  private int numberAt(ByteReader in) {
    boolean first = year == 0 && !hasTime;
    return switch (digitCount) {
      case 13 -> first ? milliseconds() : wrongCount("");
      case 9, 10 -> first ? timestamp(in) : wrongCount("");
      case 14 -> first ? compact(14) : wrongCount("");
      case 8 -> year == 0 ? compact(8) : wrongCount("");
      case 6 -> sixDigits();
      case 4 -> year == 0 ? yearFirst(in) : wrongCount("");
      case 1, 2 -> shortNumber(in);
      default -> wrongCount("");
    };
  }

  private int wrongCount(String where) {
    return fail("unexpected number of decimal digits" + where + ": " + digitCount);
  }

  private int milliseconds() {
    epochSecond = value(0, 9) * 10L + digits[9];
    if (wantsFraction) {
      fraction = value(10, 3);
      fractionDigits = 3;
    } else if (strict) {
      return fail("unexpected fractional part");
    }
    return DONE;
  }

  private int timestamp(ByteReader in) {
    if (strict) {
      return fail("Strict best effort parsing doesn't allow timestamps");
    }
    epochSecond = digitCount == 9 ? value(0, 9) : value(0, 9) * 10L + digits[9];
    if (wantsFraction && in.accept('.')) {
      readFraction(in);
    }
    return DONE;
  }

  private void readFraction(ByteReader in) {
    readDigits(in);
    fractionDigits = Math.min(18, digitCount);
    fraction = 0;
    for (int i = 0; i < fractionDigits; i++) {
      fraction = fraction * 10 + digits[i];
    }
  }

  private int compact(int count) {
    if (strict) {
      return fail("Strict best effort parsing doesn't allow date times without separators");
    }
    year = value(0, 4);
    month = value(4, 2);
    day = value(6, 2);
    if (count == 14) {
      timeOfSixDigits(8);
    }
    return 0;
  }

  private void timeOfSixDigits(int from) {
    hour = value(from, 2);
    minute = value(from + 2, 2);
    second = value(from + 4, 2);
    hasTime = true;
  }

  private int sixDigits() {
    if (strict) {
      return fail("Strict best effort parsing doesn't allow date times without separators");
    }
    if (year == 0 && month == 0) {
      year = value(0, 4);
      month = value(4, 2);
    } else if (!hasTime) {
      timeOfSixDigits(0);
    } else {
      return fail("ambiguous 6 digits, it can be YYYYMM or hhmmss");
    }
    return 0;
  }

  /** YYYY, YYYY-MM and YYYY-MM-DD with any delimiter, the same twice. */
  private int yearFirst(ByteReader in) {
    year = value(0, 4);
    int delimiter = in.peek();
    if (delimiter < 0) {
      return 0;
    }
    if (delimiter < 0x20
        || delimiter == ','
        || delimiter == ';'
        || delimiter == '\''
        || delimiter == '"'
        || delimiter >= 0x80) {
      return STOP;
    }
    if (month != 0) {
      return 0;
    }
    in.next();
    readDigits(in);
    if (digitCount == 1 || digitCount == 2) {
      month = value(0, digitCount);
    } else if (delimiter != ' ') {
      return wrongCount(" after year");
    } else {
      digitCount = 4;
      return 0;
    }
    if (day == 0 && in.accept(delimiter)) {
      readDigits(in);
      if (digitCount == 1 || digitCount == 2) {
        day = value(0, digitCount);
      } else if (delimiter != ' ') {
        return wrongCount(" after year and month");
      }
    }
    digitCount = 4;
    return 0;
  }

  /** One or two digits: an hour, a day or, where months come first, a month. */
  private int shortNumber(ByteReader in) {
    int number = value(0, digitCount);
    if (in.accept(':')) {
      return clock(number, in);
    }
    if (in.accept(',')) {
      if (month != 0 && day == 0) {
        day = number;
      }
      return 0;
    }
    if (acceptDateDelimiter(in)) {
      return dayAndMonth(number, in);
    }
    if (day != 0) {
      if (strict && hour != 0) {
        return fail("hour component is duplicated");
      }
      hour = number;
    } else {
      day = number;
    }
    return 0;
  }

  private int clock(int number, ByteReader in) {
    if (hasTime) {
      return fail("time component is duplicated");
    }
    hour = number;
    hasTime = true;
    readDigits(in);
    if (digitCount != 1 && digitCount != 2) {
      return wrongCount(" after hour");
    }
    minute = value(0, digitCount);
    if (in.accept(':')) {
      readDigits(in);
      if (digitCount != 1 && digitCount != 2) {
        return wrongCount(" after hour and minute");
      }
      second = value(0, digitCount);
    }
    return 0;
  }

  private static boolean acceptDateDelimiter(ByteReader in) {
    return in.accept('/') || in.accept('.') || in.accept('-');
  }

  private int dayAndMonth(int number, ByteReader in) {
    if (day != 0) {
      return fail("day of month is duplicated");
    }
    if (month != 0) {
      return fail("month is duplicated");
    }
    readDigits(in);
    if (monthFirst) {
      month = number;
      if (digitCount != 1 && digitCount != 2) {
        return wrongCount(" after month");
      }
      day = value(0, digitCount);
    } else {
      day = number;
      if (digitCount == 1 || digitCount == 2) {
        month = value(0, digitCount);
      } else if (digitCount == 0) {
        int step = monthName(in);
        if (step != 0) {
          return step;
        }
      } else {
        return wrongCount(" after day of month");
      }
    }
    if (month > 12) {
      int swap = month;
      month = day;
      day = swap;
    }
    int step = acceptDateDelimiter(in) ? yearLast(in) : 0;
    digitCount = 2;
    return step;
  }

  private int monthName(ByteReader in) {
    int n = readLetters(in, 9);
    if (n < 3) {
      return fail("unexpected number of alphabetical characters after day of month: " + n);
    }
    month = wordIn(MONTHS, 3) + 1;
    if (month == 0) {
      return fail(
          "alphabetical characters after day of month don't look like month: "
              + new String(letters, 0, 3, java.nio.charset.StandardCharsets.ISO_8859_1));
    }
    return isLetter(in.peek()) || n > 3 && wordIn(MONTHS, n) < 0 ? fail("unexpected word") : 0;
  }

  private int yearLast(ByteReader in) {
    if (year != 0) {
      return fail("year component is duplicated");
    }
    readDigits(in);
    if (digitCount == 4) {
      year = value(0, 4);
    } else if (digitCount == 2) {
      year = value(0, 2) + (value(0, 2) >= 70 ? 1900 : 2000);
    } else {
      return wrongCount(" after day of month and month");
    }
    return 0;
  }

  /** No digits here: a separator, a fraction, an offset or a word. */
  private int symbolAt(ByteReader in) {
    int c = in.peek();
    if (c == ' ' || c == 'T' && year != 0 && !hasTime) {
      in.next();
    } else if (c == 'Z') {
      in.next();
      hasOffset = true;
    } else if (c == '.') {
      return fractionAt(in);
    } else if (c == '+' || c == '-') {
      in.next();
      return offset(c == '-' ? -1 : 1, in);
    } else {
      return word(in);
    }
    return 0;
  }

  private int fractionAt(ByteReader in) {
    if (!hasTime) {
      return fail("unexpected point symbol");
    }
    if (hasFraction) {
      return fail("duplicate fractional part");
    }
    hasFraction = true;
    in.next();
    if (strict && !wantsFraction) {
      return fail("unexpected fractional part");
    }
    readFraction(in);
    return 0;
  }

  private int offset(int sign, ByteReader in) {
    readDigits(in);
    if (digitCount == 6 && !hasTime && year != 0 && month != 0 && day != 0) {
      timeOfSixDigits(0);
      return 0;
    }
    hasOffset = true;
    if (digitCount < 1 || digitCount > 4) {
      return wrongCount(" for time zone offset");
    }
    int hours = value(0, digitCount > 2 ? digitCount - 2 : digitCount);
    int minutes = digitCount > 2 ? value(digitCount - 2, 2) : 0;
    if (digitCount < 3 && in.accept(':')) {
      readDigits(in);
      if (digitCount != 1 && digitCount != 2) {
        return wrongCount(" for time zone offset in minutes");
      }
      minutes = value(0, digitCount);
    }
    offsetSeconds = sign * (hours * 3600 + minutes * 60);
    return 0;
  }

  private static boolean isLetter(int c) {
    return (c | 0x20) >= 'a' && (c | 0x20) <= 'z' && c > 0;
  }

  private int readLetters(ByteReader in, int max) {
    int n = 0;
    while (n < max && isLetter(in.peek())) {
      letters[n++] = (byte) (in.next() | 0x20);
    }
    return n;
  }

  /** The place of the word that {@code letters[0..n)} begins (n of 3) or is (n above 3), or -1. */
  private int wordIn(String[] words, int n) {
    for (int w = 0; w < words.length; w++) {
      boolean same = n == 3 || n == words[w].length();
      for (int i = 0; i < n && same; i++) {
        same = letters[i] == words[w].charAt(i);
      }
      if (same) {
        return w;
      }
    }
    return -1;
  }

  private int word(ByteReader in) {
    int n = readLetters(in, 3);
    if (n == 0) {
      return STOP;
    }
    if (n == 1) {
      return fail("unexpected alphabetical character");
    }
    if (n == 2) {
      am |= letters[0] == 'a' && letters[1] == 'm';
      pm |= letters[0] == 'p' && letters[1] == 'm';
      boolean known = letters[1] == 'm' && (letters[0] == 'a' || letters[0] == 'p');
      return known ? 0 : fail("unexpected word");
    }
    boolean weekday = false;
    int monthAt = wordIn(MONTHS, 3);
    if (monthAt >= 0) {
      month = monthAt + 1;
    } else if (isZone("utc") || isZone("gmt")) {
      hasOffset = true;
    } else if (isZone("msk") || isZone("msd")) {
      hasOffset = true;
      offsetSeconds = (letters[2] == 'k' ? 3 : 4) * 3600;
    } else if (wordIn(WEEKDAYS, 3) >= 0) {
      weekday = true;
    } else {
      return fail("unexpected word");
    }
    while (n < letters.length && isLetter(in.peek())) {
      letters[n++] = (byte) (in.next() | 0x20);
    }
    if (n > 3 && wordIn(MONTHS, n) < 0 && wordIn(WEEKDAYS, n) < 0) {
      return fail("unexpected word");
    }
    if (weekday) {
      in.accept(',');
    }
    return 0;
  }

  private boolean isZone(String name) {
    return letters[0] == name.charAt(0)
        && letters[1] == name.charAt(1)
        && letters[2] == name.charAt(2);
  }

  private @Nullable String finish() {
    if (comma && (!hasTime || year == 0 || month == 0 || day == 0)) {
      return "unexpected word after Date";
    }
    if (year == 0 && month == 0 && day == 0 && !hasTime) {
      return "neither Date nor Time was parsed successfully";
    }
    if (strict && (day == 0 || month == 0 || year == 0)) {
      return (day == 0 ? "day of month" : month == 0 ? "month" : "year") + " is required";
    }
    day = Math.max(1, day);
    month = Math.max(1, month);
    if (year == 0) {
      int today = Calendar.dayOf(Calendar.toLocal(System.currentTimeMillis() / 1000, zone));
      int current = Calendar.year(Calendar.civil(today));
      year = Calendar.days(current, month, day) <= today ? current : current - 1;
    }
    if (month > 12 || day > Calendar.daysInMonth(year, month)) {
      return "unexpected date: " + year + "-" + month + "-" + day;
    }
    hour = am && hour == 12 ? 0 : pm && hour < 12 ? hour + 12 : hour;
    long local =
        Calendar.days(year, month, day) * Calendar.SECONDS_PER_DAY
            + hour * 3600L
            + minute * 60L
            + second;
    epochSecond = hasOffset ? local - offsetSeconds : Calendar.toEpoch(local, zone);
    return null;
  }
}
