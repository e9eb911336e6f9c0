package io.longhouse.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Loading of the whole table in two formats. */
final class Inserts {
  private Inserts() {}

  static String measure(Options options) throws IOException {
    var ratios = new Ratios();
    System.out.println(Ratios.heading());
    Path folder = options.cache().resolve("insert");
    Main.remove(folder);
    try (LonghousePeer ours = LonghousePeer.start(options.home(), folder.resolve("longhouse"));
        ClickHousePeer theirs =
            ClickHousePeer.start(options.home(), folder.resolve("clickhouse"))) {
      // What a server has compiled after its first million rows; it runs for longer than that.
      Path few = Events.file(options.cache(), 1_000_000, options.seed(), "Native");
      insert(ours, few, "Native");
      for (String format : List.of("Native", "TabSeparated")) {
        Path file = Events.file(options.cache(), options.rows(), options.seed(), format);
        Peer.Cost a = insert(ours, file, format);
        Peer.Cost b = options.alone() ? a : insert(theirs, file, format);
        ratios.add("insert " + format, List.of(a), List.of(b), "");
        System.out.println(ratios.last());
      }
    }
    Main.remove(folder);
    return ratios.markdown() + "\n";
  }

  private static Peer.Cost insert(Peer peer, Path file, String format) {
    peer.run("DROP TABLE IF EXISTS " + Events.TABLE + " SYNC");
    peer.run(Events.CREATE);
    return peer.insert(file, format);
  }
}
