package io.longhouse.cluster.ddl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.longhouse.cluster.TestServer;
import io.longhouse.cluster.keeper.EmbeddedKeeper;
import io.longhouse.cluster.keeper.FreePorts;
import io.longhouse.cluster.keeper.Keeper;
import io.longhouse.engine.session.ClientInfo;
import io.longhouse.engine.session.Session;
import io.longhouse.sql.LonghouseException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Two servers, one Keeper, statements for both. */
@Timeout(60)
class OnClusterTest {
  @TempDir Path folder;
  private EmbeddedKeeper keeper;
  private List<Integer> ports;
  private TestServer a;
  private TestServer b;

  @BeforeEach
  void open() throws Exception {
    keeper = EmbeddedKeeper.start(folder.resolve("keeper"), 0);
    ports = FreePorts.of(2);
    a = server(0, "s1");
    b = server(1, "s2");
  }

  private TestServer server(int n, String shard) {
    Map<String, String> keys = new LinkedHashMap<>(TestServer.shards("c", ports));
    keys.put("macros.shard", shard);
    keys.put("macros.replica", "r" + n);
    keys.put("interserver_http_port", "1");
    keys.put("interserver_http_host", "127.0.0.1");
    for (int i = 0; i < 2; i++) {
      String at = "remote_servers.pair.shard.replica" + (i == 0 ? "" : "[" + i + "]");
      keys.put(at + ".host", "127.0.0.1");
      keys.put(at + ".port", String.valueOf(ports.get(i)));
    }
    keys.put("macros.cluster", "c");
    return TestServer.open(folder.resolve("n" + n), ports.get(n), keeper.port(), keys);
  }

  @AfterEach
  void close() {
    a.close();
    b.close();
    keeper.close();
  }

  @Test
  void statementsHappenOnAllServersInOrder() {
    assertThat(a.run("CREATE DATABASE d ON CLUSTER '{cluster}'"))
        .hasSize(2)
        .anyMatch(r -> r.startsWith("127.0.0.1|" + ports.get(0) + "|0||"))
        .anyMatch(r -> r.startsWith("127.0.0.1|" + ports.get(1) + "|0||"))
        .last(org.assertj.core.api.InstanceOfAssertFactories.STRING)
        .endsWith("|0|0");
    a.run("CREATE TABLE d.t ON CLUSTER c (x UInt8, s String) ENGINE = MergeTree ORDER BY x");
    b.run("ALTER TABLE d.t ON CLUSTER c ADD COLUMN y UInt16 DEFAULT 7");
    a.run("INSERT INTO d.t (x, s) VALUES (1, 'a')");
    b.run("INSERT INTO d.t (x, s) VALUES (2, 'b')");
    a.run("ALTER TABLE d.t ON CLUSTER c UPDATE s = 'u' WHERE 1 SETTINGS mutations_sync = 2");
    assertThat(a.run("SELECT * FROM d.t")).containsExactly("1|u|7");
    assertThat(b.run("SELECT x, y FROM d.t")).containsExactly("2|7");
    assertThat(a.run("SELECT uuid FROM system.tables WHERE name = 't'"))
        .isEqualTo(b.run("SELECT uuid FROM system.tables WHERE name = 't'"))
        .doesNotContain("00000000-0000-0000-0000-000000000000");
    a.run("CREATE VIEW d.v ON CLUSTER c AS SELECT count() AS n FROM d.t");
    assertThat(b.run("SELECT n FROM d.v")).containsExactly("1");
    a.run("RENAME TABLE d.t TO d.r ON CLUSTER c");
    a.run("SYSTEM STOP MERGES ON CLUSTER c d.r");
    a.run("OPTIMIZE TABLE d.r ON CLUSTER c");
    a.run("TRUNCATE TABLE d.r ON CLUSTER c");
    assertThat(b.run("SELECT count() FROM d.r")).containsExactly("0");
    a.run("CREATE FUNCTION twice ON CLUSTER c AS x -> x * 2");
    assertThat(b.run("SELECT twice(4)")).containsExactly("8");
    a.run("DROP DATABASE d ON CLUSTER c SYNC");
    assertThat(b.run("SELECT count() FROM system.databases WHERE name = 'd'")).containsExactly("0");
  }

