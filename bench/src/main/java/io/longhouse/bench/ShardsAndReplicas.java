package io.longhouse.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.function.DoubleSupplier;

/**
 * What a cluster costs against one server, and how long rows take to be on a second replica; beside
 * two ClickHouse 18.16 servers. All servers share this machine.
 */
final class ShardsAndReplicas {
  private static final String COLUMNS =
      "(date Date, town LowCardinality(String), street LowCardinality(String), price UInt32)";

  /** Prices paid, of a row's number: 1,100 towns of very different size. */
  private static final String ROW =
      "SELECT toDate('1995-01-01') + n % 10000, concat('TOWN ', toString(toUInt32(1100 *"
          + " pow(cityHash64(n, 1) / 1.8446744073709552e19, 3)))), concat('STREET ',"
          + " toString(cityHash64(n, 2) % 5000)), toUInt32(50000 + cityHash64(n, 3) % 900000) FROM"
          + " (SELECT number + ";

  private static final String BY_TOWN =
      "SELECT town, count(), avg(price) FROM %s GROUP BY town ORDER BY town SETTINGS max_threads ="
          + " %d";

  private static final int PORT_OF_TWO = 23600;
  private static final int PORT_OF_ONE = 23700;
  private static final int PORT_OF_REPLICAS = 23800;
  private static final long WARM_UP_NS = 8_000_000_000L;
  private static final int CLIENTS = 64;
  private static final double SECONDS = 8;
  private static final int VISIBLE_ROUNDS = 300;
  private static final int PRUNED_ROUNDS = 400;

  private final Options options;
  private final Path folder;
  private final StringBuilder report = new StringBuilder();

  private ShardsAndReplicas(Options options) {
    this.options = options;
    this.folder = options.cache().resolve("cluster");
  }

  static String measure(Options options) throws IOException {
    var b = new ShardsAndReplicas(options);
    Main.remove(b.folder);
    b.say("| a cluster on one machine, %,d rows | measured | aim |", options.rows());
    b.say("|---|---|---|");
    try (var one = LocalCluster.start(options.home(), b.folder.resolve("one"), PORT_OF_ONE, 1, 1);
        var two = LocalCluster.start(options.home(), b.folder.resolve("two"), PORT_OF_TWO, 2, 1)) {
      b.load(one, two);
      double ours = b.groupBy(one, two);
      if (!options.alone()) {
        b.groupByOfOldServers(two, ours);
      }
      b.inserts(one, two);
      b.pruned(two);
    }
    try (var replicas =
        LocalCluster.start(options.home(), b.folder.resolve("replicas"), PORT_OF_REPLICAS, 1, 3)) {
      b.visible(replicas);
      b.spread(replicas);
    }
    Main.remove(b.folder);
    return b.report.append('\n').toString();
  }

  private static String rows(long from, long count) {
    return ROW + from + " AS n FROM numbers(" + count + "))";
  }

  private void load(LocalCluster one, LocalCluster two) {
    System.err.println("loading ...");
    String table = "CREATE TABLE uk " + COLUMNS + " ORDER BY (town, street)";
    one.run(0, table);
    for (int s = 0; s < two.servers(); s++) {
      two.run(s, table);
      String half = rows(s * options.rows() / 2, options.rows() / 2);
      two.run(s, "INSERT INTO uk " + half);
      one.run(0, "INSERT INTO uk " + half);
      two.run(s, "OPTIMIZE TABLE uk FINAL");
      two.run(
          s,
          "CREATE TABLE uk_dist "
              + COLUMNS
              + " ENGINE = Distributed(test_cluster, default, uk, cityHash64(street))");
    }
    one.run(0, "OPTIMIZE TABLE uk FINAL");
  }

  /** The median of both, alternating; answers are compared. */
  private double groupBy(LocalCluster one, LocalCluster two) {
    String alone = String.format(Locale.ROOT, BY_TOWN, "uk", 2);
    String shared = String.format(Locale.ROOT, BY_TOWN, "uk_dist", 1);
    if (!one.run(0, alone).equals(two.run(0, shared))) {
      throw new IllegalStateException("the cluster answers otherwise than one server");
    }
    Pair ms = paired(() -> timed(() -> one.run(0, alone)), () -> timed(() -> two.run(0, shared)));
    say(
        "| count(), avg(price) GROUP BY town over 2 shards against one server with as many threads,"
            + " wall | %.2f (%.1f ms of %.1f) | 1.2 |",
        ms.second / ms.first, ms.second, ms.first);
    long before = two.cpuNs();
    two.run(0, shared);
    double shards = (two.cpuNs() - before) / 1e6;
    before = one.cpuNs();
    one.run(0, alone);
    say("| the same, CPU of all servers | %.2f | |", shards / ((one.cpuNs() - before) / 1e6));
    return ms.second;
  }

