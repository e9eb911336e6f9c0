package io.longhouse.cluster.replication;

import static io.longhouse.cluster.TestServer.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.longhouse.cluster.keeper.Keeper;
import io.longhouse.cluster.keeper.KeeperSession;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import io.longhouse.storage.mergetree.MergeTreeData;
import io.longhouse.storage.part.DataPart;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What goes wrong with parts and replicas, and what an administrator does about it. */
@Timeout(90)
class ReplicaRepairTest {
  private static final String PATH = "/clickhouse/tables/01/t";

  @TempDir Path folder;
  private ReplicaGroup group;
  private ReplicaGroup.Member a;
  private ReplicaGroup.Member b;

  @BeforeEach
  void open() throws Exception {
    group = new ReplicaGroup(folder);
    a = group.add();
    b = group.add();
    String sql =
        "CREATE TABLE t (p UInt8, k UInt64, s String) ENGINE ="
            + " ReplicatedMergeTree('/clickhouse/tables/{shard}/{table}', '{replica}')"
            + " PARTITION BY p ORDER BY k SETTINGS min_bytes_for_wide_part = 0";
    a.run(sql);
    b.run(sql);
    a.run("SYSTEM SYNC REPLICA t");
    b.run("SYSTEM SYNC REPLICA t");
  }

  private void queueOfB(int entries) throws InterruptedException {
    ReplicationQueue queue = b.replica(PATH + "/replicas/r2").queue();
    if (!eventually(() -> queue.entries().size() == entries)) {
      assertThat(queue.entries()).hasSize(entries);
    }
  }

  @AfterEach
  void close() {
    group.close();
  }

  private static void becomes(ReplicaGroup.Member m, String sql, String... rows)
      throws InterruptedException {
    if (!eventually(() -> m.run(sql).equals(List.of(rows)))) {
      assertThat(m.run(sql)).containsExactly(rows);
    }
  }

  private static MergeTreeData data(ReplicaGroup.Member m, String replica) {
    return m.replica(PATH + "/replicas/" + replica).core().data();
  }

  private static void damage(DataPart part, String file) throws IOException {
    Path path = Path.of(part.disk().absolute(part.folder())).resolve(file);
    byte[] bytes = Files.readAllBytes(path);
    bytes[bytes.length - 1] ^= 1;
    assertThat(path.toFile().setWritable(true)).isTrue();
    Files.write(path, bytes);
  }

  @Test
  void aBrokenPartIsFetchedAgainOnceSomebodySeesIt() throws Exception {
    a.run("INSERT INTO t SELECT 1, number, toString(number) FROM numbers(1000)");
    becomes(b, "SELECT count(), sum(k) FROM t", "1000|499500");
    damage(data(b, "r2").snapshot().parts().getFirst(), "k.bin");
    assertThat(b.run("CHECK TABLE t").getFirst()).contains("|0|");
    if (!eventually(
        () -> b.run("SELECT count() FROM system.detached_parts").equals(List.of("1")))) {
      assertThat(b.run("SELECT * FROM system.detached_parts")).hasSize(1);
    }
    becomes(b, "SELECT count(), sum(k) FROM t", "1000|499500");
    assertThat(b.run("CHECK TABLE t").getFirst()).contains("|1|");
    assertThat(b.run("SELECT name, reason FROM system.detached_parts"))
        .containsExactly("broken_1_0_0_0|broken");
  }

  @Test
  void aPartThatCannotBeReadIsFetchedAgain() throws Exception {
    a.run("INSERT INTO t SELECT 1, number, toString(number) FROM numbers(1000)");
    becomes(b, "SELECT count() FROM t", "1000");
    damage(data(b, "r2").snapshot().parts().getFirst(), "s.bin");
    assertThatThrownBy(() -> b.run("SELECT max(s) FROM t")).isInstanceOf(LonghouseException.class);
    if (!eventually(
        () -> b.run("SELECT count() FROM system.detached_parts").equals(List.of("1")))) {
      assertThat(b.run("SELECT * FROM system.detached_parts")).hasSize(1);
    }
    becomes(b, "SELECT max(s), count() FROM t", "999|1000");
  }

  @Test
  void aPartThatNobodyHasAnyMoreIsReplacedByAnEmptyOne() throws Exception {
    b.run("SYSTEM STOP FETCHES t");
    a.run("INSERT INTO t VALUES (1, 1, 'a')");
    a.run("INSERT INTO t VALUES (1, 2, 'b')");
    String node = PATH + "/replicas/r1/parts/1_1_1_0";
    KeeperSession keeper = a.session();
    a.stop();
    // What a disk that forgot the last writes leaves behind.
    b.session().removeAll(node);
    Path lost = folder.resolve("r1");
    try (var all = Files.walk(lost)) {
      for (Path p : all.filter(f -> f.endsWith("1_1_1_0")).toList()) {
        try (var files = Files.list(p)) {
          for (Path f : files.toList()) {
            Files.delete(f);
          }
        }
        Files.delete(p);
      }
    }
    assertThat(keeper.hasEnded()).isTrue();
    a.startAgain();
    b.run("SYSTEM START FETCHES t");
    becomes(b, "SELECT count(), sum(k) FROM t", "1|1");
    queueOfB(0);
    assertThat(b.session().text(PATH + "/lost_part_count")).isEqualTo("1");
    a.run("INSERT INTO t VALUES (1, 3, 'c')");
    becomes(b, "SELECT count(), sum(k) FROM t", "2|4");
    a.run("OPTIMIZE TABLE t FINAL");
    becomes(b, "SELECT count(), sum(k) FROM t", "2|4");
  }

