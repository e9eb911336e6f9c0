package io.longhouse.server.http;

import io.longhouse.server.config.HttpHandlers;
import io.longhouse.server.config.HttpHandlers.Condition;
import io.longhouse.server.config.HttpHandlers.Handler;
import io.longhouse.server.config.HttpHandlers.Rule;
import io.longhouse.server.config.ServerConfig;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Finds the handler that the configuration has for a request. */
final class ConfiguredHandlers {
  private static final String CONFIG = "config://";
  private static final String FILE = "file://";

  private final ServerConfig config;
  private final HttpHandlers handlers;

  ConfiguredHandlers(ServerConfig config) {
    this.config = config;
    this.handlers = config.http().handlers();
  }

  /** A handler with what the conditions have captured. */
  record Found(Handler handler, Map<String, String> captured) {}

  /** Whether the usual handlers answer what no rule takes. */
  boolean withDefaults() {
    return handlers.withDefaults();
  }

  @Nullable Found find(HttpRequest request) {
    for (Rule rule : handlers.rules()) {
      Map<String, String> captured = matched(rule, request);
      if (captured != null) {
        return new Found(rule.handler(), captured);
      }
    }
    return null;
  }

  private static @Nullable Map<String, String> matched(Rule rule, HttpRequest request) {
    Map<String, String> captured = new HashMap<>();
    boolean methodFits =
        rule.methods().isEmpty()
            || rule.methods().contains(request.method())
            || request.method().equals("HEAD") && rule.methods().contains("GET");
    if (!methodFits || rule.emptyQueryString() && !request.queryString().isEmpty()) {
      return null;
    }
    boolean fits =
        take(rule.url(), request.path(), captured) && take(rule.fullUrl(), request.uri(), captured);
    for (Map.Entry<String, Condition> h : rule.headers().entrySet()) {
      fits = fits && take(h.getValue(), request.headers().get(h.getKey()), captured);
    }
    return fits ? captured : null;
  }

  private static boolean take(
      @Nullable Condition condition, @Nullable String text, Map<String, String> captured) {
    Map<String, String> found = condition == null ? Map.of() : condition.match(text);
    if (found == null) {
      return false;
    }
    captured.putAll(found);
    return true;
  }

  /** The bytes of a fixed answer. */
  byte[] content(Handler.Fixed fixed) throws IOException {
    String text = fixed.content();
    if (text.startsWith(CONFIG)) {
      String key = text.substring(CONFIG.length());
      String usual =
          key.equals("http_server_default_response") ? config.http().defaultResponse() : "";
      text = config.keys().getOrDefault(key, usual);
    } else if (text.startsWith(FILE)) {
      String folder =
          config.keys().getOrDefault("user_files_path", config.path().resolve("user_files") + "");
      Path file = Path.of(folder).resolve(text.substring(FILE.length()).replaceFirst("^/+", ""));
      if (!Files.isReadable(file)) {
        throw new HttpException(404, "There is no file " + file.getFileName());
      }
      return Files.readAllBytes(file);
    }
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
