package io.longhouse.format.infer;

import io.longhouse.column.ByteReader;
import io.longhouse.column.type.BestEffortDateTime;
import io.longhouse.column.type.ZoneOffsets;
import io.longhouse.format.infer.Guess.Kind;
import io.longhouse.sql.ByteText;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a text by itself can be: a number, a day, a moment. */
final class ScalarText {
  private static final Pattern DATE = Pattern.compile("(\\d{4})([-/])(\\d{1,2})\\2(\\d{1,2})");
  private static final Pattern NUMBER = Pattern.compile("([+-]?)(\\d*)(\\.\\d*)?([eE][+-]?\\d+)?");
  private static final Set<String> WORDS = Set.of("inf", "infinity", "nan");
  private static final Pattern YEAR = Pattern.compile("(?<!\\d)\\d{4}(?!\\d)");
  private static final Pattern DOTTED = Pattern.compile("[\\d.]+");
  private static final Pattern DIGITS = Pattern.compile("\\d+");
  private static final Pattern MONTH =
      Pattern.compile("jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec", Pattern.CASE_INSENSITIVE);
  private static final int MOMENT_LENGTH_MIN = 8;
  private static final int YEAR_MIN = 1800;
  private static final int YEAR_MAX = 2262;

  private final InferenceSettings settings;
  private final BestEffortDateTime moment =
      new BestEffortDateTime(ZoneOffsets.of(ZoneOffset.UTC), false, false, true);

  ScalarText(InferenceSettings settings) {
    this.settings = settings;
  }

  /** The kind of a number in plain digits, or null; one too large for 64 bits is a Float64. */
  @Nullable Kind number(String text, boolean withExponent) {
    Matcher m = NUMBER.matcher(text);
    if (!m.matches()) {
      return null;
    }
    String digits = m.group(2);
    String fraction = m.group(3);
    if (digits.isEmpty() && (fraction == null || fraction.length() == 1)) {
      return null;
    }
    if (m.group(4) != null) {
      return withExponent ? Kind.FLOAT64 : null;
    }
    return fraction != null || !settings.integers
        ? Kind.FLOAT64
        : integer(m.group(1).equals("-"), digits);
  }

  private static Kind integer(boolean negative, String digits) {
    try {
      Long.parseLong(negative ? "-" + digits : digits);
      return Kind.INT64;
    } catch (NumberFormatException e) {
      return !negative && isUnsigned(digits) ? Kind.UINT64 : Kind.FLOAT64;
    }
  }

  private static boolean isUnsigned(String digits) {
    try {
      Long.parseUnsignedLong(digits);
      return true;
    } catch (NumberFormatException e) {
      return false;
    }
  }

  /** Infinity or not a number, in words. */
  static boolean isFloatWord(String text) {
    String bare = text.startsWith("-") || text.startsWith("+") ? text.substring(1) : text;
    return WORDS.contains(bare.toLowerCase(Locale.ROOT));
  }

  /** A day or a moment, or null. */
  @Nullable Kind moment(String text) {
    if (text.length() < MOMENT_LENGTH_MIN) {
      return null;
    }
    Matcher m = DATE.matcher(text);
    boolean isDate = m.matches();
    if (isDate && settings.dates) {
      int year = Integer.parseInt(m.group(1));
      boolean isDay = within(m.group(3), 12) && within(m.group(4), 31);
      if (!isDay) {
        return null;
      }
      // What Date holds: to June 6 of its last year, which is cut at the year before.
      if (year >= 1970 && year < 2149) {
        return Kind.DATE;
      }
    }
    return settings.moments && mayBeMoment(text) ? exactMoment(text) : null;
  }

  private static boolean within(String number, int max) {
    int n = Integer.parseInt(number);
    return n >= 1 && n <= max;
  }

  /** Whether there is a year, and a month and a day beside it; spares the attempt to read it. */
  private static boolean mayBeMoment(String text) {
    if (!YEAR.matcher(text).find() || DOTTED.matcher(text).matches()) {
      return false;
    }
    long numbers = DIGITS.matcher(text).results().limit(3).count();
    return numbers >= 3 || numbers == 2 && MONTH.matcher(text).find();
  }

  private @Nullable Kind exactMoment(String text) {
    byte[] bytes = ByteText.encode(text);
    var in = new ByteReader(bytes);
    if (moment.tryRead(in) != null) {
      return null;
    }
    while (in.accept(' ')) {
      // Blanks behind it do no harm.
    }
    if (!in.atEnd()) {
      return null;
    }
    int year =
        java.time.Instant.ofEpochSecond(moment.epochSecond()).atOffset(ZoneOffset.UTC).getYear();
    if (year < YEAR_MIN || year > YEAR_MAX) {
      return null;
    }
    boolean fine =
        text.indexOf('.') >= 0
            || settings.momentsAlwaysFine
            || moment.epochSecond() < 0
            || moment.epochSecond() > 0xFFFF_FFFFL;
    return fine ? Kind.DATETIME64 : Kind.DATETIME;
  }
}
