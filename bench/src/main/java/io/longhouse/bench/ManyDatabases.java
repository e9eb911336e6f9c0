package io.longhouse.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;

/**
 * Tenants with a database of their own each: how long making one takes among many, how long a start
 * takes with all of them, and what a table holds that nobody uses.
 */
final class ManyDatabases {
  private static final String[] COLUMNS = {
    "tenant_id UInt32, ts DateTime, type LowCardinality(String), user_id UInt64, url String,"
        + " price Decimal(10, 2), d Float64 DEFAULT 1) ENGINE = MergeTree PARTITION BY"
        + " toYYYYMM(ts) ORDER BY (tenant_id, ts)",
    "user_id UInt64, name String, country LowCardinality(String), created DateTime) ENGINE ="
        + " ReplacingMergeTree ORDER BY user_id",
    "day Date, type String, n SimpleAggregateFunction(sum, UInt64), users"
        + " AggregateFunction(uniq, UInt64)) ENGINE = AggregatingMergeTree ORDER BY (day, type)"
  };

  private ManyDatabases() {}

  static String measure(Options options) throws IOException, InterruptedException {
    Path data = options.cache().resolve("databases-" + options.databases());
    Path empty = options.cache().resolve("no-databases");
    Main.remove(empty);
    var report = new StringBuilder();
    ServerMemory nothing;
    double emptyStartMs;
    double emptyCpuMs;
    try (LonghousePeer server = LonghousePeer.start(options.home(), empty)) {
      emptyStartMs = server.startMs();
      emptyCpuMs = server.startCpuMs();
      nothing = ServerMemory.of(server);
    }
    Main.remove(empty);
    if (!options.keep() || !Files.exists(data)) {
      Main.remove(data);
      try (LonghousePeer server = LonghousePeer.start(options.home(), data)) {
        say(report, make(options, server));
      }
    }
    try (LonghousePeer server = LonghousePeer.start(options.home(), data)) {
      say(
          report,
          String.format(
              Locale.ROOT,
              "Start to the first answer with %d databases of %d tables: %.2f s, %.2f s of CPU;"
                  + " with none %.2f s, %.2f s of CPU",
              options.databases(),
              options.tables(),
              server.startMs() / 1000,
              server.startCpuMs() / 1000,
              emptyStartMs / 1000,
              emptyCpuMs / 1000));
      measure(options, server, nothing, report);
    }
    if (!options.keep()) {
      Main.remove(data);
    }
    return report.toString();
  }

  private static String make(Options options, LonghousePeer server) {
    double[] ms = new double[options.databases()];
    for (int d = 0; d < options.databases(); d++) {
      long startNs = System.nanoTime();
      server.run("CREATE DATABASE tenant_" + d);
      for (int t = 0; t < options.tables(); t++) {
        String columns = COLUMNS[t % COLUMNS.length];
        server.run("CREATE TABLE tenant_" + d + ".t" + t + " (" + columns);
      }
      ms[d] = (System.nanoTime() - startNs) / 1e6;
      if (d % 10 == 0) {
        server.run(
            "INSERT INTO tenant_"
                + d
                + ".t0 SELECT 1, toDateTime('2026-01-01 00:00:00') + number, 'click', number,"
                + " 'http://x', 1, 2 FROM numbers(10)");
      }
    }
    int some = Math.max(1, options.databases() / 10);
    Durations first = Durations.ofAll(Arrays.copyOf(ms, some));
    Durations last = Durations.ofAll(Arrays.copyOfRange(ms, ms.length - some, ms.length));
    return "Making a database with "
        + options.tables()
        + " tables, the first "
        + some
        + ": "
        + first
        + ", the last "
        + some
        + ": "
        + last;
  }

  private static void measure(
      Options options, LonghousePeer server, ServerMemory nothing, StringBuilder report)
      throws IOException, InterruptedException {
    double tables = (double) options.databases() * options.tables();
    server.run("SELECT count() FROM system.mutations");
    ServerMemory closed = ServerMemory.of(server).more(nothing, tables);
    say(report, "First query of a table: " + firstQueries(options, server));
    say(report, "SHOW DATABASES: " + Durations.of(5, () -> server.run("SHOW DATABASES")));
    say(
        report,
        "Names and engines of all tables: "
            + Durations.of(
                5, () -> server.run("SELECT database, name, engine FROM system.tables")));
    say(
        report,
        "All tables opened, by total_rows of all: "
            + Durations.of(1, () -> server.run("SELECT sum(total_rows) FROM system.tables")));
    ServerMemory open = ServerMemory.of(server).more(nothing, tables);
    say(report, memory("that nobody has used since the start", closed));
    say(report, memory("that was used and is idle", open));
  }

  private static Durations firstQueries(Options options, LonghousePeer server) {
    int step = Math.max(1, options.databases() / 20);
    double[] ms = new double[(options.databases() + step - 1) / step];
    for (int i = 0; i < ms.length; i++) {
      long startNs = System.nanoTime();
      server.run("SELECT count() FROM tenant_" + i * step + ".t0");
      ms[i] = (System.nanoTime() - startNs) / 1e6;
    }
    return Durations.ofAll(ms);
  }

  private static String memory(String what, ServerMemory m) {
    return String.format(
        Locale.ROOT,
        "Memory of a table %s: %.2f KiB of heap, %.2f KiB resident",
        what,
        m.heapKiB(),
        m.residentKiB());
  }

  static void say(StringBuilder report, String line) {
    System.out.println(line);
    report.append("- ").append(line).append('\n');
  }
}