  private void groupByOfOldServers(LocalCluster two, double ours) throws IOException {
    try (OldServerPeer a = OldServerPeer.start(options.home(), folder.resolve("old"), 1);
        OldServerPeer b = OldServerPeer.start(options.home(), folder.resolve("old"), 2)) {
      int s = 0;
      for (OldServerPeer p : List.of(a, b)) {
        p.run("CREATE TABLE uk " + COLUMNS + " ENGINE = MergeTree ORDER BY (town, street)");
        p.run("INSERT INTO uk " + rows(s++ * options.rows() / 2, options.rows() / 2));
        p.run("OPTIMIZE TABLE uk FINAL");
      }
      a.run("CREATE TABLE uk_dist " + COLUMNS + " ENGINE = Distributed(both, default, uk)");
      String theirs = String.format(Locale.ROOT, BY_TOWN, "uk_dist", 1);
      String shared = String.format(Locale.ROOT, BY_TOWN, "uk_dist", 1);
      a.run(theirs);
      Pair ms = paired(() -> timed(() -> a.run(theirs)), () -> timed(() -> two.run(0, shared)));
      say(
          "| the same against two ClickHouse 18.16 servers, wall | %.2f (%.1f ms of %.1f) | 0.8 |",
          ms.second / ms.first, ms.second, ms.first);
    }
  }

  private void inserts(LocalCluster one, LocalCluster two) {
    long rows = Math.min(options.rows(), 2_000_000);
    String source = rows(0, rows);
    for (LocalCluster c : List.of(one, two)) {
      for (int s = 0; s < c.servers(); s++) {
        c.run(s, "CREATE TABLE into_uk " + COLUMNS + " ORDER BY (town, street)");
      }
    }
    two.run(
        0,
        "CREATE TABLE into_dist "
            + COLUMNS
            + " ENGINE = Distributed(test_cluster, default, into_uk, cityHash64(street))");
    String local = "INSERT INTO into_uk " + source;
    String distributed =
        "INSERT INTO into_dist SETTINGS distributed_foreground_insert = 1 " + source;
    Pair ms =
        paired(() -> timed(() -> one.run(0, local)), () -> timed(() -> two.run(0, distributed)));
    say(
        "| INSERT of %,d rows, foreground, 2 shards, against one server, wall | %.2f (%.0f ms of"
            + " %.0f) | 1.4 |",
        rows, ms.second / ms.first, ms.second, ms.first);
  }

  /** One shard is left: what the first server adds to asking the second one directly. */
  private void pruned(LocalCluster two) throws IOException {
    for (int s = 0; s < two.servers(); s++) {
      two.run(s, "CREATE TABLE keyed (id UInt64, v UInt64) ORDER BY id");
      two.run(s, "INSERT INTO keyed SELECT number * 2 + " + s + ", number FROM numbers(100000)");
    }
    two.run(
        0,
        "CREATE TABLE keyed_dist (id UInt64, v UInt64)"
            + " ENGINE = Distributed(test_cluster, default, keyed, id)");
    byte[] direct =
        HttpConnection.request("default", "default", "SELECT v FROM keyed WHERE id = 101");
    byte[] through =
        HttpConnection.request(
            "default",
            "default",
            "SELECT v FROM keyed_dist WHERE id = 101 SETTINGS optimize_skip_unused_shards = 1");
    double[] alone = new double[PRUNED_ROUNDS];
    double[] both = new double[PRUNED_ROUNDS];
    try (var second = new HttpConnection(two.httpPort(1));
        var first = new HttpConnection(two.httpPort(0))) {
      for (int warm = 0; warm < 5; warm++) {
        for (int i = 0; i < PRUNED_ROUNDS; i++) {
          alone[i] = asked(second, direct);
          both[i] = asked(first, through);
        }
      }
    }
    Durations a = Durations.ofAll(alone);
    Durations b = Durations.ofAll(both);
    say(
        "| what the first server adds when one shard is left, p50 | %.2f ms (%.2f less %.2f) | 1 ms"
            + " |",
        b.at(0.5) - a.at(0.5), b.at(0.5), a.at(0.5));
  }

