package io.longhouse.engine.exec;

import static org.assertj.core.api.Assertions.assertThat;

import io.longhouse.engine.Statements;
import io.longhouse.engine.session.EngineConfig;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * {@code EXPLAIN PIPELINE}; the first text is ClickHouse 26.7's, the others are of our transforms.
 */
class PipelineTextTest {
  private static final EngineConfig TWO_THREADS =
      new EngineConfig(null, 2, 0, ZoneId.of("UTC"), Map.of(), Map.of(), Map.of());

  @Test
  void showsTheTransformsOfEachStepWithTheirLanes() {
    try (var db = new Statements(TWO_THREADS)) {
      db.run("CREATE TABLE t (a UInt64, s String) ENGINE = MergeTree ORDER BY a");
      db.run("INSERT INTO t SELECT number, toString(number % 100) FROM numbers(1000000)");
      assertThat(db.run("EXPLAIN PIPELINE SELECT 1"))
          .containsExactly("(Expression)", "ExpressionTransform", "  (ReadFromSystemOne)");
      assertThat(
              db.run(
                  "EXPLAIN PIPELINE SELECT s, count() AS c FROM t GROUP BY s ORDER BY c LIMIT 3"
                      + " SETTINGS max_threads = 2"))
          .isEqualTo(
              List.of(
                  "(Limit)",
                  "Limit",
                  "  (Sorting)",
                  "  MergingSortedTransform 2 → 1",
                  "    MergeSortingTransform × 2",
                  "      (Expression)",
                  "      ExpressionTransform × 2",
                  "        (Aggregating)",
                  "        ConvertingAggregatedToChunksTransform × 2",
                  "          AggregatingTransform × 2",
                  "            (ReadFromMergeTree)",
                  "            MergeTreeSelect × 2"));
      assertThat(db.run("SELECT count() FROM t")).containsExactly("1000000");
    }
  }
}
