package io.longhouse.server.config;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the configuration's {@code http_handlers} say about which request is answered by what: rules
 * that are tried one after the other.
 *
 * @param withDefaults whether the usual handlers answer what no rule takes
 */
public record HttpHandlers(List<Rule> rules, boolean withDefaults) {
  /** No {@code http_handlers} at all. */
  public static final HttpHandlers NONE = new HttpHandlers(List.of(), true);

  private static final String PREFIX = "http_handlers.";
  private static final String REGEX = "regex:";

  public HttpHandlers {
    rules = List.copyOf(rules);
  }

  /** A condition on a text: the text itself or an expression that must match all of it. */
  public record Condition(String text, @Nullable Pattern pattern) {
    /** The values of named groups; null when the text does not meet the condition. */
    public @Nullable Map<String, String> match(@Nullable String found) {
      if (found == null) {
        return null;
      }
      if (pattern == null) {
        return found.equals(text) ? Map.of() : null;
      }
      Matcher m = pattern.matcher(found);
      if (!m.matches()) {
        return null;
      }
      Map<String, String> groups = new HashMap<>();
      for (String name : pattern.namedGroups().keySet()) {
        String value = m.group(name);
        if (value != null) {
          groups.put(name, value);
        }
      }
      return groups;
    }
  }

  /** What a request must be, and what answers it then. */
  public record Rule(
      @Nullable Condition url,
      @Nullable Condition fullUrl,
      boolean emptyQueryString,
      Set<String> methods,
      Map<String, Condition> headers,
      Handler handler) {}

  /** What answers. */
  public sealed interface Handler {
    /**
     * A fixed answer.
     *
     * @param content the text itself, or {@code file://...} or {@code config://...}
     */
    record Fixed(int status, String contentType, String content, Map<String, String> headers)
        implements Handler {}

    /** Queries in a parameter of that name. */
    record Dynamic(String parameter, Map<String, String> headers) implements Handler {}

    /** A query that stands in the configuration. */
    record Predefined(String query, Map<String, String> headers) implements Handler {}

    /** Another address. */
    record Redirect(String location) implements Handler {}

    /** One of the usual pages, by its path. */
    record Page(String path) implements Handler {}
  }

  /** Reads the rules of a flattened configuration. */
  static HttpHandlers read(Map<String, String> keys, Problems problems) {
    Set<String> names = new LinkedHashSet<>();
    boolean any = false;
    boolean defaults = false;
    for (String key : keys.keySet()) {
      if (!key.startsWith(PREFIX)) {
        continue;
      }
      any = true;
      String name = key.substring(PREFIX.length()).split("\\.", 2)[0];
      if (name.equals("defaults")) {
        defaults = true;
      } else {
        names.add(name);
      }
    }
    List<Rule> rules = new ArrayList<>();
    for (String name : names) {
      Rule rule = new Reader(keys, PREFIX + name + ".", problems).rule();
      if (rule != null) {
        rules.add(rule);
      }
    }
    return any ? new HttpHandlers(rules, defaults) : NONE;
  }

  /** Reads one rule. */
  private record Reader(Map<String, String> keys, String prefix, Problems problems) {
    @Nullable Rule rule() {
      Handler handler = handler();
      Condition url = optional("url");
      Condition fullUrl = optional("full_url");
      Map<String, Condition> headers = new LinkedHashMap<>();
      below("headers.").forEach((name, value) -> headers.put(name, condition("headers", value)));
      Set<String> methods = new LinkedHashSet<>();
      for (String m : text("methods", text("method", "")).split(",")) {
        if (!m.isBlank()) {
          methods.add(m.strip().toUpperCase(Locale.ROOT));
        }
      }
      return handler == null
          ? null
          : new Rule(url, fullUrl, isOn("empty_query_string"), methods, headers, handler);
    }

    private @Nullable Handler handler() {
      String type = text("handler.type", "");
      Map<String, String> headers = below("handler.http_response_headers.");
      String contentType = text("handler.content_type", "");
      if (!contentType.isEmpty() && !type.equals("static")) {
        headers.put("Content-Type", contentType);
      }
      if (keys.containsKey(prefix + "handler.user")) {
        problems.add(prefix + "handler.user: users of handlers are not implemented");
      }
      return switch (type) {
        case "static" ->
            new Handler.Fixed(
                status(),
                contentType.isEmpty() ? "text/plain; charset=UTF-8" : contentType,
                text("handler.response_content", ""),
                headers);
        case "dynamic_query_handler" ->
            new Handler.Dynamic(text("handler.query_param_name", "query"), headers);
        case "predefined_query_handler" -> {
          String query = text("handler.query", text("handler.queries.query", ""));
          if (query.isBlank()) {
            problems.add(prefix + "handler.query: a predefined query is expected");
          }
          yield new Handler.Predefined(query.strip(), headers);
        }
        case "redirect" -> new Handler.Redirect(text("handler.location", "/"));
        case "ping", "replicas_status", "play" -> new Handler.Page("/" + type);
        case "prometheus" -> new Handler.Page("/metrics");
        default -> {
          problems.add(
              prefix
                  + "handler.type: expected static, dynamic_query_handler,"
                  + " predefined_query_handler, redirect, ping, replicas_status, prometheus or"
                  + " play, found '"
                  + type
                  + "'");
          yield null;
        }
      };
    }

    private int status() {
      String given = text("handler.status", "200");
      try {
        return Integer.parseInt(given);
      } catch (NumberFormatException e) {
        problems.add(prefix + "handler.status: expected a number, found '" + given + "'");
        return 200;
      }
    }

    private String text(String key, String otherwise) {
      return keys.getOrDefault(prefix + key, otherwise);
    }

    private boolean isOn(String key) {
      String v = keys.get(prefix + key);
      return v != null && !v.equals("0") && !v.equals("false");
    }

    private @Nullable Condition optional(String key) {
      String value = keys.get(prefix + key);
      return value == null ? null : condition(key, value);
    }

    private Condition condition(String key, String value) {
      if (!value.startsWith(REGEX)) {
        return new Condition(value, null);
      }
      try {
        return new Condition(value, Pattern.compile(value.substring(REGEX.length())));
      } catch (PatternSyntaxException e) {
        problems.add(prefix + key + ": " + e.getMessage());
        return new Condition(value, null);
      }
    }

    private Map<String, String> below(String key) {
      Map<String, String> found = new LinkedHashMap<>();
      keys.forEach((k, v) -> {
        if (k.startsWith(prefix + key)) {
          found.put(k.substring(prefix.length() + key.length()), v);
        }
      });
      return found;
    }
  }
}
