package io.longhouse.compat.faults;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;

/**
 * Statements to the servers' HTTP ports, past all links. A server that is up must answer within
 * {@link #DEADLINE}, whatever the others do: with rows or with an error that has a name.
 */
final class Sql {
  static final Duration DEADLINE = Duration.ofSeconds(45);

  /** What a server may need, on a machine that is busy, until its port is open. */
  private static final Duration STARTING = Duration.ofSeconds(60);

  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(5))
          .build();
  private final Findings findings;

  Sql(Findings findings) {
    this.findings = findings;
  }

  /** A statement that the server could not, or would not, do. */
  static final class Refused extends Exception {
    private static final long serialVersionUID = 1;

    Refused(String message) {
      super(message);
    }
  }

  /**
   * The answer.
   *
   * @throws Refused with the server's error, or because the connection ended; whether it was done
   *     is not known then
   */
  String run(Server server, String sql, Map<String, String> settings)
      throws Refused, InterruptedException {
    var uri = new StringBuilder("http://127.0.0.1:" + server.httpPort() + "/?wait_end_of_query=1");
    settings.forEach((k, v) ->
        uri.append('&').append(k).append('=').append(URLEncoder.encode(v, StandardCharsets.UTF_8)));
    long startNs = System.nanoTime();
    try {
      HttpResponse<String> r =
          http.send(
              HttpRequest.newBuilder(URI.create(uri.toString()))
                  .timeout(DEADLINE)
                  .POST(HttpRequest.BodyPublishers.ofString(sql))
                  .build(),
              HttpResponse.BodyHandlers.ofString());
      if (r.statusCode() != 200) {
        checkNamed(server, sql, r.body());
        throw new Refused(r.body().strip());
      }
      return r.body();
    } catch (HttpTimeoutException e) {
      if (server.node().isUndisturbedSince(startNs)) {
        findings.wrong(
            server.node().name()
                + " did not answer within "
                + DEADLINE.toSeconds()
                + " s: "
                + cut(sql));
      }
      throw new Refused("no answer");
    } catch (IOException e) {
      if (server.node().isUndisturbedSince(startNs - STARTING.toNanos())) {
        findings.wrong(server.node().name() + " broke a connection (" + e + "): " + cut(sql));
      }
      throw new Refused(String.valueOf(e.getMessage()));
    }
  }

  String run(Server server, String sql) throws Refused, InterruptedException {
    return run(server, sql, Map.of());
  }

  private void checkNamed(Server server, String sql, String body) {
    if (!body.startsWith("Code: ")
        || body.contains("(LOGICAL_ERROR)")
        || body.contains("(STD_EXCEPTION)")) {
      findings.wrong(
          server.node().name() + " answered no proper error to " + cut(sql) + ": " + body.strip());
    }
  }

  static String cut(String text) {
    return text.length() > 200 ? text.substring(0, 200) + " ..." : text;
  }
}
