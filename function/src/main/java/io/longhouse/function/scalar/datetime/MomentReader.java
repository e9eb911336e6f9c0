package io.longhouse.function.scalar.datetime;

import io.longhouse.column.type.Calendar;
import io.longhouse.column.type.ZoneOffsets;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;

/**
 * Reads texts by one pattern. Holds what was read of the text at hand; for one thread. What a
 * pattern leaves out is 1970-01-01 00:00:00, but year 2000 where a part of a date is given without
 * a year.
 */
final class MomentReader {
  private static final byte[][] MONTHS = MomentPattern.upperCase(DateFormat.MONTHS);
  private static final byte[][] WEEKDAYS = MomentPattern.upperCase(DateFormat.WEEKDAYS);
  private static final int SHORT_NAME = 3;
  private static final int SOME_YEAR = 2000;

  private final MomentPattern pattern;
  private final int yearMin;
  private final int yearMax;
  private final ZoneOffsets zone;

  private byte[] b = new byte[0];
  private int at;
  private int end;

  private boolean hasYear;
  private int year;
  private int month;
  private int day;
  private int dayOfYear;
  private int week;
  private int weekday;
  private boolean byWeek;
  private boolean byDayOfYear;
  private int hour;
  private boolean half;
  private boolean afternoon;
  private int minute;
  private int second;
  private int fraction;
  private int offset;
  private boolean hasOffset;

  MomentReader(MomentPattern pattern, int yearMin, int yearMax, ZoneOffsets zone) {
    this.pattern = pattern;
    this.yearMin = yearMin;
    this.yearMax = yearMax;
    this.zone = zone;
  }

