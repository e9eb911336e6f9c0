package io.longhouse.engine.session;

import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import java.util.Map;
import java.util.TreeMap;

/**
 * What {@code {name}} stands for in arguments of engines, paths in Keeper and names of clusters.
 *
 * @param values by name; they may hold macros themselves
 */
public record Macros(Map<String, String> values) {
  private static final String PREFIX = "macros.";
  private static final int DEPTH_MAX = 10;
  private static final int LENGTH_MAX = 65_536;

  public Macros {
    values = Map.copyOf(values);
  }

  /** Those of a flattened configuration. */
  public static Macros of(Map<String, String> configuration) {
    Map<String, String> found = new TreeMap<>();
    configuration.forEach((key, value) -> {
      if (key.startsWith(PREFIX)) {
        found.put(key.substring(PREFIX.length()), value);
      }
    });
    return new Macros(found);
  }

  public String expand(String text) {
    return expand(text, Map.of());
  }

  /**
   * A text with every macro replaced.
   *
   * @param implicit what stands for names that the configuration does not define: {@code database},
   *     {@code table}, {@code uuid} ...
   * @throws LonghouseException NO_ELEMENTS_IN_CONFIG (139) for a macro that is not known,
   *     SYNTAX_ERROR (62) for braces that do not match and macros without an end
   */
  public String expand(String text, Map<String, String> implicit) {
    String s = text;
    for (int level = 0; s.indexOf('{') >= 0; level++) {
      if (level == DEPTH_MAX) {
        throw new LonghouseException(
            ErrorCode.SYNTAX_ERROR, "Too deep recursion while expanding macros: '" + s + "'");
      }
      if (level > 0 && s.length() > LENGTH_MAX) {
        throw new LonghouseException(
            ErrorCode.SYNTAX_ERROR, "Too long string while expanding macros");
      }
      s = once(s, implicit);
    }
    return s;
  }

  private String once(String s, Map<String, String> implicit) {
    var out = new StringBuilder();
    int from = 0;
    for (int open = s.indexOf('{'); open >= 0; open = s.indexOf('{', from)) {
      out.append(s, from, open);
      int close = s.indexOf('}', open);
      if (close < 0) {
        throw new LonghouseException(
            ErrorCode.SYNTAX_ERROR, "Unbalanced { and } in string with macros: '" + s + "'");
      }
      String name = s.substring(open + 1, close);
      String value = values.getOrDefault(name, implicit.getOrDefault(name, ""));
      if (value.isEmpty() && !values.containsKey(name)) {
        throw new LonghouseException(
            ErrorCode.NO_ELEMENTS_IN_CONFIG,
            "No macro '"
                + name
                + "' in config while processing substitutions in '"
                + s
                + "' at '"
                + (open + 1)
                + "' or macro is not supported here");
      }
      out.append(value);
      from = close + 1;
    }
    return out.append(s, from, s.length()).toString();
  }
}
