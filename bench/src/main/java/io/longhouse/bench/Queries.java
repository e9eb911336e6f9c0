package io.longhouse.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The twelve queries, hot, in turn on all sides. */
final class Queries {
  /** CPU time: a measurement repeats a query until it takes about as long. */
  private static final double MEASUREMENT_MS = 60;

  private static final double WARM_UP_MS = 2000;
  private static final int WARM_UP_RUNS_MIN = 5;

  /** A tenant of middle size: a few hundred of 20 million rows. */
  private static final int TENANT = 5432;

  private final Options options;
  private final List<Peer> others = new ArrayList<>();
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
      try {
        q.startOthers(folder);
        report.append(q.compare(ours).markdown());
        double disk = (double) bytes(ours.data()) / bytes(q.others.getFirst().data());
        System.out.printf(Locale.ROOT, "bytes on disk, ratio: %.3f%n", disk);
        report.append(String.format(Locale.ROOT, "\nBytes on disk: %.3f\n", disk));
      } finally {
        q.others.forEach(Peer::close);
      }
    }
    return q.same;
  }

  private void startOthers(Path folder) throws IOException {
    others.add(ClickHousePeer.start(options.home(), folder.resolve("clickhouse")));
    if (DuckDbPeer.isThere()) {
      others.add(DuckDbPeer.start(folder.resolve("duckdb")));
    } else {
      System.out.println("DuckDB is left out: its driver could not be had");
    }
    for (Peer p : others) {
      load(p);
    }
  }

  private void load(Peer peer) throws IOException {
    Path loaded = peer.data().resolveSibling(peer.name() + ".loaded");
    if (Files.exists(loaded)) {
      return;
    }
    Path file = Events.file(options.cache(), options.rows(), options.seed(), peer.format());
    System.err.println("loading " + peer.name() + " ...");
    peer.load(file);
    Files.createFile(loaded);
  }

  private List<Query> chosen() {
    return Query.all(TENANT).stream()
        .filter(q -> options.queries().isEmpty() || options.queries().contains(q.name()))
        .toList();
  }

  private void alone(Peer ours) {
    var ratios = new Ratios(List.of(ours.name()));
    for (Query q : chosen()) {
      int runs = warmUp(ours, q);
      List<Peer.Cost> costs = new ArrayList<>();
      for (int i = 0; i < options.rounds(); i++) {
        costs.add(ours.measure(q.sql(), runs));
      }
      ratios.add(q.name(), costs, List.of(costs), "");
      System.out.println(ratios.last());
    }
  }

  private Ratios compare(Peer ours) {
    var ratios = new Ratios(others.stream().map(Peer::name).toList());
    System.out.println(ratios.heading());
    List<Peer> all = new ArrayList<>(List.of(ours));
    all.addAll(others);
    for (Query q : chosen()) {
      String note = differences(q, ours);
      int[] runs = all.stream().mapToInt(p -> warmUp(p, q)).toArray();
      List<List<Peer.Cost>> costs = new ArrayList<>();
      all.forEach(_ -> costs.add(new ArrayList<>()));
      for (int i = 0; i < options.rounds(); i++) {
        for (int p = 0; p < runs.length; p++) {
          costs.get(p).add(all.get(p).measure(all.get(p).text(q), runs[p]));
        }
      }
      ratios.add(q.name(), costs.getFirst(), costs.subList(1, costs.size()), note);
      System.out.println(ratios.last());
    }
    System.out.println(ratios.means());
    return ratios;
  }

  /** Compares results; shows those that differ and answers with whose they are. */
  private String differences(Query q, Peer ours) {
    var note = new StringBuilder();
    String a = ours.run(ours.text(q));
    for (Peer p : others) {
      String b = p.run(p.text(q));
      if (!Results.isSame(q, a, b, p.estimateTolerance())) {
        same = false;
        note.append(" DIFFERENT RESULTS: ").append(p.name());
        System.out.println("DIFFERENT RESULTS: " + p.name() + "\n" + a + "--\n" + b);
      }
    }
    return note.toString();
  }

  /** Runs a query until its code is compiled; answers how many runs a measurement takes. */
  private static int warmUp(Peer peer, Query q) {
    double warmUpMs = peer instanceof LonghousePeer ? WARM_UP_MS : WARM_UP_MS / 6;
    double all = 0;
    double last = 0;
    int runs = 1;
    for (int i = 0; i < WARM_UP_RUNS_MIN || all < warmUpMs; i++) {
      last = peer.measure(peer.text(q), runs).cpuMs();
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
