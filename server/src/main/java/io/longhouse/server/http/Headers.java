package io.longhouse.server.http;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A request's header fields by name, whatever their case; of a repeated name the first. */
final class Headers {
  private final Map<String, String> fields = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

  void add(String name, String value) {
    fields.putIfAbsent(name, value);
  }

  @Nullable String get(String name) {
    return fields.get(name);
  }

  String get(String name, String otherwise) {
    String v = fields.get(name);
    return v == null ? otherwise : v;
  }

  boolean has(String name) {
    return fields.containsKey(name);
  }

  /** Whether a comma-separated field has this word. */
  boolean hasToken(String name, String token) {
    for (String t : get(name, "").toLowerCase(Locale.ROOT).split(",")) {
      if (t.strip().equals(token)) {
        return true;
      }
    }
    return false;
  }
}
