package io.longhouse.compat.replicas;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Assumptions;

/** A real ClickHouse 18.16 that can be killed and started again with its data. */
final class OldReplica implements AutoCloseable {
  private static final Path BINARY = Path.of("/usr/sbin/clickhouse-server");

  private final Process script;
  private final Map<String, String> place;
  private final Path home;
  private final HttpClient http = HttpClient.newHttpClient();

  private OldReplica(Process script, Map<String, String> place) {
    this.script = script;
    this.place = place;
    this.home = Path.of(of("CH18_DATA")).getParent();
  }

  private String of(String key) {
    return Objects.requireNonNull(place.get(key), key);
  }

  /** Skips the test where it is not installed. */
  static OldReplica start(int keeper) throws IOException {
    Assumptions.assumeTrue(
        Files.isExecutable(BINARY),
        "clickhouse-server 18.16 is not installed: run compat/peers/install clickhouse18");
    int base;
    try (ServerSocket free = new ServerSocket(0)) {
      base = free.getLocalPort() - 10;
    }
    var command =
        new ProcessBuilder("peers/ch18", "run", "1", "--zookeeper", "127.0.0.1:" + keeper);
    command.environment().put("CH18_PORT", Integer.toString(base));
    Process p = command.redirectError(ProcessBuilder.Redirect.INHERIT).start();
    var lines =
        new BufferedReader(new InputStreamReader(p.getInputStream(), StandardCharsets.UTF_8));
    Map<String, String> place = new HashMap<>();
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      String[] both = line.split("=", 2);
      place.put(both[0], both.length > 1 ? both[1] : "");
      if (both[0].equals("CH18_DATA")) {
        break;
      }
    }
    Assumptions.assumeTrue(place.containsKey("CH18_DATA"), "clickhouse-server does not start");
    return new OldReplica(p, place);
  }

  HttpResponse<String> send(String sql) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + of("CH18_HTTP") + "/"))
            .timeout(Duration.ofSeconds(60))
            .POST(HttpRequest.BodyPublishers.ofString(sql))
            .build();
    return http.send(request, BodyHandlers.ofString());
  }

  /** The answer, which must be no error. */
  String query(String sql) throws IOException, InterruptedException {
    HttpResponse<String> r = send(sql);
    if (r.statusCode() != 200 || r.body().contains("DB::Exception")) {
      throw new IOException(sql + ": " + r.body());
    }
    return r.body();
  }

  private long pid() throws IOException {
    return Long.parseLong(Files.readString(home.resolve("pid")).strip());
  }

  /** As {@code kill -9} does it. */
  void kill() throws IOException, InterruptedException {
    ProcessHandle handle = ProcessHandle.of(pid()).orElseThrow();
    handle.destroyForcibly();
    handle.onExit().join();
    while (handle.isAlive()) {
      Thread.sleep(20);
    }
  }

  /** With the data that was there when it was killed. */
  void startAgain() throws IOException, InterruptedException {
    Process p =
        new ProcessBuilder(BINARY.toString(), "--config-file=" + home.resolve("config.xml"))
            .directory(home.toFile())
            .redirectErrorStream(true)
            .redirectOutput(home.resolve("stdout").toFile())
            .start();
    // By which the script ends it.
    Files.writeString(home.resolve("pid"), p.pid() + "\n");
    for (int i = 0; i < 600; i++) {
      try {
        if (send("SELECT 1").statusCode() == 200) {
          return;
        }
      } catch (IOException notYet) {
        Thread.sleep(100);
      }
    }
    throw new IOException("18.16 did not become ready again");
  }

  @Override
  public void close() throws IOException, InterruptedException {
    http.close();
    script.getOutputStream().close();
    script.waitFor();
  }
}
