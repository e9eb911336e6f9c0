package io.longhouse.column.type;

import java.time.ZoneId;

/**
 * Arithmetic of the proleptic Gregorian calendar on primitive numbers: days since 1970-01-01,
 * seconds since the epoch, and civil dates packed into an int. Nothing here allocates; rules of
 * time zones are in {@link ZoneOffsets}.
 */
public final class Calendar {
  public static final long SECONDS_PER_DAY = 86_400;

  /** 1900-01-01, the first day of Date32. */
  public static final int DATE32_MIN = -25_567;

  /** 2299-12-31, the last day of Date32. */
  public static final int DATE32_MAX = 120_529;

  /** 2149-06-06, the last day of Date. */
  public static final int DATE_MAX = 65_535;

  private static final byte[] MONTH_DAYS = {0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

  private Calendar() {}

  /**
   * Days since 1970-01-01. A day outside its month counts on into the next one: February 30 is
   * March 1 or 2.
   *
   * @param month 1 to 12
   */
  public static int days(int year, int month, int day) {
    int y = month <= 2 ? year - 1 : year;
    int era = Math.floorDiv(y, 400);
    int yearOfEra = y - era * 400;
    int dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    int dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear;
    return era * 146_097 + dayOfEra - 719_468;
  }

  /** Year, month and day of {@code days} in one int; take it apart with {@link #year} and so on. */
  public static int civil(int days) {
    int z = days + 719_468;
    int era = Math.floorDiv(z, 146_097);
    int doe = z - era * 146_097;
    int yoe = (doe - doe / 1460 + doe / 36_524 - doe / 146_096) / 365;
    int doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
    int mp = (5 * doy + 2) / 153;
    int day = doy - (153 * mp + 2) / 5 + 1;
    int month = mp < 10 ? mp + 3 : mp - 9;
    int year = yoe + era * 400 + (month <= 2 ? 1 : 0);
    return year << 9 | month << 5 | day;
  }

  /** Of a packed date. */
  public static int year(int civil) {
    return civil >> 9;
  }

  /** Of a packed date, 1 to 12. */
  public static int month(int civil) {
    return civil >> 5 & 15;
  }

  /** Of a packed date, 1 to 31. */
  public static int day(int civil) {
    return civil & 31;
  }

  /** Monday is 1, Sunday is 7. */
  public static int dayOfWeek(int days) {
    return Math.floorMod(days + 3, 7) + 1;
  }

  /** January 1 is 1. */
  public static int dayOfYear(int days) {
    return days - days(year(civil(days)), 1, 1) + 1;
  }

  public static boolean isLeap(int year) {
    return (year & 3) == 0 && (year % 100 != 0 || year % 400 == 0);
  }

  public static int daysInMonth(int year, int month) {
    return month == 2 && isLeap(year) ? 29 : MONTH_DAYS[month];
  }

  /** The same day {@code months} later, or the last of its month when that is shorter. */
  public static int addMonths(int days, long months) {
    int civil = civil(days);
    long total = year(civil) * 12L + month(civil) - 1 + months;
    int year = (int) Math.floorDiv(total, 12L);
    int month = (int) Math.floorMod(total, 12L) + 1;
    return days(year, month, Math.min(day(civil), daysInMonth(year, month)));
  }

  /** Whole days of local seconds since the epoch. */
  public static int dayOf(long localSeconds) {
    return (int) Math.floorDiv(localSeconds, SECONDS_PER_DAY);
  }

  /** Seconds since local midnight. */
  public static int secondOfDay(long localSeconds) {
    return (int) Math.floorMod(localSeconds, SECONDS_PER_DAY);
  }

  /** Local seconds since the epoch of a moment: what a clock on the wall shows. */
  public static long toLocal(long epochSecond, ZoneOffsets zone) {
    return epochSecond + zone.offsetAt(epochSecond);
  }

  /** The moment at which a clock on the wall shows the local seconds since the epoch. */
  public static long toEpoch(long localSeconds, ZoneOffsets zone) {
    return localSeconds - zone.offsetAtLocal(localSeconds);
  }

  /** The offsets of a zone, from a cache. */
  public static ZoneOffsets zone(ZoneId zone) {
    return ZoneOffsets.of(zone);
  }

  /**
   * Days since 1970-01-01 of a date that a person wrote: 0 for a month or day that does not exist,
   * the nearest bound of {@code [min, max]} for a date outside of it.
   *
   * @param otherwise what to answer for an impossible date
   */
  public static int daysClamped(int year, int month, int day, int min, int max, int otherwise) {
    if (month < 1 || month > 12 || day < 1 || day > 31) {
      return otherwise;
    }
    return Math.clamp(days(year, month, day), min, max);
  }
}
