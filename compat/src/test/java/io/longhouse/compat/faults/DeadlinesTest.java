package io.longhouse.compat.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Nothing waits forever: whatever the server at the other end is or becomes, a statement is
 * answered by its deadline, with an error that says which host it was.
 */
class DeadlinesTest {
  private static final Map<String, String> TIMEOUTS =
      Map.of(
          "connect_timeout_with_failover_ms", "700",
          "handshake_timeout_ms", "700",
          "receive_timeout", "3",
          "send_timeout", "3",
          "max_execution_time", "0",
          "distributed_ddl_task_timeout", "3");

  /** Three tries of connecting, and what a busy machine needs. */
  private static final Duration LIMIT = Duration.ofSeconds(12);

  private static final String NETWORK = "209|210|279|101|102|32|103";

  @TempDir static Path folder;

  private static final Map<HostilePeer.Manner, HostilePeer> PEERS =
      new EnumMap<>(HostilePeer.Manner.class);
  private static final Findings FINDINGS = new Findings();
  private static final Sql SQL = new Sql(FINDINGS);
  private static FaultyCluster cluster;
  private static Server one;
  private static int closedPort;

  @BeforeAll
  static void start() throws Exception {
    try (var socket = new ServerSocket(0)) {
      closedPort = socket.getLocalPort();
    }
    var more = new StringBuilder(definition("refused", closedPort));
    for (HostilePeer.Manner m : HostilePeer.Manner.values()) {
      var peer = new HostilePeer(m);
      PEERS.put(m, peer);
      more.append(definition(m.name().toLowerCase(java.util.Locale.ROOT), peer.port()));
    }
    cluster = new FaultyCluster(folder, 2, 1, 1, more.toString());
    cluster.start();
    one = cluster.servers().getFirst();
    new Healing(cluster, SQL, FINDINGS, List.of()).awaitServers();
    SQL.run(
        one, "CREATE TABLE d ON CLUSTER test_cluster (id UInt64) ENGINE = MergeTree ORDER BY id");
    SQL.run(
        one,
        "CREATE TABLE d_all ON CLUSTER test_cluster AS d ENGINE = Distributed(test_cluster,"
            + " default, d, id)");
    SQL.run(
        one, "INSERT INTO d_all SETTINGS distributed_foreground_insert = 1 VALUES (0)(1)(2)(3)");
  }

  private static String definition(String name, int port) {
    return ("<%1$s><secret>of the"
            + " test</secret><shard><replica><host>127.0.0.1</host><port>%2$d</port></replica></shard></%1$s>")
        .formatted(name, port);
  }

  @AfterAll
  static void stop() throws Exception {
    cluster.close();
    for (HostilePeer p : PEERS.values()) {
      p.close();
    }
    assertThat(FINDINGS.wrong()).isEmpty();
    for (Node n : cluster.nodes()) {
      assertThat(n.mistakes()).isEmpty();
    }
  }

  /** The error's code; fails when there is none, when it is late, or when it is another. */
  private static String refused(String sql, String codes, Map<String, String> settings)
      throws InterruptedException {
    long startNs = System.nanoTime();
    String error = "";
    try {
      String answer = SQL.run(one, sql, settings);
      assertThat(answer).as(sql).isEqualTo("an error");
    } catch (Sql.Refused e) {
      error = String.valueOf(e.getMessage());
    }
    assertThat(Duration.ofNanos(System.nanoTime() - startNs))
        .as(sql + ": " + error)
        .isLessThan(LIMIT);
    assertThat(error)
        .as(sql)
        .matches(Pattern.compile("Code: (" + codes + ")\\. .*", Pattern.DOTALL));
    return error;
  }

  private static void refusesAndNames(String name, int port) throws InterruptedException {
    String host = "127.0.0.1:" + port;
    assertThat(refused("SELECT * FROM cluster(" + name + ", system.one)", NETWORK, TIMEOUTS))
        .contains(host);
    assertThat(refused("SELECT count() FROM remote('" + host + "', system.one)", NETWORK, TIMEOUTS))
        .contains(host);
    assertThat(
            refused(
                "INSERT INTO FUNCTION remote('" + host + "', default, d) VALUES (7)",
                NETWORK,
                TIMEOUTS))
        .contains(host);
    assertThat(refused("CREATE DATABASE IF NOT EXISTS nobody ON CLUSTER " + name, "159", TIMEOUTS))
        .contains(host);
  }

  @ParameterizedTest
  @EnumSource(HostilePeer.Manner.class)
  void aPeerThatIsNoServerIsNamedInTime(HostilePeer.Manner manner) throws Exception {
    refusesAndNames(manner.name().toLowerCase(java.util.Locale.ROOT), PEERS.get(manner).port());
  }

  @Test
  void aPortWhereNobodyListensIsNamedInTime() throws Exception {
    refusesAndNames("refused", closedPort);
  }