  @Test
  void oneReplicaChangesAReplicatedTableForItsShard() throws Exception {
    assertThat(
            a.run(
                "CREATE TABLE default.r ON CLUSTER pair (x UInt8) ENGINE ="
                    + " ReplicatedMergeTree('/t/r', '{replica}') ORDER BY x"))
        .hasSize(2)
        .allMatch(row -> row.contains("|0||"));
    assertThat(a.run("ALTER TABLE default.r ON CLUSTER pair ADD COLUMN y UInt8 DEFAULT 4"))
        .hasSize(2)
        .allMatch(row -> row.contains("|0||"));
    String columns = "SELECT name FROM system.columns WHERE table = 'r'";
    for (TestServer s : List.of(a, b)) {
      assertThat(TestServer.eventually(() -> s.run(columns).equals(List.of("x", "y")))).isTrue();
    }
    try (Keeper k = Keeper.open(keeper.client())) {
      String entry =
          "/clickhouse/task_queue/ddl/"
              + k.children("/clickhouse/task_queue/ddl").stream().sorted().toList().getLast();
      String shard = "127.0.0.1:" + Math.min(ports.get(0), ports.get(1));
      assertThat(k.children(entry + "/shards")).hasSize(1).first().asString().contains(shard);
      String executed = entry + "/shards/" + k.children(entry + "/shards").getFirst();
      assertThat(k.text(executed + "/executed")).startsWith("127%2E0%2E0%2E1:");
      assertThat(k.text(executed + "/tries_to_execute")).isEqualTo("1");
    }
    assertThat(b.run("TRUNCATE TABLE default.r ON CLUSTER pair")).hasSize(2);
    assertThat(a.run("OPTIMIZE TABLE default.r ON CLUSTER pair")).hasSize(2);
    assertThat(b.run("DROP TABLE default.r ON CLUSTER pair SYNC")).hasSize(2);
  }

  @Test
  void namesAreThoseOfTheInitiatorsDatabase() {
    a.run("CREATE DATABASE d ON CLUSTER c");
    try (Session s = a.engine().login("default", "", ClientInfo.local())) {
      TestServer.run(s, "USE d", Map.of());
      TestServer.run(s, "CREATE TABLE t ON CLUSTER c (x UInt8) ENGINE = Memory", Map.of());
      TestServer.run(s, "CREATE VIEW v ON CLUSTER c AS SELECT * FROM t", Map.of());
      TestServer.run(s, "CREATE USER u ON CLUSTER c", Map.of());
      TestServer.run(s, "GRANT ON CLUSTER c SELECT ON t TO u", Map.of());
      TestServer.run(s, "CREATE ROW POLICY p ON CLUSTER c ON t USING x = 1 TO u", Map.of());
    }
    b.run("INSERT INTO d.t VALUES (1), (2)");
    assertThat(b.run("SELECT count() FROM d.v")).containsExactly("2");
    assertThat(b.runAs("u", "SELECT * FROM d.t")).containsExactly("1");
  }

