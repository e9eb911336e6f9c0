package io.longhouse.cluster.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.longhouse.cluster.TestServer;
import io.longhouse.cluster.keeper.EmbeddedKeeper;
import io.longhouse.cluster.keeper.FreePorts;
import io.longhouse.cluster.keeper.Keeper;
import io.longhouse.sql.LonghouseException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A database that two servers, and later a third, have in common. */
@Timeout(90)
class ReplicatedDatabaseTest {
  private static final String TABLES =
      "SELECT name, engine, uuid FROM system.tables WHERE database = 'd' AND name NOT LIKE"
          + " '.inner%' ORDER BY name";

  @TempDir Path folder;
  private EmbeddedKeeper keeper;
  private List<Integer> ports;
  private TestServer a;
  private TestServer b;

  @BeforeEach
  void open() throws Exception {
    keeper = EmbeddedKeeper.start(folder.resolve("keeper"), 0);
    ports = FreePorts.of(3);
    a = server(0);
    b = server(1);
    String create = "CREATE DATABASE d ENGINE = Replicated('/db/d', '{shard}', '{replica}')";
    a.run(create);
    b.run(create);
  }

  private TestServer server(int n) {
    Map<String, String> keys = new LinkedHashMap<>(TestServer.shards("c", ports));
    keys.put("macros.shard", "s1");
    keys.put("macros.replica", "r" + n);
    keys.put("interserver_http_port", "1");
    keys.put("interserver_http_host", "127.0.0.1");
    return TestServer.open(folder.resolve("n" + n), ports.get(n), keeper.port(), keys);
  }

  @AfterEach
  void close() {
    a.close();
    b.close();
    keeper.close();
  }

  private void refused(TestServer on, String sql, int code) {
    assertThatThrownBy(() -> on.run(sql), sql)
        .as(sql)
        .isInstanceOfSatisfying(
            LonghouseException.class, e -> assertThat(e.code()).as(e.message()).isEqualTo(code));
  }

  @Test
  void definitionsAreTheSameOnAllReplicas() {
    assertThat(a.run("CREATE TABLE d.t (x UInt8) ENGINE = MergeTree ORDER BY x"))
        .containsExactly("s1|r0|OK|1|0", "s1|r1|OK|0|0");
    b.run("ALTER TABLE d.t ADD COLUMN s String DEFAULT 'q'");
    a.run("CREATE VIEW d.v AS SELECT count() AS n FROM d.t");
    b.run("CREATE TABLE d.log (n UInt64) ENGINE = Log");
    a.run("CREATE MATERIALIZED VIEW d.m ENGINE = MergeTree ORDER BY x AS SELECT x FROM d.t");
    b.run("RENAME TABLE d.log TO d.journal");
    assertThat(a.run(TABLES)).isEqualTo(b.run(TABLES)).hasSize(4);
    assertThat(a.run("SHOW CREATE TABLE d.t")).isEqualTo(b.run("SHOW CREATE TABLE d.t"));
    a.run("INSERT INTO d.t (x) VALUES (7)");
    assertThat(a.run("SELECT * FROM d.t")).containsExactly("7|q");
    assertThat(a.run("SELECT x FROM d.m")).containsExactly("7");
    a.run("TRUNCATE TABLE d.t");
    a.run("DROP TABLE d.journal");
    a.run("DROP TABLE d.m SYNC");
    assertThat(b.run(TABLES)).hasSize(2).isEqualTo(a.run(TABLES));
    try (Keeper k = Keeper.open(keeper.client())) {
      assertThat(k.children("/db/d/metadata")).containsExactlyInAnyOrder("t", "v");
      assertThat(k.text("/db/d/metadata/v")).startsWith("ATTACH VIEW _ UUID '");
      assertThat(k.text("/db/d/replicas/s1|r0/digest"))
          .isEqualTo(k.text("/db/d/replicas/s1|r1/digest"))
          .isNotEqualTo("0");
      assertThat(k.text("/db/d/replicas/s1|r1/log_ptr")).isEqualTo(k.text("/db/d/max_log_ptr"));
    }
    assertThat(a.run("SHOW CREATE DATABASE d").getFirst())
        .contains("ENGINE = Replicated('/db/d', 's1', 'r0')");
  }

  @Test
  void aNewReplicaGetsAllTables() {
    a.run("CREATE TABLE d.t (x UInt8) ENGINE = MergeTree ORDER BY x");
    a.run("CREATE TABLE d.copy AS d.t");
    a.run("CREATE VIEW d.v AS SELECT x FROM d.t");
    a.run("CREATE MATERIALIZED VIEW d.m ENGINE = MergeTree ORDER BY x AS SELECT x FROM d.t");
    a.run("CREATE MATERIALIZED VIEW d.to TO d.copy AS SELECT x FROM d.t");
    a.run("ALTER TABLE d.copy COMMENT COLUMN x 'it'");
    try (TestServer c = server(2)) {
      c.run("CREATE DATABASE d ENGINE = Replicated('/db/d', 's1', 'r2')");
      assertThat(c.run(TABLES)).isEqualTo(a.run(TABLES)).hasSize(5);
      c.run("INSERT INTO d.t VALUES (5)");
      assertThat(c.run("SELECT x FROM d.m")).containsExactly("5");
      assertThat(c.run("SELECT x FROM d.copy")).containsExactly("5");
      assertThat(c.run("DROP TABLE d.to")).hasSize(3);
      assertThat(a.run(TABLES)).hasSize(4);
      c.run("DROP DATABASE d SYNC");
      assertThat(a.run("DROP TABLE d.m")).hasSize(2);
    }
  }

