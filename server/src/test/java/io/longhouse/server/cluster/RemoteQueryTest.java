package io.longhouse.server.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.longhouse.cluster.config.Clusters;
import io.longhouse.cluster.connection.RemoteQuery;
import io.longhouse.sql.LonghouseException;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RemoteQueryTest {
  @TempDir static Path folder;
  static ServerGroup group;
  static ServerSocket silent;
  static ServerSocket closed;

  @BeforeAll
  static void start() throws Exception {
    group = new ServerGroup(folder, 3);
    silent = new ServerSocket(0);
    closed = new ServerSocket(0);
    closed.close();
    String dead = ServerGroup.replicaAt("127.0.0.1", closed.getLocalPort(), "");
    String mute = ServerGroup.replicaAt("127.0.0.1", silent.getLocalPort(), "");
    String secret = "<secret>quod non</secret>";
    group.configure(
        0,
        "<remote_servers><two><shard>"
            + group.replica(1, "")
            + "</shard><shard>"
            + group.replica(2, "<compression>true</compression>")
            + "</shard></two><pair><shard><internal_replication>true</internal_replication>"
            + group.replica(1, "")
            + group.replica(2, "")
            + "</shard></pair><trusted>"
            + secret
            + "<shard>"
            + group.replica(1, "<user>nobody</user>")
            + "</shard></trusted><half_dead><shard>"
            + dead
            + group.replica(1, "")
            + "</shard></half_dead><dead><shard>"
            + dead
            + "</shard></dead><slow><shard>"
            + mute
            + group.replica(1, "")
            + "</shard></slow><own>"
            + "<shard>"
            + group.replica(0, "")
            + "</shard></own></remote_servers>");
    group.configure(
        1,
        "<remote_servers><trusted>"
            + secret
            + "<node><host>localhost</host><port>9000</port></node></trusted></remote_servers>");
    for (int i = 0; i < 3; i++) {
      group
          .server(i)
          .run(
              "CREATE TABLE who (server UInt8) ENGINE = Memory",
              "INSERT INTO who VALUES (" + i + ")");
    }
    group.server(0).run("CREATE USER ann", "GRANT ALL ON *.* TO ann");
    group
        .server(1)
        .run(
            "CREATE USER ann",
            "GRANT SELECT ON default.pol TO ann",
            "CREATE TABLE pol (n UInt8) ENGINE = Memory",
            "INSERT INTO pol VALUES (1), (2), (3)",
            "CREATE ROW POLICY p ON default.pol USING n > 1 TO ann");
  }

  @AfterAll
  static void stop() throws IOException {
    group.close();
    silent.close();
  }

  private static List<String> ask(String cluster, int shard, String sql, String... settings) {
    List<String> out = new ArrayList<>();
    Map<String, String> given = new java.util.TreeMap<>();
    for (int i = 0; i < settings.length; i += 2) {
      given.put(settings[i], settings[i + 1]);
    }
    group.as(
        "default",
        0,
        given,
        c -> {
          try (RemoteQuery q = ServerGroup.remote(c, cluster, shard, sql)) {
            out.addAll(ServerGroup.read(q));
          }
        });
    return out;
  }

  @Test
  void shardsAreAskedOverPooledConnections() {
    for (int i = 0; i < 3; i++) {
      assertThat(ask("two", 1, "SELECT server FROM default.who")).containsExactly("1");
      assertThat(ask("two", 2, "SELECT server FROM default.who")).containsExactly("2");
    }
    assertThat(ask("two", 1, "SELECT number FROM numbers(200000)")).hasSize(200000);
    assertThat(
            group.server(1).run1("SELECT value FROM system.metrics WHERE metric = 'TCPConnection'"))
        .isEqualTo("1");
    assertThatThrownBy(() -> ask("two", 1, "SELECT throwIf(1, 'no no')"))
        .isInstanceOfSatisfying(
            LonghouseException.class,
            e -> {
              assertThat(e.code()).isEqualTo(395);
              assertThat(e.message()).contains("127.0.0.1:" + group.port(1)).contains("no no");
            });
  }

  @Test
  void anotherReplicaIsAskedForOneThatCannotBeReached() {
    for (int i = 0; i < 3; i++) {
      assertThat(
              ask("half_dead", 1, "SELECT server FROM default.who", "load_balancing", "in_order"))
          .containsExactly("1");
    }
    assertThat(
            group
                .server(0)
                .run1(
                    "SELECT errors_count > 0 AND estimated_recovery_time > 0 FROM system.clusters"
                        + " WHERE cluster = 'half_dead' AND replica_num = 1"))
        .isEqualTo("1");
    assertThatThrownBy(() -> ask("dead", 1, "SELECT 1"))
        .isInstanceOfSatisfying(
            LonghouseException.class,
            e -> {
              assertThat(e.code()).isEqualTo(279);
              assertThat(e.message())
                  .contains("127.0.0.1:" + closed.getLocalPort())
                  .contains("refused");
            });
    assertThat(ask("dead", 1, "SELECT 1", "skip_unavailable_shards", "1")).isEmpty();
  }

  @Test
  void aSlowReplicaIsOvertaken() {
    long start = System.nanoTime();
    assertThat(ask("slow", 1, "SELECT server FROM default.who", "load_balancing", "in_order"))
        .containsExactly("1");
    assertThat(System.nanoTime() - start).isLessThan(900_000_000L);
    assertThat(
            group
                .server(0)
                .run1(
                    "SELECT slowdowns_count FROM system.clusters"
                        + " WHERE cluster = 'slow' AND replica_num = 1"))
        .isEqualTo("1");
    long single = System.nanoTime();
    assertThat(
            ask(
                "slow",
                1,
                "SELECT server FROM default.who",
                "load_balancing",
                "in_order",
                "use_hedged_requests",
                "0",
                "handshake_timeout_ms",
                "300"))
        .containsExactly("1");
    assertThat(System.nanoTime() - single).isGreaterThan(290_000_000L);
  }

  @Test
  void theSecretMakesAShardServeTheFirstUser() {
    group.as(
        "ann",
        0,
        Map.of(),
        c -> {
          try (RemoteQuery q =
              ServerGroup.remote(
                  c,
                  "trusted",
                  1,
                  "SELECT concat(currentUser(), ' ', initialQueryID(), ' ', toString(n))"
                      + " FROM default.pol ORDER BY n")) {
            assertThat(ServerGroup.read(q))
                .containsExactly("ann " + c.queryId() + " 2", "ann " + c.queryId() + " 3");
          }
          try (RemoteQuery q = ServerGroup.remote(c, "trusted", 1, "SELECT * FROM default.who")) {
            assertThatThrownBy(q::next).hasMessageContaining("Not enough privileges");
          }
        });
    group.server(1).run("SYSTEM FLUSH LOGS");
    assertThat(
            group
                .server(1)
                .run1(
                    "SELECT concat(user, ' ', initial_user, ' ', toString(is_initial_query),"
                        + " toString(distributed_depth)) FROM system.query_log"
                        + " WHERE query LIKE '%default.pol ORDER BY n' AND type = 'QueryFinish'"))
        .isEqualTo("ann ann 01");
    assertThatThrownBy(
            () -> {
              group.server(0).run("CREATE USER stranger");
              group.as(
                  "stranger",
                  0,
                  Map.of(),
                  c -> ServerGroup.remote(c, "trusted", 1, "SELECT 1").next());
            })
        .hasMessageContaining("stranger: Authentication failed");
  }

  @Test
  void aStoppedQueryStopsOnItsShard() throws Exception {
    AtomicReference<Throwable> thrown = new AtomicReference<>();
    AtomicReference<io.longhouse.engine.exec.QueryContext> context = new AtomicReference<>();
    Thread asking =
        Thread.ofVirtual()
            .start(() ->
                group.as(
                    "default",
                    0,
                    Map.of(),
                    c -> {
                      context.set(c);
                      try (RemoteQuery q =
                          ServerGroup.remote(
                              c, "two", 1, "SELECT max(number) FROM system.numbers")) {
                        q.next();
                      } catch (RuntimeException e) {
                        thrown.set(e);
                      }
                    }));
    String running =
        "SELECT count() FROM system.processes WHERE query LIKE 'SELECT max(number)%'"
            + " AND is_initial_query = 0";
    await(running, "1");
    long start = System.nanoTime();
    context.get().cancel();
    asking.join();
    await(running, "0");
    assertThat(System.nanoTime() - start).isLessThan(400_000_000L);
    assertThat(thrown.get()).hasMessageContaining("cancelled");
  }

  private static void await(String sql, String value) throws InterruptedException {
    long until = System.nanoTime() + 10_000_000_000L;
    while (!group.server(1).run1(sql).equals(value)) {
      assertThat(System.nanoTime()).as(sql).isLessThan(until);
      Thread.sleep(5);
    }
  }

  @Test
  void aReplicaThatDiesBeforeItsRowsIsReplaced() throws Exception {
    try (var proxy = new CutProxy(group.port(1))) {
      group.configure(
          2,
          "<remote_servers><cut><shard>"
              + ServerGroup.replicaAt("127.0.0.1", proxy.port(), "")
              + group.replica(0, "")
              + "</shard></cut></remote_servers>");
      group.as(
          "default",
          2,
          Map.of("load_balancing", "in_order", "receive_data_timeout_ms", "60000"),
          c -> {
            try (RemoteQuery q =
                ServerGroup.remote(c, "cut", 1, "SELECT server, sleep(0.5) FROM default.who")) {
              Thread.ofVirtual().start(() -> proxy.cutAfter(200));
              assertThat(ServerGroup.read(q)).containsExactly("0");
            }
          });
    }
    try (var proxy = new CutProxy(group.port(1))) {
      group.configure(
          2,
          "<remote_servers><cut><shard>"
              + ServerGroup.replicaAt("127.0.0.1", proxy.port(), "")
              + group.replica(0, "")
              + "</shard></cut></remote_servers>");
      group.as(
          "default",
          2,
          Map.of("load_balancing", "in_order"),
          c -> {
            try (RemoteQuery q =
                ServerGroup.remote(c, "cut", 1, "SELECT number FROM system.numbers")) {
              assertThat(q.next()).isNotNull();
              proxy.cutAfter(0);
              assertThatThrownBy(() -> ServerGroup.read(q))
                  .isInstanceOfSatisfying(
                      LonghouseException.class,
                      e -> {
                        assertThat(e.code()).isIn(210, 209);
                        assertThat(e.message()).contains("127.0.0.1:" + proxy.port());
                      });
            }
          });
    }
  }

  @Test
  void killingTheFirstQueryEndsThoseOfItsShards() throws Exception {
    String sql =
        "SELECT sum(sipHash64(number)) FROM remote('127.0.0.1:"
            + group.port(1)
            + "', system, numbers)";
    AtomicReference<String> answer = new AtomicReference<>("");
    Thread asking =
        Thread.ofVirtual()
            .start(() -> {
              try {
                answer.set(group.server(0).askAt("/?query_id=killed&", sql));
              } catch (IOException | InterruptedException e) {
                answer.set(e.toString());
              }
            });
    String running = "SELECT count() FROM system.processes WHERE initial_query_id = 'killed'";
    await(running, "1");
    long start = System.nanoTime();
    group.server(0).run("KILL QUERY WHERE query_id = 'killed'");
    await(running, "0");
    assertThat(System.nanoTime() - start).isLessThan(400_000_000L);
    asking.join();
    assertThat(answer.get()).contains("394");
  }

  @Test
  void queriesOfAServerThatIsGoneEnd() throws Exception {
    try (var proxy = new CutProxy(group.port(1))) {
      group.configure(
          2,
          "<remote_servers><cut><shard>"
              + ServerGroup.replicaAt("127.0.0.1", proxy.port(), "")
              + "</shard></cut></remote_servers>");
      Thread asking =
          Thread.ofVirtual()
              .start(() ->
                  group.as(
                      "default",
                      2,
                      Map.of(),
                      c -> {
                        try (RemoteQuery q =
                            ServerGroup.remote(
                                c, "cut", 1, "SELECT min(number) FROM system.numbers")) {
                          assertThatThrownBy(q::next)
                              .hasMessageContaining("127.0.0.1:" + proxy.port());
                        }
                      }));
      String running =
          "SELECT count() FROM system.processes WHERE query LIKE 'SELECT min(number) FROM system%'";
      await(running, "1");
      proxy.cutAfter(0);
      await(running, "0");
      asking.join();
    }
  }

  @Test
  void progressLogsAndEventsComeBack() {
    group.as(
        "default",
        0,
        Map.of("send_logs_level", "trace"),
        c -> {
          try (RemoteQuery q =
              ServerGroup.remote(
                  c, "two", 1, "SELECT count() FROM numbers(1000) WHERE number > 1")) {
            assertThat(ServerGroup.read(q)).containsExactly("998");
            assertThat(c.progress().readRows.sum()).isEqualTo(1000);
            assertThat(c.takeRemoteEvents())
                .anyMatch(e -> e.name().equals("SelectedRows") && e.value() == 1000);
          }
        });
  }

  @Test
  void clustersAreReadFromYamlToo() throws Exception {
    java.nio.file.Files.createDirectories(folder.resolve("server1/config.d"));
    java.nio.file.Files.writeString(
        folder.resolve("server1/config.d/clusters.yaml"),
        "remote_servers:\n  from_yaml:\n    secret: hush\n    shard:\n"
            + "      - name: one\n        weight: 3\n        replica:\n"
            + "          - {host: a.invalid, port: 1, priority: 2}\n"
            + "          - {host: 127.0.0.1, port: 2, user: u, password: p, default_database: d}\n"
            + "      - name: two\n        internal_replication: true\n"
            + "        replica: {host: b.invalid, port: 3, secure: 1}\n"
            + "macros:\n  which: from_yaml\n");
    group.server(1).run("SYSTEM RELOAD CONFIG");
    assertThat(
            group
                .server(1)
                .run1(
                    "SELECT arrayStringConcat(groupArray(concat(toString(shard_num), shard_name,"
                        + " toString(shard_weight), toString(internal_replication),"
                        + " toString(replica_num), host_name, toString(port), user,"
                        + " default_database)), ' ') FROM system.clusters WHERE name ="
                        + " 'from_yaml'"))
        .isEqualTo("1one301a.invalid1default 1one302127.0.0.12ud 2two111b.invalid3default");
    assertThat(group.server(1).run1("SELECT substitution FROM system.macros WHERE macro = 'which'"))
        .isEqualTo("from_yaml");
    assertThat(group.server(1).run1("SHOW CLUSTER 'from_yaml'")).isEqualTo("from_yaml");
    java.nio.file.Files.writeString(
        folder.resolve("server1/config.d/clusters.yaml"),
        "remote_servers:\n  from_yaml:\n    shrad: 1\n");
    assertThat(group.server(1).ask("SYSTEM RELOAD CONFIG"))
        .contains("137")
        .contains("remote_servers.from_yaml.shrad");
    assertThat(group.server(1).run1("SELECT count() FROM system.clusters WHERE name = 'from_yaml'"))
        .isEqualTo("3");
    java.nio.file.Files.delete(folder.resolve("server1/config.d/clusters.yaml"));
    group.server(1).run("SYSTEM RELOAD CONFIG");
  }

  @Test
  void thisServerIsLocalOnceItsPortIsKnown() {
    group.as(
        "default",
        0,
        Map.of(),
        c -> {
          Clusters all = c.require(Clusters.class);
          assertThat(all.require("own").shards().getFirst().local()).isNotNull();
          assertThat(all.require("two").shards().getFirst().local()).isNull();
          assertThat(all.require("two").secret()).isEmpty();
          assertThat(all.require("pair").shards().getFirst().internalReplication()).isTrue();
        });
  }

  /** Passes bytes on until it is cut. */
  static final class CutProxy implements AutoCloseable {
    private final ServerSocket listener = new ServerSocket(0);
    private final List<Socket> sockets = new java.util.concurrent.CopyOnWriteArrayList<>();

    CutProxy(int to) throws IOException {
      Thread.ofVirtual().start(() -> accept(to));
    }

    int port() {
      return listener.getLocalPort();
    }

    private void accept(int to) {
      try {
        while (true) {
          Socket in = listener.accept();
          Socket out = new Socket("127.0.0.1", to);
          sockets.add(in);
          sockets.add(out);
          Thread.ofVirtual().start(() -> pump(in, out));
          Thread.ofVirtual().start(() -> pump(out, in));
        }
      } catch (IOException e) {
        // closed
      }
    }

    private static void pump(Socket from, Socket to) {
      try {
        from.getInputStream().transferTo(to.getOutputStream());
      } catch (IOException e) {
        // cut
      }
    }

    void cutAfter(long ms) {
      try {
        Thread.sleep(ms);
        listener.close();
        for (Socket s : sockets) {
          s.close();
        }
      } catch (InterruptedException | IOException e) {
        throw new IllegalStateException(e);
      }
    }

    @Override
    public void close() {
      cutAfter(0);
    }
  }
}
