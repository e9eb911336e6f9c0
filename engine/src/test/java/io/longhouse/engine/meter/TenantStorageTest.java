package io.longhouse.engine.meter;

import static org.assertj.core.api.Assertions.assertThat;

import io.longhouse.engine.Statements;
import io.longhouse.engine.access.Account;
import io.longhouse.engine.session.ClientInfo;
import io.longhouse.engine.session.Engine;
import io.longhouse.engine.session.EngineConfig;
import io.longhouse.engine.session.LocalEngine;
import io.longhouse.engine.session.Session;
import io.longhouse.engine.table.TableId;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A space {@code app}: tenants 1, 2, 3 ... share {@code events}; {@code own} is tenant 1's. */
class TenantStorageTest {
  static final TenantKeys TENANTS =
      new TenantKeys() {
        @Override
        public @Nullable Owner ownerOf(TableId table) {
          return switch (table.name()) {
            case "events" -> new Owner.ByKey("app", "tenant_id");
            case "own" -> new Owner.Whole(new Account("app", "t1"));
            default -> null;
          };
        }

        @Override
        public Account accountOf(String space, String key) {
          return new Account(space, "t" + key);
        }

        @Override
        public @Nullable String keyOf(Account account) {
          return account.isTenant() ? account.tenant().substring(1) : null;
        }

        @Override
        public List<TableId> tablesOf(Account account) {
          return account.isTenant()
              ? List.of(TableId.of("default", "events"), TableId.of("default", "own"))
              : List.of();
        }
      };

  private static final String STORED =
      "SELECT tenant_space, tenant, table, rows, parts FROM system.tenant_storage ORDER BY ALL";

  @TempDir Path folder;

  private Engine engine;
  private Session session;

  @BeforeEach
  void open() {
    engine = Engine.open(EngineConfig.at(folder));
    ((LocalEngine) engine).meter().tenants(TENANTS);
    session = engine.login("default", "", ClientInfo.local());
  }

  @AfterEach
  void close() {
    session.close();
    engine.close();
  }

  /** Of each ten rows one is t1's, three are t2's, six are t3's; merges wait for OPTIMIZE. */
  private void create() {
    run(
        "CREATE TABLE events (tenant_id UInt32, t UInt64, s String) ENGINE = MergeTree PARTITION BY"
            + " t % 2 ORDER BY (tenant_id, t) SETTINGS max_bytes_to_merge_at_max_space_in_pool ="
            + " 1");
    run("CREATE TABLE own (x UInt64) ENGINE = MergeTree ORDER BY x");
    for (int i = 0; i < 4; i++) {
      run(
          "INSERT INTO events SELECT multiIf(number % 10 < 1, 1, number % 10 < 4, 2, 3), number,"
              + " toString(number) FROM numbers(100000)");
    }
    run("INSERT INTO own SELECT number FROM numbers(500)");
  }

  @Test
  void storageIsByTenantAndTableWhateverHappensToParts() {
    create();
    assertThat(run(STORED))
        .containsExactly(
            "app\tt1\tevents\t40000\t4",
            "app\tt1\town\t500\t1",
            "app\tt2\tevents\t120000\t8",
            "app\tt3\tevents\t240000\t8");
    assertThat(
            run(
                "SELECT abs(sum(bytes_on_disk) - (SELECT sum(bytes_on_disk) FROM system.parts"
                    + " WHERE database = 'default')) < 24 FROM system.tenant_storage"))
        .containsExactly("1");
    run("OPTIMIZE TABLE events FINAL");
    run("ALTER TABLE events DELETE WHERE tenant_id = 2 AND t % 2 = 1 SETTINGS mutations_sync = 1");
    run("ALTER TABLE events UPDATE s = 'x' WHERE tenant_id = 3 SETTINGS mutations_sync = 1");
    run("ALTER TABLE events DETACH PARTITION 0");
    assertThat(run(STORED)).containsExactly("app\tt1\town\t500\t1", "app\tt3\tevents\t120000\t1");
    run("ALTER TABLE events ATTACH PARTITION 0");
    List<String> attached =
        List.of(
            "app\tt1\tevents\t40000\t1",
            "app\tt1\town\t500\t1",
            "app\tt2\tevents\t40000\t1",
            "app\tt3\tevents\t240000\t2");
    assertThat(run(STORED)).isEqualTo(attached);
    close();
    open();
    assertThat(run(STORED)).isEqualTo(attached);
    run("DROP TABLE events SYNC");
    assertThat(run(STORED)).containsExactly("app\tt1\town\t500\t1");
  }

  @Test
  void aTableOfOneTenantStaysClosed() {
    run("CREATE TABLE own (x UInt64) ENGINE = MergeTree PARTITION BY x % 2 ORDER BY x");
    run("INSERT INTO own SELECT number FROM numbers(500)");
    String stored = "SELECT tenant, table, rows, bytes_on_disk, parts FROM system.tenant_storage";
    List<String> before = run(stored);
    assertThat(before.toString()).startsWith("[t1\town\t500\t").endsWith("\t2]");
    close();
    open();
    var entry =
        ((LocalEngine) engine)
            .catalog().databases().stream()
                .flatMap(d -> d.entries().stream())
                .filter(e -> e.name().equals("own"))
                .findFirst()
                .orElseThrow();
    assertThat(run(stored)).isEqualTo(before);
    assertThat(entry.ifOpen()).isNull();
    run("INSERT INTO own VALUES (1)");
    assertThat(entry.ifOpen()).isNotNull();
    assertThat(run(stored).toString()).startsWith("[t1\town\t501\t").endsWith("\t3]");
  }

  @Test
  void mergesAndMutationsAreChargedByRows() {
    create();
    run("OPTIMIZE TABLE events FINAL");
    run("ALTER TABLE events DELETE WHERE tenant_id = 2 AND t % 2 = 1 SETTINGS mutations_sync = 1");
    run("ALTER TABLE events UPDATE s = 'x' WHERE tenant_id = 3 SETTINGS mutations_sync = 1");
    run("SYSTEM FLUSH LOGS");
    String usage = " FROM system.tenant_usage FINAL WHERE tenant_space = 'app' ORDER BY tenant";
    assertThat(run("SELECT tenant, merged_rows, mutated_rows, storage_rows" + usage))
        .containsExactly(
            "t1\t40000\t80000\t{'default.events':40000,'default.own':500}",
            "t2\t120000\t160000\t{'default.events':40000}",
            "t3\t240000\t480000\t{'default.events':240000}");
    // Each merge and mutation by its rows; of the whole t3 did more than half, t1 least.
    List<Long> cpu =
        run("SELECT merge_cpu_microseconds" + usage).stream().map(Long::parseLong).toList();
    assertThat(cpu.get(0)).isPositive().isLessThan(cpu.get(1));
    assertThat(cpu.get(2)).isGreaterThan(cpu.get(0) + cpu.get(1));
  }

  private List<String> run(String sql) {
    return Statements.run(session, sql);
  }
}
