package io.longhouse.compat;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * ClickHouse's introduction to shards and replicas, word for word, on clusters that {@code
 * ./longhouse cluster} starts, with rows in the shape of the prices that houses in England were
 * sold for.
 */
class ShardsExampleTest {
  private static final String DISTRIBUTED =
      """
      CREATE TABLE uk.uk_price_paid_simple_dist ON CLUSTER test_cluster
      (
          date Date,
          town LowCardinality(String),
          street LowCardinality(String),
          price UInt32
      )
      ENGINE = Distributed('test_cluster', 'uk', 'uk_price_paid_simple', rand())
      """;

  /** Few towns with many sales and many with few, as in the real data. */
  private static final String PRICES =
      "SELECT toDate('1995-01-01') + number %% 10000 AS date,"
          + " concat('TOWN ', toString(toUInt32(pow(number %% 997, 2) / 1000))) AS town,"
          + " concat('STREET ', toString(intHash32(number) %% 3000)) AS street,"
          + " toUInt32(50000 + intHash32(number + 7) %% 900000) AS price FROM numbers(%d, %d)";

  private static final String BY_TOWN =
      "SELECT town, count(), avg(price), max(price), uniqExact(street), min(date) FROM %s GROUP BY"
          + " town ORDER BY town";

  private static final Path LAUNCHER =
      Path.of("..").toAbsolutePath().resolve("longhouse").normalize();

