package io.longhouse.server.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.longhouse.cluster.config.Clusters;
import io.longhouse.cluster.connection.Connections;
import io.longhouse.cluster.connection.RemoteQuery;
import io.longhouse.cluster.connection.RemoteRequest;
import io.longhouse.column.ByteReader;
import io.longhouse.column.ByteWriter;
import io.longhouse.engine.exec.QueryContext;
import io.longhouse.sql.LonghouseException;
import io.longhouse.wire.Addendum;
import io.longhouse.wire.Revision;
import io.longhouse.wire.ServerHello;
import io.longhouse.wire.TablesStatus;
import io.longhouse.wire.connection.ClientQuery;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReplicaDelayTest {
  private static final TablesStatus.Name TABLE = new TablesStatus.Name("default", "here");

  @TempDir static Path folder;
  static ServerGroup group;
  static FakePeer old;
  static FakePeer older;
  static FakePeer without;

  @BeforeAll
  static void start() throws Exception {
    group = new ServerGroup(folder, 2);
    old = behind(500);
    older = behind(1000);
    without = behind(-1);
    group.server(1).run("CREATE TABLE here (x UInt8) ENGINE = Memory");
    String real = group.replica(1, "");
    group.configure(
        0,
        "<remote_servers><some_old><shard>"
            + replica(old)
            + real
            + "</shard></some_old><all_old><shard>"
            + replica(older)
            + replica(old)
            + "</shard></all_old><some_without><shard>"
            + replica(without)
            + real
            + "</shard></some_without><all_without><shard>"
            + replica(without)
            + "</shard></all_without></remote_servers>");
  }

  @AfterAll
  static void stop() throws IOException {
    group.close();
    old.close();
    older.close();
    without.close();
  }

  private static String replica(FakePeer peer) {
    return ServerGroup.replicaAt("127.0.0.1", peer.port(), "");
  }

  /** A server whose copy of the table is that much behind; negative for one without it. */
  private static FakePeer behind(int delaySec) throws IOException {
    return new FakePeer(s -> {
      var in = new ByteReader(s.getInputStream(), 1 << 16);
      in.readVarUInt();
      in.readText(100);
      in.readVarUInt();
      in.readVarUInt();
      in.readVarUInt();
      in.readText(100);
      in.readText(100);
      in.readText(100);
      var out = new ByteWriter(256);
      new ServerHello("Fake", 26, 7, 2, Revision.OURS, "UTC", "fake", "notchunked", "notchunked", 1)
          .write(Revision.OURS, out);
      s.getOutputStream().write(out.toByteArray());
      Addendum.read(Revision.OURS, in);
      in.readVarUInt();
      List<TablesStatus.Name> asked = TablesStatus.readRequest(in);
      out.reset();
      out.writeVarUInt(9);
      TablesStatus.writeResponse(
          Revision.OURS,
          delaySec < 0
              ? List.of()
              : List.of(new TablesStatus.Status(asked.getFirst(), true, delaySec, false)),
          out);
      s.getOutputStream().write(out.toByteArray());
      Thread.sleep(20_000);
    });
  }

  private static List<String> ask(String cluster, String... settings) {
    Map<String, String> given = new TreeMap<>();
    given.put("load_balancing", "in_order");
    for (int i = 0; i < settings.length; i += 2) {
      given.put(settings[i], settings[i + 1]);
    }
    List<List<String>> out = new java.util.ArrayList<>();
    group.as(
        "default",
        0,
        given,
        c -> {
          try (RemoteQuery q = query(c, cluster)) {
            out.add(ServerGroup.read(q));
          }
        });
    return out.getFirst();
  }

  private static RemoteQuery query(QueryContext c, String cluster) {
    return new RemoteQuery(
        c.require(Connections.class),
        c.require(Clusters.class).require(cluster).shards().getFirst(),
        new RemoteRequest("SELECT 'real'", ClientQuery.COMPLETE, Map.of(), Map.of(), TABLE),
        c);
  }

  @Test
  void aReplicaThatIsNotBehindIsPreferred() {
    assertThat(ask("some_old")).containsExactly("real");
    assertThatThrownBy(
            () -> ask("all_old", "fallback_to_stale_replicas_for_distributed_queries", "0"))
        .isInstanceOfSatisfying(
            LonghouseException.class,
            e -> {
              assertThat(e.code()).isEqualTo(369);
              assertThat(e.message())
                  .contains("127.0.0.1:" + old.port() + " (500 s behind)")
                  .contains("127.0.0.1:" + older.port() + " (1000 s behind)");
            });
  }

  @Test
  void aReplicaWithoutTheTableIsPassedOver() {
    assertThat(ask("some_without")).containsExactly("real");
    assertThatThrownBy(() -> ask("all_without"))
        .isInstanceOfSatisfying(
            LonghouseException.class,
            e -> {
              assertThat(e.code()).isEqualTo(279);
              assertThat(e.message())
                  .contains("There is no table `default`.`here` on server: 127.0.0.1");
            });
    assertThat(ask("all_without", "skip_unavailable_shards", "1")).isEmpty();
  }
}
