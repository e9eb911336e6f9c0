package io.longhouse.server.config;

import io.longhouse.engine.settings.SettingTable;
import io.longhouse.sql.LonghouseException;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Typed values of keys; what does not fit becomes a problem and counts as the default. */
final class Keys {
  private static final SettingTable.Definition SIZE =
      new SettingTable.Definition("size", "UInt64", "0", "", "", "");

  private final Map<String, String> keys;
  private final Problems problems;

  Keys(Map<String, String> keys, Problems problems) {
    this.keys = keys;
    this.problems = problems;
  }

  Map<String, String> all() {
    return keys;
  }

  String text(String key, String otherwise) {
    String v = keys.get(key);
    return v == null || v.isBlank() ? otherwise : v.strip();
  }

  long number(String key, long otherwise, long min, long max) {
    String v = text(key, "");
    if (v.isEmpty()) {
      return otherwise;
    }
    try {
      long n = Long.parseLong(v);
      if (n >= min && n <= max) {
        return n;
      }
    } catch (NumberFormatException e) {
      // reported below, with the bounds
    }
    problems.add(key + ": " + v + " is not a number from " + min + " to " + max);
    return otherwise;
  }

  /** Bytes, with suffixes such as 10Gi. */
  long size(String key, long otherwise) {
    String v = text(key, "");
    if (v.isEmpty()) {
      return otherwise;
    }
    try {
      return Long.parseLong(SettingTable.normalize(SIZE, v));
    } catch (LonghouseException | NumberFormatException e) {
      problems.add(key + ": " + v + " is not a size");
      return otherwise;
    }
  }

  int port(String key, int otherwise) {
    return keys.containsKey(key) && text(key, "").isEmpty()
        ? -1
        : (int) number(key, otherwise, 0, 65_535);
  }

  boolean flag(String key, boolean otherwise) {
    String v = text(key, "").toLowerCase(Locale.ROOT);
    return switch (v) {
      case "" -> otherwise;
      case "1", "true", "yes", "on" -> true;
      case "0", "false", "no", "off" -> false;
      default -> {
        problems.add(key + ": " + v + " is neither true nor false");
        yield otherwise;
      }
    };
  }

  String choice(String key, String otherwise, List<String> allowed) {
    String v = text(key, otherwise).toLowerCase(Locale.ROOT);
    if (!allowed.contains(v)) {
      problems.add(key + ": " + v + " is none of " + String.join(", ", allowed));
      return otherwise;
    }
    return v;
  }
}
