package io.longhouse.server.http;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the configuration says of the query that a handler runs.
 *
 * @param text the query; null when a parameter of the request has it
 * @param parameter the name of that parameter
 * @param captured values of the query's own parameters, found in the address and the head
 * @param headers of the answer
 */
record PresetQuery(
    @Nullable String text,
    String parameter,
    Map<String, String> captured,
    Map<String, String> headers) {
  /** A query as the usual handler takes it. */
  static final PresetQuery NONE = new PresetQuery(null, "query", Map.of(), Map.of());

  private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\s*(\\w+)\\s*:");
  private static final String BODY = "_request_body";

  /** Puts the query and its parameters where the usual handler looks for them. */
  void apply(Parameters parameters) {
    if (text == null) {
      if (!parameter.equals("query")) {
        parameters.move(parameter, "query");
      }
      captured.forEach((name, value) -> parameters.put("param_" + name, value));
      return;
    }
    Set<String> own = new HashSet<>();
    Matcher m = PLACEHOLDER.matcher(text);
    while (m.find()) {
      own.add(m.group(1));
    }
    for (String name : own) {
      parameters.move(name, "param_" + name);
    }
    captured.forEach((name, value) -> {
      if (own.contains(name)) {
        parameters.put("param_" + name, value);
      }
    });
    parameters.put("query", text);
  }

  /** Whether the body of the request is a parameter of the query. */
  boolean takesBody() {
    return text != null && text.contains(BODY);
  }

  /** Under which name a body goes to the query. */
  static String bodyParameter() {
    return "param_" + BODY;
  }
}
