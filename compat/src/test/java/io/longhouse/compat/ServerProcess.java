package io.longhouse.compat;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A server in a process of its own, on free ports of the loopback. */
public final class ServerProcess implements AutoCloseable {
  private final Process process;
  private final int httpPort;
  private final int tcpPort;
  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(5))
          .build();

  private ServerProcess(Process process, int httpPort, int tcpPort) {
    this.process = process;
    this.httpPort = httpPort;
    this.tcpPort = tcpPort;
  }

  static ServerProcess start(Path data) throws IOException, InterruptedException {
    return start(data, List.of());
  }

  /**
   * @param more arguments of the server
   */
  public static ServerProcess start(Path data, List<String> more)
      throws IOException, InterruptedException {
    int httpPort = freePort();
    int tcpPort = freePort();
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "-Xmx512m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseCompactObjectHeaders",
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
            "io.longhouse.server.Main",
            "--path=" + data,
            "--http_port=" + httpPort,
            "--tcp_port=" + tcpPort,
            "--listen_host=127.0.0.1"));
    command.addAll(more);
    Process p =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(
                ProcessBuilder.Redirect.appendTo(data.resolveSibling("server.log").toFile()))
            .start();
    var server = new ServerProcess(p, httpPort, tcpPort);
    server.awaitReady();
    return server;
  }

  int httpPort() {
    return httpPort;
  }

  int tcpPort() {
    return tcpPort;
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private void awaitReady() throws IOException, InterruptedException {
    long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    while (System.nanoTime() < end) {
      if (!process.isAlive()) {
        throw new IOException("the server ended with " + process.exitValue());
      }
      try {
        if (send("SELECT 1").statusCode() == 200) {
          return;
        }
      } catch (IOException notYet) {
        process.waitFor(20, java.util.concurrent.TimeUnit.MILLISECONDS);
      }
    }
    throw new IOException("the server did not become ready");
  }

  public HttpResponse<String> send(String sql) throws IOException, InterruptedException {
    return send("default", sql);
  }

  private HttpResponse<String> send(String user, String sql)
      throws IOException, InterruptedException {
    return http.send(
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + httpPort + "/?user=" + user))
            .timeout(Duration.ofSeconds(60))
            .POST(HttpRequest.BodyPublishers.ofString(sql))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  /** The answer, which must be no error. */
  public String query(String sql) throws IOException, InterruptedException {
    return queryAs("default", sql);
  }

  /** The same for a user without a password. */
  String queryAs(String user, String sql) throws IOException, InterruptedException {
    HttpResponse<String> r = send(user, sql);
    if (r.statusCode() != 200) {
      throw new IOException(sql + ": " + r.body());
    }
    return r.body();
  }

  /** As {@code kill -9} does it. */
  public void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  @Override
  public void close() throws InterruptedException {
    process.destroy();
    if (!process.waitFor(20, java.util.concurrent.TimeUnit.SECONDS)) {
      process.destroyForcibly().waitFor();
    }
    http.close();
  }
}