  private static final class Failure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Failure(String message) {
      super(message, null, false, false);
    }
  }

  /** Billionths of a second of the text that was read last. */
  int nanos() {
    return fraction;
  }

  /**
   * Seconds since the epoch, or the least number when the text does not fit and {@code throwing} is
   * off.
   *
   * @throws LonghouseException CANNOT_PARSE_DATETIME (41)
   */
  long read(byte[] bytes, int from, int to, boolean throwing) {
    b = bytes;
    at = from;
    end = to;
    reset();
    try {
      for (MomentPattern.Step step : pattern.steps()) {
        step(step);
      }
      if (at < end) {
        throw new Failure("Invalid format input is malformed at " + rest());
      }
      return seconds();
    } catch (Failure e) {
      if (throwing) {
        throw new LonghouseException(
            ErrorCode.CANNOT_PARSE_DATETIME, String.valueOf(e.getMessage()), e);
      }
      return Long.MIN_VALUE;
    }
  }

  private void reset() {
    hasYear = false;
    year = 1970;
    month = 1;
    day = 1;
    dayOfYear = 1;
    week = 1;
    weekday = 1;
    byWeek = false;
    byDayOfYear = false;
    hour = 0;
    half = false;
    afternoon = false;
    minute = 0;
    second = 0;
    fraction = 0;
    offset = 0;
    hasOffset = false;
  }

  private String rest() {
    return io.longhouse.sql.ByteText.decode(b, at, end - at);
  }

  private void step(MomentPattern.Step s) {
    switch (s.field()) {
      case LITERAL -> literal(s.literal());
      case CENTURY -> year(range(number(s), 19, 21, "century") * 100);
      case YEAR -> year(range(number(s), yearMin, yearMax, "year"));
      case YEAR_OF_CENTURY -> yearOfCentury(s);
      case WEEK_YEAR -> {
        year(range(number(s), yearMin, yearMax, "week year"));
        byWeek = true;
        byDayOfYear = false;
      }
      case MONTH -> month(range(number(s), 1, 12, "month of year"));
      case MONTH_NAME -> month(name(MONTHS, s.whole()) + 1);
      case DAY_OF_MONTH -> {
        day = range(number(s), 1, 31, "day of month");
        ofCalendar();
      }
      case DAY_OF_YEAR -> {
        dayOfYear = range(number(s), 1, 366, "day of year");
        byDayOfYear = true;
        byWeek = false;
        someYear();
      }
      case WEEK -> {
        week = range(number(s), 1, 53, "week of week year");
        ofWeek();
      }
      case DAY_OF_WEEK -> weekday(range(number(s), 1, 7, "day of week"));
      case DAY_OF_WEEK_FROM_SUNDAY -> {
        int n = range(number(s), 0, 6, "day of week");
        weekday(n == 0 ? 7 : n);
      }
      case WEEKDAY_NAME -> weekday(name(WEEKDAYS, s.whole()) + 1);
      case HALF_OF_DAY -> halfOfDay();
      case HOUR -> hour(s, 0, 23, false);
      case HOUR_FROM_1 -> hour(s, 1, 24, false);
      case HOUR_OF_HALF -> hour(s, 0, 11, true);
      case HOUR_OF_HALF_FROM_1 -> hour(s, 1, 12, true);
      case MINUTE -> minute = range(number(s), 0, 59, "minute");
      case SECOND -> second = range(number(s), 0, 59, "second");
      case FRACTION -> fraction(s);
      case OFFSET -> offset();
      case ERA -> era();
    }
  }

  private void literal(byte[] text) {
    boolean there =
        end - at >= text.length
            && java.util.Arrays.equals(b, at, at + text.length, text, 0, text.length);
    if (!there) {
      throw new Failure("Unable to parse fragment LITERAL from " + rest());
    }
    at += text.length;
  }

  private int number(MomentPattern.Step s) {
    int n = 0;
    if (s.least() == s.most() && s.least() > 1) {
      if (end - at < s.least()) {
        throw new Failure("Unable to parse a number of " + s.least() + " digits from " + rest());
      }
      // Whether these are digits shows in the number's range alone.
      for (int i = 0; i < s.least(); i++) {
        n = n * 10 + (b[at++] - '0');
      }
      return n;
    }
    int from = at;
    while (at < end && at - from < s.most() && b[at] >= '0' && b[at] <= '9') {
      n = n * 10 + (b[at++] - '0');
    }
    if (at == from) {
      throw new Failure("Unable to parse a number from " + rest());
    }
    return n;
  }

  private static int range(int n, int min, int max, String what) {
    if (n < min || n > max) {
      throw new Failure(
          "Value " + n + " for " + what + " must be in the range [" + min + ", " + max + "]");
    }
    return n;
  }

  private void year(int n) {
    year = n;
    hasYear = true;
  }

  private void yearOfCentury(MomentPattern.Step s) {
    int from = at;
    int n = number(s);
    boolean two = at - from == 2;
    year(range(two ? n + (n < 70 || s.whole() ? 2000 : 1900) : n, yearMin, yearMax, "year"));
  }

  private void someYear() {
    if (!hasYear) {
      year(SOME_YEAR);
    }
  }

  private void ofCalendar() {
    byWeek = false;
    byDayOfYear = false;
    someYear();
  }

  private void ofWeek() {
    byWeek = true;
    byDayOfYear = false;
    someYear();
  }

  private void month(int n) {
    month = n;
    ofCalendar();
  }

  private void weekday(int n) {
    weekday = n;
    ofWeek();
  }

  /** The index of the name that stands here, in any case. */
  private int name(byte[][] names, boolean whole) {
    for (int i = 0; i < names.length; i++) {
      if (matches(names[i], names[i].length)) {
        at += names[i].length;
        return i;
      }
    }
    for (int i = 0; i < names.length && !whole; i++) {
      if (matches(names[i], SHORT_NAME)) {
        at += SHORT_NAME;
        return i;
      }
    }
    throw new Failure("Unable to parse a name from " + rest());
  }

  private boolean matches(byte[] name, int length) {
    if (end - at < length) {
      return false;
    }
    for (int i = 0; i < length; i++) {
      if ((b[at + i] & ~0x20) != name[i]) {
        return false;
      }
    }
    return true;
  }

  private void halfOfDay() {
    boolean m = end - at >= 2 && (b[at + 1] & ~0x20) == 'M';
    int first = m ? b[at] & ~0x20 : 0;
    if (first != 'A' && first != 'P') {
      throw new Failure("Unable to parse AM or PM from " + rest());
    }
    afternoon = first == 'P';
    at += 2;
  }

  private void hour(MomentPattern.Step s, int min, int max, boolean ofHalf) {
    int n = range(number(s), min, max, "hour");
    hour = min == 1 && n == max ? 0 : n;
    half = ofHalf;
  }

  private void fraction(MomentPattern.Step s) {
    int from = at;
    int n = 0;
    while (at < end && at - from < s.most() && b[at] >= '0' && b[at] <= '9') {
      n = at - from < 9 ? n * 10 + (b[at] - '0') : n;
      at++;
    }
    if (at == from) {
      throw new Failure("Unable to parse a fraction from " + rest());
    }
    for (int i = at - from; i < 9; i++) {
      n *= 10;
    }
    fraction = n;
  }

  private void offset() {
    int sign = at < end && b[at] == '-' ? -1 : at < end && b[at] == '+' ? 1 : 0;
    if (sign == 0 || end - at < 5) {
      throw new Failure("Unable to parse a time zone offset from " + rest());
    }
    at++;
    MomentPattern.Step two = MomentPattern.Step.digits(MomentPattern.Field.OFFSET, 2);
    int hours = number(two);
    offset = sign * (hours * 3600 + number(two) * 60);
    hasOffset = true;
  }

  private void era() {
    for (String name : new String[] {"ANNO DOMINI", "AD", "CE"}) {
      byte[] upper = io.longhouse.sql.ByteText.encode(name);
      boolean here = end - at >= upper.length;
      for (int i = 0; here && i < upper.length; i++) {
        here = Character.toUpperCase(b[at + i]) == upper[i];
      }
      if (here) {
        at += upper.length;
        return;
      }
    }
    throw new Failure("Unable to parse an era from " + rest());
  }

  private long seconds() {
    long days;
    if (byWeek) {
      int fourth = Calendar.days(year, 1, 4);
      days = fourth - (Calendar.dayOfWeek(fourth) - 1) + (week - 1) * 7L + weekday - 1;
    } else if (byDayOfYear) {
      if (dayOfYear > (Calendar.isLeap(year) ? 366 : 365)) {
        throw new Failure(
            "Invalid day of year, out of range (year: "
                + year
                + " day of year: "
                + dayOfYear
                + ")");
      }
      days = Calendar.days(year, 1, 1) + dayOfYear - 1L;
    } else {
      if (day > Calendar.daysInMonth(year, month)) {
        throw new Failure(
            "Invalid date, out of range (year: "
                + year
                + " month: "
                + month
                + " day_of_month: "
                + day
                + ")");
      }
      days = Calendar.days(year, month, day);
    }
    int hours = half && afternoon ? hour + 12 : hour;
    long local = days * Calendar.SECONDS_PER_DAY + hours * 3600L + minute * 60L + second;
    return hasOffset ? local - offset : Calendar.toEpoch(local, zone);
  }
}
