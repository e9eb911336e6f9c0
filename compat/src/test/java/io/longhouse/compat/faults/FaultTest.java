package io.longhouse.compat.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * Shards and replicas with their Keeper, under faults. Properties: {@code longhouse.faults.seed} of
 * the first schedule, {@code longhouse.faults.schedules} how many (1), {@code
 * longhouse.faults.seconds} of each (25), {@code longhouse.faults.keepers} (1 or 3). The same seed
 * gives the same schedule; what the processes make of it depends on the machine.
 */
class FaultTest {
  private static final int SHARDS = 2;
  private static final String REPLICATED =
      "ReplicatedMergeTree('/clickhouse/tables/{shard}/%s', '{replica}') ORDER BY id";
  private static final String ALONE = "MergeTree ORDER BY id";

  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  Path folder;

  @Test
  void shardsWithThreeReplicasKeepWhatTheyAcknowledged() throws Exception {
    runAll(3);
  }

  @Test
  void shardsWithoutReplicasKeepWhatTheyAcknowledged() throws Exception {
    runAll(1);
  }

  private void runAll(int replicas) throws Exception {
    long seed = Long.getLong("longhouse.faults.seed", System.nanoTime() & 0xFFFFFFF);
    int schedules = Integer.getInteger("longhouse.faults.schedules", 1);
    for (int i = 0; i < schedules; i++) {
      run(seed + i, replicas, folder.resolve("schedule" + i));
    }
  }

  private void run(long seed, int replicas, Path at) throws Exception {
    var findings = new Findings();
    var plain = new Ledger("t", SHARDS);
    Ledger quorum = replicas > 1 ? new Ledger("q", SHARDS) : null;
    List<Ledger> ledgers = Stream.of(plain, quorum).filter(Objects::nonNull).toList();
    var sql = new Sql(findings);
    Files.createDirectories(at);
    int keepers = Integer.getInteger("longhouse.faults.keepers", 1);
    try (var cluster = new FaultyCluster(at, SHARDS, replicas, keepers)) {
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
      var healing = new Healing(cluster, sql, findings, ledgers);
      healing.awaitServers();
      createTables(sql, cluster.servers().getFirst(), ledgers);
      var breaker = new Breaker(cluster, findings);
      try (var workload = new Workload(cluster, sql, findings, plain, quorum)) {
        workload.start(seed);
        healing.await(
            "rows are acknowledged before anything breaks",
            () ->
                ledgers.stream().allMatch(l -> l.acknowledgedRows() > 0) ? null : "there are none");
        breaker.run(schedule);
        breaker.mendAll();
        workload.close();
        System.out.println(
            "FaultTest: %d statements were answered and %d refused"
                .formatted(workload.answers(), workload.refusals()));
      }
      healing.check();
      breaker.watch();
      report(cluster, findings, at, schedule);
    }
  }

  private static void createTables(Sql sql, Server at, List<Ledger> ledgers)
      throws Sql.Refused, InterruptedException {
    for (Ledger ledger : ledgers) {
      sql.run(
          at,
          "CREATE TABLE %s ON CLUSTER test_cluster (id UInt64, text String) ENGINE = %s"
              .formatted(
                  ledger.table(),
                  ledgers.size() > 1 ? REPLICATED.formatted(ledger.table()) : ALONE));
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
