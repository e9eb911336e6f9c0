package io.longhouse.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The twelve queries, hot, in turn on both sides. */
final class Queries {
  /** CPU time: a measurement repeats a query until it takes about as long. */
  private static final double MEASUREMENT_MS = 60;

  private static final double WARM_UP_MS = 2000;
  private static final int WARM_UP_RUNS_MIN = 5;

  /** A tenant of middle size: a few hundred of 20 million rows. */
  private static final int TENANT = 5432;

  private final Options options;
  private final Ratios ratios = new Ratios();
  private boolean same = true;

  private Queries(Options options) {
    this.options = options;
  }

  /** Appends ratios to the report; answers whether all results were the same. */
  static boolean measure(Options options, StringBuilder report) throws IOException {
    var q = new Queries(options);
    Path folder = options.cache().resolve("tables-" + options.rows() + "-" + options.seed());
    if (!options.keep()) {
      Main.remove(folder);
    }
    try (LonghousePeer ours = LonghousePeer.start(options.home(), folder.resolve("longhouse"))) {
      q.load(ours);
      if (options.alone()) {
        q.alone(ours);
        return true;
      }
      try (ClickHousePeer theirs =
          ClickHousePeer.start(options.home(), folder.resolve("clickhouse"))) {
        q.load(theirs);
        q.compare(ours, theirs);
        double disk = (double) bytes(ours.data()) / bytes(theirs.data());
        System.out.printf(Locale.ROOT, "bytes on disk, ratio: %.3f%n", disk);
        report
            .append(q.ratios.markdown())
            .append(String.format(Locale.ROOT, "\nBytes on disk: %.3f\n", disk));
      }
    }
    return q.same;
  }

  private void load(Peer peer) throws IOException {
    Path loaded = peer.data().resolveSibling(peer.name() + ".loaded");
    if (Files.exists(loaded)) {
      return;
    }
    Path file = Events.file(options.cache(), options.rows(), options.seed(), "Native");
    System.err.println("loading " + peer.name() + " ...");
    peer.run(Events.CREATE);
    peer.insert(file, "Native");
    try {
      peer.run("OPTIMIZE TABLE events FINAL");
    } catch (IllegalStateException e) {
      System.err.println("not in one part: " + e.getMessage());
    }
    Files.createFile(loaded);
  }

  private List<Query> chosen() {
    return Query.all(TENANT).stream()
        .filter(q -> options.queries().isEmpty() || options.queries().contains(q.name()))
        .toList();
  }

  private void alone(Peer ours) {
    for (Query q : chosen()) {
      int runs = warmUp(ours, q);
      List<Peer.Cost> costs = new ArrayList<>();
      for (int i = 0; i < options.rounds(); i++) {
        costs.add(ours.measure(q.sql(), runs));
      }
      ratios.add(q.name(), costs, costs, "");
      System.out.println(ratios.last());
    }
  }

  private void compare(Peer ours, Peer theirs) {
    System.out.println(Ratios.heading());
    for (Query q : chosen()) {
      String a = ours.run(q.sql());
      String b = theirs.run(q.sql());
      boolean equal = Results.isSame(q, a, b);
      if (!equal) {
        same = false;
        System.out.println("DIFFERENT RESULTS\n" + a + "--\n" + b);
      }
      int ourRuns = warmUp(ours, q);
      int theirRuns = warmUp(theirs, q);
      List<Peer.Cost> ourCosts = new ArrayList<>();
      List<Peer.Cost> theirCosts = new ArrayList<>();
      for (int i = 0; i < options.rounds(); i++) {
        ourCosts.add(ours.measure(q.sql(), ourRuns));
        theirCosts.add(theirs.measure(q.sql(), theirRuns));
      }
      ratios.add(q.name(), ourCosts, theirCosts, equal ? "" : "DIFFERENT RESULTS");
      System.out.println(ratios.last());
    }
    System.out.println(ratios.means());
  }

  /** Runs a query until its code is compiled; answers how many runs a measurement takes. */
  private static int warmUp(Peer peer, Query q) {
    double warmUpMs = peer instanceof LonghousePeer ? WARM_UP_MS : WARM_UP_MS / 6;
    double all = 0;
    double last = 0;
    int runs = 1;
    for (int i = 0; i < WARM_UP_RUNS_MIN || all < warmUpMs; i++) {
      last = peer.measure(q.sql(), runs).cpuMs();
      all += last * runs;
      runs = (int) Math.clamp(Math.round(MEASUREMENT_MS / last), 1, 500);
    }
    return runs;
  }

  /** Bytes of the largest part of all tables: what OPTIMIZE FINAL has left of the one table. */
  static long bytes(Path data) throws IOException {
    List<Path> parts;
    try (var walk = Files.walk(data)) {
      parts = walk.filter(p -> p.endsWith("checksums.txt")).map(Path::getParent).toList();
    }
    long largest = 0;
    for (Path part : parts) {
      long sum = 0;
      try (var files = Files.list(part)) {
        for (Path f : files.toList()) {
          sum += Files.isRegularFile(f) ? Files.size(f) : 0;
        }
      }
      largest = Math.max(largest, sum);
    }
    return largest;
  }
}
