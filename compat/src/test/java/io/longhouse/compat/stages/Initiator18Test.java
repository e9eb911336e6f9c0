package io.longhouse.compat.stages;

import static org.assertj.core.api.Assertions.assertThat;

import io.longhouse.embedded.Longhouse;
import java.io.IOException;
import java.time.ZoneId;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A Distributed table of 18.16 whose shards are that server itself and one of ours. */
class Initiator18Test {
  private static final String COLUMNS =
      " (town String, price UInt32, a Int64, d Date, s Nullable(String), arr Array(UInt8), l"
          + " LowCardinality(String))";
  private static final String ROWS =
      " SELECT concat('t', toString(number % 3)), number, number * 2, toDate(17000 + number % 4),"
          + " if(number % 2 = 0, NULL, toString(number)), [number % 3, 1], toString(number % 4)"
          + " FROM numbers(20)";
  private static final String LOW_CARDINALITY = "allow_experimental_low_cardinality_type=1";

  private static Longhouse db;
  private static OldServer old;

  @BeforeAll
  static void start() throws IOException {
    db = Longhouse.builder().ports().timeZone(ZoneId.of("UTC")).open();
    old = OldServer.start(db.tcpPort());
    db.execute("CREATE TABLE t" + COLUMNS + " ENGINE = MergeTree ORDER BY town");
    db.execute("INSERT INTO t" + ROWS);
    for (String table : new String[] {"t", "twice"}) {
      done("CREATE TABLE " + table + COLUMNS + " ENGINE = MergeTree ORDER BY town");
      done("INSERT INTO " + table + ROWS);
    }
    done("INSERT INTO twice" + ROWS);
    done("CREATE TABLE everywhere" + COLUMNS + " ENGINE = Distributed(lab, default, t)");
  }

  @AfterAll
  static void stop() throws IOException, InterruptedException {
    if (old != null) {
      old.close();
    }
    db.close();
  }

  private static void done(String statement) {
    assertThat(old.ask(statement, LOW_CARDINALITY)).isEmpty();
  }

  @Test
  void aMixedClusterAnswersAsOneTable() {
    Queries.areEqual(
        Queries.resource("/stages/queries18.txt").lines().toList(),
        q -> old.ask(q.replace("REMOTE", "everywhere")),
        q -> old.ask(q.replace("REMOTE", "twice")));
  }

  @Test
  void rowsAreInsertedAtOnceAndInTheBackground() throws InterruptedException {
    String columns =
        " (a UInt64, b String, e UInt8 DEFAULT 7, n Nullable(Int32), l LowCardinality(String), ar"
            + " Array(String), dt DateTime, de Decimal(9, 2), en Enum8('p' = 1, 'q' = 2), f"
            + " Float64)";
    db.execute("CREATE TABLE x" + columns + " ENGINE = MergeTree ORDER BY a");
    done("CREATE TABLE x" + columns + " ENGINE = MergeTree ORDER BY a");
    done("CREATE TABLE dx" + columns + " ENGINE = Distributed(lab, default, x, a)");
    String rows =
        "INSERT INTO dx (a, b, n, l, ar, dt, de, en, f) SELECT number, toString(number), if(number"
            + " % 2 = 0, NULL, number), toString(number % 3), ['x', toString(number)],"
            + " toDateTime(1500000000 + number), toDecimal32(number, 2), 'q', number / 2 FROM"
            + " numbers(20)";
    assertThat(old.ask(rows, "insert_distributed_sync=1")).isEmpty();
    String ours = "SELECT count(), sum(a), sum(e), sum(n), sum(de), any(en), min(f) FROM x";
    assertThat(db.query(ours).format("TabSeparated")).isEqualTo("10\t100\t70\t100\t100\tq\t0.5\n");
    assertThat(old.ask("INSERT INTO dx (a, b) SELECT number + 100, 'w' FROM numbers(10)"))
        .isEmpty();
    String all = "SELECT count(), sum(a), sum(e), uniq(l), uniq(ar) FROM dx";
    for (int i = 0; i < 100 && !old.ask(all).startsWith("30\t"); i++) {
      Thread.sleep(100);
    }
    assertThat(old.ask(all)).isEqualTo("30\t1235\t210\t4\t21\n");
    assertThat(
            old.ask(
                "SELECT a % 2 AS k, count() FROM dx GROUP BY k ORDER BY k",
                "distributed_aggregation_memory_efficient=1&group_by_two_level_threshold=1"))
        .isEqualTo("0\t15\n1\t15\n");
    assertThat(old.ask("SELECT a FROM dx WHERE throwIf(a = 5) = 0"))
        .contains("Code: 395", "Received from 127.0.0.1:" + db.tcpPort());
  }
}
