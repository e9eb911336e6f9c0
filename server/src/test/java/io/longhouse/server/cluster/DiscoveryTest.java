package io.longhouse.server.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.longhouse.cluster.keeper.EmbeddedKeeper;
import java.net.ServerSocket;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiscoveryTest {
  private static final String SERVERS =
      "SELECT arrayStringConcat(arraySort(groupArray(concat(toString(shard_num), ':',"
          + " toString(port), ':', toString(is_local)))), ' ') FROM system.clusters"
          + " WHERE cluster = 'found'";

  @TempDir Path folder;

  @Test
  void serversFindEachOtherThroughKeeper() throws Exception {
    int port;
    try (var free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    String zookeeper =
        "<zookeeper><node><host>127.0.0.1</host><port>"
            + port
            + "</port></node><session_timeout_ms>4000</session_timeout_ms></zookeeper>";
    try (var keeper = EmbeddedKeeper.start(folder.resolve("keeper"), port);
        var group = new ServerGroup(folder, 2, zookeeper)) {
      for (int i = 0; i < 2; i++) {
        group.configure(
            i,
            zookeeper
                + "<remote_servers><found><discovery><path>/clusters/found/</path><shard>"
                + (i + 5)
                + "</shard><my_hostname>127.0.0.1</my_hostname></discovery></found></remote_servers>");
      }
      String both = "1:" + group.port(0) + ":1 2:" + group.port(1) + ":0";
      await(group, 0, both);
      await(group, 1, "1:" + group.port(0) + ":0 2:" + group.port(1) + ":1");
      keeper.stop();
      assertThat(group.server(0).run1(SERVERS)).isEqualTo(both);
      keeper.startAgain();
      group.stop(1);
      await(group, 0, "1:" + group.port(0) + ":1");
      group.configure(0, zookeeper);
      await(group, 0, "");
    }
  }

  private static void await(ServerGroup group, int i, String expected) throws InterruptedException {
    long until = System.nanoTime() + 30_000_000_000L;
    while (!group.server(i).run1(SERVERS).equals(expected) && System.nanoTime() < until) {
      Thread.sleep(50);
    }
    assertThat(group.server(i).run1(SERVERS)).isEqualTo(expected);
  }
}
