package io.longhouse.engine.tenancy;

import static org.assertj.core.api.Assertions.assertThat;

import io.longhouse.engine.Statements;
import io.longhouse.engine.session.ClientInfo;
import io.longhouse.engine.session.Engine;
import io.longhouse.engine.session.EngineConfig;
import io.longhouse.engine.session.QueryRequest;
import io.longhouse.engine.session.RunningQuery;
import io.longhouse.engine.session.Session;
import io.longhouse.engine.tenancy.store.DiskTenantStore;
import io.longhouse.sql.ast.Isolation;
import io.longhouse.sql.ast.NumberLiteral;
import io.longhouse.tenancy.Limits;
import io.longhouse.tenancy.Tenant;
import io.longhouse.tenancy.TenantSpace;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whoever asks for one tenant of many does not have all of them read. */
class TenantLookupTest {
  private static final int TENANTS = 20_000;

  @TempDir static Path data;
  private static Engine engine;
  private static Session admin;

  @BeforeAll
  static void open() {
    Engine first = Engine.open(EngineConfig.at(data));
    Session s = first.login("default", "", ClientInfo.local());
    TenantsTest.rows(s, "CREATE DATABASE db");
    TenantsTest.rows(
        s, "CREATE TABLE db.e (k UInt32, x UInt64) ENGINE = MergeTree ORDER BY (k, x)");
    TenantsTest.rows(s, "CREATE TENANT SPACE app (TABLE db.e KEY k)");
    TenantsTest.rows(s, "CREATE TABLE db.f (k UInt32) ENGINE = MergeTree ORDER BY k");
    TenantsTest.rows(s, "CREATE TENANT SPACE two (TABLE db.f KEY k)");
    TenantsTest.rows(
        s, "CREATE TENANT t5 IN two ID 5 LIMITS FOR INTERVAL 1 HOUR MAX queries = 100");
    TenantsTest.rows(s, "CREATE ROLE plain");
    TenantsTest.rows(s, "CREATE USER u");
    TenantsTest.rows(s, "GRANT plain TO u");
    first.close();
    try (var store = DiskTenantStore.open(data.resolve("tenants"))) {
      TenantSpace space = Objects.requireNonNull(store.space("app"));
      List<Tenant> some = new ArrayList<>();
      for (int i = 0; i < TENANTS; i++) {
        String name = i == 7 ? "ä%_é" : "t" + i;
        some.add(
            new Tenant(
                store.nextSerial(),
                space.serial(),
                name,
                NumberLiteral.unsigned(i),
                Isolation.SHARED_TABLE,
                Limits.NONE,
                List.of(),
                "",
                Tenant.State.ACTIVE));
      }
      store.putAll(some);
    }
    engine = Engine.open(EngineConfig.at(data));
    admin = engine.login("default", "", ClientInfo.local());
  }

  @AfterAll
  static void close() {
    engine.close();
  }

  /** A query's rows on one line, and how many rows were made for it. */
  private record Answer(String rows, long read) {}

