package io.longhouse.function.scalar.other;

import io.longhouse.column.Float64Column;
import io.longhouse.column.type.FloatType;
import io.longhouse.function.Argument;
import io.longhouse.function.FunctionContext;
import io.longhouse.function.FunctionFactory;
import io.longhouse.function.ScalarFunction;
import io.longhouse.function.scalar.Resolved;
import io.longhouse.function.scalar.Rows;
import io.longhouse.function.scalar.Signature;
import io.longhouse.registry.Register;
import io.longhouse.sql.ByteText;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Seconds out of texts such as {@code 1h 5min}. */
@Register(
    kind = FunctionFactory.class,
    name = "parseTimeDelta",
    category = "Other",
    doc = "The number of seconds that a text such as 1h 5min means.")
final class ParseTimeDelta implements FunctionFactory {
  private static final Pattern PART =
      Pattern.compile("\\s*([0-9]+(?:\\.[0-9]+)?)\\s*([^0-9\\s;:,+.-]+)\\s*[;:,+-]?");

  private static final Map<String, Double> UNITS = units();

  private static Map<String, Double> units() {
    Map<String, Double> out = new java.util.HashMap<>();
    put(out, 31_536_000, "years", "year", "yr", "y");
    put(out, 2_635_200, "months", "month", "mo");
    put(out, 604_800, "weeks", "week", "w");
    put(out, 86_400, "days", "day", "d");
    put(out, 3_600, "hours", "hour", "hr", "h");
    put(out, 60, "minutes", "minute", "min", "m");
    put(out, 1, "seconds", "second", "sec", "s");
    put(out, 1e-3, "milliseconds", "millisecond", "millisec", "ms");
    put(out, 1e-6, "microseconds", "microsecond", "microsec", "μs", "µs", "us");
    put(out, 1e-9, "nanoseconds", "nanosecond", "nanosec", "ns");
    return out;
  }

  private static void put(Map<String, Double> units, double seconds, String... names) {
    for (String name : names) {
      units.put(name, seconds);
    }
  }

  @Override
  public ScalarFunction resolve(List<Argument> arguments, FunctionContext context) {
    new Signature("parseTimeDelta", arguments).count(1).string(0);
    return Resolved.throwing(
        FloatType.FLOAT64,
        (c, rows) -> {
          Rows.Bytes text = Rows.bytes(c[0]);
          double[] out = new double[rows];
          for (int r = 0; r < rows; r++) {
            out[r] = parse(ByteText.decode(text.bytes(), text.from(r), text.to(r) - text.from(r)));
          }
          return new Float64Column(out, rows);
        });
  }

  private static double parse(String text) {
    int end = text.length();
    while (end > 0 && (text.charAt(end - 1) == ' ' || text.charAt(end - 1) == '.')) {
      end--;
    }
    if (end == 0) {
      throw wrong("no valid characters, ", text);
    }
    boolean complete = Character.isLetter(text.charAt(end - 1));
    if (!complete) {
      throw wrong("", text);
    }
    Matcher m = PART.matcher(text);
    m.region(0, end);
    double seconds = 0;
    while (m.regionStart() < end) {
      if (!m.lookingAt()) {
        throw wrong("number not found, ", text);
      }
      Double unit = UNITS.get(m.group(2));
      if (unit == null) {
        throw new LonghouseException(
            ErrorCode.BAD_ARGUMENTS,
            "Invalid argument of function parseTimeDelta, can't parse the unit: \""
                + m.group(2)
                + "\"");
      }
      seconds += Double.parseDouble(m.group(1)) * unit;
      m.region(m.end(), end);
    }
    return seconds;
  }

  private static LonghouseException wrong(String what, String text) {
    return new LonghouseException(
        ErrorCode.BAD_ARGUMENTS,
        "Invalid argument of function parseTimeDelta, " + what + "str: \"" + text + "\"");
  }
}