  @Test
  void aReplicaThatWasAwayCatchesUpAndAFailedStatementLeavesNothing() throws Exception {
    a.run("CREATE TABLE d.t (x UInt8) ENGINE = MergeTree ORDER BY x");
    refused(a, "CREATE TABLE d.t (x UInt8) ENGINE = MergeTree ORDER BY x", 57);
    refused(b, "ALTER TABLE d.t ADD COLUMN x UInt8", 15);
    refused(a, "DROP TABLE d.none", 60);
    refused(a, "CREATE TABLE d.u ENGINE = MergeTree ORDER BY x AS SELECT 1 AS x", 344);
    refused(a, "DETACH TABLE d.t", 80);
    refused(a, "CREATE TABLE d.u ON CLUSTER c (x UInt8) ENGINE = Log", 80);
    refused(b, "CREATE DATABASE e ENGINE = Replicated('/db/d', 's1', 'r1')", 253);
    b.stop();
    Map<String, String> quick = Map.of("distributed_ddl_task_timeout", "1");
    assertThatThrownBy(() -> a.run("CREATE TABLE d.late (x UInt8) ENGINE = Log", quick))
        .isInstanceOfSatisfying(LonghouseException.class, e -> assertThat(e.code()).isEqualTo(159))
        .hasMessageContaining("Not finished: [s1|r1]");
    a.run(
        "ALTER TABLE d.t ADD COLUMN y UInt8",
        Map.of("distributed_ddl_output_mode", "null_status_on_timeout_only_active"));
    b.startAgain();
    assertThat(TestServer.eventually(() -> a.run(TABLES).equals(b.run(TABLES)))).isTrue();
    String columns = "SELECT name FROM system.columns WHERE table = 't'";
    assertThat(TestServer.eventually(() -> b.run(columns).equals(List.of("x", "y")))).isTrue();
    assertThat(b.run("CREATE TABLE d.after (x UInt8) ENGINE = Log")).hasSize(2);
  }

  @Test
  void aReplicaThatMissedTooMuchBecomesWhatTheOthersAreAndKeepsItsRows() throws Exception {
    a.run("CREATE TABLE d.t (x UInt8) ENGINE = MergeTree ORDER BY x");
    a.run("CREATE TABLE d.old (x UInt8) ENGINE = MergeTree ORDER BY x");
    b.run("INSERT INTO d.t VALUES (1)");
    b.run("INSERT INTO d.old VALUES (2)");
    b.stop();
    Map<String, String> now = Map.of("distributed_ddl_task_timeout", "0");
    a.run("ALTER TABLE d.t ADD COLUMN y UInt8 DEFAULT 9", now);
    a.run("DROP TABLE d.old", now);
    a.run("CREATE TABLE d.fresh (x UInt8) ENGINE = Log", now);
    try (Keeper k = Keeper.open(keeper.client())) {
      k.set("/db/d/logs_to_keep", "1");
      k.children("/db/d/log").forEach(n -> k.removeAll("/db/d/log/" + n));
    }
    b.startAgain();
    assertThat(TestServer.eventually(() -> a.run(TABLES).equals(b.run(TABLES)))).isTrue();
    assertThat(b.run("SELECT * FROM d.t")).containsExactly("1|9");
    String aside =
        b.run("SELECT name FROM system.tables WHERE database = 'd_broken_tables'").getFirst();
    assertThat(b.run("SELECT * FROM d_broken_tables.`" + aside + "`")).containsExactly("2");
    assertThat(b.run("CREATE TABLE d.after (x UInt8) ENGINE = Log")).hasSize(2);
  }

  @Test
  void replicatedTablesHaveAReplicaOnEachServer() throws Exception {
    a.run("CREATE TABLE d.r (x UInt8) ENGINE = ReplicatedMergeTree ORDER BY x");
    String columns = "SELECT name FROM system.columns WHERE table = 'r'";
    b.run("ALTER TABLE d.r ADD COLUMN y UInt8 DEFAULT 3");
    assertThat(TestServer.eventually(() -> a.run(columns).equals(List.of("x", "y")))).isTrue();
    try (TestServer c = server(2)) {
      c.run("CREATE DATABASE d ENGINE = Replicated('/db/d', 's1', 'r2')");
      assertThat(c.run(columns)).containsExactly("x", "y");
      try (Keeper k = Keeper.open(keeper.client())) {
        String uuid = a.run("SELECT uuid FROM system.tables WHERE name = 'r'").getFirst();
        assertThat(k.children("/clickhouse/tables/" + uuid + "/s1/replicas"))
            .containsExactlyInAnyOrder("r0", "r1", "r2");
      }
    }
  }

  @Test
  void withoutKeeperDefinitionsStayAsTheyAre() throws Exception {
    a.run("CREATE TABLE d.t (x UInt8) ENGINE = MergeTree ORDER BY x");
    a.run("INSERT INTO d.t VALUES (1)");
    int port = keeper.port();
    keeper.close();
    assertThatThrownBy(() -> a.run("DROP TABLE d.t")).isInstanceOf(LonghouseException.class);
    assertThat(a.run("SELECT * FROM d.t")).containsExactly("1");
    keeper = EmbeddedKeeper.start(folder.resolve("keeper"), port);
    assertThat(
            TestServer.eventually(() -> {
              try {
                a.run("CREATE TABLE IF NOT EXISTS d.u (x UInt8) ENGINE = Log");
                return true;
              } catch (LonghouseException e) {
                return false;
              }
            }))
        .isTrue();
    assertThat(TestServer.eventually(() -> b.run(TABLES).size() == 2)).isTrue();
    assertThat(a.run("SELECT * FROM d.t")).containsExactly("1");
  }
}
