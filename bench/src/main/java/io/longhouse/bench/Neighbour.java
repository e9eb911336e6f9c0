package io.longhouse.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * What one account's dashboard feels of another account that scans the whole table without a pause:
 * its latencies alone and beside the noise, here and on a ClickHouse 18.16 server.
 */
final class Neighbour {
  private static final int NOISY_CLIENTS = 8;
  private static final double SECONDS = 10;
  private static final double WARM_UP_SECONDS = 6;

  /** The engine's quantum of time: what may be added to twice the quiet latency. */
  private static final double QUANTUM_MS = 10;

  private static final String SCAN =
      "SELECT count(), uniq(user_id), avg(length(url)) FROM events WHERE tenant_id % 7 != 3";
  private static final String DASHBOARD =
      "SELECT user_id, count() AS c FROM events WHERE tenant_id = 316"
          + " GROUP BY user_id ORDER BY c DESC, user_id LIMIT 10";

  private final Options options;
  private final Path folder;
  private final StringBuilder report = new StringBuilder();

  private Neighbour(Options options) {
    this.options = options;
    this.folder = options.cache().resolve("tables-" + options.rows() + "-" + options.seed());
  }

  static String measure(Options options) throws IOException {
    var n = new Neighbour(options);
    n.say(
        "| a dashboard beside %d clients that scan | alone | beside the noise | p99, ms, at most 2x"
            + " + %.0f |",
        NOISY_CLIENTS, QUANTUM_MS);
    n.say("|---|---|---|---|");
    try (LonghousePeer ours = LonghousePeer.start(options.home(), n.folder.resolve("longhouse"))) {
      n.load(ours);
      ours.run("CREATE USER OR REPLACE noisy");
      ours.run("CREATE USER OR REPLACE quiet");
      ours.run("GRANT SELECT ON events TO noisy, quiet");
      n.measure("Longhouse", ours.httpPort(), "noisy", "quiet");
      ours.run("DROP USER noisy, quiet");
    }
    if (!options.alone()) {
      try (OldServerPeer theirs = OldServerPeer.start(options.home(), n.folder.resolve("old"))) {
        theirs.load(Events.file(options.cache(), options.rows(), options.seed(), theirs.format()));
        n.measure("ClickHouse 18.16", theirs.httpPort(), "default", "default");
      }
    }
    return n.report.append('\n').toString();
  }

  private void load(Peer peer) throws IOException {
    Path loaded = peer.data().resolveSibling(peer.name() + ".loaded");
    if (!Files.exists(loaded)) {
      System.err.println("loading " + peer.name() + " ...");
      peer.load(Events.file(options.cache(), options.rows(), options.seed(), peer.format()));
      Files.createFile(loaded);
    }
  }

  private void measure(String name, int port, String noisy, String quiet) {
    byte[] scan = HttpConnection.request(noisy, "default", SCAN);
    byte[] dashboard = HttpConnection.request(quiet, "default", DASHBOARD);
    HttpLoad.run(port, 1, WARM_UP_SECONDS, _ -> scan);
    HttpLoad.run(port, 1, WARM_UP_SECONDS, _ -> dashboard);
    HttpLoad alone = HttpLoad.run(port, 1, SECONDS, _ -> dashboard);
    HttpLoad beside;
    try (var thread = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<HttpLoad> noise =
          thread.submit(() -> HttpLoad.run(port, NOISY_CLIENTS, SECONDS + 2, _ -> scan));
      Thread.sleep(1000);
      beside = HttpLoad.run(port, 1, SECONDS, _ -> dashboard);
      noise.get();
    } catch (InterruptedException | ExecutionException e) {
      throw new IllegalStateException(e);
    }
    say(
        "| %s | %s | %s | %.2f of %.2f |",
        name, alone, beside, beside.quantileMs(0.99), 2 * alone.quantileMs(0.99) + QUANTUM_MS);
  }

  private void say(String line, Object... values) {
    String text = String.format(Locale.ROOT, line, values);
    System.out.println(text);
    report.append(text).append('\n');
  }
}