  @Test
  void accessStatementsAndTenantsReachAllServers() {
    a.run("CREATE ROLE r ON CLUSTER c");
    a.run("CREATE USER u ON CLUSTER c DEFAULT ROLE r SETTINGS max_threads = 1");
    a.run("GRANT ON CLUSTER c r TO u");
    a.run("CREATE QUOTA q ON CLUSTER c FOR INTERVAL 1 hour MAX queries = 1000 TO u");
    assertThat(b.run("SHOW GRANTS FOR u")).containsExactly("GRANT r TO u");
    a.run("CREATE USER m ON CLUSTER c");
    a.run("CREATE DATABASE shop ON CLUSTER c");
    a.run(
        "CREATE TABLE shop.e ON CLUSTER c (tenant_id UInt32, x UInt8) ENGINE = MergeTree ORDER BY"
            + " tenant_id");
    a.run("CREATE TENANT SPACE app ON CLUSTER c (TABLE shop.e KEY tenant_id)");
    a.run("CREATE TENANT acme IN app ON CLUSTER c ID 42");
    a.run("GRANT TENANT acme TO m ON CLUSTER c");
    b.runAs("m", "INSERT INTO shop.e (x) VALUES (1)");
    assertThat(b.run("SELECT tenant_id FROM shop.e")).containsExactly("42");
    a.run("DROP USER u ON CLUSTER c");
    assertThat(b.run("SELECT count() FROM system.users WHERE name = 'u'")).containsExactly("0");
  }

  @Test
  void whatAUserMayNotDoItMayNotDoOnAClusterEither() {
    a.run("CREATE TABLE default.secret ON CLUSTER c (x UInt8) ENGINE = Memory");
    a.run("CREATE DATABASE own ON CLUSTER c");
    a.run("CREATE USER u ON CLUSTER c");
    refused("u", "CREATE TABLE own.t ON CLUSTER c (x UInt8) ENGINE = Memory", 497);
    a.run("GRANT ON CLUSTER c CLUSTER ON *.* TO u");
    refused("u", "CREATE TABLE own.t ON CLUSTER c (x UInt8) ENGINE = Memory", 497);
    refused("u", "CREATE USER v ON CLUSTER c", 497);
    refused("u", "GRANT ON CLUSTER c ALL ON *.* TO u", 497);
    a.run("GRANT ON CLUSTER c CREATE, SELECT, INSERT ON own.* TO u");
    a.runAs("u", "CREATE TABLE own.t ON CLUSTER c (x UInt8) ENGINE = MergeTree ORDER BY x");
    refused(
        "u",
        "CREATE TABLE own.copy ON CLUSTER c ENGINE = MergeTree ORDER BY x AS SELECT * FROM"
            + " default.secret",
        497);
    try (Session s = a.engine().login("u", "", ClientInfo.local())) {
      Map<String, String> old = Map.of("distributed_ddl_entry_format_version", "1");
      assertThatThrownBy(() -> TestServer.run(s, "GRANT ON CLUSTER c SELECT ON own.* TO u", old))
          .isInstanceOfSatisfying(
              LonghouseException.class, e -> assertThat(e.code()).isEqualTo(497));
    }
    assertThat(b.run("SELECT count() FROM system.tables WHERE database = 'own'"))
        .containsExactly("1");
  }

  private void refused(String user, String sql, int code) {
    assertThatThrownBy(() -> a.runAs(user, sql), sql)
        .as(sql)
        .isInstanceOfSatisfying(
            LonghouseException.class, e -> assertThat(e.code()).as(e.message()).isEqualTo(code));
  }

  @Test
  void aServerThatWasAwayCatchesUpAndTheTimeoutSaysWhoIsMissing() throws Exception {
    a.run("CREATE DATABASE d ON CLUSTER c");
    b.stop();
    Map<String, String> quick = new HashMap<>(Map.of("distributed_ddl_task_timeout", "1"));
    String missing = "127.0.0.1:" + ports.get(1);
    assertThatThrownBy(() -> a.run("CREATE TABLE d.t ON CLUSTER c (x UInt8) ENGINE = Log", quick))
        .isInstanceOfSatisfying(LonghouseException.class, e -> assertThat(e.code()).isEqualTo(159))
        .hasMessageContaining("is not finished on 1 of 2 hosts")
        .hasMessageContaining("Finished: 127.0.0.1:" + ports.get(0))
        .hasMessageContaining("Not finished: " + missing);
    quick.put("distributed_ddl_output_mode", "null_status_on_timeout");
    assertThat(a.run("CREATE TABLE d.u ON CLUSTER c (x UInt8) ENGINE = Log", quick))
        .containsExactly(
            "127.0.0.1|" + ports.get(0) + "|0||1|0", "127.0.0.1|" + ports.get(1) + "|\\N|\\N|1|0");
    quick.put("distributed_ddl_output_mode", "null_status_on_timeout_only_active");
    quick.put("distributed_ddl_task_timeout", "50");
    assertThat(a.run("CREATE TABLE d.w ON CLUSTER c (x UInt8) ENGINE = Log", quick)).hasSize(2);
    b.startAgain();
    assertThat(
            TestServer.eventually(() ->
                b.run("SELECT count() FROM system.tables WHERE database = 'd'")
                    .equals(List.of("3"))))
        .isTrue();
  }

