package io.longhouse.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.function.Function;

/**
 * Dashboards of single tenants over a table that holds the rows of all: one client against
 * ClickHouse 26.7 in process, 64 clients against a ClickHouse 18.16 server, and a row policy
 * against the same condition written by hand.
 */
final class Dashboards {
  private static final int TENANTS = 100_000;
  private static final int CLIENTS = 64;
  private static final double LOAD_SECONDS = 8;

  /** How long one client asks before it is measured: until hot code is compiled. */
  private static final double WARM_UP_SECONDS = 6;

  private static final int ASKED = 300;

  /** Large, middle and small: about 400,000, 14,000 and 800 of 50 million rows. */
  private static final List<Integer> CHOSEN = List.of(10, 316, 5432);

  /** A part of a dashboard; {@code WHERE} stands where a condition on the tenant belongs. */
  private record Panel(String name, String sql) {
    String of(int tenant) {
      return sql.replace("WHERE", "WHERE tenant_id = " + tenant);
    }

    /** For a member, who sees no other rows. */
    String ofMember() {
      return sql.replace("WHERE ", "");
    }
  }

  private static final List<Panel> PANELS =
      List.of(
          new Panel(
              "by type and hour",
              "SELECT toStartOfHour(timestamp) AS hour, type, count() FROM events WHERE"
                  + " GROUP BY hour, type ORDER BY hour, type"),
          new Panel(
              "top users",
              "SELECT user_id, count() AS c FROM events WHERE"
                  + " GROUP BY user_id ORDER BY c DESC, user_id LIMIT 10"),
          new Panel(
              "last 50 events",
              "SELECT timestamp, user_id, type, url FROM events WHERE"
                  + " ORDER BY timestamp DESC LIMIT 50"));

  private final Options options;
  private final Path folder;
  private final StringBuilder report = new StringBuilder();

  private Dashboards(Options options) {
    this.options = options;
    this.folder = options.cache().resolve("tables-" + options.rows() + "-" + options.seed());
  }

  static String measure(Options options) throws IOException {
    var d = new Dashboards(options);
    try (LonghousePeer ours = LonghousePeer.start(options.home(), d.folder.resolve("longhouse"))) {
      d.load(ours);
      d.policies(ours);
      if (!options.alone()) {
        d.oneClient(ours);
      }
      d.manyClients(ours);
    }
    return d.report.append('\n').toString();
  }

  private void load(Peer peer) throws IOException {
    Path loaded = peer.data().resolveSibling(peer.name() + ".loaded");
    if (!Files.exists(loaded)) {
      System.err.println("loading " + peer.name() + " ...");
      Path file = Events.file(options.cache(), options.rows(), options.seed(), peer.format());
      peer.load(file);
      Files.createFile(loaded);
    }
  }

  private void say(String line, Object... values) {
    String text = String.format(Locale.ROOT, line, values);
    System.out.println(text);
    report.append(text).append('\n');
  }

  // ---- One client

  private void oneClient(LonghousePeer ours) throws IOException {
    say("| dashboard, one client, warm | p50 over HTTP, ms | 26.7 in process, p50, ms | ratio |");
    say("|---|---|---|---|");
    try (ClickHousePeer theirs =
        ClickHousePeer.start(options.home(), folder.resolve("clickhouse"))) {
      load(theirs);
      for (int tenant : CHOSEN) {
        for (Panel panel : PANELS) {
          byte[] request = HttpConnection.request("default", "default", panel.of(tenant));
          HttpLoad.run(ours.httpPort(), 1, WARM_UP_SECONDS / PANELS.size(), _ -> request);
          double a = HttpLoad.run(ours.httpPort(), 1, 2, _ -> request).quantileMs(0.5);
          double b = median(theirs, panel.of(tenant));
          say("| tenant %d: %s | %.2f | %.2f | %.2f |", tenant, panel.name, a, b, a / b);
        }
      }
    }
  }

  private static double median(Peer peer, String sql) {
    double[] ms = new double[ASKED];
    peer.measure(sql, ASKED / 10);
    for (int i = 0; i < ms.length; i++) {
      ms[i] = peer.measure(sql, 1).wallMs();
    }
    Arrays.sort(ms);
    return ms[ms.length / 2];
  }

  // ---- Many clients

  /** A panel of any tenant; each tenant's people look at it equally often. */
  private static byte[] anyTenant(SplittableRandom random) {
    Panel panel = PANELS.get(random.nextInt(PANELS.size()));
    return HttpConnection.request("default", "default", panel.of(1 + random.nextInt(TENANTS - 1)));
  }

