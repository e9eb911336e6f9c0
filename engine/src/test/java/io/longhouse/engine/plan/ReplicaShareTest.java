package io.longhouse.engine.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.longhouse.engine.Statements;
import io.longhouse.engine.session.EngineConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Replicas that share a query have each row once. */
class ReplicaShareTest {
  private static final int REPLICAS = 3;

  private static List<String> all(Statements s, String select, String settings) {
    List<String> rows = new ArrayList<>();
    for (int i = 0; i < REPLICAS; i++) {
      rows.addAll(
          s.run(
              select
                  + " SETTINGS parallel_replicas_count = 3, parallel_replica_offset = "
                  + i
                  + settings));
    }
    return rows;
  }

  @Test
  void eachRowIsReadByOne() {
    try (var s = new Statements(EngineConfig.inMemory())) {
      s.run(
          "CREATE TABLE sampled (a UInt64) ENGINE = MergeTree ORDER BY intHash32(a) SAMPLE BY"
              + " intHash32(a)");
      s.run("CREATE TABLE plain (a UInt64) ENGINE = MergeTree ORDER BY a");
      s.run("CREATE VIEW v AS SELECT a FROM sampled");
      for (String t : List.of("sampled", "plain")) {
        s.run("INSERT INTO " + t + " SELECT number FROM numbers(1000)");
      }
      List<String> expected = LongStream.range(0, 1000).mapToObj(Long::toString).toList();
      String key = ", parallel_replicas_custom_key = 'intDiv(a, 2)', parallel_replicas_mode = ";
      for (String t : List.of("sampled", "plain", "v")) {
        for (String settings :
            List.of(
                "",
                key + "'custom_key_sampling'",
                key + "'custom_key_range'",
                key
                    + "'custom_key_range', parallel_replicas_custom_key_range_lower = 100,"
                    + " parallel_replicas_custom_key_range_upper = 300")) {
          assertThat(all(s, "SELECT a FROM " + t, settings))
              .as(t + settings)
              .containsExactlyInAnyOrderElementsOf(expected);
        }
      }
      assertThat(all(s, "SELECT a FROM sampled SAMPLE 1/2 OFFSET 1/4", ""))
          .containsExactlyInAnyOrderElementsOf(
              s.run("SELECT a FROM sampled SAMPLE 1/2 OFFSET 1/4"));
      assertThat(all(s, "SELECT count() > 300 FROM sampled", "")).containsOnly("1");
      assertThat(all(s, "SELECT any(_sample_factor) FROM sampled SAMPLE 1/2", ""))
          .containsOnly("2");
    }
  }

  @Test
  void tablesJoinedAndInsideOfSubqueriesAreReadWhole() {
    try (var s = new Statements(EngineConfig.inMemory())) {
      s.run("CREATE TABLE t (a UInt64) ENGINE = MergeTree ORDER BY a SAMPLE BY a");
      s.run("INSERT INTO t SELECT number * 1000000000000000000 FROM numbers(18)");
      assertThat(all(s, "SELECT l.a FROM t AS l INNER JOIN t AS r ON l.a = r.a", "")).hasSize(18);
      assertThat(all(s, "SELECT a FROM t WHERE a IN (SELECT a FROM t)", "")).hasSize(18);
    }
  }
}