  @TempDir Path folder;

  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(5))
          .build();
  private int basePort;

  @AfterEach
  void stop() throws Exception {
    cluster("--stop");
    http.close();
  }

  /** Runs the launcher on the classes of this build. */
  private Program.Outcome cluster(String... arguments) throws IOException, InterruptedException {
    Path cache = Files.createDirectories(folder.resolve("cache"));
    String classes =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    for (String module : List.of("server", "client")) {
      Files.writeString(cache.resolve("classpath." + module), classes + "\n");
    }
    List<String> command =
        new ArrayList<>(
            List.of(
                "env",
                "JAVA_HOME=" + System.getProperty("java.home"),
                "LONGHOUSE_CACHE=" + cache,
                "LONGHOUSE_NO_BUILD=1",
                "LONGHOUSE_JAVA_OPTIONS=-XX:TieredStopAtLevel=1",
                LAUNCHER.toString(),
                "cluster",
                "--path=" + folder.resolve("cluster")));
    command.addAll(List.of(arguments));
    return Program.run("", command.toArray(String[]::new));
  }

  private void start(int shards, int replicas) throws Exception {
    basePort = freePorts(10 * (shards * replicas + 1));
    Program.Outcome started =
        cluster("--shards=" + shards, "--replicas=" + replicas, "--base_port=" + basePort);
    assertThat(started.status()).as(started.err()).isZero();
    assertThat(started.out().lines().filter(l -> l.endsWith(" running")))
        .hasSize(shards * replicas + 1)
        .first()
        .asString()
        .contains("http 127.0.0.1:" + basePort, "native 127.0.0.1:" + (basePort + 1));
  }

  private static int freePorts(int count) {
    for (int attempt = 0; attempt < 100; attempt++) {
      int from = ThreadLocalRandom.current().nextInt(20_000, 32_000 - count);
      int port = from;
      while (port < from + count && isFree(port)) {
        port++;
      }
      if (port == from + count) {
        return from;
      }
    }
    throw new IllegalStateException("no " + count + " free ports in a row");
  }

  private static boolean isFree(int port) {
    try (var socket = new ServerSocket()) {
      socket.bind(new InetSocketAddress(port));
      return true;
    } catch (IOException taken) {
      return false;
    }
  }

  /** The answer of a server, counted from 0. */
  private String ask(int server, String sql) throws IOException, InterruptedException {
    HttpResponse<String> r =
        http.send(
            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + (basePort + 10 * server)))
                .timeout(Duration.ofSeconds(60))
                .POST(HttpRequest.BodyPublishers.ofString(sql))
                .build(),
            HttpResponse.BodyHandlers.ofString());
    assertThat(r.statusCode()).as(sql + ": " + r.body()).isEqualTo(200);
    return r.body();
  }

  private void createTables(String engine) throws IOException, InterruptedException {
    ask(0, "CREATE DATABASE uk ON CLUSTER test_cluster");
    ask(
        0,
        "CREATE TABLE uk.uk_price_paid_simple ON CLUSTER test_cluster (date Date, town"
            + " LowCardinality(String), street LowCardinality(String), price UInt32) ENGINE = "
            + engine
            + " ORDER BY (town, street)");
    ask(0, DISTRIBUTED);
  }

  private void insert(int server, int from, int count) throws IOException, InterruptedException {
    ask(
        server,
        "INSERT INTO uk.uk_price_paid_simple_dist SETTINGS distributed_foreground_insert = 1 "
            + PRICES.formatted(from, count));
  }

  private void hasPrices(int server, int count) throws IOException, InterruptedException {
    assertThat(ask(server, BY_TOWN.formatted("uk.uk_price_paid_simple_dist")))
        .isEqualTo(ask(server, BY_TOWN.formatted("(" + PRICES.formatted(0, count) + ")")));
  }

  private long count(int server) throws IOException, InterruptedException {
    return Long.parseLong(ask(server, "SELECT count() FROM uk.uk_price_paid_simple").strip());
  }

  @Test
  void twoShardsShareTheRowsAndAnswerTogether() throws Exception {
    start(2, 1);
    createTables("MergeTree");
    // ① to ③: a row goes to one shard, by the remainder of the key.
    ask(
        1,
        "INSERT INTO uk.uk_price_paid_simple_dist VALUES ('2023-02-03', 'LONDON', 'BAKER STREET',"
            + " 1250000)");
    ask(1, "SYSTEM FLUSH DISTRIBUTED uk.uk_price_paid_simple_dist");
    assertThat(count(0) + count(1)).isEqualTo(1);
    for (int server = 0; server < 2; server++) {
      assertThat(
              ask(
                  server,
                  "SELECT max(price), any(street) FROM uk.uk_price_paid_simple_dist WHERE town ="
                      + " 'LONDON'"))
          .isEqualTo("1250000\tBAKER STREET\n");
    }
    ask(0, "TRUNCATE TABLE uk.uk_price_paid_simple ON CLUSTER test_cluster");
    insert(0, 0, 20_000);
    insert(1, 20_000, 20_000);
    assertThat(count(0) + count(1)).isEqualTo(40_000);
    assertThat(count(0)).isBetween(19_000L, 21_000L);
    hasPrices(0, 40_000);
    hasPrices(1, 40_000);
  }

  @Test
  void anotherReplicaAnswersWhereOneIsKilled() throws Exception {
    start(2, 3);
    createTables("ReplicatedMergeTree");
    insert(0, 0, 30_000);
    insert(4, 30_000, 10_000);
    for (int shard = 0; shard < 2; shard++) {
      replicasAgree(3 * shard);
    }
    CompletableFuture<String> answer =
        CompletableFuture.supplyAsync(() -> {
          try {
            return ask(
                0,
                "SELECT count(), sum(price) FROM uk.uk_price_paid_simple_dist WHERE NOT"
                    + " ignore(sleep(2))");
          } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
          }
        });
    int busy = busyReplica();
    String killed = "s2r" + (busy - 2);
    new ProcessBuilder(
            "kill", "-9", Files.readString(folder.resolve("cluster/" + killed + "/pid")).strip())
        .start()
        .waitFor();
    assertThat(answer.join())
        .isEqualTo(ask(0, "SELECT count(), sum(price) FROM (" + PRICES.formatted(0, 40_000) + ")"));
    assertThat(cluster("--status").out()).contains("stopped");
    for (int server : new int[] {0, 1, 2}) {
      hasPrices(server, 40_000);
    }
    insert(1, 40_000, 10_000);

    // It comes back and catches up.
    assertThat(cluster().status()).isZero();
    replicasAgree(0);
    replicasAgree(3);
    for (int server = 0; server < 6; server++) {
      hasPrices(server, 50_000);
    }
  }

  /** Waits until three servers have the same rows of a shard. */
  private void replicasAgree(int first) throws IOException, InterruptedException {
    long endNs = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (count(first) != count(first + 1) || count(first) != count(first + 2)) {
      assertThat(System.nanoTime()).as("replicas agree").isLessThan(endNs);
      Thread.sleep(50);
    }
    assertThat(count(first)).isPositive();
  }

  /** The server of the second shard that is at work on the query. */
  private int busyReplica() throws IOException, InterruptedException {
    long endNs = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (System.nanoTime() < endNs) {
      for (int server = 3; server < 6; server++) {
        String at =
            ask(
                server,
                "SELECT count() FROM system.processes WHERE query LIKE '%sleep(%' AND NOT"
                    + " is_initial_query");
        if (!at.equals("0\n")) {
          return server;
        }
      }
    }
    throw new AssertionError("no replica of the second shard works on the query");
  }
}
