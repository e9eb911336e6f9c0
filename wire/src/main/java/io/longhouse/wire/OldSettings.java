package io.longhouse.wire;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The settings that servers below 54429 know, as 18.16 lists them. Such a server refuses a query
 * with any other: what another server only passes on is left out for it.
 */
public final class OldSettings {
  private static final String LIST = "settings-54412.txt";

  /** Values that such servers know, where there are more today. */
  private static final Map<String, List<String>> VALUES =
      Map.of(
          "load_balancing", List.of("random", "nearest_hostname", "in_order", "first_or_random"),
          "send_logs_level", List.of("none", "error", "warning", "information", "debug", "trace"),
          "date_time_input_format", List.of("basic", "best_effort"));

  private static final class Names {
    static final Set<String> ALL = read();

    private static Set<String> read() {
      try (InputStream in =
              Objects.requireNonNull(OldSettings.class.getResourceAsStream(LIST), LIST);
          var lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.US_ASCII))) {
        return lines.lines().collect(Collectors.toUnmodifiableSet());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private OldSettings() {}

  /** Those of some settings that such a server knows. */
  public static Map<String, String> known(Map<String, String> settings) {
    Map<String, String> out = new LinkedHashMap<>();
    settings.forEach((name, value) -> {
      List<String> values = VALUES.get(name);
      if (Names.ALL.contains(name) && (values == null || values.contains(value))) {
        out.put(name, value);
      }
    });
    return out;
  }
}
