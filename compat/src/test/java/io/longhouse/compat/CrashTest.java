package io.longhouse.compat;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills the server during inserts and merges. After each start: an INSERT that was answered is
 * there, once and whole; one that was not answered is there whole or not at all. {@code
 * LONGHOUSE_CRASH_KILLS} says how often (8 by itself), {@code LONGHOUSE_SEED} with which schedule.
 */
class CrashTest {
  private static final int ROWS = 500;

  private final Set<Integer> answered = new ConcurrentSkipListSet<>();
  private final AtomicInteger nextBatch = new AtomicInteger();
  @TempDir Path folder;

  @Test
  void answeredInsertsSurviveKills() throws Exception {
    int kills = Integer.parseInt(System.getenv().getOrDefault("LONGHOUSE_CRASH_KILLS", "8"));
    long seed =
        Long.parseLong(
            System.getenv().getOrDefault("LONGHOUSE_SEED", Long.toString(System.nanoTime())));
    System.out.println("CrashTest: LONGHOUSE_SEED=" + seed + " LONGHOUSE_CRASH_KILLS=" + kills);
    var random = new Random(seed);
    Path data = folder.resolve("data");
    java.nio.file.Files.createDirectories(data);
    for (int i = 0; i < kills; i++) {
      ServerProcess server = ServerProcess.start(data);
      if (i == 0) {
        server.query(
            "CREATE TABLE t (batch UInt32, n UInt32, s String) ENGINE = MergeTree ORDER BY (batch,"
                + " n) PARTITION BY batch % 2");
      }
      check(server, "before kill " + i + " of seed " + seed);
      writeUntilKilled(server, random.nextInt(20, 700));
    }
    try (ServerProcess server = ServerProcess.start(data)) {
      check(server, "at the end of seed " + seed);
      server.query("OPTIMIZE TABLE t FINAL");
      check(server, "after a last merge of seed " + seed);
    }
    assertThat(answered).hasSizeGreaterThan(kills);
  }

  private void writeUntilKilled(ServerProcess server, int afterMs) throws InterruptedException {
    var killed = new AtomicBoolean();
    Thread[] writers = new Thread[3];
    for (int w = 0; w < 2; w++) {
      writers[w] = Thread.ofVirtual().start(() -> insertUntil(server, killed));
    }
    writers[2] = Thread.ofVirtual().start(() -> mergeUntil(server, killed));
    int before = answered.size();
    long end = System.nanoTime() + 30_000_000_000L;
    while (answered.size() == before && System.nanoTime() < end) {
      Thread.onSpinWait();
    }
    writers[0].join(java.time.Duration.ofMillis(afterMs));
    server.kill();
    killed.set(true);
    for (Thread w : writers) {
      w.join();
    }
  }

  private void insertUntil(ServerProcess server, AtomicBoolean killed) {
    while (!killed.get()) {
      int batch = nextBatch.getAndIncrement();
      try {
        HttpResponse<String> r =
            server.send(
                "INSERT INTO t SELECT "
                    + batch
                    + ", number, toString(number * 7) FROM numbers("
                    + ROWS
                    + ")");
        if (r.statusCode() == 200) {
          answered.add(batch);
        }
      } catch (IOException e) {
        return; // the server is gone; this batch was not answered
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  private static void mergeUntil(ServerProcess server, AtomicBoolean killed) {
    while (!killed.get()) {
      try {
        server.send("OPTIMIZE TABLE t FINAL");
      } catch (IOException e) {
        return; // the server is gone
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  private void check(ServerProcess server, String when) throws Exception {
    Map<Integer, String> found = new TreeMap<>();
    String rows =
        server.query(
            "SELECT batch, count(), sum(n), uniqExact(n), countIf(s != toString(n * 7)) FROM t"
                + " GROUP BY batch");
    for (String line : rows.lines().toList()) {
      String[] f = line.split("\t", 2);
      found.put(Integer.parseInt(f[0]), f[1]);
    }
    String whole = ROWS + "\t" + (ROWS * (ROWS - 1) / 2) + "\t" + ROWS + "\t0";
    found.forEach((batch, v) -> assertThat(v).as("batch %s %s", batch, when).isEqualTo(whole));
    assertThat(found.keySet()).as("answered batches %s", when).containsAll(answered);
  }
}
