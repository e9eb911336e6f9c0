package io.longhouse.engine.tenancy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.longhouse.engine.Statements;
import io.longhouse.engine.session.ClientInfo;
import io.longhouse.engine.session.Engine;
import io.longhouse.engine.session.EngineConfig;
import io.longhouse.engine.session.QueryRequest;
import io.longhouse.engine.session.RunningQuery;
import io.longhouse.engine.session.Session;
import io.longhouse.sql.LonghouseException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TenantsTest {
  private Engine engine;
  private Session admin;

  @BeforeEach
  void open() {
    engine = Engine.open(EngineConfig.inMemory());
    admin = engine.login("default", "", ClientInfo.local());
    run(
        admin,
        "CREATE DATABASE shop",
        "CREATE TABLE shop.events (tenant_id UInt32, id UInt64, type String) ENGINE = MergeTree"
            + " ORDER BY (tenant_id, id)",
        "CREATE TABLE shop.users (org UInt32, name String) ENGINE = MergeTree ORDER BY org",
        "CREATE TENANT SPACE app (TABLE shop.events KEY tenant_id, TABLE shop.users KEY org)",
        "CREATE USER alice",
        "CREATE USER bob");
  }

  @AfterEach
  void close() {
    engine.close();
  }

  private static void run(Session session, String... statements) {
    for (String s : statements) {
      rows(session, s);
    }
  }

  static List<String> rows(Session session, String sql) {
    return Statements.run(session, sql, "|");
  }

  private static void refused(Session session, String sql, int code, String text) {
    assertThatThrownBy(() -> rows(session, sql), sql)
        .as(sql)
        .isInstanceOfSatisfying(LonghouseException.class, e -> assertThat(e.code()).isEqualTo(code))
        .hasMessageContaining(text);
  }

  private Session as(String user) {
    return engine.login(user, "", ClientInfo.local());
  }

  @ParameterizedTest
  @ValueSource(strings = {"SHARED TABLE", "TABLE", "DATABASE"})
  void membersReadAndWriteTheirRowsUnderOneName(String model) {
    run(
        admin,
        "CREATE TENANT acme IN app ID 42 ISOLATION " + model,
        "CREATE TENANT zeta IN app ID 43 ISOLATION " + model,
        "GRANT TENANT acme TO alice",
        "GRANT TENANT zeta TO bob");
    Session alice = as("alice");
    Session bob = as("bob");
    run(alice, "INSERT INTO events (id, type) VALUES (1, 'a'), (2, 'b')");
    run(bob, "INSERT INTO events (id, type) VALUES (3, 'c')", "INSERT INTO users VALUES (43, 'z')");
    assertThat(rows(alice, "SELECT * FROM events ORDER BY id")).containsExactly("42|1|a", "42|2|b");
    assertThat(rows(bob, "SELECT * FROM events ORDER BY id")).containsExactly("43|3|c");
    assertThat(rows(alice, "SELECT count() FROM users")).containsExactly("0");
    assertThatThrownBy(() -> run(alice, "INSERT INTO events VALUES (43, 9, 'forged')"))
        .isInstanceOf(LonghouseException.class);
    run(alice, "ALTER TABLE events UPDATE type = 'x' WHERE id > 1 SETTINGS mutations_sync = 2");
    run(alice, "DELETE FROM events WHERE id IN (1, 3)");
    assertThat(rows(alice, "SELECT * FROM events")).containsExactly("42|2|x");
    assertThat(rows(bob, "SELECT * FROM events")).containsExactly("43|3|c");
    assertThatThrownBy(() -> run(alice, "DROP TABLE events"))
        .isInstanceOf(LonghouseException.class);
    assertThat(rows(alice, "SELECT name, space FROM system.tenants")).containsExactly("acme|app");
    assertThat(rows(alice, "SELECT count() FROM system.tenant_spaces")).containsExactly("0");
    run(admin, "DROP TENANT acme WITH DATA");
    assertThatThrownBy(() -> rows(as("alice"), "SELECT * FROM shop.events"))
        .isInstanceOf(LonghouseException.class);
    assertThat(rows(bob, "SELECT * FROM events")).containsExactly("43|3|c");
    assertThat(rows(admin, "SELECT count() FROM shop.events WHERE tenant_id = 42"))
        .containsExactly("0");
    assertThat(rows(admin, "SELECT count() FROM system.tables WHERE name LIKE 'events__app_acme'"))
        .containsExactly("0");
  }

  @Test
  void nobodyChangesWhichTenantItIs() {
    run(
        admin,
        "CREATE TENANT acme IN app ID 42 LIMITS max_rows_to_read = 1000",
        "CREATE TENANT zeta IN app ID 43",
        "INSERT INTO shop.events VALUES (42, 1, 'a'), (43, 2, 'z')");
    Session alice = as("alice");
    run(alice, "SET SQL_tenant_app = 43");
    run(admin, "GRANT TENANT acme TO alice");
    assertThat(rows(alice, "SELECT * FROM events")).containsExactly("42|1|a");
    assertThat(rows(alice, "SELECT getSetting('SQL_tenant_app')")).containsExactly("42");
    for (String sql :
        List.of(
            "SET SQL_tenant_app = 43",
            "SET workload = 'app.zeta'",
            "SET max_rows_to_read = 0",
            "SELECT * FROM events SETTINGS SQL_tenant_app = 43",
            "SELECT * FROM (SELECT * FROM events SETTINGS SQL_tenant_app = 43)",
            "SELECT * FROM events SETTINGS max_rows_to_read = 0")) {
      refused(as("alice"), sql, 452, "should not be changed");
    }
    refused(alice, "SET SQL_tenant_app = DEFAULT", 452, "should not be changed");
    run(admin, "ALTER USER alice SETTINGS SQL_tenant_app = 43 WRITABLE");
    assertThat(rows(as("alice"), "SELECT * FROM events")).containsExactly("42|1|a");
    run(
        admin,
        "CREATE VIEW shop.v SQL SECURITY INVOKER AS SELECT * FROM shop.events SETTINGS"
            + " SQL_tenant_app = 43",
        "GRANT SELECT ON shop.v TO alice");
    assertThatThrownBy(() -> rows(alice, "SELECT * FROM shop.v"))
        .isInstanceOf(LonghouseException.class);
    run(alice, "SET ROLE NONE", "SET SQL_tenant_app = 43");
    refused(alice, "SELECT * FROM shop.events", 497, "Not enough privileges");
    run(alice, "SET ROLE `tenant:app.acme`");
    assertThat(rows(alice, "SELECT * FROM events")).containsExactly("42|1|a");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "UInt8|200|201",
        "Int64|-5|5",
        "UInt64|18446744073709551615|1",
        "UInt256|7|8",
        "LowCardinality(String)|'a'|'b'",
        "FixedString(4)|'ab'|'abc'",
        "UUID|'61f0c404-5cb3-11e7-907b-a6006ad3dba0'|'61f0c404-5cb3-11e7-907b-a6006ad3dba1'",
        "Nullable(Int32)|7|8"
      })
  void keysOfEveryTypeKeepTenantsApart(String sample) {
    String[] s = sample.split("\\|");
    for (String model : List.of("SHARED TABLE", "DATABASE")) {
      run(
          admin,
          "CREATE TABLE shop.k (k "
              + s[0]
              + ", v UInt8) ENGINE = MergeTree ORDER BY (k, v)"
              + " SETTINGS allow_nullable_key = 1",
          "CREATE TENANT SPACE keys (TABLE shop.k KEY k) ISOLATION " + model,
          "CREATE TENANT a IN keys ID " + s[1],
          "CREATE TENANT b IN keys ID " + s[2],
          "GRANT TENANT a TO alice",
          "GRANT TENANT b TO bob");
      run(as("alice"), "INSERT INTO k (v) VALUES (1)", "INSERT INTO k VALUES (" + s[1] + ", 2)");
      run(as("bob"), "INSERT INTO k (v) VALUES (3)");
      assertThatThrownBy(() -> run(as("bob"), "INSERT INTO k VALUES (" + s[1] + ", 4)"))
          .isInstanceOf(LonghouseException.class);
      assertThat(rows(as("alice"), "SELECT v FROM k ORDER BY v")).containsExactly("1", "2");
      assertThat(rows(as("bob"), "SELECT v FROM k")).containsExactly("3");
      run(
          admin,
          "DROP TENANT a WITH DATA",
          "DROP TENANT b WITH DATA",
          "DROP TENANT SPACE keys",
          "DROP TABLE shop.k SYNC");
    }
  }

  @Test
  void aUserBelongsToOneTenantOfASpace() {
    run(
        admin,
        "CREATE TENANT acme IN app ID 42",
        "CREATE TENANT zeta IN app ID 43",
        "INSERT INTO shop.events VALUES (42, 1, 'a'), (43, 2, 'z')",
        "GRANT TENANT acme TO alice");
    refused(admin, "GRANT TENANT zeta TO alice", 36, "one tenant of space");
    refused(admin, "GRANT TENANT acme, zeta TO bob", 36, "one tenant of space");
    refused(admin, "GRANT TENANT acme TO ALL", 36, "names its users");
    Session alice = as("alice");
    assertThat(rows(alice, "SELECT count() FROM events")).containsExactly("1");
    run(admin, "GRANT `tenant:app.zeta` TO alice");
    refused(alice, "SELECT count() FROM shop.events", 497, "Not enough privileges");
    refused(as("alice"), "SELECT count() FROM shop.events", 497, "Not enough privileges");
    run(alice, "SET ROLE `tenant:app.zeta`");
    assertThat(rows(alice, "SELECT * FROM events")).containsExactly("43|2|z");
    run(admin, "REVOKE TENANT zeta FROM alice");
    assertThat(rows(as("alice"), "SELECT * FROM events")).containsExactly("42|1|a");
    run(admin, "GRANT `tenant_space:app` TO bob");
    assertThat(rows(as("bob"), "SELECT * FROM shop.events")).isEmpty();
  }

  @Test
  void whatStandsBehindATenantCannotBeChangedByHand() {
    run(admin, "CREATE TENANT acme IN app ID 42 LIMITS FOR INTERVAL 1 HOUR MAX queries = 100");
    for (String sql :
        List.of(
            "DROP ROLE `tenant:app.acme`",
            "DROP WORKLOAD `app.acme`",
            "CREATE OR REPLACE WORKLOAD `app.acme` SETTINGS weight = 99",
            "DROP ROLE `tenant_space:app`",
            "DROP QUOTA `tenant:app.acme`",
            "DROP ROW POLICY `tenant_space:app` ON shop.events",
            "DROP ROW POLICY `tenant_space:app:rows` ON shop.users",
            "ALTER ROW POLICY `tenant_space:app:rows` ON shop.events USING 1",
            "ALTER ROLE `tenant:app.acme` SETTINGS SQL_tenant_app = 43",
            "ALTER QUOTA `tenant:app.acme` FOR INTERVAL 1 HOUR NO LIMITS",
            "GRANT SELECT ON *.* TO `tenant:app.acme`",
            "GRANT SELECT ON *.* TO `tenant_space:app`",
            "REVOKE SELECT ON shop.events FROM `tenant_space:app`",
            "CREATE ROLE `tenant:app.new`",
            "CREATE ROLE `tenant_space:new`")) {
      refused(admin, sql, 495, "tenant");
    }
    run(admin, "GRANT SELECT ON shop.users TO ALL EXCEPT default");
    assertThat(rows(admin, "SHOW GRANTS FOR bob"))
        .containsExactly("GRANT SELECT ON shop.users TO bob");
    assertThat(rows(admin, "SHOW CREATE ROLE `tenant:app.acme`"))
        .containsExactly(
            "CREATE ROLE `tenant:app.acme` SETTINGS SQL_tenant_app = 42 CONST, workload ="
                + " 'app.acme' CONST");
    assertThat(rows(admin, "SHOW GRANTS FOR `tenant:app.acme`"))
        .containsExactly("GRANT `tenant_space:app` TO `tenant:app.acme`");
    assertThat(rows(admin, "SELECT name, storage FROM system.quotas WHERE storage = 'tenants'"))
        .containsExactly("tenant:app.acme|tenants");
    assertThat(rows(admin, "SELECT count() FROM system.row_policies WHERE storage = 'tenants'"))
        .containsExactly("4");
  }

  @Test
  void quotasHoldForAllMembersTogether() {
    run(
        admin,
        "CREATE TENANT acme IN app ID 42 LIMITS FOR INTERVAL 1 DAY MAX queries = 3",
        "GRANT TENANT acme TO alice, bob");
    Session alice = as("alice");
    Session bob = as("bob");
    run(alice, "SELECT 1", "SELECT 2");
    run(bob, "SELECT 3");
    refused(bob, "SELECT 4", 201, "tenant:app.acme");
    refused(alice, "SELECT 5", 201, "tenant:app.acme");
    run(admin, "ALTER TENANT acme MODIFY LIMITS FOR INTERVAL 1 DAY MAX queries = 1000");
    run(alice, "SELECT 6");
  }

  @Test
  void limitsHoldForTheTenant() throws Exception {
    run(
        admin,
        "CREATE TENANT acme IN app ID 42 LIMITS max_concurrent_queries = 1, max_waiting_queries ="
            + " 1, max_memory_usage = '50M', max_parts = 1, max_result_rows = 5",
        "CREATE TENANT zeta IN app ID 43",
        "GRANT TENANT acme TO alice",
        "GRANT TENANT zeta TO bob");
    Session alice = as("alice");
    refused(alice, "SELECT groupArray(toString(number)) FROM numbers(10000000)", 241, "47.68 MiB");
    refused(alice, "SELECT number FROM numbers(6)", 396, "rows");
    run(alice, "INSERT INTO events (id) VALUES (1)");
    Thread.sleep(1_100); // parts are looked at once a second
    refused(alice, "INSERT INTO events (id) VALUES (2)", 252, "parts");
    Thread waiting;
    try (RunningQuery slow =
        alice.start(QueryRequest.of("SELECT sleepEachRow(0.1) FROM numbers(5)"))) {
      Session second = as("alice");
      waiting = Thread.startVirtualThread(() -> run(second, "SELECT 1"));
      Thread.sleep(300);
      refused(as("alice"), "SELECT 1", 202, "app.acme");
      run(as("bob"), "SELECT 1", "INSERT INTO events (id) VALUES (3)");
      slow.cancel();
    }
    assertThat(waiting.join(java.time.Duration.ofSeconds(10))).isTrue();
    assertThat(
            rows(
                admin,
                "SELECT tenant_space, tenant, sum(rows) FROM system.tenant_storage GROUP BY ALL"
                    + " ORDER BY ALL"))
        .containsExactly("app|acme|1", "app|zeta|1");
  }

  @Test
  void mistakesAreSaid() {
    run(admin, "CREATE TENANT acme IN app ID 42");
    refused(admin, "CREATE TENANT acme IN app ID 44", 493, "already exists");
    refused(admin, "CREATE TENANT other IN app ID 42", 493, "is taken in space `app` by tenant");
    refused(
        admin, "CREATE TENANT other IN app ID 'x'", 53, "does not fit the key tenant_id UInt32");
    refused(admin, "CREATE TENANT other IN app ID -1", 53, "does not fit");
    refused(admin, "CREATE TENANT other IN app ID 4294967296", 53, "does not fit");
    refused(admin, "CREATE TENANT other IN nowhere ID 1", 492, "There is no tenant space");
    refused(admin, "CREATE TENANT other IN app ID 1 ISOLATION SERVICE", 48, "cloud");
    refused(admin, "CREATE TENANT other IN app ID 1 LIMITS speed = 1", 36, "no limit 'speed'");
    refused(admin, "CREATE TENANT other IN app ID 1 SETTINGS nothing = 1", 115, "Unknown setting");
    refused(admin, "CREATE TENANT other IN app ID 1 SETTINGS workload = 'x'", 36, "follows from");
    refused(admin, "CREATE TENANT other IN app ON CLUSTER c ID 1", 48, "ON CLUSTER");
    refused(admin, "DROP TENANT nobody", 492, "There is no tenant `nobody`");
    refused(admin, "DROP TENANT SPACE app", 36, "has 1 tenants");
    refused(
        admin, "CREATE TENANT SPACE b (TABLE shop.events KEY nothing)", 16, "no column nothing");
    refused(admin, "CREATE TENANT SPACE b (TABLE shop.none KEY k)", 60, "none");
    refused(
        admin,
        "CREATE TENANT SPACE b (TABLE shop.users KEY org, TABLE system.one KEY dummy)",
        36,
        "system.one");
    refused(admin, "CREATE TENANT SPACE `a.b` (TABLE shop.users KEY org)", 36, "letters");
    refused(admin, "ALTER TENANT acme ISOLATION TABLE", 48, "does not move");
    refused(as("alice"), "CREATE TENANT x IN app ID 1", 497, "CREATE TENANT");
    refused(as("alice"), "SHOW TENANTS", 497, "SHOW TENANTS");
    refused(as("alice"), "GRANT TENANT acme TO alice", 497, "ADMIN option");
    run(admin, "DROP TENANT IF EXISTS nobody", "CREATE TENANT IF NOT EXISTS acme IN app ID 7");
  }

  @Test
  void whatIsShownMakesItAgain() {
    run(
        admin,
        "CREATE TENANT `a b` IN app ID 7 ISOLATION DATABASE LIMITS weight = 2, max_memory_usage ="
            + " '1Gi' SETTINGS max_threads = 2 MAX 4");
    String sql =
        "CREATE TENANT `a b` IN app ID 7 ISOLATION DATABASE LIMITS weight = 2, max_memory_usage ="
            + " 1073741824 SETTINGS max_threads = 2 MAX 4";
    assertThat(rows(admin, "SHOW CREATE TENANT `a b`")).containsExactly(sql);
    assertThat(rows(admin, "SHOW CREATE TENANT SPACE app"))
        .containsExactly(
            "CREATE TENANT SPACE app (TABLE shop.events KEY tenant_id, TABLE shop.users KEY org)"
                + " ISOLATION SHARED TABLE");
    assertThat(rows(admin, "SHOW TENANTS IN app LIKE 'a%'")).containsExactly("a b");
    assertThat(rows(admin, "SHOW TENANT SPACES")).containsExactly("app");
    assertThat(rows(admin, "SELECT database FROM system.tenants")).containsExactly("app_a_b");
    run(admin, "ALTER TENANT `a b` RENAME TO ab", "ALTER TENANT SPACE app RENAME TO shopping");
    assertThat(rows(admin, "SELECT name, space, database, role FROM system.tenants"))
        .containsExactly("ab|shopping|app_a_b|tenant:shopping.ab");
    run(admin, "DROP TENANT ab", "DROP TENANT SPACE shopping");
    assertThat(rows(admin, "SHOW DATABASES LIKE 'app%'")).isEmpty();
  }

  @Test
  void explainSaysWhatClickHouseWouldDo() {
    assertThat(rows(admin, "EXPLAIN CREATE TENANT acme IN app ID 42 LIMITS max_parts = 5"))
        .containsExactly(
            "CREATE ROLE `tenant:app.acme` SETTINGS SQL_tenant_app = 42 CONST, workload ="
                + " 'app.acme' CONST;",
            "GRANT `tenant_space:app` TO `tenant:app.acme`;",
            "CREATE WORKLOAD `app.acme` IN `all`;",
            "-- max_parts = 5: ClickHouse has no such limit",
            "-- A role has no default database in ClickHouse: each member needs DEFAULT DATABASE"
                + " shop",
            "-- ClickHouse lets a user have the roles of two tenants of a space");
    assertThat(rows(admin, "SHOW TENANTS")).isEmpty();
    run(admin, "CREATE TABLE shop.log (at DateTime, org UInt32) ENGINE = MergeTree ORDER BY at");
    assertThat(rows(admin, "EXPLAIN CREATE TENANT SPACE b (TABLE shop.log KEY org)"))
        .contains(
            "-- warning: the key org is not the first of the sorting key of shop.log: every query"
                + " of a tenant in shared tables reads the rows of all");
  }

  @Test
  void explainOfAChangeNamesEveryTable() {
    run(
        admin,
        "CREATE TENANT a IN app ID 1 ISOLATION TABLE",
        "CREATE TENANT b IN app ID 2 ISOLATION DATABASE",
        "CREATE TABLE shop.more (k UInt32) ENGINE = MergeTree ORDER BY k");
    assertThat(
            rows(
                admin, "EXPLAIN ALTER TENANT SPACE app ALTER TABLE shop.events ADD COLUMN x UInt8"))
        .containsExactly(
            "ALTER TABLE shop.events (ADD COLUMN `x` UInt8);",
            "ALTER TABLE shop.events__app_a (ADD COLUMN `x` UInt8);",
            "ALTER TABLE app_b.events (ADD COLUMN `x` UInt8);");
    assertThat(rows(admin, "EXPLAIN ALTER TENANT SPACE app ADD TABLE shop.more KEY k"))
        .contains(
            "CREATE TABLE app_a.more ENGINE = Alias(shop, more__app_a);",
            "CREATE TABLE app_b.more AS shop.more;")
        .hasSize(8);
    assertThat(rows(admin, "EXPLAIN ALTER TENANT SPACE app DROP TABLE shop.users"))
        .endsWith("DROP TABLE IF EXISTS app_b.users SYNC;")
        .hasSize(4);
    assertThat(rows(admin, "SHOW TABLES FROM app_b")).containsExactly("events", "users");
  }

  @Test
  void ofManyWhoWantTheSameOneGetsIt() throws InterruptedException {
    var made = new java.util.concurrent.atomic.AtomicInteger();
    var wrong = new java.util.concurrent.ConcurrentLinkedQueue<Throwable>();
    List<Thread> threads = new ArrayList<>();
    for (int t = 0; t < 8; t++) {
      int thread = t;
      threads.add(
          Thread.startVirtualThread(() -> {
            Session mine = as("default");
            for (int i = 0; i < 10; i++) {
              String name = thread % 2 == 0 ? "n" + i : "m" + i + "_" + thread;
              String model = i % 2 == 0 ? "SHARED TABLE" : "DATABASE";
              try {
                run(mine, "CREATE TENANT " + name + " IN app ID " + i + " ISOLATION " + model);
                made.incrementAndGet();
              } catch (LonghouseException e) {
                if (e.code() != 493) {
                  wrong.add(e);
                }
              }
            }
          }));
    }
    for (Thread t : threads) {
      t.join();
    }
    assertThat(wrong).isEmpty();
    assertThat(made).hasValue(10);
    assertThat(rows(admin, "SELECT count(), uniqExact(id) FROM system.tenants"))
        .containsExactly("10|10");
    assertThat(rows(admin, "SELECT count() FROM system.databases WHERE name LIKE 'app_%'"))
        .containsExactly("5");
  }

  @Test
  void aChangeThatATenantsTableDidNotTakeIsMadeAfterItWasMended() {
    for (int i = 1; i <= 3; i++) {
      run(admin, "CREATE TENANT t" + i + " IN app ID " + i + " ISOLATION DATABASE");
    }
    run(admin, "ALTER TABLE app_t2.events ADD COLUMN late String");
    String change = "ALTER TENANT SPACE app ALTER TABLE shop.events ADD COLUMN late UInt8";
    refused(admin, change, 15, "1 of 3 tenants have the change");
    run(admin, "ALTER TABLE app_t2.events DROP COLUMN late", change);
    assertThat(
            rows(
                admin,
                "SELECT database, type FROM system.columns WHERE table = 'events' AND name ="
                    + " 'late' ORDER BY database"))
        .containsExactly("app_t1|UInt8", "app_t2|UInt8", "app_t3|UInt8", "shop|UInt8");
  }

  @Test
  void whoIsAtWorkAndInWhichWorkload() {
    run(
        admin,
        "CREATE TENANT acme IN app ID 42 LIMITS weight = 4",
        "CREATE TENANT globex IN app ID 43",
        "GRANT TENANT acme TO alice");
    assertThat(
            rows(
                admin,
                "SELECT name, parent, create_query FROM system.workloads WHERE name LIKE 'app.a%'"))
        .containsExactly("app.acme|all|CREATE WORKLOAD `app.acme` IN `all` SETTINGS weight = 4");
    assertThat(rows(admin, "SELECT name FROM system.workloads ORDER BY name"))
        .containsExactly("app.acme", "app.globex");
    String accounts =
        "SELECT tenant_space, tenant, workload, weight, running_queries, cpu_microseconds > 0"
            + " FROM system.accounts WHERE tenant_space = 'app'";
    assertThat(rows(admin, accounts)).isEmpty();
    Session alice = as("alice");
    String endless = "SELECT sum(cityHash64(number)) FROM numbers(1000000000000)";
    try (RunningQuery query = alice.start(QueryRequest.of(endless))) {
      List<String> seen = rows(admin, accounts);
      while (seen.isEmpty() || seen.getFirst().endsWith("0")) {
        seen = rows(admin, accounts);
      }
      assertThat(seen).containsExactly("app|acme|app.acme|4|1|1");
      query.cancel();
    }
    refused(alice, "SELECT * FROM system.accounts", 497, "system.accounts");
  }

  /** What cannot be converted is found after the definition has changed. */
  @Test
  void aChangeIsNotMadeAsLongAsATenantsRowsDidNotTakeIt() {
    for (int i = 1; i <= 3; i++) {
      run(admin, "CREATE TENANT t" + i + " IN app ID " + i + " ISOLATION DATABASE");
      String type = i == 2 ? "many" : "7";
      run(admin, "INSERT INTO app_t" + i + ".events (id, type) VALUES (1, '" + type + "')");
    }
    String change = "ALTER TENANT SPACE app ALTER TABLE shop.events MODIFY COLUMN type UInt8";
    refused(admin, change, 341, "1 of 3 tenants have the change");
    refused(admin, change, 341, "1 of 3 tenants have the change");
    run(
        admin,
        "KILL MUTATION WHERE database = 'app_t2' SYNC",
        "ALTER TABLE app_t2.events MODIFY COLUMN type String",
        "ALTER TABLE app_t2.events UPDATE type = '9' WHERE type = 'many' SETTINGS mutations_sync ="
            + " 2",
        change);
    for (int i = 1; i <= 3; i++) {
      assertThat(rows(admin, "SELECT type, toTypeName(type) FROM app_t" + i + ".events"))
          .containsExactly(i == 2 ? "9|UInt8" : "7|UInt8");
    }
  }

  @Test
  void norAsLongAsTheSpacesTableDidNot() {
    run(
        admin,
        "CREATE TENANT own IN app ID 1 ISOLATION DATABASE",
        "CREATE TENANT acme IN app ID 42",
        "GRANT TENANT acme TO alice");
    run(as("alice"), "INSERT INTO events (id, type) VALUES (1, 'many')");
    String change = "ALTER TENANT SPACE app ALTER TABLE shop.events MODIFY COLUMN type UInt8";
    refused(admin, change, 341, "Table shop.events: ");
    assertThat(rows(admin, "SELECT rollout_error != '' FROM system.tenant_spaces"))
        .containsExactly("1");
    run(
        admin,
        "KILL MUTATION WHERE database = 'shop' SYNC",
        "TRUNCATE TABLE shop.events",
        change,
        "INSERT INTO app_own.events (id, type) VALUES (1, 3)");
    assertThat(rows(admin, "SELECT toTypeName(type) FROM app_own.events")).containsExactly("UInt8");
  }

  @Test
  void theTenantsThatGetATableAreCounted() {
    for (int i = 1; i <= 4; i++) {
      run(admin, "CREATE TENANT t" + i + " IN app ID " + i + " ISOLATION DATABASE");
    }
    run(
        admin,
        "CREATE TABLE shop.orders (k UInt32) ENGINE = MergeTree ORDER BY k",
        "CREATE TABLE app_t3.orders (k UInt32) ENGINE = MergeTree ORDER BY k");
    String change = "ALTER TENANT SPACE app ADD TABLE shop.orders KEY k";
    refused(admin, change, 57, "2 of 4 tenants have the change");
    assertThat(rows(admin, "SELECT rollout_done, rollout_total FROM system.tenant_spaces"))
        .containsExactly("2|4");
    run(admin, "DROP TABLE app_t3.orders");
    try (RunningQuery query = admin.start(QueryRequest.of(change))) {
      Statements.drain(query);
      assertThat(query.progress().totalRowsToRead()).isEqualTo(4);
      assertThat(query.progress().readRows()).isEqualTo(4);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"TABLE", "DATABASE"})
  void whatOthersMadeInATenantsDatabaseStays(String model) {
    run(
        admin,
        "CREATE TENANT t1 IN app ID 1 ISOLATION " + model,
        "CREATE TENANT t2 IN app ID 2 ISOLATION " + model,
        "CREATE TABLE app_t1.notes (n UInt8) ENGINE = MergeTree ORDER BY n",
        "INSERT INTO app_t1.notes VALUES (7)");
    assertThat(rows(admin, "EXPLAIN DROP TENANT t1"))
        .contains("-- the database app_t1 stays, with what else is in it: notes")
        .noneMatch(l -> l.startsWith("DROP DATABASE"));
    assertThat(rows(admin, "EXPLAIN DROP TENANT t2"))
        .contains("DROP DATABASE IF EXISTS app_t2 SYNC;");
    run(admin, "DROP TENANT t1", "DROP TENANT t2");
    assertThat(rows(admin, "SELECT database, name FROM system.tables WHERE database LIKE 'app%'"))
        .containsExactly("app_t1|notes");
    assertThat(rows(admin, "SHOW DATABASES LIKE 'app%'")).containsExactly("app_t1");
    run(admin, "CREATE TENANT t1 IN app ID 1 ISOLATION " + model);
    assertThat(rows(admin, "SELECT n FROM app_t1.notes")).containsExactly("7");
  }

  @Test
  void aTableThatATenantHasAlreadyIsNeitherTakenNorDropped() {
    run(
        admin,
        "CREATE TENANT t1 IN app ID 1 ISOLATION DATABASE",
        "CREATE TABLE shop.orders (k UInt32) ENGINE = MergeTree ORDER BY k",
        "CREATE TABLE app_t1.orders (own UInt8) ENGINE = MergeTree ORDER BY own",
        "INSERT INTO app_t1.orders VALUES (7)");
    String change = "ALTER TENANT SPACE app ADD TABLE shop.orders KEY k";
    refused(admin, change, 57, "Table app_t1.orders already exists");
    refused(admin, change, 57, "Table app_t1.orders already exists");
    assertThat(rows(admin, "SELECT own FROM app_t1.orders")).containsExactly("7");
    run(admin, "DROP TABLE app_t1.orders", change);
    assertThat(rows(admin, "SELECT count() FROM app_t1.orders")).containsExactly("0");
  }

  @Test
  void changesOfTablesReachAllTenants() {
    run(
        admin,
        "CREATE TENANT a IN app ID 1 ISOLATION TABLE",
        "CREATE TENANT b IN app ID 2 ISOLATION DATABASE",
        "CREATE TENANT c IN app ID 3",
        "GRANT TENANT a TO alice",
        "GRANT TENANT b TO bob",
        "ALTER TENANT SPACE app ALTER TABLE shop.events ADD COLUMN extra String DEFAULT 'e'");
    for (String user : List.of("alice", "bob")) {
      run(as(user), "INSERT INTO events (id, type) VALUES (1, 't')");
      assertThat(rows(as(user), "SELECT id, extra FROM events")).containsExactly("1|e");
    }
    assertThat(rows(admin, "SELECT rollout FROM system.tenant_spaces")).containsExactly("\\N");
    run(admin, "CREATE TABLE shop.more (k UInt32, v String) ENGINE = MergeTree ORDER BY k");
    run(admin, "ALTER TENANT SPACE app ADD TABLE shop.more KEY k");
    for (String user : List.of("alice", "bob")) {
      run(as(user), "INSERT INTO more (v) VALUES ('m')");
      assertThat(rows(as(user), "SELECT v FROM more")).containsExactly("m");
    }
    refused(
        admin, "ALTER TENANT SPACE app ALTER TABLE shop.events DROP COLUMN tenant_id", 36, "key");
    refused(
        admin,
        "ALTER TENANT SPACE app ALTER TABLE shop.events DELETE WHERE 1",
        48,
        "not of their rows");
    run(admin, "ALTER TABLE app_b.events ADD COLUMN own UInt8");
    refused(
        admin,
        "ALTER TENANT SPACE app ALTER TABLE shop.events ADD COLUMN own UInt8",
        15,
        "Tenant `b`");
    assertThat(
            rows(
                admin,
                "SELECT rollout_total, rollout_done, rollout_error != '' FROM"
                    + " system.tenant_spaces"))
        .containsExactly("2|1|1");
    refused(admin, "ALTER TENANT SPACE app DROP TABLE shop.more", 236, "not finished");
    run(
        admin,
        "ALTER TABLE app_b.events DROP COLUMN own",
        "ALTER TENANT SPACE app ALTER TABLE shop.events ADD COLUMN own UInt8",
        "ALTER TENANT SPACE app DROP TABLE shop.more");
    assertThat(rows(as("alice"), "SELECT own FROM events")).containsExactly("0");
    refused(as("alice"), "SELECT * FROM more", 60, "more");
    run(admin, "DROP TENANT a", "DROP TENANT b");
    assertThat(rows(admin, "SHOW TABLES FROM shop")).containsExactly("events", "more", "users");
  }
}