  @Test
  void anErrorOfAServerIsToldWithItsName() {
    b.run("CREATE DATABASE d");
    assertThatThrownBy(() -> a.run("CREATE DATABASE d ON CLUSTER c"))
        .isInstanceOfSatisfying(LonghouseException.class, e -> assertThat(e.code()).isEqualTo(82))
        .hasMessageContaining("There was an error on [127.0.0.1:" + ports.get(1) + "]: Code: 82");
    List<String> rows =
        a.run(
            "CREATE DATABASE d ON CLUSTER c", Map.of("distributed_ddl_output_mode", "never_throw"));
    assertThat(rows).hasSize(2).allMatch(r -> r.contains("|82|"));
    assertThatThrownBy(() -> a.run("CREATE DATABASE e ON CLUSTER nowhere"))
        .isInstanceOfSatisfying(LonghouseException.class, e -> assertThat(e.code()).isEqualTo(701));
    assertThatThrownBy(() -> a.run("ALTER TABLE system.one ON CLUSTER c ATTACH PARTITION ID 'all'"))
        .isInstanceOfSatisfying(LonghouseException.class, e -> assertThat(e.code()).isEqualTo(48));
  }

  @Test
  void entriesOfOldVersionsAreUnderstoodAndOldOnesRemoved() throws Exception {
    try (Keeper k = Keeper.open(keeper.client())) {
      String hosts =
          "['127%2E0%2E0%2E1:" + ports.get(0) + "','127%2E0%2E0%2E1:" + ports.get(1) + "']";
      k.createAll("/clickhouse/task_queue/ddl");
      String path =
          k.create(
              "/clickhouse/task_queue/ddl/query-",
              "version: 1\nquery: CREATE TABLE default.`o\\\\`ld` ON CLUSTER c (x UInt8) ENGINE ="
                  + " Log\nhosts: "
                  + hosts
                  + "\ninitiator: foreign:9000\n",
              io.longhouse.cluster.keeper.CreateMode.PERSISTENT_SEQUENTIAL);
      String own = path + "/finished/127%2E0%2E0%2E1:" + ports.get(1);
      assertThat(TestServer.eventually(() -> k.exists(own) != null)).isTrue();
      assertThat(k.text(own)).isEqualTo("0\n");
      assertThat(b.run("EXISTS TABLE default.`o\\`ld`")).containsExactly("1");
      a.run(
          "CREATE TABLE default.v1 ON CLUSTER c (x UInt8) ENGINE = Log",
          Map.of("distributed_ddl_entry_format_version", "1"));
      List<String> names = k.children("/clickhouse/task_queue/ddl").stream().sorted().toList();
      assertThat(k.text("/clickhouse/task_queue/ddl/" + names.getLast()))
          .isEqualTo(
              "version: 1\nquery: CREATE TABLE default.v1 ON CLUSTER c (`x` UInt8) ENGINE ="
                  + " Log\nhosts: "
                  + hosts
                  + "\ninitiator: \n");
      new DdlQueue(k, new DdlConfig("/clickhouse/task_queue/ddl", "/r", 0, 0, 1)).clean();
      assertThat(k.children("/clickhouse/task_queue/ddl")).isEmpty();
    }
  }
}
