package io.longhouse.compat.stages;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Assumptions;

/** A real ClickHouse 18.16, in whose cluster {@code lab} it is the first shard. */
final class OldServer implements AutoCloseable {
  private final Process process;
  private final int httpPort;
  private final HttpClient http = HttpClient.newHttpClient();

  private OldServer(Process process, int httpPort) {
    this.process = process;
    this.httpPort = httpPort;
  }

  /**
   * Skips the test where it is not installed.
   *
   * @param other the native port of the second shard
   */
  static OldServer start(int other) throws IOException {
    Assumptions.assumeTrue(
        Files.isExecutable(Path.of("/usr/bin/clickhouse-server"))
            || Files.isExecutable(Path.of("/usr/sbin/clickhouse-server")),
        "clickhouse-server 18.16 is not installed: run compat/peers/install clickhouse18");
    int base;
    try (ServerSocket free = new ServerSocket(0)) {
      base = free.getLocalPort() - 10;
    }
    String shards = "127.0.0.1:" + (base + 10) + ";127.0.0.1:" + other;
    var command = new ProcessBuilder("peers/ch18", "run", "1", "--cluster", "lab=" + shards);
    command.environment().put("CH18_PORT", Integer.toString(base));
    Process p = command.redirectError(ProcessBuilder.Redirect.INHERIT).start();
    var lines =
        new BufferedReader(new InputStreamReader(p.getInputStream(), StandardCharsets.UTF_8));
    int port = 0;
    for (String line = lines.readLine(); line != null && port == 0; line = lines.readLine()) {
      if (line.startsWith("CH18_HTTP=")) {
        port = Integer.parseInt(line.substring(10));
      }
    }
    Assumptions.assumeTrue(port > 0, "clickhouse-server 18.16 does not start");
    return new OldServer(p, port);
  }

  /** What a statement answers in TabSeparated, errors too. */
  String ask(String sql, String settings) {
    try {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + httpPort + "/?" + settings))
              .timeout(Duration.ofSeconds(30))
              .POST(HttpRequest.BodyPublishers.ofString(sql))
              .build();
      return http.send(request, BodyHandlers.ofString()).body();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  String ask(String sql) {
    return ask(sql, "");
  }

  @Override
  public void close() throws IOException, InterruptedException {
    http.close();
    process.getOutputStream().close();
    process.waitFor();
  }
}
