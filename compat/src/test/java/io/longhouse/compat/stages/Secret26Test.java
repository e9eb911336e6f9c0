package io.longhouse.compat.stages;

import static org.assertj.core.api.Assertions.assertThat;

import io.longhouse.engine.session.ClientInfo;
import io.longhouse.engine.session.Engine;
import io.longhouse.engine.session.QueryRequest;
import io.longhouse.server.Server;
import io.longhouse.server.config.ServerConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** 26.7 enters a server of ours by a cluster's secret, without a password. */
class Secret26Test {
  @TempDir static Path folder;
  private static Engine engine;
  private static Server server;
  private static Chdb chdb;

  @BeforeAll
  static void start() throws IOException {
    ServerConfig config =
        ServerConfig.of(
            List.of(
                "--path=" + folder.resolve("data"),
                "--http_port=0",
                "--tcp_port=0",
                "--listen_host=127.0.0.1",
                "--users.default.password=known to nobody",
                "--users.default.networks.ip=::/0",
                "--users.chief.password=known to nobody",
                "--users.chief.access_management=1",
                "--users.chief.networks.ip=::/0",
                "--remote_servers.ours.secret=hush",
                "--remote_servers.ours.node.host=127.0.0.1",
                "--remote_servers.ours.node.port=1"));
    engine = Engine.open(config.engine());
    server = new Server(engine, config);
    server.start();
    run("CREATE TABLE t (a UInt8) ENGINE = MergeTree ORDER BY a");
    run("INSERT INTO t SELECT number FROM numbers(6)");
    Path settings = folder.resolve("config.xml");
    String shard =
        "<shard><replica><host>127.0.0.1</host><port>"
            + server.port("tcp")
            + "</port></replica></shard>";
    Files.writeString(
        settings,
        "<clickhouse><tcp_port>9000</tcp_port><remote_servers><ours><secret>hush</secret>"
            + shard
            + "</ours><guess><secret>hash</secret>"
            + shard
            + "</guess><open>"
            + shard
            + "</open></remote_servers></clickhouse>");
    chdb = Chdb.start(settings);
    chdb.ask("CREATE TABLE d (a UInt8) ENGINE = Distributed(ours, default, t)");
    chdb.ask("CREATE TABLE g (a UInt8) ENGINE = Distributed(guess, default, t)");
  }

  @AfterAll
  static void stop() throws IOException {
    if (chdb != null) {
      chdb.close();
    }
    server.close();
  }

  private static void run(String sql) {
    try (var session = engine.login("chief", "known to nobody", ClientInfo.local());
        var query = session.start(QueryRequest.of(sql))) {
      while (!query.isFinished()) {
        query.next(100);
      }
    }
  }

  @Test
  void theSecretLetsInAndItsAbsenceDoesNot() {
    assertThat(chdb.ask("SELECT sum(a), count() FROM d")).isEqualTo("15\t6\n");
    run("CREATE ROW POLICY p ON t USING a > 3 TO default");
    assertThat(chdb.ask("SELECT a FROM d ORDER BY a")).isEqualTo("4\n5\n");
    run("DROP ROW POLICY p ON t");
    assertThat(chdb.ask("SELECT a FROM g"))
        .startsWith("Code: 516")
        .contains("Interserver authentication failed");
    assertThat(chdb.ask("SELECT a FROM cluster(open, default, t)")).startsWith("Code: 516");
  }
}