  private static Answer ask(String sql) {
    List<String> lines = TenantsTest.rows(admin, sql);
    try (RunningQuery query = admin.start(QueryRequest.of(sql))) {
      Statements.drain(query);
      return new Answer(String.join(" ", lines), query.progress().readRows());
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '"',
      value = {
        "SELECT name, space, id FROM system.tenants WHERE name = 't5' ORDER BY space; t5|app|5"
            + " t5|two|5; 2",
        "SELECT name, space FROM system.tenants WHERE space = 'app' AND name = 't5'; t5|app; 1",
        "SELECT name FROM system.tenants WHERE name IN ('t11', 't12', 'none') ORDER BY name; t11"
            + " t12; 2",
        "SELECT name FROM system.tenants WHERE name = 't11' OR 't12' = name ORDER BY name; t11 t12;"
            + " 2",
        "SELECT name FROM system.tenants WHERE name = 'ä%_é'; ä%_é; 1",
        "SELECT name FROM system.tenants WHERE name LIKE 'ä%'; ä%_é; 1",
        "SELECT count() FROM system.tenants WHERE name LIKE 't1999%'; 11; 11",
        "SELECT count() FROM system.tenants WHERE startsWith(name, unhex('C3')); 1; 1",
        "SELECT count() FROM system.tenants WHERE name > 't19998' AND name <= 't2'; 2; 2",
        "SELECT name FROM system.tenants WHERE name = 't5' AND name = 't6'; ; 0",
        "SELECT name FROM system.roles WHERE name = 'tenant:app.t5'; tenant:app.t5; 1",
        "SELECT name FROM system.roles WHERE name = 'plain'; plain; 1",
        "SELECT name FROM system.roles WHERE name IN ('tenant_space:app', 'tenant:two.t5', 'plain')"
            + " ORDER BY name; plain tenant:two.t5 tenant_space:app; 3",
        "SELECT count() FROM system.roles WHERE name LIKE 'tenant:app.t1999%'; 11; 11",
        "SELECT count() FROM system.roles WHERE name LIKE 'tenant:two%'; 1; 1",
        "SELECT name FROM system.quotas WHERE name = 'tenant:two.t5'; tenant:two.t5; 1",
        "SELECT user_name, granted_role_name FROM system.role_grants WHERE user_name = 'u';"
            + " u|plain; 1",
        "SELECT granted_role_name FROM system.role_grants WHERE role_name = 'tenant:app.t5';"
            + " tenant_space:app; 2",
      })
  void onlyWhatIsAskedForIsRead(String sql, String rows, long atMost) {
    Answer a = ask(sql);
    assertThat(a.rows).isEqualTo(rows == null ? "" : rows);
    assertThat(a.read).isLessThanOrEqualTo(atMost);
  }

  @Test
  void aConditionThatSaysNothingOfNamesFindsAll() {
    for (String all :
        List.of(
            "system.tenants WHERE lower(name) LIKE '%5'",
            "system.tenants WHERE name LIKE '%5'",
            "system.tenants WHERE NOT (name != 't5' AND name NOT LIKE '%5')",
            "system.roles WHERE name LIKE 'tenant:%5'",
            "system.role_grants WHERE role_name LIKE 'tenant:%5'",
            "system.role_grants WHERE user_name IS NULL AND role_name LIKE '%5'")) {
      assertThat(ask("SELECT count() FROM " + all).rows).as(all).isEqualTo("2001");
    }
    assertThat(
            ask("SELECT count() FROM system.role_grants WHERE user_name IN ('u', NULL) SETTINGS"
                    + " transform_null_in = 1")
                .rows)
        .isEqualTo(String.valueOf(TENANTS + 2));
  }

  @Test
  void theNumberOfTenantsIsKept() {
    assertThat(ask("SELECT count() FROM system.tenants").rows).isEqualTo("" + (TENANTS + 1));
    long startNs = System.nanoTime();
    TenantsTest.rows(admin, "SELECT count() FROM system.tenants");
    assertThat(System.nanoTime() - startNs).isLessThan(2_000_000_000L);
    Session u = engine.login("u", "", ClientInfo.local());
    assertThat(TenantsTest.rows(u, "SELECT count() FROM system.tenants")).containsExactly("0");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "SELECT count() FROM system.tenants; 20001",
        "SELECT count() FROM system.tenants WHERE space = 'app'; 20000",
        "SELECT count() FROM system.tenants WHERE space != 'app'; 1",
        "SELECT space, count() FROM system.tenants GROUP BY space ORDER BY space; app|20000 two|1",
        "SELECT DISTINCT space FROM system.tenants WHERE space LIKE '%p'; app",
        "SELECT count() FROM system.tenants WHERE space = 'none'; 0",
      })
  void whatIsAskedOfSpacesAloneReadsNoTenant(String sql, String rows) {
    assertThat(TENANTS).isEqualTo(20_000);
    assertThat(String.join(" ", TenantsTest.rows(admin, sql))).isEqualTo(rows);
    try (RunningQuery query = admin.start(QueryRequest.of(sql))) {
      Statements.drain(query);
      assertThat(query.progress().readBytes()).isZero();
    }
  }

  @Test
  void showStatementsReadOne() {
    assertThat(ask("SHOW TENANTS IN app LIKE 't1999_'").read).isLessThanOrEqualTo(11);
    assertThat(ask("SHOW CREATE ROLE `tenant:app.t5`").rows).contains("SQL_tenant_app = 5");
    assertThat(ask("SHOW GRANTS FOR `tenant:app.t5`").rows).contains("tenant_space:app");
  }
}