  @ParameterizedTest
  @EnumSource(HostilePeer.Manner.class)
  void unavailableShardsCanBeSkipped(HostilePeer.Manner manner) throws Exception {
    String addresses = "127.0.0.1:" + PEERS.get(manner).port() + ",127.0.0.1:" + one.tcpPort();
    long startNs = System.nanoTime();
    var settings = new java.util.HashMap<>(TIMEOUTS);
    settings.put("skip_unavailable_shards", "1");
    assertThat(
            SQL.run(one, "SELECT count() FROM remote('" + addresses + "', system.one)", settings))
        .isEqualTo("1\n");
    assertThat(Duration.ofNanos(System.nanoTime() - startNs)).isLessThan(LIMIT);
  }

  @Test
  void aServerThatFallsSilentDuringAQueryIsNamedInTime() throws Exception {
    Link link = cluster.network().link("s1r1", "s2r1");
    var settings = new java.util.HashMap<>(TIMEOUTS);
    settings.put("function_sleep_max_microseconds_per_block", "30000000");
    Callable<Void> silence =
        () -> {
          Thread.sleep(1_500);
          link.set(Link.State.SILENT);
          return null;
        };
    try (var executor = java.util.concurrent.Executors.newVirtualThreadPerTaskExecutor()) {
      var silenced = executor.submit(silence);
      String error =
          refused("SELECT id, sleepEachRow(2) FROM d_all WHERE id % 2 = 1", NETWORK, settings);
      assertThat(error).contains("s2r1");
      silenced.get();
    } finally {
      link.set(Link.State.OPEN);
    }
    assertThat(SQL.run(one, "SELECT count() FROM d_all")).isEqualTo("4\n");
  }

  @Test
  void aQuerysOwnTimeEndsItWhateverIsWaitedFor() throws Exception {
    var settings = new java.util.HashMap<>(TIMEOUTS);
    settings.put("max_execution_time", "2");
    settings.put("receive_timeout", "300");
    Link link = cluster.network().link("s1r1", "s2r1");
    SQL.run(one, "SELECT count() FROM d_all");
    link.set(Link.State.SILENT);
    try {
      refused("SELECT count() FROM d_all", "159|" + NETWORK, settings);
    } finally {
      link.set(Link.State.OPEN);
    }
  }

  @Test
  void aWaitingQueryIsKilledAtOnce() throws Exception {
    Link link = cluster.network().link("s1r1", "s2r1");
    var settings = new java.util.HashMap<>(TIMEOUTS);
    settings.put("receive_timeout", "300");
    settings.put("query_id", "waits");
    SQL.run(one, "SELECT count() FROM d_all");
    link.set(Link.State.SILENT);
    List<String> errors = new ArrayList<>();
    Thread waiting =
        Thread.ofVirtual()
            .start(() -> {
              try {
                errors.add(SQL.run(one, "SELECT count() FROM d_all", settings));
              } catch (Sql.Refused e) {
                errors.add(String.valueOf(e.getMessage()));
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });
    try {
      await("SELECT count() FROM system.processes WHERE query_id = 'waits'", a -> a.equals("1\n"));
      SQL.run(one, "KILL QUERY WHERE query_id = 'waits' ASYNC");
      assertThat(waiting.join(Duration.ofSeconds(3))).as("ended").isTrue();
      assertThat(errors).singleElement().asString().startsWith("Code: 394.");
    } finally {
      link.set(Link.State.OPEN);
    }
  }

  private static void await(String sql, Predicate<String> wanted) throws Exception {
    long endNs = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (!wanted.test(SQL.run(one, sql))) {
      assertThat(System.nanoTime()).as(sql).isLessThan(endNs);
      Thread.sleep(50);
    }
  }

  @Test
  void queuedRowsArriveWhenTheShardIsBack() throws Exception {
    Link link = cluster.network().link("s1r1", "s2r1");
    SQL.run(
        one, "CREATE TABLE e ON CLUSTER test_cluster (id UInt64) ENGINE = MergeTree ORDER BY id");
    SQL.run(one, "CREATE TABLE e_all AS e ENGINE = Distributed(test_cluster, default, e, id)");
    link.set(Link.State.REFUSING);
    try {
      long startNs = System.nanoTime();
      SQL.run(one, "INSERT INTO e_all VALUES (1)(3)(5)", TIMEOUTS);
      assertThat(Duration.ofNanos(System.nanoTime() - startNs)).isLessThan(Duration.ofSeconds(3));
      assertThat(refused("SYSTEM FLUSH DISTRIBUTED e_all", NETWORK, TIMEOUTS)).contains("s2r1");
    } finally {
      link.set(Link.State.OPEN);
    }
    await("SELECT count() FROM e_all", a -> a.equals("3\n"));
  }

  @Test
  void aSilentKeeperIsNamedInTime() throws Exception {
    Link link = cluster.network().link("s1r1", "keeper1");
    link.set(Link.State.SILENT);
    try {
      refused("SELECT name FROM system.zookeeper WHERE path = '/'", "999", TIMEOUTS);
      refused("CREATE DATABASE never ON CLUSTER test_cluster", "999|159", TIMEOUTS);
      assertThat(SQL.run(one, "SELECT count() FROM d_all")).isEqualTo("4\n");
    } finally {
      link.set(Link.State.OPEN);
    }
    await("SELECT count() > 0 FROM system.zookeeper WHERE path = '/'", DeadlinesTest::isYes);
  }

  private static boolean isYes(String answer) {
    return answer.equals("1\n");
  }
}
