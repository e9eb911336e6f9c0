package io.longhouse.compat;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills the server during inserts, merges, mutations and changes of columns of several tables.
 * After each start every batch of rows is in a state that the answers so far allow: see {@link
 * CrashTable}. {@code LONGHOUSE_CRASH_KILLS} says how often (8 by itself), {@code LONGHOUSE_SEED}
 * with which schedule.
 */
class CrashTest {
  @TempDir Path folder;

  private final List<CrashTable> tables =
      List.of(
          new CrashTable("compact", ""),
          new CrashTable("wide", ", min_bytes_for_wide_part = 0"),
          new CrashTable(
              "few_rows", ", min_bytes_for_wide_part = 30000, max_parts_to_merge_at_once = 3"));

  @Test
  void whatWasAnsweredSurvivesKills() throws Exception {
    int kills = Integer.parseInt(System.getenv().getOrDefault("LONGHOUSE_CRASH_KILLS", "8"));
    long seed =
        Long.parseLong(
            System.getenv().getOrDefault("LONGHOUSE_SEED", Long.toString(System.nanoTime())));
    System.out.println("CrashTest: LONGHOUSE_SEED=" + seed + " LONGHOUSE_CRASH_KILLS=" + kills);
    var random = new Random(seed);
    Path data = folder.resolve("data");
    Files.createDirectories(data);
    for (int i = 0; i < kills; i++) {
      ServerProcess server = ServerProcess.start(data);
      try {
        for (CrashTable t : tables) {
          if (i == 0) {
            t.create(server);
          }
          t.check(server, "before kill " + i + " of seed " + seed);
        }
        workUntilKilled(server, random);
      } finally {
        server.kill();
      }
    }
    try (ServerProcess server = ServerProcess.start(data)) {
      for (CrashTable t : tables) {
        t.finish(server, "at the end of seed " + seed);
      }
    }
    long inserts = tables.stream().mapToLong(CrashTable::answeredInserts).sum();
    long changes = tables.stream().mapToLong(CrashTable::answeredChanges).sum();
    System.out.println(
        "CrashTest: " + inserts + " inserts and " + changes + " changes were answered");
    assertThat(inserts).isGreaterThan(kills);
    assertThat(changes).isGreaterThan(kills / 2);
  }

  /** One thing that a thread does to a table, again and again. */
  private interface Work {
    void once(CrashTable table, ServerProcess server, Random random)
        throws IOException, InterruptedException;
  }

  private void workUntilKilled(ServerProcess server, Random random) throws InterruptedException {
    var killed = new AtomicBoolean();
    long before = answered();
    List<Thread> threads = new ArrayList<>();
    List<Work> work =
        List.of(
            CrashTable::insert,
            CrashTable::insert,
            CrashTable::merge,
            CrashTable::changeRows,
            CrashTable::changeRows,
            CrashTable::changeColumns);
    for (Work w : work) {
      var own = new Random(random.nextLong());
      threads.add(Thread.ofVirtual().start(() -> repeat(w, server, own, killed)));
    }
    long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (answered() == before && System.nanoTime() < end) {
      Thread.onSpinWait();
    }
    threads.getFirst().join(Duration.ofMillis(random.nextInt(20, 900)));
    server.kill();
    killed.set(true);
    for (Thread t : threads) {
      t.join();
    }
  }

  private long answered() {
    return tables.stream().mapToLong(CrashTable::answeredInserts).sum();
  }

  private void repeat(Work work, ServerProcess server, Random random, AtomicBoolean killed) {
    while (!killed.get()) {
      try {
        work.once(tables.get(random.nextInt(tables.size())), server, random);
      } catch (IOException e) {
        return; // the server is gone; what was under way is not answered
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }
}
