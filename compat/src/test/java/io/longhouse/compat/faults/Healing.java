package io.longhouse.compat.faults;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What must be true of a cluster some time after everything was mended, without anybody's help. */
final class Healing {
  static final Duration DEADLINE = Duration.ofSeconds(120);

  private final FaultyCluster cluster;
  private final Sql sql;
  private final Findings findings;
  private final List<Ledger> ledgers;

  Healing(FaultyCluster cluster, Sql sql, Findings findings, List<Ledger> ledgers) {
    this.cluster = cluster;
    this.sql = sql;
    this.findings = findings;
    this.ledgers = ledgers;
  }

  /** Waits until every server answers. */
  void awaitServers() throws InterruptedException {
    await(
        "every server answers",
        () -> {
          for (Server s : cluster.servers()) {
            sql.run(s, "SELECT 1");
          }
          return null;
        });
  }

  interface Condition {
    /** What is still missing, null for nothing. */
    @Nullable String missing() throws Sql.Refused, InterruptedException;
  }

  boolean await(String what, Condition condition) throws InterruptedException {
    long end = System.nanoTime() + DEADLINE.toNanos();
    String missing = "";
    while (System.nanoTime() < end) {
      try {
        missing = condition.missing();
      } catch (Sql.Refused e) {
        missing = e.getMessage();
      }
      if (missing == null) {
        findings.event("healed: " + what);
        return true;
      }
      Thread.sleep(250);
    }
    findings.wrong("not healed after " + DEADLINE.toSeconds() + " s: " + what + ": " + missing);
    return false;
  }

  /** Waits for the cluster to heal, then compares every replica with the ledgers. */
  void check() throws InterruptedException {
    awaitServers();
    await(
        "queues of Distributed tables are empty",
        () ->
            eachAnswers(
                "SELECT concat(database, '.', table, ': ', toString(data_files), ' files, ',"
                    + " last_exception) FROM system.distribution_queue WHERE data_files > 0 OR"
                    + " broken_data_files > 0"));
    await(
        "no replica is read-only or has something to do",
        () ->
            eachAnswers(
                "SELECT table, is_readonly, is_session_expired, queue_size, parts_to_check,"
                    + " log_pointer, log_max_index, active_replicas, total_replicas,"
                    + " last_queue_update_exception, zookeeper_exception FROM system.replicas WHERE"
                    + " is_readonly OR is_session_expired OR queue_size > 0 OR parts_to_check > 0"
                    + " OR log_max_index > 0 AND log_pointer <= log_max_index OR active_replicas <"
                    + " total_replicas"));
    for (Ledger ledger : ledgers) {
      for (int shard = 0; shard < cluster.shards(); shard++) {
        sameEverywhere(ledger, shard);
      }
    }
  }

  /** The rows of all servers, each with its server's name; null when there are none. */
  private @Nullable String eachAnswers(String query) throws Sql.Refused, InterruptedException {
    var out = new StringBuilder();
    for (Server s : cluster.servers()) {
      String rows = sql.run(s, query).strip();
      if (!rows.isEmpty()) {
        out.append(s.name()).append(' ').append(rows).append("; ");
      }
    }
    return out.isEmpty() ? null : out.toString();
  }

  private void sameEverywhere(Ledger ledger, int shard) throws InterruptedException {
    String table = ledger.table();
    await(
        table + " has the same parts on all replicas of shard " + (shard + 1),
        () -> {
          var parts = new TreeMap<String, List<String>>();
          for (Server s : cluster.of(shard)) {
            String of =
                sql.run(
                    s,
                    "SELECT name, rows, hash_of_all_files FROM system.parts WHERE active AND"
                        + " database = 'default' AND table = '"
                        + table
                        + "' ORDER BY name");
            parts.computeIfAbsent(of, _ -> new ArrayList<>()).add(s.name());
          }
          return parts.size() == 1 ? null : "they differ: " + parts;
        });
    for (Server s : cluster.of(shard)) {
      try {
        String answer = sql.run(s, ledger.auditQuery(table));
        for (String wrong : ledger.audit(answer, shard, ledger.acknowledged())) {
          findings.wrong(s.name() + " at the end, " + table + ": " + wrong);
        }
        String broken =
            sql.run(s, "CHECK TABLE " + table + " SETTINGS check_query_single_value_result = 1")
                .strip();
        if (!broken.equals("1")) {
          findings.wrong(s.name() + " at the end: CHECK TABLE " + table + " answers " + broken);
        }
      } catch (Sql.Refused e) {
        findings.wrong(s.name() + " at the end, " + table + ": " + e.getMessage());
      }
    }
  }
}
