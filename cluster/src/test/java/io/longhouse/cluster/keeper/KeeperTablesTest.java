package io.longhouse.cluster.keeper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.longhouse.cluster.TestServer;
import io.longhouse.engine.session.Engine;
import io.longhouse.engine.session.EngineConfig;
import io.longhouse.sql.LonghouseException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class KeeperTablesTest {
  @TempDir Path folder;

  @Test
  void nodesAreReadBelowThePathsThatAreNamed() throws Exception {
    List<Integer> ports = FreePorts.of(1);
    try (var keeper = EmbeddedKeeper.start(folder.resolve("k"), 0);
        var client = Keeper.open(keeper.client());
        var server =
            TestServer.open(
                folder.resolve("s"),
                ports.getFirst(),
                keeper.port(),
                TestServer.shards("c", ports))) {
      client.createAll("/t/a/deep");
      client.create("/t/b", "größer");
      client.set("/t/b", "größer!");
      assertThat(
              server.run(
                  "SELECT name, value, version, dataLength, numChildren, ephemeralOwner, path FROM"
                      + " system.zookeeper WHERE path = '/t' ORDER BY name"))
          .containsExactly("a||0|0|1|0|/t", "b|größer!|1|9|0|0|/t");
      assertThat(
              server.run(
                  "SELECT path, name FROM system.zookeeper WHERE path IN ('/t/', '/t/a') AND name"
                      + " != 'b' ORDER BY path"))
          .containsExactly("/t/|a", "/t/a|deep");
      assertThat(
              server.run(
                  "SELECT name FROM system.zookeeper WHERE path IN (SELECT '/t') ORDER BY name"))
          .containsExactly("a", "b");
      assertThat(server.run("SELECT count() FROM system.zookeeper WHERE path = '/none'"))
          .containsExactly("0");
      for (String all :
          List.of(
              "SELECT name FROM system.zookeeper",
              "SELECT name FROM system.zookeeper WHERE path LIKE '/t%'")) {
        assertThatThrownBy(() -> server.run(all))
            .isInstanceOfSatisfying(
                LonghouseException.class, e -> assertThat(e.code()).isEqualTo(36))
            .hasMessageContaining("must contain condition like path = 'path'");
      }
      Map<String, String> unrestricted = Map.of("allow_unrestricted_reads_from_keeper", "1");
      assertThat(
              server.run(
                  "SELECT path, name FROM system.zookeeper WHERE path LIKE '/t%' ORDER BY path,"
                      + " name",
                  unrestricted))
          .containsExactly("/t|a", "/t|b", "/t/a|deep");
      assertThat(
              server.run("SELECT name, port, index, is_expired FROM system.zookeeper_connection"))
          .containsExactly("default|" + keeper.port() + "|0|0");
      assertThat(server.run("SELECT value FROM system.metrics WHERE metric = 'ZooKeeperSession'"))
          .containsExactly("1");
      server.run("CREATE DATABASE d ON CLUSTER c");
      assertThat(
              server.run(
                  "SELECT entry, entry_version, cluster, query, host, port, status, exception_code,"
                      + " exception_text FROM system.distributed_ddl_queue"))
          .containsExactly(
              "query-0000000000|8|c|CREATE DATABASE d ON CLUSTER c|127.0.0.1|"
                  + ports.getFirst()
                  + "|Finished|0|");
      server.run("CREATE USER u ON CLUSTER c IDENTIFIED BY 'opensesame'");
      assertThat(server.run("SELECT query FROM system.distributed_ddl_queue").toString())
          .contains("CREATE USER u ON CLUSTER c")
          .doesNotContain("opensesame");
      server.run("CREATE USER nobody");
      for (String table : List.of("zookeeper WHERE path = '/'", "distributed_ddl_queue")) {
        assertThatThrownBy(() -> server.runAs("nobody", "SELECT * FROM system." + table))
            .isInstanceOfSatisfying(
                LonghouseException.class, e -> assertThat(e.code()).isEqualTo(497));
      }
    }
  }

  @Test
  void withoutAKeeperNothingOfZooKeeperIsAskedForAndTheErrorSaysSo() {
    try (var engine = Engine.open(EngineConfig.inMemory())) {
      assertThatThrownBy(() -> run(engine, "SELECT * FROM system.zookeeper WHERE path = '/'"))
          .isInstanceOfSatisfying(
              LonghouseException.class, e -> assertThat(e.code()).isEqualTo(225));
      assertThatThrownBy(() -> run(engine, "CREATE DATABASE d ON CLUSTER test_shard_localhost"))
          .isInstanceOfSatisfying(
              LonghouseException.class, e -> assertThat(e.code()).isEqualTo(139));
    }
  }

  private static void run(Engine engine, String sql) {
    try (var session =
        engine.login("default", "", io.longhouse.engine.session.ClientInfo.local())) {
      TestServer.run(session, sql, Map.of());
    }
  }
}
