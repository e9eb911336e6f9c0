package io.longhouse.function.scalar.datetime;

import io.longhouse.column.type.Calendar;

/**
 * Weeks as MySQL and ISO 8601 count them. Bits of a mode: 1, the week begins on Monday; 2, weeks
 * number from 1 and may belong to the neighbouring year; 4, week 1 is the first that begins in the
 * year (the other way round where the week begins on Sunday). Modes 8 and 9: week 1 is the one with
 * January 1.
 */
final class Weeks {
  private Weeks() {}

  /** Monday of the day's week. */
  static long monday(long day) {
    return day - Math.floorMod(day + 3, 7L);
  }

  /** The first day of the day's week: Sunday in even modes, Monday in odd ones. */
  static long start(long day, int mode) {
    return (mode & 1) != 0 ? monday(day) : day - Math.floorMod(day + 4, 7L);
  }

  /** The year of an ISO week times 100, plus the week. */
  static int iso(int day) {
    int monday = (int) monday(day);
    int year = Calendar.year(Calendar.civil(monday + 3));
    int first = (int) monday(Calendar.days(year, 1, 4));
    return year * 100 + (monday - first) / 7 + 1;
  }

  /** The first day of an ISO year. */
  static long isoYearStart(int day) {
    int year = Calendar.year(Calendar.civil((int) monday(day) + 3));
    return monday(Calendar.days(year, 1, 4));
  }

  /** Year times 100 plus week, in one of the modes 0 to 9. */
  static int yearWeek(int day, int mode) {
    if (mode == 8 || mode == 9) {
      return withNewYear(day, mode == 9);
    }
    boolean monday = (mode & 1) != 0;
    boolean always = (mode & 2) != 0;
    boolean firstWeekday = (mode & 4) != 0 == monday;
    if (monday && always && !firstWeekday) {
      return iso(day);
    }
    int year = Calendar.year(Calendar.civil(day));
    int weekday = weekday(Calendar.days(year, 1, 1), monday);
    boolean atStart = Calendar.dayOfYear(day) <= 7 - weekday;
    boolean belongsBefore = firstWeekday ? weekday != 0 : weekday >= 4;
    if (atStart && belongsBefore) {
      if (!always) {
        return year * 100;
      }
      int before = year - 1;
      int length = Calendar.days(year, 1, 1) - Calendar.days(before, 1, 1);
      weekday = Math.floorMod(weekday - length, 7);
      return count(day, before, weekday, firstWeekday);
    }
    int result = count(day, year, weekday, firstWeekday);
    if (always && result % 100 == 53) {
      int next = weekday(Calendar.days(year + 1, 1, 1), monday);
      boolean nextsFirst = firstWeekday ? next == 0 : next < 4;
      if (nextsFirst) {
        return (year + 1) * 100 + 1;
      }
    }
    return result;
  }

  private static int weekday(int day, boolean monday) {
    return Math.floorMod(day + (monday ? 3 : 4), 7);
  }

  private static int count(int day, int year, int weekday, boolean firstWeekday) {
    boolean skips = firstWeekday ? weekday != 0 : weekday >= 4;
    int first = Calendar.days(year, 1, 1) + (skips ? 7 - weekday : -weekday);
    return year * 100 + (day - first) / 7 + 1;
  }

  private static int withNewYear(int day, boolean monday) {
    int start = (int) start(day, monday ? 1 : 0);
    int year = Calendar.year(Calendar.civil(start + 6));
    int first = (int) start(Calendar.days(year, 1, 1), monday ? 1 : 0);
    return year * 100 + (start - first) / 7 + 1;
  }
}
