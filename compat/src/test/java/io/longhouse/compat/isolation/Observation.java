package io.longhouse.compat.isolation;

import java.util.LinkedHashMap;
import java.util.Map;

/** Everything that a client can see of one statement, by what it is: error, rows, bytes, counts. */
record Observation(Map<String, String> seen) {
  private static final int SHOWN_MAX = 600;
  private static final String TOO_MANY_RESULT_ROWS = "396 ";

  boolean failed() {
    return seen.containsKey("error");
  }

  /**
   * Whether it is a matter of time how much was read: the limit of a result is met where rows are
   * taken, while others are still being read.
   */
  boolean readByChance() {
    return seen.getOrDefault("error", "").startsWith(TOO_MANY_RESULT_ROWS);
  }

  /** What is not equal, each with both values; empty when all is. */
  Map<String, String> differences(Observation other) {
    Map<String, String> out = new LinkedHashMap<>();
    var names = new java.util.LinkedHashSet<>(seen.keySet());
    names.addAll(other.seen.keySet());
    for (String name : names) {
      String mine = seen.getOrDefault(name, "(none)");
      String theirs = other.seen.getOrDefault(name, "(none)");
      if (!mine.equals(theirs)) {
        out.put(name, around(mine, theirs) + "\n      | " + around(theirs, mine));
      }
    }
    return out;
  }

  /** A long value from shortly before the place where it differs. */
  private static String around(String value, String other) {
    int same = 0;
    while (same < Math.min(value.length(), other.length())
        && value.charAt(same) == other.charAt(same)) {
      same++;
    }
    int from = Math.max(0, same - SHOWN_MAX / 2);
    int to = Math.min(value.length(), from + SHOWN_MAX);
    return printable((from > 0 ? "..." : "") + value.substring(from, to));
  }

  private static String printable(String s) {
    var out = new StringBuilder();
    for (char c : s.toCharArray()) {
      out.append(c == '\n' ? "\\n" : c < ' ' || c > '~' ? "\\x%02x".formatted((int) c) : c);
    }
    return out.toString();
  }

  /** The name of what shows a value that only B has, or null. */
  @org.jspecify.annotations.Nullable
  String marked() {
    for (var e : seen.entrySet()) {
      String v = e.getValue().toLowerCase(java.util.Locale.ROOT);
      for (String mark : Marks.ALL) {
        if (v.contains(mark)) {
          return e.getKey() + " shows " + mark;
        }
      }
    }
    return null;
  }
}
