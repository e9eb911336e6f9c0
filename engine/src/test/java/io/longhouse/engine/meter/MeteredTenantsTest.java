package io.longhouse.engine.meter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.longhouse.engine.Statements;
import io.longhouse.engine.session.ClientInfo;
import io.longhouse.engine.session.Engine;
import io.longhouse.engine.session.EngineConfig;
import io.longhouse.engine.session.Session;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Alice and Carol are members of acme, Bob is zeta's; in every isolation model. */
class MeteredTenantsTest {
  @TempDir Path folder;

  private Engine engine;
  private Session admin;

  @BeforeEach
  void open() {
    engine = Engine.open(EngineConfig.at(folder));
    admin = as("default");
    run(admin, "CREATE DATABASE shop");
    run(
        admin,
        "CREATE TABLE shop.events (tenant_id UInt32, id UInt64, type String) ENGINE = MergeTree"
            + " ORDER BY (tenant_id, id)");
    run(admin, "CREATE TENANT SPACE app (TABLE shop.events KEY tenant_id)");
  }

  @AfterEach
  void close() {
    engine.close();
  }

  private void tenants(String model, String limits) {
    run(admin, "CREATE TENANT acme IN app ID 42 ISOLATION " + model + " " + limits);
    run(admin, "CREATE TENANT zeta IN app ID 43 ISOLATION " + model);
    for (String user : List.of("alice", "carol", "bob")) {
      run(admin, "CREATE USER " + user);
      run(admin, "GRANT TENANT " + (user.equals("bob") ? "zeta" : "acme") + " TO " + user);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"SHARED TABLE", "TABLE", "DATABASE"})
  void membersShareTheUsageOfTheirTenantAndSeeNoOther(String model) {
    tenants(model, "");
    Session alice = as("alice");
    Session carol = as("carol");
    Session bob = as("bob");
    run(alice, "INSERT INTO events (id, type) SELECT number, 'a' FROM numbers(1000)");
    run(carol, "INSERT INTO events (id, type) SELECT number, 'c' FROM numbers(500)");
    run(bob, "INSERT INTO events (id, type) SELECT number, 'b' FROM numbers(70)");
    run(bob, "SELECT count(), any(type) FROM events");
    run(admin, "SYSTEM FLUSH LOGS");
    String storage =
        "SELECT tenant_space, tenant, rows, bytes_on_disk > 0 FROM system.tenant_storage";
    assertThat(run(alice, storage))
        .isEqualTo(run(carol, storage))
        .containsExactly("app|acme|1500|1");
    assertThat(run(bob, storage)).containsExactly("app|zeta|70|1");
    assertThat(run(admin, storage + " ORDER BY tenant"))
        .containsExactly("app|acme|1500|1", "app|zeta|70|1");
    String usage =
        "SELECT tenant_space, tenant, sum(insert_queries), sum(select_queries), sum(written_rows),"
            + " arraySum(mapValues(maxMap(storage_rows))) FROM system.tenant_usage GROUP BY ALL"
            + " ORDER BY ALL";
    assertThat(run(carol, usage)).containsExactly("app|acme|2|0|1500|1500");
    assertThat(run(bob, usage)).containsExactly("app|zeta|1|1|70|70");
    assertThat(run(admin, usage)).contains("app|acme|2|0|1500|1500", "app|zeta|1|1|70|70");
    String log = "SELECT DISTINCT user, tenant FROM system.query_log";
    assertThat(run(alice, log)).containsExactly("alice|acme");
    run(alice, "SET ROLE NONE");
    assertThat(run(alice, "SELECT 1")).containsExactly("1");
    run(admin, "SYSTEM FLUSH LOGS");
    assertThat(run(alice, log)).containsExactly("alice|alice");
    assertThat(run(alice, storage)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"SHARED TABLE", "TABLE", "DATABASE"})
  void aTenantThatIsFullStopsNobodyElse(String model) throws Exception {
    tenants(model, "LIMITS max_storage_bytes = '200k', max_parts = 4");
    Session alice = as("alice");
    Session bob = as("bob");
    String rows =
        "INSERT INTO events (id, type) SELECT rand64(), toString(rand64(1)) FROM numbers(%d)";
    run(alice, String.format(rows, 20_000));
    Thread.sleep(110);
    assertThatThrownBy(() -> run(alice, String.format(rows, 1)))
        .hasMessageContaining(
            "Storage of `app.acme` has been exceeded: max_storage_bytes = 195.31 KiB");
    run(bob, String.format(rows, 20_000));
    run(alice, "ALTER TABLE events DELETE WHERE 1 SETTINGS mutations_sync = 1");
    Thread.sleep(110);
    run(admin, "SYSTEM STOP MERGES");
    for (int i = 0; i < 4; i++) {
      run(alice, String.format(rows, 1));
    }
    Thread.sleep(110);
    assertThatThrownBy(() -> run(alice, String.format(rows, 1)))
        .hasMessageContaining("Too many parts with rows of `app.acme`: max_parts = 4, there are 4");
    run(bob, String.format(rows, 1));
  }

  private Session as(String user) {
    return engine.login(user, "", ClientInfo.local());
  }

  private static List<String> run(Session session, String sql) {
    return Statements.run(session, sql, "|");
  }
}
