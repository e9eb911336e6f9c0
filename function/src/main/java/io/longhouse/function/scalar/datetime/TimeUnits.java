package io.longhouse.function.scalar.datetime;

import io.longhouse.column.type.IntervalType.Unit;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import java.util.Locale;

/** Units of time by the words that functions take. */
final class TimeUnits {
  private TimeUnits() {}

  /**
   * @throws LonghouseException BAD_ARGUMENTS (36)
   */
  static Unit of(String function, String word) {
    return switch (word.toLowerCase(Locale.ROOT)) {
      case "year", "years", "yy", "yyyy" -> Unit.YEAR;
      case "quarter", "quarters", "qq", "q" -> Unit.QUARTER;
      case "month", "months", "mm", "m" -> Unit.MONTH;
      case "week", "weeks", "wk", "ww" -> Unit.WEEK;
      case "day", "days", "dd", "d" -> Unit.DAY;
      case "hour", "hours", "hh", "h" -> Unit.HOUR;
      case "minute", "minutes", "mi", "n" -> Unit.MINUTE;
      case "second", "seconds", "ss", "s" -> Unit.SECOND;
      case "millisecond", "milliseconds", "ms" -> Unit.MILLISECOND;
      case "microsecond", "microseconds", "us", "u", "mcs" -> Unit.MICROSECOND;
      case "nanosecond", "nanoseconds", "ns" -> Unit.NANOSECOND;
      default ->
          throw new LonghouseException(
              ErrorCode.BAD_ARGUMENTS,
              "Function " + function + " does not support '" + word + "' unit");
    };
  }
}
