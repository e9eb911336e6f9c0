package io.longhouse.compat.isolation;

import java.util.ArrayList;
import java.util.List;

/**
 * Rows of both tenants as tuples of VALUES. Those of A let every division, cast and lookup succeed;
 * among those of B are zeros, extremes, NULLs and texts that are no numbers, below, between and
 * above A's values, and texts and numbers that nobody else has.
 */
final class Rows {
  /** Stands in texts of B and nowhere else. */
  static final String MARK = "qzXbeta";

  /** Stands in large numbers of B and nowhere else. */
  static final String NUMBER_MARK = "77007700770";

  /** Begins the UUIDs of B and no others. */
  static final String UUID_MARK = "b7b7b7b7-b7b7";

  static final int TENANT_A = 1;

  private static final List<String> WORDS_A =
      List.of("alpha", "amber", "apple", "azure", "acorn", "atlas", "arrow");

  private Rows() {}

  static String ofA(int id, Draw draw) {
    int x = draw.between(1, 9);
    String word = draw.of(WORDS_A);
    return tuple(
        "1",
        "'acme'",
        Integer.toString(id),
        Integer.toString(100 + draw.below(100)),
        Integer.toString(x),
        (draw.below(64) / 4.0) + "",
        "'" + (10 + draw.below(80)) + "'",
        "'" + word + "'",
        draw.percent(20) ? "NULL" : "'" + draw.of(WORDS_A) + "'",
        draw.percent(20) ? "NULL" : Integer.toString(draw.between(1, 50)),
        "'2024-03-%02d'".formatted(draw.between(1, 28)),
        "'2024-03-01 %02d:%02d:00'".formatted(draw.below(24), draw.below(60)),
        "'2024-03-02 03:04:05.%03d'".formatted(draw.below(1000)),
        "[" + x + ", " + draw.between(1, 99) + "]",
        "['" + word + "', '" + draw.of(WORDS_A) + "']",
        "{'" + word + "': " + draw.between(1, 9) + ", 'k': " + x + "}",
        "(" + draw.between(1, 9) + ", '" + word + "')",
        draw.below(1000) + ".25",
        "'" + draw.of("red", "green") + "'",
        "'" + word.substring(0, 4) + "'",
        "'a1a1a1a1-0000-4000-8000-%012d'".formatted(id),
        "'10.0.0." + draw.between(1, 99) + "'");
  }

  static String ofB(int id, Draw draw) {
    String mark = MARK + draw.below(1000);
    String text = draw.of("'" + mark + "'", "'" + mark + " and more of it'", "''", "'x'", "'zz'");
    String date = draw.of("'1970-01-01'", "'2024-03-11'", "'2024-02-29'", "'2149-06-06'");
    return tuple(
        draw.of("0", "2", "3", "4294967295"),
        "'bolt'",
        draw.of(Integer.toString(id), "0", "4294967295", "5"),
        draw.of(
            NUMBER_MARK + draw.below(100),
            "-" + NUMBER_MARK + draw.below(100),
            "0",
            "150",
            "99",
            "9223372036854775807",
            "-9223372036854775808"),
        draw.of("0", "255", "5", "7"),
        draw.of("0", "-1e300", "1e300", "nan", "inf", "3.5", "7.70077007700771"),
        text,
        draw.of("'" + mark + "'", "''", "'apple'", "'zz" + mark + "'"),
        draw.of("NULL", "'" + mark + "'", "'amber'"),
        draw.of("NULL", "0", "-2147483648", "2147483647", "25"),
        date,
        draw.of("'1970-01-01 00:00:01'", "'2024-03-01 12:00:00'", "'2105-12-31 23:59:59'"),
        draw.of("'1900-01-01 00:00:00.000'", "'2024-03-02 03:04:05.500'", "'2299-12-31 23:59:59'"),
        draw.of("[]", "[0]", "[2147483647, -1]", "[1, 2, 3, 4, 5, 6, 7, 8]"),
        draw.of("[]", "['" + mark + "']", "['', 'alpha']"),
        draw.of("{}", "{'" + mark + "': 0}", "{'k': -1}"),
        draw.of("(0, '" + mark + "')", "(-2147483648, '')"),
        draw.of("0", "-9999999999.99", "7700770077.07"),
        "'" + draw.of("black", "blue", "red") + "'",
        draw.of("'qzXb'", "''", "'alph'"),
        "'" + UUID_MARK + "-4000-8000-%012d'".formatted(draw.below(100000)),
        draw.of("'0.0.0.0'", "'255.255.255.255'", "'10.0.0.50'"));
  }

  private static String tuple(String... values) {
    return "(" + String.join(", ", values) + ")";
  }

  /** Some rows of A, with ids that follow each other. */
  static List<String> someOfA(int firstId, int count, Draw draw) {
    List<String> out = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      out.add(ofA(firstId + i, draw));
    }
    return out;
  }

  static List<String> someOfB(int count, Draw draw) {
    List<String> out = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      out.add(ofB(draw.below(100), draw));
    }
    return out;
  }
}
