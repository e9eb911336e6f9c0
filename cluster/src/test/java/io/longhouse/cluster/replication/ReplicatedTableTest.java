package io.longhouse.cluster.replication;

import static io.longhouse.cluster.TestServer.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Two servers with replicas of one table. */
@Timeout(60)
class ReplicatedTableTest {
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
  }

  @AfterEach
  void close() {
    group.close();
  }

  private static String create(String columns, String rest) {
    return "CREATE TABLE t ("
        + columns
        + ") ENGINE = ReplicatedMergeTree('/clickhouse/tables/{shard}/{table}', '{replica}') "
        + rest;
  }

  private void createBoth() {
    String sql = create("k UInt64, s String", "PARTITION BY k % 2 ORDER BY k");
    a.run(sql);
    b.run(sql);
  }

  private static boolean becomes(ReplicaGroup.Member m, String sql, String... rows)
      throws InterruptedException {
    boolean holds = eventually(() -> m.run(sql).equals(List.of(rows)));
    if (!holds) {
      assertThat(m.run(sql)).containsExactly(rows);
    }
    return holds;
  }

  @Test
  void rowsOfOneServerAreOnTheOther() throws Exception {
    createBoth();
    a.run("INSERT INTO t SELECT number, toString(number) FROM numbers(100)");
    b.run("INSERT INTO t SELECT number, toString(number) FROM numbers(100, 100)");
    becomes(a, "SELECT count(), sum(k), uniqExact(s) FROM t", "200|19900|200");
    becomes(b, "SELECT count(), sum(k), uniqExact(s) FROM t", "200|19900|200");
    assertThat(a.run("SELECT engine FROM system.tables WHERE name = 't'"))
        .containsExactly("ReplicatedMergeTree");
    assertThat(a.run("SHOW CREATE TABLE t").getFirst())
        .contains("ReplicatedMergeTree('/clickhouse/tables/{shard}/t', '{replica}')");
  }

  @Test
  void theSameRowsAreInsertedOnce() throws Exception {
    createBoth();
    a.run("INSERT INTO t VALUES (1, 'a')");
    a.run("INSERT INTO t VALUES (1, 'a')");
    becomes(b, "SELECT count() FROM t", "1");
    b.run("INSERT INTO t VALUES (1, 'a')");
    assertThat(b.run("SELECT count() FROM t")).containsExactly("1");
    b.run("INSERT INTO t SETTINGS insert_deduplicate = 0 VALUES (1, 'a')");
    becomes(a, "SELECT count() FROM t", "2");
  }

  @Test
  void mergesMutationsAndAltersHappenOnBoth() throws Exception {
    createBoth();
    for (int i = 0; i < 5; i++) {
      a.run("INSERT INTO t SELECT number * 2, 'x' FROM numbers(" + i * 10 + ", 10)");
    }
    a.run("OPTIMIZE TABLE t FINAL SETTINGS alter_sync = 2");
    for (ReplicaGroup.Member m : List.of(a, b)) {
      becomes(m, "SELECT count(), uniqExact(_part) FROM t", "50|1");
    }
    b.run("ALTER TABLE t DELETE WHERE k < 20 SETTINGS mutations_sync = 2");
    for (ReplicaGroup.Member m : List.of(a, b)) {
      assertThat(m.run("SELECT count() FROM t")).containsExactly("40");
    }
    b.run("ALTER TABLE t ADD COLUMN n Int32 DEFAULT 7, MODIFY COLUMN s LowCardinality(String)");
    a.run("ALTER TABLE t RENAME COLUMN s TO z SETTINGS alter_sync = 2");
    for (ReplicaGroup.Member m : List.of(a, b)) {
      assertThat(m.run("SELECT z, n, count() FROM t GROUP BY ALL")).containsExactly("x|7|40");
    }
    a.run("ALTER TABLE t DROP PARTITION 0 SETTINGS alter_sync = 2");
    assertThat(b.run("SELECT count() FROM t")).containsExactly("0");
  }

  @Test
  void aReplicaThatCatchesUpHasEverything() throws Exception {
    createBoth();
    a.run("INSERT INTO t VALUES (1, 'a')");
    becomes(b, "SELECT count() FROM t", "1");
    b.stop();
    a.run("INSERT INTO t VALUES (2, 'b'), (3, 'c')");
    a.run("ALTER TABLE t UPDATE s = 'u' WHERE k = 1");
    b.startAgain();
    becomes(b, "SELECT k, s FROM t ORDER BY k", "1|u", "2|b", "3|c");
    b.run("INSERT INTO t VALUES (4, 'd')");
    becomes(a, "SELECT count() FROM t", "4");
  }

  @Test
  void aThirdReplicaTakesOverWhatThereIs() throws Exception {
    createBoth();
    a.run("INSERT INTO t SELECT number, 'x' FROM numbers(10)");
    a.run("ALTER TABLE t ADD COLUMN n UInt8 DEFAULT 1 SETTINGS alter_sync = 2");
    ReplicaGroup.Member c = group.add();
    assertThatThrownBy(() -> c.run(create("k UInt64, s String", "PARTITION BY k % 2 ORDER BY k")))
        .isInstanceOfSatisfying(
            LonghouseException.class,
            e -> assertThat(e.errorCode()).isEqualTo(ErrorCode.INCOMPATIBLE_COLUMNS));
    assertThatThrownBy(() ->
            c.run(create("k UInt64, s String, n UInt8 DEFAULT 1", "PARTITION BY k ORDER BY k")))
        .isInstanceOfSatisfying(
            LonghouseException.class,
            e -> assertThat(e.errorCode()).isEqualTo(ErrorCode.METADATA_MISMATCH));
    c.run(create("k UInt64, s String, n UInt8 DEFAULT 1", "PARTITION BY k % 2 ORDER BY k"));
    becomes(c, "SELECT count(), sum(n) FROM t", "10|10");
    a.run("ALTER TABLE t ADD COLUMN m UInt8 DEFAULT 2 SETTINGS alter_sync = 2");
    assertThat(c.run("SELECT sum(m) FROM t")).containsExactly("20");
  }

  @Test
  void theLastReplicaTakesTheTableWithIt() {
    createBoth();
    assertThatThrownBy(() ->
            a.run(
                "CREATE TABLE t2 (k UInt64, s String) ENGINE ="
                    + " ReplicatedMergeTree('"
                    + PATH
                    + "', 'r1') PARTITION BY k % 2 ORDER BY k"))
        .isInstanceOfSatisfying(
            LonghouseException.class,
            e -> assertThat(e.errorCode()).isEqualTo(ErrorCode.REPLICA_ALREADY_EXISTS));
    a.run("DROP TABLE t SYNC");
    assertThat(b.session().children(PATH + "/replicas")).containsExactly("r2");
    b.run("DROP TABLE t SYNC");
    assertThat(a.session().exists(PATH)).isNull();
    createBoth();
  }

  @Test
  void rowsOfAViewComeOncePerRowOfItsSource() throws Exception {
    createBoth();
    a.run(
        "CREATE TABLE v (n UInt64) ENGINE = ReplicatedMergeTree('/clickhouse/tables/v',"
            + " '{replica}') ORDER BY n");
    a.run("CREATE MATERIALIZED VIEW mv TO v AS SELECT count() AS n FROM t");
    a.run("INSERT INTO t VALUES (1, 'a')");
    // The view's rows are equal, what they are made of is not.
    a.run("INSERT INTO t VALUES (2, 'b')");
    a.run("INSERT INTO t VALUES (2, 'b')");
    assertThat(a.run("SELECT n FROM v")).containsExactly("1", "1");
    assertThat(a.run("SELECT count() FROM t")).containsExactly("2");
  }

  @Test
  void partitionsAreReplacedMovedAttachedAndFetched() throws Exception {
    createBoth();
    for (ReplicaGroup.Member m : List.of(a, b)) {
      m.run(
          "CREATE TABLE o (k UInt64, s String) ENGINE ="
              + " ReplicatedMergeTree('/clickhouse/tables/o', '{replica}')"
              + " PARTITION BY k % 2 ORDER BY k");
    }
    a.run("CREATE TABLE p (k UInt64, s String) ENGINE = MergeTree PARTITION BY k % 2 ORDER BY k");
    a.run("INSERT INTO t VALUES (1, 'a'), (2, 'a')");
    a.run("INSERT INTO p VALUES (3, 'p'), (4, 'p')");
    a.run("ALTER TABLE t REPLACE PARTITION 1 FROM p SETTINGS alter_sync = 2");
    for (ReplicaGroup.Member m : List.of(a, b)) {
      becomes(m, "SELECT k FROM t ORDER BY k", "2", "3");
    }
    a.run("ALTER TABLE t ATTACH PARTITION 0 FROM p SETTINGS alter_sync = 2");
    becomes(b, "SELECT k FROM t ORDER BY k", "2", "3", "4");
    b.run("ALTER TABLE t MOVE PARTITION 0 TO TABLE o SETTINGS alter_sync = 2");
    for (ReplicaGroup.Member m : List.of(a, b)) {
      becomes(m, "SELECT k FROM t ORDER BY k", "3");
      becomes(m, "SELECT k FROM o ORDER BY k", "2", "4");
    }
    a.run("ALTER TABLE o DETACH PARTITION 0 SETTINGS alter_sync = 2");
    becomes(b, "SELECT count() FROM o", "0");
    b.run("ALTER TABLE o ATTACH PARTITION 0");
    becomes(a, "SELECT k FROM o ORDER BY k", "2", "4");
    a.run("ALTER TABLE o FETCH PARTITION 1 FROM '" + PATH + "'");
    a.run("ALTER TABLE o ATTACH PARTITION 1");
    becomes(b, "SELECT k FROM o ORDER BY k", "2", "3", "4");
    String part =
        b.run("SELECT name FROM system.parts WHERE table = 'o' AND active AND partition = '1'")
            .getFirst();
    b.run("ALTER TABLE o DROP PART '" + part + "' SETTINGS alter_sync = 2");
    becomes(a, "SELECT k FROM o ORDER BY k", "2", "4");
    a.run("TRUNCATE TABLE o");
    becomes(b, "SELECT count() FROM o", "0");
  }

  @Test
  void aQuorumIsWaitedFor() throws Exception {
    createBoth();
    a.run("INSERT INTO t SETTINGS insert_quorum = 2 VALUES (1, 'a')");
    assertThat(b.run("SELECT count() FROM t")).containsExactly("1");
    a.run("INSERT INTO t SETTINGS insert_quorum = 2, insert_quorum_parallel = 0 VALUES (2, 'b')");
    assertThat(b.run("SELECT count() FROM t SETTINGS select_sequential_consistency = 1"))
        .containsExactly("2");
    b.stop();
    assertThatThrownBy(() -> a.run("INSERT INTO t SETTINGS insert_quorum = 2 VALUES (3, 'c')"))
        .isInstanceOfSatisfying(
            LonghouseException.class,
            e -> assertThat(e.errorCode()).isEqualTo(ErrorCode.TOO_FEW_LIVE_REPLICAS));
    assertThat(a.run("SELECT count() FROM t")).containsExactly("2");
    b.startAgain();
  }

  @Test
  void aTableIsReadOnlyWhileKeeperIsAwayAndComesBack() throws Exception {
    createBoth();
    a.run("INSERT INTO t VALUES (1, 'a')");
    becomes(b, "SELECT count() FROM t", "1");
    group.keeper().stop();
    boolean readOnly =
        eventually(() ->
            a.run("SELECT is_readonly FROM system.replicas").equals(List.of("1"))
                && b.run("SELECT is_readonly FROM system.replicas").equals(List.of("1")));
    assertThat(readOnly).isTrue();
    assertThatThrownBy(() -> a.run("INSERT INTO t VALUES (2, 'b')"))
        .isInstanceOfSatisfying(
            LonghouseException.class,
            e -> assertThat(e.errorCode()).isEqualTo(ErrorCode.TABLE_IS_READ_ONLY));
    assertThat(a.run("SELECT count() FROM t")).containsExactly("1");
    group.keeper().startAgain();
    becomes(a, "SELECT is_readonly FROM system.replicas", "0");
    becomes(b, "SELECT is_readonly FROM system.replicas", "0");
    a.run("INSERT INTO t VALUES (2, 'b')");
    becomes(b, "SELECT count() FROM t", "2");
    becomes(
        a,
        "SELECT total_replicas, active_replicas, queue_size, absolute_delay FROM system.replicas",
        "2|2|0|0");
  }
}
