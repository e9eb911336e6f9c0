package io.longhouse.compat.shards;

import static org.assertj.core.api.Assertions.assertThat;

import io.longhouse.cluster.keeper.EmbeddedKeeper;
import io.longhouse.engine.session.Engine;
import io.longhouse.server.Server;
import io.longhouse.server.config.ServerConfig;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A real ClickHouse 18.16 and a server of ours in one cluster, with our Keeper: each carries out
 * the statements of the other. Skipped where 18.16 is not installed.
 */
class OnClusterWith18Test {
  private static final String OLD_ENTRIES = "distributed_ddl_entry_format_version=1";

  @TempDir static Path folder;
  private static EmbeddedKeeper keeper;
  private static Engine engine;
  private static Server ours;
  private static Process theirs;
  private static int theirTcp;
  private static int ourTcp;
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  @BeforeAll
  static void start() throws IOException {
    Path script = Path.of("peers/ch18");
    boolean installed =
        Files.isExecutable(Path.of("/usr/bin/clickhouse-server"))
            || Files.isExecutable(Path.of("/usr/sbin/clickhouse-server"));
    Assumptions.assumeTrue(
        Files.isExecutable(script) && installed, "clickhouse-server 18.16 is not installed");
    keeper = EmbeddedKeeper.start(folder.resolve("keeper"), 0);
    int base = freePort() - 10;
    theirTcp = base + 10;
    ourTcp = freePort();
    startOurs();
    String shards = "lab=127.0.0.1:" + theirTcp + ";127.0.0.1:" + ourTcp;
    var command =
        new ProcessBuilder(
            script.toString(),
            "run",
            "1",
            "--zookeeper",
            "127.0.0.1:" + keeper.port(),
            "--plain-cluster",
            shards);
    command.environment().put("CH18_PORT", Integer.toString(base));
    theirs = command.redirectError(ProcessBuilder.Redirect.INHERIT).start();
    var lines =
        new BufferedReader(new InputStreamReader(theirs.getInputStream(), StandardCharsets.UTF_8));
    String line = lines.readLine();
    while (line != null && !line.startsWith("CH18_TCP=")) {
      line = lines.readLine();
    }
    Assumptions.assumeTrue(line != null, "clickhouse-server 18.16 does not start");
  }

  private static void startOurs() throws IOException {
    Path config = folder.resolve("config.xml");
    Files.writeString(
        config,
        "<clickhouse><zookeeper><node><host>127.0.0.1</host><port>"
            + keeper.port()
            + "</port></node></zookeeper><remote_servers><lab>"
            + replica(theirTcp)
            + replica(ourTcp)
            + "</lab></remote_servers></clickhouse>");
    ServerConfig c =
        ServerConfig.of(
            List.of(
                "--config-file=" + config,
                "--path=" + folder.resolve("ours"),
                "--http_port=0",
                "--tcp_port=" + ourTcp,
                "--listen_host=127.0.0.1"));
    engine = Engine.open(c.engine(), c.tokens());
    ours = new Server(engine, c);
    ours.start();
  }

  private static String replica(int port) {
    return "<shard><replica><host>127.0.0.1</host><port>" + port + "</port></replica></shard>";
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  @AfterAll
  static void stop() throws IOException, InterruptedException {
    if (theirs != null) {
      theirs.getOutputStream().close();
      theirs.waitFor();
    }
    if (ours != null) {
      ours.close();
      engine.close();
    }
    if (keeper != null) {
      keeper.close();
    }
  }

  private static String ask(int port, String settings, String sql) throws Exception {
    var request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/?" + settings))
            .POST(HttpRequest.BodyPublishers.ofString(sql))
            .build();
    return HTTP.send(request, BodyHandlers.ofString()).body();
  }

  private static String ours(String sql) throws Exception {
    return ask(ours.port("http"), OLD_ENTRIES, sql);
  }

  private static String theirs(String sql) throws Exception {
    return ask(theirTcp + 1, "", sql);
  }

  private static void isDone(String answer) {
    assertThat(answer.lines())
        .as(answer)
        .hasSize(2)
        .allMatch(l -> l.matches("127\\.0\\.0\\.1\t\\d+\t0\t\t[01]\t\\d"))
        .anyMatch(l -> l.contains("\t" + theirTcp + "\t"))
        .anyMatch(l -> l.contains("\t" + ourTcp + "\t"));
  }

  @Test
  void eachCarriesOutTheStatementsOfTheOther() throws Exception {
    isDone(theirs("CREATE DATABASE mixed ON CLUSTER lab"));
    isDone(
        theirs(
            "CREATE TABLE mixed.t ON CLUSTER lab (d Date, x UInt8, s String DEFAULT 'a\\'b')"
                + " ENGINE = MergeTree PARTITION BY d ORDER BY x"));
    isDone(ours("ALTER TABLE mixed.t ON CLUSTER lab ADD COLUMN z Nullable(String) AFTER x"));
    isDone(ours("CREATE TABLE mixed.u ON CLUSTER lab AS mixed.t ENGINE = Log"));
    isDone(theirs("CREATE VIEW mixed.v ON CLUSTER lab AS SELECT x + 1 AS y FROM mixed.t"));
    isDone(theirs("RENAME TABLE mixed.u TO mixed.w ON CLUSTER lab"));
    String columns =
        "SELECT table, name, type, default_expression FROM system.columns WHERE database ="
            + " 'mixed' ORDER BY table, name";
    assertThat(ours(columns)).isEqualTo(theirs(columns)).contains("w\tz\tNullable(String)");
    ours("INSERT INTO mixed.t (d, x) VALUES ('2018-01-01', 7)");
    assertThat(ours("SELECT y FROM mixed.v")).isEqualTo("8\n");
    assertThat(theirs("DROP TABLE mixed.nothing ON CLUSTER lab"))
        .contains("There was an error on [127.0.0.1:")
        .contains("Code: 60");
    assertThat(ours("DROP TABLE mixed.nothing ON CLUSTER lab"))
        .startsWith("Code: 60. DB::Exception: There was an error on [127.0.0.1:");
    isDone(ours("DROP DATABASE mixed ON CLUSTER lab"));
    assertThat(theirs("SELECT count() FROM system.databases WHERE name = 'mixed'"))
        .isEqualTo("0\n");
  }
}
