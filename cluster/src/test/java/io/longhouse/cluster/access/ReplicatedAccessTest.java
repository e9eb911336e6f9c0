package io.longhouse.cluster.access;

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

/** Two servers whose users and tenants live in one Keeper. */
@Timeout(60)
class ReplicatedAccessTest {
  @TempDir Path folder;
  private EmbeddedKeeper keeper;
  private int keeperPort;
  private List<Integer> ports;
  private TestServer a;
  private TestServer b;

  @BeforeEach
  void open() throws Exception {
    keeper = EmbeddedKeeper.start(folder.resolve("keeper"), 0);
    keeperPort = keeper.port();
    ports = FreePorts.of(2);
    a = server(0);
    b = server(1);
  }

  private TestServer server(int n) {
    Map<String, String> keys = new LinkedHashMap<>(TestServer.shards("c", ports));
    keys.put("user_directories.replicated.zookeeper_path", "/clickhouse/access");
    return TestServer.open(folder.resolve("n" + n), ports.get(n), keeperPort, keys);
  }

  @AfterEach
  void close() {
    a.close();
    b.close();
    keeper.close();
  }

  private static void eventually(TestServer on, String sql, String... rows) throws Exception {
    boolean so = TestServer.eventually(() -> on.run(sql).equals(List.of(rows)));
    assertThat(so).as(sql + " gives " + on.run(sql)).isTrue();
  }

  @Test
  void changesOnOneServerAreSeenOnAll() throws Exception {
    a.run("CREATE USER u IDENTIFIED WITH sha256_password BY 'x'");
    a.run("CREATE ROLE r");
    a.run("CREATE TABLE default.t (x UInt8) ENGINE = Memory");
    b.run("CREATE TABLE default.t (x UInt8) ENGINE = Memory");
    b.run("INSERT INTO default.t VALUES (1), (2)");
    eventually(b, "SELECT name, storage FROM system.users WHERE name = 'u'", "u|replicated");
    b.run("GRANT SELECT ON default.t TO r");
    b.run("GRANT r TO u");
    b.run("CREATE ROW POLICY p ON default.t USING x = 1 TO r");
    a.run("ALTER USER u IDENTIFIED WITH no_password");
    eventually(b, "SELECT auth_type FROM system.users WHERE name = 'u'", "['no_password']");
    assertThat(b.runAs("u", "SELECT * FROM default.t")).containsExactly("1");
    eventually(a, "SHOW GRANTS FOR u", "GRANT r TO u");
    a.run("ALTER ROLE r RENAME TO s");
    eventually(b, "SHOW GRANTS FOR u", "GRANT s TO u");
    assertThatThrownBy(() -> b.run("CREATE ROLE s"))
        .isInstanceOfSatisfying(LonghouseException.class, e -> assertThat(e.code()).isEqualTo(493));
    a.run("DROP USER u");
    eventually(b, "SELECT count() FROM system.users WHERE name = 'u'", "0");
    assertThat(b.run("SELECT name, type FROM system.user_directories"))
        .containsExactly("users_xml|users_xml", "replicated|replicated", "tenants|tenants");
  }

  @Test
  void theLayoutIsClickHouses() {
    a.run("CREATE USER `o'neil` IDENTIFIED WITH plaintext_password BY 'x'");
    a.run("GRANT SELECT ON *.* TO `o'neil`");
    try (Keeper k = Keeper.open(keeper.client())) {
      String id = k.text("/clickhouse/access/U/o%27neil");
      assertThat(k.text("/clickhouse/access/uuid/" + id))
          .isEqualTo(
              "ATTACH USER `o'neil` IDENTIFIED WITH plaintext_password BY 'x';\n"
                  + "ATTACH GRANT SELECT ON *.* TO `o'neil`;\n");
      // As another server writes it.
      String other = "11111111-2222-3333-4444-555555555555";
      k.create("/clickhouse/access/uuid/" + other, "ATTACH ROLE foreign;\n");
      k.create("/clickhouse/access/R/foreign", other);
      assertThat(
              TestServer.eventually(() ->
                  b.run("SELECT id FROM system.roles WHERE name = 'foreign'")
                      .equals(List.of(other))))
          .isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void whileKeeperIsAwayNothingChangesAndUsersLogIn() throws Exception {
    a.run("CREATE USER u");
    eventually(b, "SELECT count() FROM system.users WHERE name = 'u'", "1");
    keeper.stop();
    assertThatThrownBy(() -> b.run("DROP USER u"))
        .isInstanceOfSatisfying(LonghouseException.class, e -> assertThat(e.code()).isEqualTo(495))
        .hasMessageContaining("while Keeper is away");
    assertThat(b.runAs("u", "SELECT currentUser()")).containsExactly("u");
    keeper.close();
    keeper = EmbeddedKeeper.start(folder.resolve("keeper"), keeperPort);
    assertThat(
            TestServer.eventually(() -> {
              try {
                a.run("CREATE USER IF NOT EXISTS v");
                return true;
              } catch (LonghouseException e) {
                return false;
              }
            }))
        .isTrue();
    eventually(b, "SELECT count() FROM system.users WHERE name = 'v'", "1");
    a.run("DROP USER u");
    eventually(b, "SELECT count() FROM system.users WHERE name = 'u'", "0");
  }

  @Test
  void tenantsAreTheSameEverywhere() throws Exception {
    for (TestServer s : List.of(a, b)) {
      s.run("CREATE DATABASE shop");
      s.run(
          "CREATE TABLE shop.e (tenant_id UInt32, x UInt8) ENGINE = MergeTree ORDER BY tenant_id");
    }
    a.run("CREATE USER u");
    a.run("CREATE TENANT SPACE app (TABLE shop.e KEY tenant_id)");
    a.run("CREATE TENANT acme IN app ID 42");
    eventually(b, "SELECT name, space FROM system.tenants", "acme|app");
    b.run("CREATE TENANT zeta IN app ID 43");
    eventually(a, "SELECT name FROM system.tenants ORDER BY name", "acme", "zeta");
    assertThatThrownBy(() -> a.run("CREATE TENANT other IN app ID 43"))
        .isInstanceOfSatisfying(LonghouseException.class, e -> assertThat(e.code()).isEqualTo(493));
    a.run("GRANT TENANT zeta TO u");
    eventually(b, "SHOW GRANTS FOR u", a.run("SHOW GRANTS FOR u").toArray(String[]::new));
    b.runAs("u", "INSERT INTO shop.e (x) VALUES (7)");
    assertThat(b.run("SELECT * FROM shop.e")).containsExactly("43|7");
    b.stop();
    a.run("ALTER TENANT acme RENAME TO ajax");
    a.run("DROP TENANT zeta");
    b.startAgain();
    assertThat(b.run("SELECT name FROM system.tenants")).containsExactly("ajax");
    assertThat(
            a.run(
                "CREATE USER w ON CLUSTER c",
                Map.of("ignore_on_cluster_for_replicated_access_entities_queries", "1")))
        .isEmpty();
    eventually(b, "SELECT count() FROM system.users WHERE name = 'w'", "1");
  }
}
