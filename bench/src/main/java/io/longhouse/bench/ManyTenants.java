package io.longhouse.bench;

import io.longhouse.engine.tenancy.store.DiskTenantStore;
import io.longhouse.sql.ast.Isolation;
import io.longhouse.sql.ast.NumberLiteral;
import io.longhouse.tenancy.Limits;
import io.longhouse.tenancy.Tenant;
import io.longhouse.tenancy.TenantSpace;
import io.longhouse.wire.connection.NativeClient;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Tenants in one shared table: what a server with many of them does beside one with ten. */
final class ManyTenants {
  private static final int FEW = 10;
  private static final int AT_ONCE = 10_000;

  private ManyTenants() {}

  static String measure(Options options) throws IOException, InterruptedException {
    var report = new StringBuilder();
    for (int n : new int[] {FEW, options.tenants()}) {
      Path data = options.cache().resolve("tenants-" + n);
      if (!options.keep() || !java.nio.file.Files.exists(data)) {
        Main.remove(data);
        make(options, data, n);
      }
      measure(options, data, n, report);
      if (!options.keep()) {
        Main.remove(data);
      }
    }
    return report.toString();
  }

  private static void make(Options options, Path data, int n) throws IOException {
    try (LonghousePeer server = LonghousePeer.start(options.home(), data)) {
      server.run("CREATE DATABASE db");
      server.run(
          "CREATE TABLE db.events (tenant_id UInt32, ts DateTime, x UInt64) ENGINE = MergeTree"
              + " ORDER BY (tenant_id, ts)");
      server.run("CREATE TENANT SPACE app (TABLE db.events KEY tenant_id)");
      server.run("CREATE TENANT t0 IN app ID 0");
      server.run("INSERT INTO db.events SELECT number % 10, number, number FROM numbers(1000)");
      server.run("CREATE USER member IDENTIFIED BY 'p'");
      server.run("GRANT TENANT t0 TO member");
    }
    try (var store = DiskTenantStore.open(data.resolve("tenants"))) {
      TenantSpace space = java.util.Objects.requireNonNull(store.space("app"));
      for (int from = 1; from < n; from += AT_ONCE) {
        List<Tenant> some = new ArrayList<>();
        for (int i = from; i < Math.min(n, from + AT_ONCE); i++) {
          some.add(
              new Tenant(
                  store.nextSerial(),
                  space.serial(),
                  "t" + i,
                  NumberLiteral.unsigned(i),
                  Isolation.SHARED_TABLE,
                  Limits.NONE,
                  List.of(),
                  "",
                  Tenant.State.ACTIVE));
        }
        store.putAll(some);
      }
    }
  }

  private static void measure(Options options, Path data, int n, StringBuilder report)
      throws IOException, InterruptedException {
    try (LonghousePeer server = LonghousePeer.start(options.home(), data)) {
      ManyDatabases.say(
          report,
          String.format(
              Locale.ROOT,
              "%,d tenants: start to the first answer %.2f s, %.2f s of CPU",
              n,
              server.startMs() / 1000,
              server.startCpuMs() / 1000));
      String query = "SELECT count(), sum(x) FROM db.events";
      Durations first = Durations.of(1, () -> member(server, query));
      Durations logins = Durations.of(200, () -> member(server, "SELECT 1"));
      Durations queries;
      try (NativeClient member = server.connect("member", "p")) {
        queries = Durations.of(500, () -> LonghousePeer.run(member, query));
      }
      int[] next = {n};
      Durations made =
          Durations.of(
              500,
              () -> {
                String id = Integer.toString(next[0]++);
                server.run("CREATE TENANT n" + id + " IN app ID " + id);
              });
      ServerMemory memory = ServerMemory.of(server);
      ManyDatabases.say(
          report,
          String.format(
              Locale.ROOT,
              "%,d tenants: first login and query %.1f ms; login %s; query %s; CREATE TENANT %s;"
                  + " heap %.1f MiB, resident %.0f MiB",
              n,
              first.at(0),
              logins,
              queries,
              made,
              memory.heapKiB() / 1024,
              memory.residentKiB() / 1024));
      server.run("DROP TENANT n" + n + " IN app");
      ManyDatabases.say(
          report,
          n
              + " tenants: a page of system.tenants "
              + Durations.of(3, () -> server.run("SELECT name FROM system.tenants LIMIT 100"))
              + ", of system.roles "
              + Durations.of(3, () -> server.run("SELECT name FROM system.roles LIMIT 100")));
    }
  }

  private static void member(LonghousePeer server, String sql) {
    try (NativeClient member = server.connect("member", "p")) {
      LonghousePeer.run(member, sql);
    }
  }
}
