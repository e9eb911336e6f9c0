package io.longhouse.engine.tenancy;

import static org.assertj.core.api.Assertions.assertThat;

import io.longhouse.engine.session.ClientInfo;
import io.longhouse.engine.session.Engine;
import io.longhouse.engine.session.EngineConfig;
import io.longhouse.engine.session.LocalEngine;
import io.longhouse.engine.session.Session;
import io.longhouse.sql.ast.AlterTenantSpace;
import io.longhouse.sql.parser.Parser;
import io.longhouse.tenancy.Rollout;
import io.longhouse.tenancy.Tenant;
import io.longhouse.tenancy.TenantSpace;
import io.longhouse.tenancy.TenantStore;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an engine finds that another left in the middle of its work. */
class TenantRecoveryTest {
  private static final String ADD =
      "ALTER TENANT SPACE app ALTER TABLE shop.events ADD COLUMN extra UInt8 DEFAULT 7";

  @TempDir Path folder;
  private Engine engine;
  private Session admin;

  @BeforeEach
  void fill() {
    open();
    run(
        "CREATE DATABASE shop",
        "CREATE TABLE shop.events (k UInt32, v String) ENGINE = MergeTree ORDER BY k",
        "CREATE TENANT SPACE app (TABLE shop.events KEY k) ISOLATION DATABASE");
    for (int i = 1; i <= 4; i++) {
      run("CREATE TENANT t" + i + " IN app ID " + i + (i == 3 ? " ISOLATION TABLE" : ""));
    }
  }

  private void open() {
    engine = Engine.open(EngineConfig.at(folder));
    admin = engine.login("default", "", ClientInfo.local());
  }

  private void reopen() {
    engine.close();
    open();
  }

  @AfterEach
  void close() {
    engine.close();
  }

  private void run(String... statements) {
    for (String s : statements) {
      rows(s);
    }
  }

  private List<String> rows(String sql) {
    return TenantsTest.rows(admin, sql);
  }

  private TenantStore store() {
    return ((LocalEngine) engine).access().tenants();
  }

  private TenantSpace space() {
    TenantSpace space = store().space("app");
    assertThat(space).isNotNull();
    return space;
  }

  private Tenant tenant(String name) {
    Tenant tenant = store().tenant(space().serial(), name);
    assertThat(tenant).isNotNull();
    return tenant;
  }

  @Test
  void tenantsAreThereAfterwards() {
    run(
        "CREATE USER alice",
        "GRANT TENANT t2 TO alice",
        "ALTER TENANT t2 RENAME TO two LIMITS max_result_rows = 3");
    reopen();
    assertThat(rows("SELECT name, id, isolation, database FROM system.tenants"))
        .containsExactly(
            "t1|1|DATABASE|app_t1",
            "t3|3|TABLE|app_t3",
            "t4|4|DATABASE|app_t4",
            "two|2|DATABASE|app_t2");
    Session alice = engine.login("alice", "", ClientInfo.local());
    TenantsTest.rows(alice, "INSERT INTO events (v) VALUES ('x')");
    assertThat(TenantsTest.rows(alice, "SELECT * FROM events")).containsExactly("2|x");
    assertThat(rows("SHOW CREATE TENANT two"))
        .containsExactly("CREATE TENANT two IN app ID 2 LIMITS max_result_rows = 3");
  }

  @Test
  void aTenantThatWasNotFinishedIsTakenBack() {
    Tenant t1 = tenant("t1");
    store().put(space().withPending(List.of(t1.serial())));
    store().put(t1.withState(Tenant.State.CREATING));
    reopen();
    assertThat(rows("SHOW TENANTS IN app")).containsExactly("t2", "t3", "t4");
    assertThat(rows("SHOW DATABASES LIKE 'app_t1'")).isEmpty();
    assertThat(space().pending()).isEmpty();
    run("CREATE TENANT t1 IN app ID 1");
  }

  @Test
  void aTenantThatWasBeingDroppedIsGone() {
    Tenant t3 = tenant("t3");
    store().put(space().withPending(List.of(t3.serial())));
    store().put(t3.withState(Tenant.State.DROPPING));
    run("DROP TABLE app_t3.events SYNC");
    reopen();
    assertThat(rows("SHOW TENANTS IN app")).containsExactly("t1", "t2", "t4");
    assertThat(rows("SHOW TABLES FROM shop")).containsExactly("events");
    assertThat(rows("SHOW DATABASES LIKE 'app_t3'")).isEmpty();
  }

  private String digest(String database, String table) {
    return RolloutRun.digest(((LocalEngine) engine).catalog().find(database, table));
  }

  private void waitForRollout() throws InterruptedException {
    for (int i = 0; i < 200 && space().rollout() != null; i++) {
      Thread.sleep(50);
    }
    assertThat(space().rollout()).isNull();
  }

  @Test
  void aRolloutGoesOnWhereItWasLeft() throws InterruptedException {
    var action = ((AlterTenantSpace) Parser.parseStatement(ADD).statement()).action();
    String before = digest("app_t2", "events");
    String add = " ADD COLUMN extra UInt8 DEFAULT 7";
    // As after kill -9: the second tenant is altered, which nobody noted.
    run("ALTER TABLE shop.events" + add, "ALTER TABLE app_t1.events" + add);
    run("ALTER TABLE app_t2.events" + add);
    Rollout left =
        Rollout.of(action)
            .templateDone(Long.MAX_VALUE)
            .ofTenants(4)
            .advancedTo(tenant("t1").serial())
            .before(tenant("t2").serial(), before);
    store().put(space().withRollout(left));
    reopen();
    waitForRollout();
    for (String table :
        List.of("app_t1.events", "app_t2.events", "app_t3.events", "app_t4.events")) {
      assertThat(rows("DESCRIBE TABLE " + table)).as(table).hasSize(3);
    }
  }

  @Test
  void aRolloutWhoseFirstStepWasDoneDoesNotDoItAgain() throws InterruptedException {
    var action = ((AlterTenantSpace) Parser.parseStatement(ADD).statement()).action();
    Rollout left = Rollout.of(action).before(0, digest("shop", "events"));
    run("ALTER TABLE shop.events ADD COLUMN extra UInt8 DEFAULT 7");
    store().put(space().withRollout(left));
    reopen();
    waitForRollout();
    assertThat(rows("DESCRIBE TABLE app_t3.events")).hasSize(3);
    run("CREATE TENANT t5 IN app ID 5");
    assertThat(rows("DESCRIBE TABLE app_t5.events")).hasSize(3);
  }
}
