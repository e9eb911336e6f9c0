package io.longhouse.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** A ClickHouse 18.16 server, Debian's package, asked over HTTP; {@code compat/peers/ch18}. */
final class OldServerPeer implements Peer {
  /** What 18.16 wants to hear before it takes the table. */
  private static final String SETTINGS = "&allow_experimental_low_cardinality_type=1";

  private final Process process;
  private final Map<String, String> place;
  private final CpuClock cpu;
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private OldServerPeer(Process process, Map<String, String> place) {
    this.process = process;
    this.place = place;
    this.cpu = new CpuClock(Long.parseLong(place("CH18_PID")));
  }

  /** Whether the server is installed. */
  static boolean isThere() {
    return Files.exists(Path.of("/usr/sbin/clickhouse-server"))
        || Files.exists(Path.of("/usr/bin/clickhouse-server"));
  }

  static OldServerPeer start(Path home, Path folder) throws IOException {
    return start(home, folder, 1);
  }

  /** One of two, which know each other as the shards of the cluster {@code both}. */
  static OldServerPeer start(Path home, Path folder, int number) throws IOException {
    Files.createDirectories(folder);
    var builder =
        new ProcessBuilder(
                home.resolve("compat/peers/ch18").toString(),
                "run",
                Integer.toString(number),
                "--cluster",
                "both=127.0.0.1:19410;127.0.0.1:19420")
            .redirectError(ProcessBuilder.Redirect.INHERIT);
    builder.environment().put("CH18_DIR", folder.toString());
    builder.environment().put("CH18_PORT", "19400");
    Process process = builder.start();
    BufferedReader lines = process.inputReader();
    Map<String, String> place = new HashMap<>();
    while (!place.containsKey("CH18_DATA")) {
      String line = lines.readLine();
      if (line == null) {
        throw new IOException("ClickHouse 18.16 did not start");
      }
      int equals = line.indexOf('=');
      if (equals > 0) {
        place.put(line.substring(0, equals), line.substring(equals + 1));
      }
    }
    return new OldServerPeer(process, place);
  }

  private String place(String key) {
    String value = place.get(key);
    if (value == null) {
      throw new IllegalStateException("ch18 names no " + key);
    }
    return value;
  }

  int httpPort() {
    return Integer.parseInt(place("CH18_HTTP"));
  }

  @Override
  public String name() {
    return "ClickHouse 18.16";
  }

  @Override
  public String format() {
    return "TabSeparated";
  }

  @Override
  public Path data() {
    return Path.of(place("CH18_DATA"));
  }

  @Override
  public String run(String sql) {
    return send(sql, HttpRequest.BodyPublishers.noBody());
  }

  private String send(String sql, HttpRequest.BodyPublisher body) {
    URI uri =
        URI.create(
            "http://127.0.0.1:"
                + httpPort()
                + "/?query="
                + URLEncoder.encode(sql, StandardCharsets.UTF_8)
                + SETTINGS);
    try {
      HttpResponse<String> answer =
          http.send(
              HttpRequest.newBuilder(uri).POST(body).build(), HttpResponse.BodyHandlers.ofString());
      if (answer.statusCode() != 200) {
        throw new IllegalStateException(answer.body());
      }
      return answer.body();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public Cost measure(String sql, int runs) {
    return cost(
        runs,
        () -> {
          for (int i = 0; i < runs; i++) {
            run(sql);
          }
        });
  }

  @Override
  public Cost insert(Path file, String format) {
    return cost(
        1,
        () -> {
          try {
            send(
                "INSERT INTO " + Events.TABLE + " FORMAT " + format,
                HttpRequest.BodyPublishers.ofFile(file));
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
  }

  private Cost cost(int runs, Runnable work) {
    long cpuNs = cpu.nanoseconds();
    long startNs = System.nanoTime();
    work.run();
    long wallNs = System.nanoTime() - startNs;
    return new Cost((cpu.nanoseconds() - cpuNs) / 1e6 / runs, wallNs / 1e6 / runs);
  }

  @Override
  public void close() {
    http.close();
    try {
      process.getOutputStream().close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    process.onExit().join();
  }
}
