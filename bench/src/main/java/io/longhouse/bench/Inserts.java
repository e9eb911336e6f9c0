package io.longhouse.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Loading of the whole table in two formats, and merging it into one part. Both sides get the same
 * file: Longhouse over a socket, ClickHouse from the disk's cache. Merges are stopped while rows
 * are loaded and counted by themselves afterwards, so that both sides do the same work at the same
 * time. Settings are those that either side has from the start, LZ4 and the size of parts among
 * them.
 */
final class Inserts {
  private static final List<String> FORMATS = List.of("Native", "TabSeparated");
  private static final String MERGE = "merge to one part";

  /** Rows of one INSERT of the warm-up, as many as make two parts. */
  private static final int WARM_UP_ROWS = 2_000_000;

  /** CPU time of Longhouse's warm-up in each format: a server runs for longer than that. */
  private static final double WARM_UP_MS = 8000;

  /** What both sides must say of the table. */
  private static final String CHECK =
      "SELECT count(), sum(tenant_id), sum(toUnixTimestamp(timestamp)), sum(user_id), sum(price),"
          + " sum(length(url)), sum(cityHash64(type, url, d)) FROM events";

  private static final String PARTS =
      "SELECT count(), min(rows), max(rows) FROM system.parts WHERE table = 'events' AND active"
          + " AND database = currentDatabase()";

  private final Options options;
  private final List<Measured> measured = new ArrayList<>();

  private record Measured(String name, List<Peer.Cost> ours, List<Peer.Cost> theirs) {}

  private Inserts(Options options) {
    this.options = options;
    for (String format : FORMATS) {
      measured.add(new Measured("insert " + format, new ArrayList<>(), new ArrayList<>()));
    }
    measured.add(new Measured(MERGE, new ArrayList<>(), new ArrayList<>()));
  }

  static String measure(Options options) throws IOException {
    Path folder = options.cache().resolve("insert");
    Main.remove(folder);
    try (LonghousePeer ours = LonghousePeer.start(options.home(), folder.resolve("longhouse"));
        ClickHousePeer theirs =
            ClickHousePeer.start(options.home(), folder.resolve("clickhouse"))) {
      return new Inserts(options).measure(ours, theirs);
    } finally {
      Main.remove(folder);
    }
  }

  private String measure(LonghousePeer ours, ClickHousePeer theirs) throws IOException {
    warmUp(ours, WARM_UP_MS);
    warmUp(theirs, WARM_UP_MS / 6);
    int rounds = options.alone() ? 1 : options.rounds();
    for (int i = 0; i < rounds; i++) {
      for (int f = 0; f < FORMATS.size(); f++) {
        String a = load(ours, FORMATS.get(f), measured.get(f).ours);
        String b = options.alone() ? a : load(theirs, FORMATS.get(f), measured.get(f).theirs);
        if (!a.equals(b)) {
          throw new IllegalStateException("DIFFERENT RESULTS\n" + a + "--\n" + b);
        }
      }
      merge(ours, measured.getLast().ours);
      if (!options.alone()) {
        merge(theirs, measured.getLast().theirs);
      }
    }
    var ratios = new Ratios(List.of("ClickHouse"));
    System.out.println(ratios.heading());
    for (Measured m : measured) {
      ratios.add(m.name, m.ours, List.of(options.alone() ? m.ours : m.theirs), "");
      System.out.println(ratios.last());
    }
    return ratios.markdown() + "\n";
  }

  /** The formats in turn, since code that is compiled for one is compiled again for both. */
  private void warmUp(Peer peer, double cpuMs) throws IOException {
    List<Peer.Cost> costs = new ArrayList<>();
    for (double spent = 0; spent < FORMATS.size() * cpuMs; ) {
      for (String format : FORMATS) {
        Path few = Events.file(options.cache(), WARM_UP_ROWS, options.seed(), format);
        create(peer);
        spent += peer.insert(few, format).cpuMs();
      }
      merge(peer, costs);
    }
  }

  private static void create(Peer peer) {
    peer.run("DROP TABLE IF EXISTS " + Events.TABLE + " SYNC");
    peer.run(Events.CREATE);
    peer.run("SYSTEM STOP MERGES " + Events.TABLE);
  }

  /** Loads a new table; answers what is in it. */
  private String load(Peer peer, String format, List<Peer.Cost> costs) throws IOException {
    create(peer);
    Path file = Events.file(options.cache(), options.rows(), options.seed(), format);
    costs.add(peer.insert(file, format));
    System.out.printf(
        "%s %s: %s, parts: %s", peer.name(), format, costs.getLast(), peer.run(PARTS));
    return peer.run(CHECK);
  }

  private static void merge(Peer peer, List<Peer.Cost> costs) {
    peer.run("SYSTEM START MERGES " + Events.TABLE);
    costs.add(peer.measure("OPTIMIZE TABLE " + Events.TABLE + " FINAL", 1));
  }
}
