package io.longhouse.compat;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills the server while queries end and logs are written. What {@code system.query_log} has is in
 * {@code system.tenant_usage} after every start; nothing is counted twice; what was there when
 * {@code SYSTEM FLUSH LOGS} was answered is there. {@code LONGHOUSE_CRASH_KILLS} says how often.
 */
class UsageCrashTest {
  private static final int ROWS = 1000;
  private static final int CLIENTS = 3;

  @TempDir Path folder;

  private final AtomicLong sent = new AtomicLong();
  private final AtomicLong answered = new AtomicLong();

  /** What must have been counted by now. */
  private final AtomicLong flushed = new AtomicLong();

  /** What had been counted when the server started, less what had been answered then. */
  private long lost;

  private long flushes;

  @Test
  void whatTheQueryLogHasIsCountedOnceWheneverTheServerDies() throws Exception {
    int kills = Integer.parseInt(System.getenv().getOrDefault("LONGHOUSE_CRASH_KILLS", "4"));
    long seed =
        Long.parseLong(
            System.getenv().getOrDefault("LONGHOUSE_SEED", Long.toString(System.nanoTime())));
    System.out.println("UsageCrashTest: LONGHOUSE_SEED=" + seed);
    var random = new Random(seed);
    Path data = folder.resolve("data");
    Files.createDirectories(data);
    for (int i = 0; i < kills; i++) {
      ServerProcess server = ServerProcess.start(data);
      try {
        if (i == 0) {
          server.query("CREATE USER meter NOT IDENTIFIED");
        } else {
          check(server, "before kill " + i + " of seed " + seed);
        }
        workUntilKilled(server, 500 + random.nextInt(2000));
      } finally {
        server.kill();
      }
    }
    try (ServerProcess server = ServerProcess.start(data)) {
      check(server, "at the end of seed " + seed);
    }
    assertThat(flushes).isGreaterThan(kills / 2);
  }

  private void workUntilKilled(ServerProcess server, int ms) throws InterruptedException {
    var killed = new AtomicBoolean();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < CLIENTS; i++) {
      threads.add(Thread.ofVirtual().start(() -> loop(killed, () -> count(server))));
    }
    threads.add(Thread.ofVirtual().start(() -> loop(killed, () -> flush(server))));
    Thread.sleep(ms);
    killed.set(true);
    server.kill();
    for (Thread t : threads) {
      t.join();
    }
  }

  /** Something that fails when the server dies. */
  private interface Work {
    void once() throws IOException, InterruptedException;
  }

  private static void loop(AtomicBoolean killed, Work work) {
    while (!killed.get()) {
      try {
        work.once();
      } catch (IOException e) {
        return; // killed
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  private void count(ServerProcess server) throws IOException, InterruptedException {
    sent.incrementAndGet();
    server.queryAs("meter", "SELECT sum(number) FROM numbers(" + ROWS + ")");
    answered.incrementAndGet();
  }

  private void flush(ServerProcess server) throws IOException, InterruptedException {
    long before = answered.get();
    server.query("SYSTEM FLUSH LOGS");
    // What was answered last to each client may not have ended yet.
    flushed.set(Math.max(flushed.get(), before - lost - CLIENTS));
    flushes++;
  }

  private void check(ServerProcess server, String when) throws IOException, InterruptedException {
    server.query("SYSTEM FLUSH LOGS");
    long logged = number(server, "countIf(type != 'QueryStart') FROM system.query_log", "user");
    long counted = number(server, "sum(queries) FROM system.tenant_usage", "tenant");
    long rows = number(server, "sum(read_rows) FROM system.tenant_usage", "tenant");
    System.out.printf(
        "UsageCrashTest: %d sent, %d answered, %d flushed, %d logged, %d counted%n",
        sent.get(), answered.get(), flushed.get(), logged, counted);
    assertThat(counted).as(when).isBetween(Math.max(logged, flushed.get()), sent.get());
    lost = answered.get() - counted;
    assertThat(rows).as(when).isEqualTo(counted * ROWS);
  }

  private static long number(ServerProcess server, String what, String who)
      throws IOException, InterruptedException {
    return Long.parseLong(server.query("SELECT " + what + " WHERE " + who + " = 'meter'").strip());
  }
}
