package io.longhouse.engine.access;

import io.longhouse.sql.ByteText;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The servers of {@code http_authentication_servers}: who knows a password answers 200 to a request
 * with Basic authentication. Where a server does not answer, nobody comes in.
 */
final class HttpAuthenticators {
  private static final System.Logger LOG = System.getLogger(HttpAuthenticators.class.getName());
  private static final String SECTION = "http_authentication_servers.";

  private record Server(URI uri, int timeoutMs, int triesMax, int backoffMs, int backoffMaxMs) {}

  private final Map<String, Server> servers = new HashMap<>();
  private @Nullable HttpClient client;

  /**
   * @param keys the server's configuration
   */
  HttpAuthenticators(Map<String, String> keys) {
    for (String key : keys.keySet()) {
      if (key.startsWith(SECTION) && key.endsWith(".uri")) {
        String at = key.substring(0, key.length() - 4);
        servers.put(
            at.substring(SECTION.length()),
            new Server(
                URI.create(keys.getOrDefault(key, "").strip()),
                number(keys, at + ".receive_timeout_ms", 1000),
                Math.max(1, number(keys, at + ".max_tries", 3)),
                number(keys, at + ".retry_initial_backoff_ms", 50),
                number(keys, at + ".retry_max_backoff_ms", 1000)));
      }
    }
  }

  private static int number(Map<String, String> keys, String key, int otherwise) {
    String v = keys.getOrDefault(key, "").strip();
    return v.matches("\\d{1,8}") ? Integer.parseInt(v) : otherwise;
  }

  private synchronized HttpClient client() {
    HttpClient known = client;
    if (known == null) {
      known =
          HttpClient.newBuilder()
              .connectTimeout(Duration.ofSeconds(1))
              .followRedirects(HttpClient.Redirect.NEVER)
              .build();
      client = known;
    }
    return known;
  }

  /** Whether a server lets somebody in. */
  boolean admits(@Nullable String name, String user, String password) {
    Server server = name == null ? null : servers.get(name);
    if (server == null || user.indexOf(':') >= 0) {
      return false;
    }
    String pair = Base64.getEncoder().encodeToString(ByteText.encode(user + ":" + password));
    HttpRequest request =
        HttpRequest.newBuilder(server.uri)
            .timeout(Duration.ofMillis(server.timeoutMs))
            .header("Authorization", "Basic " + pair)
            .build();
    int backoffMs = server.backoffMs;
    for (int i = 1; i <= server.triesMax; i++) {
      try {
        int status = client().send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
        return status == 200;
      } catch (IOException e) {
        LOG.log(Level.WARNING, "HTTP authentication server " + name + ": " + e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return false;
      }
      if (i < server.triesMax && !pause(backoffMs)) {
        return false;
      }
      backoffMs = Math.min(server.backoffMaxMs, 2 * backoffMs);
    }
    return false;
  }

  private static boolean pause(int ms) {
    try {
      Thread.sleep(ms);
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
