package io.longhouse.bench;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The servers of {@code longhouse cluster}, asked over HTTP. */
final class LocalCluster implements AutoCloseable {
  private final Path home;
  private final Path folder;
  private final int basePort;
  private final int servers;
  private final List<CpuClock> clocks = new ArrayList<>();
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private LocalCluster(Path home, Path folder, int basePort, int servers) {
    this.home = home;
    this.folder = folder;
    this.basePort = basePort;
    this.servers = servers;
  }

  static LocalCluster start(Path home, Path folder, int basePort, int shards, int replicas)
      throws IOException {
    Files.createDirectories(folder);
    var cluster = new LocalCluster(home, folder, basePort, shards * replicas);
    cluster.command("--shards=" + shards, "--replicas=" + replicas, "--base_port=" + basePort);
    try (Stream<Path> all = Files.list(folder)) {
      for (Path server :
          all.filter(p -> p.getFileName().toString().matches("s\\d+r\\d+")).toList()) {
        long pid = Long.parseLong(Files.readString(server.resolve("pid")).strip());
        cluster.clocks.add(new CpuClock(pid));
      }
    }
    return cluster;
  }

  private void command(String... more) throws IOException {
    List<String> words = new ArrayList<>(List.of(home.resolve("longhouse").toString(), "cluster"));
    words.addAll(List.of(more));
    words.add("--path=" + folder);
    Process process =
        new ProcessBuilder(words)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try {
      if (process.waitFor() != 0) {
        throw new IOException(String.join(" ", words) + " failed");
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  int servers() {
    return servers;
  }

  /** The HTTP port of a server, from 0, replicas of a shard side by side. */
  int httpPort(int server) {
    return basePort + 10 * server;
  }

  /** CPU time of all servers so far. */
  long cpuNs() {
    return clocks.stream().mapToLong(CpuClock::nanoseconds).sum();
  }

  /** The rows of a statement on a server, tab-separated. */
  String run(int server, String sql) {
    URI uri =
        URI.create(
            "http://127.0.0.1:"
                + httpPort(server)
                + "/?query="
                + URLEncoder.encode(sql, StandardCharsets.UTF_8));
    try {
      HttpResponse<String> answer =
          http.send(
              HttpRequest.newBuilder(uri).POST(HttpRequest.BodyPublishers.noBody()).build(),
              HttpResponse.BodyHandlers.ofString());
      if (answer.statusCode() != 200) {
        throw new IllegalStateException(sql + ": " + answer.body());
      }
      return answer.body();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    http.close();
    try {
      command("--stop");
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
