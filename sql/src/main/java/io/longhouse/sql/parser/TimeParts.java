package io.longhouse.sql.parser;

import io.longhouse.sql.ast.Expression;
import io.longhouse.sql.ast.FunctionCall;
import io.longhouse.sql.ast.IntervalUnit;
import io.longhouse.sql.ast.Literal;
import java.util.Locale;

/** {@code EXTRACT(unit FROM x)} as the calls that it stands for. */
final class TimeParts {
  private TimeParts() {}

  static boolean isUnit(String unit) {
    return Intervals.unitOf(unit) != null
        || switch (unit.toLowerCase(Locale.ROOT)) {
          case "epoch",
              "dow",
              "doy",
              "isodow",
              "isoyear",
              "century",
              "decade",
              "millennium",
              "timezone_hour",
              "timezone_minute" ->
              true;
          default -> false;
        };
  }

  static Expression of(String unit, Expression x) {
    IntervalUnit interval = Intervals.unitOf(unit);
    if (interval != null) {
      return FunctionCall.call(function(interval), x);
    }
    return switch (unit.toLowerCase(Locale.ROOT)) {
      case "epoch" -> FunctionCall.call("toUnixTimestamp", x);
      case "dow" -> FunctionCall.call("toDayOfWeek", x, Literal.of(2));
      case "doy" -> FunctionCall.call("toDayOfYear", x);
      case "isodow" -> FunctionCall.call("toDayOfWeek", x);
      case "isoyear" -> FunctionCall.call("toISOYear", x);
      case "century" -> yearsOf(x, 100);
      case "decade" -> intDiv(FunctionCall.call("__toYearCalendarOnly", x), Literal.of(10));
      case "millennium" -> yearsOf(x, 1000);
      case "timezone_hour" -> intDiv(FunctionCall.call("timezoneOffset", x), seconds(3600));
      default ->
          intDiv(
              FunctionCall.call("modulo", FunctionCall.call("timezoneOffset", x), seconds(3600)),
              seconds(60));
    };
  }

  private static String function(IntervalUnit unit) {
    return switch (unit) {
      case NANOSECOND -> "toNanosecond";
      case MICROSECOND -> "toMicrosecond";
      case MILLISECOND -> "toMillisecond";
      case SECOND -> "toSecond";
      case MINUTE -> "toMinute";
      case HOUR -> "toHour";
      case DAY -> "toDayOfMonth";
      case WEEK -> "toISOWeek";
      case MONTH -> "toMonth";
      case QUARTER -> "toQuarter";
      case YEAR -> "toYear";
    };
  }

  /** The first century is that of the years 1 to 100. */
  private static Expression yearsOf(Expression x, long length) {
    Expression year = FunctionCall.call("__toYearCalendarOnly", x);
    return FunctionCall.call(
        "plus",
        intDiv(FunctionCall.call("minus", year, Literal.of(1)), Literal.of(length)),
        Literal.of(1));
  }

  private static Expression intDiv(Expression a, Expression b) {
    return FunctionCall.call("intDiv", a, b);
  }

  private static Expression seconds(long n) {
    return FunctionCall.call("toInt64", Literal.of(n));
  }
}
