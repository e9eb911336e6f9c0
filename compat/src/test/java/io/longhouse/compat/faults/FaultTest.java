package io.longhouse.compat.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two shards with three replicas each and their Keeper, under faults. Properties: {@code
 * longhouse.faults.seed} of the first schedule, {@code longhouse.faults.schedules} how many, {@code
 * longhouse.faults.seconds} of each (25), {@code longhouse.faults.keepers} (1 or 3). The same seed
 * gives the same schedule; what the processes make of it depends on the machine.
 */
class FaultTest {
  private static final int SHARDS = 2;
  private static final int REPLICAS = 3;

  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  Path folder;

  @Test
  void whatWasAcknowledgedIsThereOnceWhateverFails() throws Exception {
    long seed = Long.getLong("longhouse.faults.seed", System.nanoTime() & 0xFFFFFFF);
    int schedules = Integer.getInteger("longhouse.faults.schedules", 0);
    assumeTrue(schedules > 0, "-Dlonghouse.faults.schedules says how many");
    for (int i = 0; i < schedules; i++) {
      run(seed + i, folder.resolve("schedule" + i));
    }
  }

  private void run(long seed, Path at) throws Exception {
    var findings = new Findings();
    var plain = new Ledger("t", SHARDS);
    var quorum = new Ledger("q", SHARDS);
    var sql = new Sql(findings);
    Files.createDirectories(at);
    int keepers = Integer.getInteger("longhouse.faults.keepers", 1);
    try (var cluster = new FaultyCluster(at, SHARDS, REPLICAS, keepers)) {
      Schedule schedule =
          Schedule.draw(
              seed,
              cluster.serverNames(),
              cluster.keeperNames(),
              cluster.withDisk(),
              1000L * Integer.getInteger("longhouse.faults.seconds", 25));
      System.out.println(
          "FaultTest: -Dlonghouse.faults.seed=" + seed + ", schedule of " + schedule);
      cluster.start();
      var healing = new Healing(cluster, sql, findings, List.of(plain, quorum));
      healing.awaitServers();
      createTables(sql, cluster.servers().getFirst());
      var breaker = new Breaker(cluster, findings);
      try (var workload = new Workload(cluster, sql, findings, plain, quorum)) {
        workload.start(seed);
        breaker.run(schedule);
        breaker.mendAll();
        workload.close();
        System.out.println(
            "FaultTest: %d statements were answered and %d refused; %d + %d batches acknowledged"
                .formatted(
                    workload.answers(),
                    workload.refusals(),
                    plain.acknowledgedBatches(),
                    quorum.acknowledgedBatches()));
      }
      healing.check();
      breaker.watch();
      report(cluster, findings, at, schedule);
      assertThat(plain.acknowledgedRows()).as("rows acknowledged").isPositive();
      assertThat(quorum.acknowledgedRows()).as("rows acknowledged by a quorum").isPositive();
    }
  }

  private static void createTables(Sql sql, Server at) throws Sql.Refused, InterruptedException {
    for (String table : List.of("t", "q")) {
      sql.run(
          at,
          "CREATE TABLE %1$s ON CLUSTER test_cluster (id UInt64, text String) ENGINE = ReplicatedMergeTree('/clickhouse/tables/{shard}/%1$s', '{replica}') ORDER BY id"
              .formatted(table));
    }
    sql.run(
        at,
        "CREATE TABLE t_all ON CLUSTER test_cluster AS t ENGINE = Distributed(test_cluster,"
            + " default, t, id)");
  }

  private static void report(FaultyCluster cluster, Findings findings, Path at, Schedule schedule)
      throws IOException {
    for (Node n : cluster.nodes()) {
      n.mistakes().stream().distinct().limit(5).forEach(findings::wrong);
    }
    Path events = at.resolve("events.log");
    Files.write(events, findings.events());
    assertThat(findings.wrong())
        .as("-Dlonghouse.faults.seed=%d, events in %s, %s", schedule.seed(), events, schedule)
        .isEmpty();
  }
}
