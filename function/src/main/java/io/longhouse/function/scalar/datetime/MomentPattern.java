package io.longhouse.function.scalar.datetime;

import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A pattern by which text is read as a moment, taken apart once. MySQL's letters follow a percent
 * sign and mostly stand for a fixed number of digits; Joda's letters are repeated, for how many
 * digits, or for a name when repeated three times.
 */
final class MomentPattern {
  /** What a step reads. */
  enum Field {
    LITERAL,
    CENTURY,
    YEAR,
    YEAR_OF_CENTURY,
    WEEK_YEAR,
    MONTH,
    MONTH_NAME,
    DAY_OF_MONTH,
    DAY_OF_YEAR,
    WEEK,
    DAY_OF_WEEK,
    DAY_OF_WEEK_FROM_SUNDAY,
    WEEKDAY_NAME,
    HALF_OF_DAY,
    HOUR,
    HOUR_FROM_1,
    HOUR_OF_HALF,
    HOUR_OF_HALF_FROM_1,
    MINUTE,
    SECOND,
    FRACTION,
    OFFSET,
    ERA
  }

  /**
   * One step.
   *
   * @param least digits that must be there; they are taken unseen when {@code most} is the same
   * @param most digits that are read at most
   * @param whole whether a name must be the whole one and not its first three letters
   */
  record Step(Field field, int least, int most, boolean whole, byte[] literal) {
    static Step digits(Field field, int count) {
      return new Step(field, count, count, false, NONE);
    }

    static Step upTo(Field field, int most) {
      return new Step(field, 1, most, false, NONE);
    }

    static Step name(Field field, boolean whole) {
      return new Step(field, 0, 0, whole, NONE);
    }
  }

  private static final byte[] NONE = {};

  private final List<Step> steps = new ArrayList<>();
  private int fractionDigits;

  List<Step> steps() {
    return steps;
  }

  /** How many digits the pattern has for fractions of a second; 6 for MySQL's one letter. */
  int fractionDigits() {
    return fractionDigits;
  }

  private void literal(String text) {
    if (!text.isEmpty()) {
      byte[] bytes = io.longhouse.sql.ByteText.encode(text);
      steps.add(new Step(Field.LITERAL, 0, 0, false, bytes));
    }
  }

  private void add(Step step) {
    steps.add(step);
  }

  /**
   * @param nameOfMonth whether M is the month's name and not the minute
   */
  static MomentPattern mySql(String function, String pattern, boolean nameOfMonth) {
    var out = new MomentPattern();
    for (int i = 0; i < pattern.length(); i++) {
      char c = pattern.charAt(i);
      if (c != '%') {
        out.literal("" + c);
        continue;
      }
      if (++i == pattern.length()) {
        throw new LonghouseException(
            ErrorCode.BAD_ARGUMENTS,
            "'%' must not be the last character in the format string, use '%%' instead");
      }
      out.mySqlLetter(function, pattern, pattern.charAt(i), nameOfMonth);
    }
    return out;
  }

  private void mySqlLetter(String function, String pattern, char letter, boolean nameOfMonth) {
    switch (letter) {
      case 'a' -> add(Step.name(Field.WEEKDAY_NAME, false));
      case 'b' -> add(Step.name(Field.MONTH_NAME, false));
      case 'c' -> add(Step.upTo(Field.MONTH, 2));
      case 'C' -> add(Step.digits(Field.CENTURY, 2));
      case 'd' -> add(Step.digits(Field.DAY_OF_MONTH, 2));
      case 'D' -> parts('m', "/", 'd', "/", '2');
      case 'e' -> add(Step.upTo(Field.DAY_OF_MONTH, 2));
      case 'f' -> {
        fractionDigits = 6;
        add(Step.upTo(Field.FRACTION, 6));
      }
      case 'F' -> parts('Y', "-", 'm', "-", 'd');
      case 'g' -> add(Step.digits(Field.YEAR_OF_CENTURY, 2));
      case 'G' -> add(Step.digits(Field.WEEK_YEAR, 4));
      case 'h', 'I' -> add(Step.digits(Field.HOUR_OF_HALF_FROM_1, 2));
      case 'H' -> add(Step.digits(Field.HOUR, 2));
      case 'i' -> add(Step.digits(Field.MINUTE, 2));
      case 'j' -> add(Step.digits(Field.DAY_OF_YEAR, 3));
      case 'k' -> add(Step.upTo(Field.HOUR, 2));
      case 'l' -> add(Step.upTo(Field.HOUR_OF_HALF_FROM_1, 2));
      case 'm' -> add(Step.digits(Field.MONTH, 2));
      case 'M' ->
          add(nameOfMonth ? Step.name(Field.MONTH_NAME, true) : Step.digits(Field.MINUTE, 2));
      case 'n' -> literal("\n");
      case 'p' -> add(Step.name(Field.HALF_OF_DAY, false));
      case 'r' -> parts('h', ":", 'i', " ", 'p');
      case 'R' -> {
        mySqlLetter(function, pattern, 'H', nameOfMonth);
        literal(":");
        mySqlLetter(function, pattern, 'i', nameOfMonth);
      }
      case 's', 'S' -> add(Step.digits(Field.SECOND, 2));
      case 't' -> literal("\t");
      case 'T' -> parts('H', ":", 'i', ":", 's');
      case 'u' -> add(Step.digits(Field.DAY_OF_WEEK, 1));
      case 'V' -> add(Step.digits(Field.WEEK, 2));
      case 'w' -> add(Step.digits(Field.DAY_OF_WEEK_FROM_SUNDAY, 1));
      case 'W' -> add(Step.name(Field.WEEKDAY_NAME, true));
      case 'y' -> add(Step.digits(Field.YEAR_OF_CENTURY, 2));
      case 'Y' -> add(Step.digits(Field.YEAR, 4));
      case 'z' -> add(new Step(Field.OFFSET, 4, 4, false, NONE));
      case '2' -> add(Step.digits(Field.YEAR_OF_CENTURY, 2));
      case '%' -> literal("%");
      case 'Q', 'U', 'v', 'x', 'X' ->
          throw new LonghouseException(
              ErrorCode.NOT_IMPLEMENTED,
              "format is not supported for " + (letter == 'Q' ? "quarter" : "WEEK (Sun-Sat)"));
      default ->
          throw new LonghouseException(
              ErrorCode.BAD_ARGUMENTS,
              "Incorrect syntax '"
                  + pattern
                  + "', symbol is not supported '"
                  + letter
                  + "' for function "
                  + function);
    }
  }