  /** A panel of a tenant that is looked at as often as it has rows. */
  private static byte[] busyTenant(SplittableRandom random) {
    Panel panel = PANELS.get(random.nextInt(PANELS.size()));
    int tenant = (int) Math.pow(TENANTS, random.nextDouble());
    return HttpConnection.request("default", "default", panel.of(tenant));
  }

  private void manyClients(LonghousePeer ours) throws IOException {
    say(
        "\n| %d clients, %.0f s | Longhouse | ClickHouse 18.16 | queries/s, ratio |",
        CLIENTS, LOAD_SECONDS);
    say("|---|---|---|---|");
    if (options.alone() || !OldServerPeer.isThere()) {
      say("| any tenant | %s | | |", load(ours.httpPort(), Dashboards::anyTenant));
      say("| busy tenants | %s | | |", load(ours.httpPort(), Dashboards::busyTenant));
      return;
    }
    try (OldServerPeer theirs = OldServerPeer.start(options.home(), folder.resolve("old"))) {
      theirs.load(Events.file(options.cache(), options.rows(), options.seed(), theirs.format()));
      compare("any tenant", ours, theirs, Dashboards::anyTenant);
      compare("busy tenants", ours, theirs, Dashboards::busyTenant);
    }
  }

  private void compare(
      String name,
      LonghousePeer ours,
      OldServerPeer theirs,
      Function<SplittableRandom, byte[]> request) {
    HttpLoad a = load(ours.httpPort(), request);
    HttpLoad b = load(theirs.httpPort(), request);
    say("| %s | %s | %s | %.2f |", name, a, b, a.perSecond() / b.perSecond());
  }

  private static HttpLoad load(int port, Function<SplittableRandom, byte[]> request) {
    HttpLoad.run(port, CLIENTS, LOAD_SECONDS, request);
    return HttpLoad.run(port, CLIENTS, LOAD_SECONDS, request);
  }

  // ---- A policy against a condition

  private void policies(LonghousePeer ours) throws IOException {
    for (int tenant : CHOSEN) {
      ours.run("CREATE USER OR REPLACE member_" + tenant);
      ours.run("GRANT SELECT ON events TO member_" + tenant);
      ours.run(
          "CREATE ROW POLICY OR REPLACE p ON events USING tenant_id = T TO member_T"
              .replace("POLICY OR REPLACE p", "POLICY OR REPLACE p_" + tenant)
              .replace("T TO member_T", tenant + " TO member_" + tenant));
    }
    say("| row policy against WHERE | CPU ratio | policy, CPU ms |");
    say("|---|---|---|");
    for (int tenant : CHOSEN) {
      for (Panel panel : PANELS) {
        policy(ours, tenant, panel);
      }
    }
    say("");
    for (int tenant : CHOSEN) {
      ours.run("DROP ROW POLICY p_" + tenant + " ON events");
      ours.run("DROP USER member_" + tenant);
    }
  }

  /** In turn, so that what else the machine does meets both alike; the median of the ratios. */
  private void policy(LonghousePeer ours, int tenant, Panel panel) throws IOException {
    byte[] member = HttpConnection.request("member_" + tenant, "default", panel.ofMember());
    byte[] hand = HttpConnection.request("default", "default", panel.of(tenant));
    List<Double> ratios = new ArrayList<>();
    List<Double> costs = new ArrayList<>();
    try (var connection = new HttpConnection(ours.httpPort())) {
      connection.ask(hand);
      String rows = connection.answer();
      connection.ask(member);
      if (panel.name.startsWith("last") ? rows.length() == 0 : !rows.equals(connection.answer())) {
        throw new IllegalStateException("DIFFERENT RESULTS for tenant " + tenant);
      }
      double ms = cost(ours, connection, hand, ASKED);
      cost(ours, connection, member, ASKED);
      int runs = (int) Math.clamp(Math.round(200 / ms), 5, 500);
      for (int i = 0; i < 5 * options.rounds(); i++) {
        double a = cost(ours, connection, member, runs);
        double b = cost(ours, connection, hand, runs);
        ratios.add(a / b);
        costs.add(a);
      }
    }
    say("| tenant %d: %s | %.3f | %.3f |", tenant, panel.name, middle(ratios), middle(costs));
  }

  private static double cost(
      LonghousePeer ours, HttpConnection connection, byte[] request, int runs) throws IOException {
    long cpuNs = ours.cpuNs();
    for (int i = 0; i < runs; i++) {
      connection.ask(request);
    }
    return (ours.cpuNs() - cpuNs) / 1e6 / runs;
  }

  private static double middle(List<Double> values) {
    return values.stream().sorted().toList().get(values.size() / 2);
  }
}
