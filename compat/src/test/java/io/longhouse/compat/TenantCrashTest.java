package io.longhouse.compat;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills the server while tenants are made and dropped and a change of tables is on its way to them.
 * After every start all tenants' tables have the same columns, and no table or database is there
 * that belongs to nobody. {@code LONGHOUSE_CRASH_KILLS} says how often.
 */
class TenantCrashTest {
  private static final int TENANTS = 12;
  private static final String OWN =
      "(database LIKE 'app_%' OR database = 'shop' AND startsWith(name, 'events__'))";

  @TempDir Path folder;

  @Test
  void tenantsAreWholeWheneverTheServerDies() throws Exception {
    int kills = Integer.parseInt(System.getenv().getOrDefault("LONGHOUSE_CRASH_KILLS", "4"));
    long seed =
        Long.parseLong(
            System.getenv().getOrDefault("LONGHOUSE_SEED", Long.toString(System.nanoTime())));
    System.out.println("TenantCrashTest: LONGHOUSE_SEED=" + seed);
    var random = new Random(seed);
    Path data = folder.resolve("data");
    Files.createDirectories(data);
    for (int i = 0; i <= kills; i++) {
      String when = "kill " + i + " of seed " + seed;
      try (ServerProcess server = ServerProcess.start(data)) {
        if (i == 0) {
          fill(server);
        } else {
          check(server, when);
        }
        int round = i;
        Thread work = Thread.ofVirtual().start(() -> work(server, round));
        Thread.sleep(20 + random.nextInt(600));
        server.kill();
        work.join();
      }
    }
    try (ServerProcess server = ServerProcess.start(data)) {
      check(server, "the end of seed " + seed);
    }
  }

  private static void fill(ServerProcess server) throws IOException, InterruptedException {
    server.query("CREATE DATABASE shop");
    server.query("CREATE TABLE shop.events (k UInt32, v String) ENGINE = MergeTree ORDER BY k");
    server.query("CREATE TENANT SPACE app (TABLE shop.events KEY k)");
    for (int i = 0; i < TENANTS; i++) {
      create(server, "t" + i, i);
    }
  }

  private static void create(ServerProcess server, String name, int id)
      throws IOException, InterruptedException {
    String model = id % 2 == 0 ? "TABLE" : "DATABASE";
    server.query("CREATE TENANT " + name + " IN app ID " + id + " ISOLATION " + model);
  }

  private static void work(ServerProcess server, int round) {
    try {
      server.query("DROP TENANT t" + round);
      server.query(
          "ALTER TENANT SPACE app ALTER TABLE shop.events ADD COLUMN c" + round + " UInt8");
      for (int i = 0; ; i++) {
        create(server, "n" + round + "_" + i, 1000 * (round + 1) + i);
      }
    } catch (IOException killed) {
      assertThat(killed.getMessage()).doesNotContain("Code:");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void check(ServerProcess server, String when)
      throws IOException, InterruptedException {
    String rollout = "";
    for (int i = 0; i < 200 && !rollout.equals("\\N\n"); i++) {
      Thread.sleep(i == 0 ? 0 : 50);
      rollout = server.query("SELECT rollout FROM system.tenant_spaces");
    }
    assertThat(rollout).as(when).isEqualTo("\\N\n");
    assertThat(server.query("SELECT DISTINCT state FROM system.tenants"))
        .as(when)
        .isEqualTo("active\n");
    String columns =
        "SELECT count() FROM system.columns WHERE database = 'shop' AND table = 'events'";
    assertThat(
            server.query(
                "SELECT database, table, count() AS n FROM system.columns WHERE "
                    + OWN.replace("(name", "(table")
                    + " GROUP BY ALL HAVING n != ("
                    + columns
                    + ")"))
        .as("tables with other columns, " + when)
        .isEmpty();
    String tenants = server.query("SELECT database FROM system.tenants ORDER BY database");
    assertThat(
            server.query("SELECT name FROM system.databases WHERE name LIKE 'app_%' ORDER BY name"))
        .as(when)
        .isEqualTo(tenants);
    assertThat(
            server.query(
                "SELECT replaceOne(name, 'events__', '') AS home FROM system.tables WHERE database"
                    + " = 'shop' AND startsWith(name, 'events__') AND home NOT IN (SELECT database"
                    + " FROM system.tenants WHERE isolation = 'TABLE')"))
        .as("tables of nobody, " + when)
        .isEmpty();
    assertThat(
            server.query(
                "SELECT database FROM system.tenants WHERE database NOT IN (SELECT database FROM"
                    + " system.tables WHERE name = 'events')"))
        .as("tenants without a table, " + when)
        .isEmpty();
  }
}
