package io.longhouse.cluster.replication;

import static io.longhouse.cluster.TestServer.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Connections to Keeper that are cut while rows are inserted, merged and changed. */
@Timeout(180)
class LostAnswersTest {
  private static final int WRITERS = 4;
  private static final int INSERTS = 25;

  @TempDir Path folder;
  private final Map<ErrorCode, Integer> errors = new EnumMap<>(ErrorCode.class);

  @Test
  void whatWasAcknowledgedIsThereOnce() throws Exception {
    long seed = System.nanoTime();
    System.out.println("seed " + seed);
    try (var group = new ReplicaGroup(folder);
        var proxyA = new LossyProxy(group.keeper().port(), seed);
        var proxyB = new LossyProxy(group.keeper().port(), seed + 1)) {
      List<ReplicaGroup.Member> members =
          List.of(group.add(proxyA.port()), group.add(proxyB.port()));
      for (ReplicaGroup.Member m : members) {
        m.run(
            "CREATE TABLE t (k UInt64, s String) ENGINE ="
                + " ReplicatedMergeTree('/clickhouse/t', '{replica}') ORDER BY k");
      }
      proxyA.lossRate(0.03);
      proxyB.lossRate(0.03);
      var acknowledged = new ConcurrentSkipListSet<Integer>();
      try (ExecutorService writers = Executors.newVirtualThreadPerTaskExecutor()) {
        List<Future<Boolean>> done = new ArrayList<>();
        for (int w = 0; w < WRITERS; w++) {
          done.add(writers.submit(writer(members, w, seed, acknowledged)));
        }
        for (Future<Boolean> f : done) {
          f.get();
        }
      }
      proxyA.lossRate(0);
      proxyB.lossRate(0);
      System.out.println("errors " + errors);
      assertThat(acknowledged).hasSize(WRITERS * INSERTS);
      int rows = 10 * WRITERS * INSERTS;
      for (ReplicaGroup.Member m : members) {
        String sql = "SELECT count(), uniqExact(k) FROM t";
        boolean all = eventually(() -> m.run(sql).equals(List.of(rows + "|" + rows)));
        assertThat(all)
            .as("%s, queue %s", m.run(sql), m.run("SELECT * FROM system.replication_queue"))
            .isTrue();
      }
      members.getFirst().run("OPTIMIZE TABLE t FINAL SETTINGS alter_sync = 2");
      for (ReplicaGroup.Member m : members) {
        assertThat(m.run("SELECT count(), uniqExact(k), uniqExact(_part) FROM t"))
            .containsExactly(rows + "|" + rows + "|1");
        boolean empty =
            eventually(
                () -> m.run("SELECT count() FROM system.replication_queue").equals(List.of("0")));
        assertThat(empty).isTrue();
      }
      // No number is held for ever, which would keep parts from being merged.
      assertThat(members.getFirst().session().children("/clickhouse/t/block_numbers/all"))
          .isEmpty();
    }
  }

  /** Inserts rows of its own, each until it is acknowledged, by any replica. */
  private Callable<Boolean> writer(
      List<ReplicaGroup.Member> members,
      int writer,
      long seed,
      ConcurrentSkipListSet<Integer> acknowledged) {
    return () -> {
      var random = new Random(seed * 31 + writer);
      for (int i = 0; i < INSERTS; i++) {
        int id = writer * INSERTS + i;
        boolean done = false;
        for (int attempt = 0; !done && attempt < 200; attempt++) {
          done = insert(members.get(random.nextInt(members.size())), id);
        }
        if (done) {
          acknowledged.add(id);
        }
      }
      return true;
    };
  }

  private boolean insert(ReplicaGroup.Member member, int id) throws InterruptedException {
    try {
      member.run("INSERT INTO t SELECT number + " + id * 10 + ", 'x' FROM numbers(10)");
      return true;
    } catch (LonghouseException e) {
      synchronized (errors) {
        errors.merge(e.errorCode(), 1, Integer::sum);
      }
      Thread.sleep(50);
      return false;
    }
  }
}