  private void parts(char a, String x, char b, String y, char c) {
    mySqlLetter("", "", a, true);
    literal(x);
    mySqlLetter("", "", b, true);
    literal(y);
    if (c == '2') {
      // The year behind a date with slashes is never one of the twentieth century.
      add(new Step(Field.YEAR_OF_CENTURY, 2, 2, true, NONE));
    } else {
      mySqlLetter("", "", c, true);
    }
  }

  static MomentPattern joda(String pattern) {
    var out = new MomentPattern();
    for (int i = 0; i < pattern.length(); ) {
      char c = pattern.charAt(i);
      if (c == '\'') {
        i = out.quoted(pattern, i);
        continue;
      }
      int end = i + 1;
      boolean letter = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
      while (letter && end < pattern.length() && pattern.charAt(end) == c) {
        end++;
      }
      if (letter) {
        out.jodaLetter(c, end - i);
      } else {
        out.literal("" + c);
      }
      i = end;
    }
    return out;
  }

  /** The place behind text in quotes, in which two quotes are one. */
  private int quoted(String pattern, int at) {
    if (pattern.startsWith("''", at)) {
      literal("'");
      return at + 2;
    }
    var text = new StringBuilder();
    for (int i = at + 1; i < pattern.length(); i++) {
      if (pattern.charAt(i) != '\'') {
        text.append(pattern.charAt(i));
      } else if (pattern.startsWith("''", i)) {
        text.append('\'');
        i++;
      } else {
        literal(text.toString());
        return i + 1;
      }
    }
    throw new LonghouseException(ErrorCode.BAD_ARGUMENTS, "No closing single quote for literal");
  }

  private void jodaLetter(char letter, int n) {
    switch (letter) {
      case 'G' -> add(Step.name(Field.ERA, n > 3));
      case 'C' -> add(Step.upTo(Field.CENTURY, Math.max(n, 2)));
      case 'y', 'Y' ->
          add(n == 2 ? Step.upTo(Field.YEAR_OF_CENTURY, 2) : Step.upTo(Field.YEAR, Math.max(n, 4)));
      case 'x' -> add(Step.upTo(Field.WEEK_YEAR, Math.max(n, 4)));
      case 'w' -> add(Step.upTo(Field.WEEK, Math.max(n, 2)));
      case 'e' -> add(Step.upTo(Field.DAY_OF_WEEK, n));
      case 'E' -> add(Step.name(Field.WEEKDAY_NAME, false));
      case 'D' -> add(Step.upTo(Field.DAY_OF_YEAR, Math.max(n, 3)));
      case 'M' -> add(n < 3 ? Step.upTo(Field.MONTH, 2) : Step.name(Field.MONTH_NAME, false));
      case 'd' -> add(Step.upTo(Field.DAY_OF_MONTH, Math.max(n, 2)));
      case 'a' -> add(Step.name(Field.HALF_OF_DAY, false));
      case 'K' -> add(Step.upTo(Field.HOUR_OF_HALF, Math.max(n, 2)));
      case 'h' -> add(Step.upTo(Field.HOUR_OF_HALF_FROM_1, Math.max(n, 2)));
      case 'H' -> add(Step.upTo(Field.HOUR, Math.max(n, 2)));
      case 'k' -> add(Step.upTo(Field.HOUR_FROM_1, Math.max(n, 2)));
      case 'm' -> add(Step.upTo(Field.MINUTE, Math.max(n, 2)));
      case 's' -> add(Step.upTo(Field.SECOND, Math.max(n, 2)));
      case 'S' -> {
        fractionDigits = Math.min(n, 9);
        add(Step.upTo(Field.FRACTION, n));
      }
      case 'Z' -> add(new Step(Field.OFFSET, 4, 4, false, NONE));
      default ->
          throw new LonghouseException(
              ErrorCode.NOT_IMPLEMENTED, "format is not supported for " + letter);
    }
  }

  static byte[][] upperCase(String[] names) {
    byte[][] out = new byte[names.length][];
    for (int i = 0; i < names.length; i++) {
      out[i] = names[i].toUpperCase(java.util.Locale.ROOT).getBytes(StandardCharsets.US_ASCII);
    }
    return out;
  }
}
