package io.longhouse.engine.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.longhouse.engine.Statements;
import io.longhouse.engine.session.EngineConfig;
import org.junit.jupiter.api.Test;

/** Which queries read columns late; that they give the right rows is the corpus' affair. */
class LateMaterializationTest {
  @Test
  void columnsThatNeitherSortNorFilterAreReadLate() {
    try (var db = new Statements(EngineConfig.inMemory())) {
      db.run("CREATE TABLE t (a UInt32, s String, d Float64) ENGINE = MergeTree ORDER BY a");
      db.run("INSERT INTO t SELECT number, toString(number), -number FROM numbers(200000)");
      assertThat(lateColumns(db, "SELECT * FROM t ORDER BY d LIMIT 3")).isEqualTo("a, s");
      assertThat(lateColumns(db, "SELECT a, s FROM t WHERE a > 5 ORDER BY d LIMIT 3"))
          .isEqualTo("s");
      assertThat(lateColumns(db, "SELECT length(s) FROM t ORDER BY d + a, d LIMIT 3 OFFSET 2"))
          .isEqualTo("s");
      assertThat(lateColumns(db, "SELECT a FROM t ORDER BY s LIMIT 3")).isEqualTo("a");
      assertThat(lateColumns(db, "SELECT a, d FROM t WHERE a > 5 ORDER BY d LIMIT 3")).isEmpty();
      assertThat(lateColumns(db, "SELECT * FROM t ORDER BY d")).isEmpty();
      assertThat(lateColumns(db, "SELECT * FROM t ORDER BY d LIMIT 1000")).isEmpty();
      assertThat(lateColumns(db, "SELECT *, rand() FROM t ORDER BY d LIMIT 3")).isEmpty();
      assertThat(db.run("SELECT * FROM t ORDER BY d LIMIT 1 OFFSET 1"))
          .containsExactly("199998\t199998\t-199998");
      db.run("SET query_plan_optimize_lazy_materialization = 0");
      assertThat(lateColumns(db, "SELECT * FROM t ORDER BY d LIMIT 3")).isEmpty();
    }
  }

  private static String lateColumns(Statements db, String query) {
    return db.run("EXPLAIN " + query).stream()
        .filter(l -> l.contains("Lazily read columns: "))
        .map(l -> l.replaceFirst(".*Lazily read columns: ", ""))
        .findFirst()
        .orElse("");
  }
}