  private static double asked(HttpConnection c, byte[] request) throws IOException {
    long from = System.nanoTime();
    c.ask(request);
    return (System.nanoTime() - from) / 1e6;
  }

  /** From the start of an INSERT until another replica answers with its row. */
  private void visible(LocalCluster replicas) throws IOException {
    for (int r = 0; r < replicas.servers(); r++) {
      replicas.run(
          r,
          "CREATE TABLE r (id UInt64, v UInt64)"
              + " ENGINE = ReplicatedMergeTree('/bench/{shard}/r', '{replica}') ORDER BY id");
    }
    double[] ms = new double[VISIBLE_ROUNDS];
    try (var first = new HttpConnection(replicas.httpPort(0));
        var second = new HttpConnection(replicas.httpPort(1))) {
      for (int i = 0; i < ms.length; i++) {
        byte[] insert =
            HttpConnection.request(
                "default", "default", "INSERT INTO r VALUES (" + i + ", " + i + ")");
        byte[] look =
            HttpConnection.request("default", "default", "SELECT count() FROM r WHERE id = " + i);
        long from = System.nanoTime();
        first.ask(insert);
        do {
          second.ask(look);
        } while (!second.answer().strip().equals("1"));
        ms[i] = (System.nanoTime() - from) / 1e6;
      }
    }
    Durations all = Durations.ofAll(ms);
    say(
        "| replicated INSERT until visible on the second replica, p50, p99 | %.0f ms, %.0f ms | p99"
            + " 300 ms |",
        all.at(0.5), all.at(0.99));
  }

  /** How evenly many clients' queries fall on the replicas. */
  private void spread(LocalCluster replicas) {
    replicas.run(
        0,
        "CREATE TABLE r_dist (id UInt64, v UInt64)"
            + " ENGINE = Distributed(test_cluster, default, r)");
    byte[] query =
        HttpConnection.request(
            "default",
            "default",
            "SELECT sum(v) FROM r_dist SETTINGS prefer_localhost_replica = 0,"
                + " load_balancing = 'random', log_comment = 'spread'");
    HttpLoad load =
        HttpLoad.run(replicas.httpPort(0), CLIENTS, SECONDS, (SplittableRandom _) -> query);
    long[] counts = new long[replicas.servers()];
    for (int r = 0; r < counts.length; r++) {
      replicas.run(r, "SYSTEM FLUSH LOGS");
      counts[r] =
          Long.parseLong(
              replicas
                  .run(
                      r,
                      "SELECT count() FROM system.query_log WHERE type = 'QueryFinish'"
                          + " AND NOT is_initial_query AND query LIKE '%FROM default.r%'")
                  .strip());
    }
    double even = Arrays.stream(counts).average().orElseThrow();
    double most = Arrays.stream(counts).mapToDouble(c -> Math.abs(c - even) / even).max().orElse(0);
    say(
        "| %d clients on 1 shard x %d replicas: %s; queries by replica %s, farthest from even |"
            + " %.1f %% | 10 %% |",
        CLIENTS, counts.length, load, Arrays.toString(counts), 100 * most);
  }

  private record Pair(double first, double second) {}

  /** Medians of two measurements that alternate, after some to warm up. */
  private Pair paired(DoubleSupplier first, DoubleSupplier second) {
    long warmNs = System.nanoTime() + WARM_UP_NS;
    List<Double> a = new ArrayList<>();
    List<Double> b = new ArrayList<>();
    boolean warm = false;
    while (b.size() < Math.max(3, options.rounds())) {
      if (!warm) {
        warm = System.nanoTime() > warmNs;
        a.clear();
        b.clear();
      }
      a.add(first.getAsDouble());
      b.add(second.getAsDouble());
    }
    a.sort(null);
    b.sort(null);
    return new Pair(a.get(a.size() / 2), b.get(b.size() / 2));
  }

  private static double timed(Runnable work) {
    long from = System.nanoTime();
    work.run();
    return (System.nanoTime() - from) / 1e6;
  }

  private void say(String line, Object... values) {
    String text = String.format(Locale.ROOT, line, values);
    System.out.println(text);
    report.append(text).append('\n');
  }
}
