package io.longhouse.compat.shards;

import io.longhouse.engine.session.Engine;
import io.longhouse.server.Server;
import io.longhouse.server.config.ServerConfig;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Servers in this process that know each other: clusters {@code two} (the first two servers) and
 * {@code three} (all, with the weights 1, 3 and 2).
 */
final class Servers implements AutoCloseable {
  private static final int[] WEIGHTS = {1, 3, 2};

  private record One(Engine engine, Server server) {}

  private final List<One> servers = new ArrayList<>();
  private final List<Integer> ports = new ArrayList<>();
  private final HttpClient http = HttpClient.newHttpClient();

  Servers(Path folder) throws IOException {
    for (int i = 0; i < WEIGHTS.length; i++) {
      try (var free = new ServerSocket(0)) {
        ports.add(free.getLocalPort());
      }
    }
    Path config = folder.resolve("config.xml");
    Files.writeString(config, configuration());
    for (int i = 0; i < WEIGHTS.length; i++) {
      ServerConfig c =
          ServerConfig.of(
              List.of(
                  "--config-file=" + config,
                  "--path=" + folder.resolve("server" + i),
                  "--http_port=0",
                  "--tcp_port=" + ports.get(i),
                  "--listen_host=127.0.0.1"));
      Engine engine = Engine.open(c.engine(), c.tokens());
      var server = new Server(engine, c);
      server.start();
      servers.add(new One(engine, server));
    }
  }

  private String configuration() {
    var two = new StringBuilder();
    var three = new StringBuilder();
    for (int i = 0; i < WEIGHTS.length; i++) {
      String replica =
          "<replica><host>127.0.0.1</host><port>" + ports.get(i) + "</port></replica></shard>";
      three.append("<shard><weight>").append(WEIGHTS[i]).append("</weight>").append(replica);
      if (i < 2) {
        two.append("<shard>").append(replica);
      }
    }
    return "<clickhouse><remote_servers><two>"
        + two
        + "</two><three>"
        + three
        + "</three></remote_servers></clickhouse>";
  }

  int count() {
    return servers.size();
  }

  /** The native port of a server. */
  int port(int server) {
    return ports.get(server);
  }

  /** The answer of a server, or its error. */
  String ask(int server, String sql, Map<String, String> settings) {
    var url = new StringBuilder("http://127.0.0.1:");
    url.append(servers.get(server).server.port("http")).append("/?");
    settings.forEach((k, v) -> url.append(k).append('=').append(encoded(v)).append('&'));
    var request =
        HttpRequest.newBuilder(URI.create(url.toString()))
            .POST(HttpRequest.BodyPublishers.ofString(sql))
            .build();
    try {
      return http.send(request, BodyHandlers.ofString()).body();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static String encoded(String s) {
    return URLEncoder.encode(s, StandardCharsets.UTF_8);
  }

  /** Has a statement done that has no result. */
  void run(int server, String sql) {
    String answer = ask(server, sql, Map.of());
    if (!answer.isEmpty()) {
      throw new AssertionError(sql + ": " + answer);
    }
  }

  void everywhere(String sql) {
    for (int i = 0; i < servers.size(); i++) {
      run(i, sql);
    }
  }

  @Override
  public void close() {
    for (One s : servers) {
      s.server.close();
      s.engine.close();
    }
  }
}