  @Test
  void syncWaitsForWhatIsInTheLog() {
    b.run("SYSTEM STOP FETCHES t");
    a.run("INSERT INTO t VALUES (1, 1, 'a')");
    assertThatThrownBy(() -> b.run("SYSTEM SYNC REPLICA t", Map.of("receive_timeout", "1")))
        .hasMessageContaining("SYNC REPLICA default.t: command timed out.")
        .extracting(e -> ((LonghouseException) e).errorCode())
        .isEqualTo(ErrorCode.TIMEOUT_EXCEEDED);
    b.run("SYSTEM SYNC REPLICA t PULL");
    b.run("SYSTEM SYNC REPLICA t LIGHTWEIGHT FROM 'nobody'");
    assertThat(b.run("SELECT count() FROM t")).containsExactly("0");
    b.run("SYSTEM START FETCHES t");
    for (String how : List.of("", " STRICT", " LIGHTWEIGHT", " LIGHTWEIGHT FROM 'r1'")) {
      a.run("INSERT INTO t SELECT 1, rand64(), ''");
      b.run("SYSTEM SYNC REPLICA t" + how);
      assertThat(b.run("SELECT count() FROM t")).isEqualTo(a.run("SELECT count() FROM t"));
    }
    b.run("SYSTEM SYNC REPLICA nothing IF EXISTS");
    b.run("CREATE TABLE plain (k UInt8) ORDER BY k");
    assertThatThrownBy(() -> b.run("SYSTEM SYNC REPLICA plain"))
        .hasMessageContaining("is not replicated");
  }

  @Test
  void whatAReplicaDoesCanBeStopped() throws Exception {
    b.run("SYSTEM STOP PULLING REPLICATION LOG t");
    a.run("INSERT INTO t VALUES (1, 1, 'a')");
    Thread.sleep(500);
    queueOfB(0);
    b.run("SYSTEM STOP REPLICATION QUEUES t");
    b.run("SYSTEM START PULLING REPLICATION LOG t");
    queueOfB(1);
    a.run("SYSTEM STOP REPLICATED SENDS");
    b.run("SYSTEM START REPLICATION QUEUES t");
    ReplicationQueue queue = b.replica(PATH + "/replicas/r2").queue();
    String stopped = "Transferring part to replica was cancelled";
    if (!eventually(() -> queue.entries().getFirst().failure().contains(stopped))) {
      assertThat(queue.entries().getFirst().failure()).contains(stopped);
    }
    a.run("SYSTEM START REPLICATED SENDS");
    becomes(b, "SELECT count() FROM t", "1");
    b.run("SYSTEM RESTART REPLICA t");
    b.run("SYSTEM RESTART REPLICAS");
    a.run("INSERT INTO t VALUES (1, 2, 'a')");
    becomes(b, "SELECT count() FROM t", "2");
  }

  @Test
  void aDeadReplicaIsTakenOutByAnother() {
    assertNotDropped("SYSTEM DROP REPLICA 'r2' FROM TABLE t", "because it's active");
    assertNotDropped("SYSTEM DROP REPLICA 'r1' FROM TABLE t", "We can't drop local replica");
    assertNotDropped(
        "SYSTEM DROP REPLICA 'r1' FROM ZKPATH '" + PATH + "'", "There is a local table default.t");
    b.stop();
    a.run("SYSTEM DROP REPLICA 'r2' FROM DATABASE default");
    assertThat(a.session().children(PATH + "/replicas")).containsExactly("r1");
    b.startAgain();
    assertThatThrownBy(() -> b.run("INSERT INTO t VALUES (1, 1, 'a')"))
        .extracting(e -> ((LonghouseException) e).errorCode())
        .isEqualTo(ErrorCode.TABLE_IS_READ_ONLY);
    a.run("INSERT INTO t VALUES (1, 1, 'a')");
    b.run("SYSTEM RESTORE REPLICA t");
    b.run("SYSTEM SYNC REPLICA t");
    assertThat(b.run("SELECT count() FROM t")).containsExactly("1");
  }

  private void assertNotDropped(String sql, String message) {
    assertThatThrownBy(() -> a.run(sql))
        .hasMessageContaining(message)
        .extracting(e -> ((LonghouseException) e).errorCode())
        .isEqualTo(ErrorCode.TABLE_WAS_NOT_DROPPED);
  }

  @Test
  void whatKeeperLostIsMadeAgainOfTheParts() throws Exception {
    a.run("INSERT INTO t SELECT number % 3, number, '' FROM numbers(100)");
    becomes(b, "SELECT count() FROM t", "100");
    assertThatThrownBy(() -> a.run("SYSTEM RESTORE REPLICA t"))
        .hasMessageContaining("Replica must be readonly");
    a.stop();
    b.stop();
    try (Keeper other = Keeper.open(group.keeper().client())) {
      other.removeAll(PATH);
    }
    a.startAgain();
    b.startAgain();
    assertThatThrownBy(() -> a.run("INSERT INTO t VALUES (1, 1, 'a')"))
        .extracting(e -> ((LonghouseException) e).errorCode())
        .isEqualTo(ErrorCode.TABLE_IS_READ_ONLY);
    a.run("SYSTEM RESTORE REPLICA t");
    b.run("SYSTEM RESTORE REPLICA t");
    b.run("SYSTEM SYNC REPLICA t");
    for (ReplicaGroup.Member m : group.members()) {
      assertThat(m.run("SELECT count(), sum(k) FROM t")).containsExactly("100|4950");
    }
    b.run("INSERT INTO t VALUES (1, 1, 'a')");
    becomes(a, "SELECT count() FROM t", "101");
  }
}
