package io.longhouse.engine.exec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.longhouse.column.Block;
import io.longhouse.engine.session.ClientInfo;
import io.longhouse.engine.session.Engine;
import io.longhouse.engine.session.EngineConfig;
import io.longhouse.engine.session.QueryRequest;
import io.longhouse.engine.session.RunningQuery;
import io.longhouse.engine.session.Session;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Memory that does not suffice for a GROUP BY or ORDER BY does with the disk's help. */
class SpillTest {
  private static final String GROUPS =
      "SELECT count(), sum(c) FROM (SELECT number AS k, count() AS c FROM numbers(1000000) GROUP BY"
          + " k)";
  private static final String ROWS =
      "SELECT sum(n = rowNumberInAllBlocks()) FROM (SELECT 1000000 - 1 - number AS n,"
          + " toString(number) AS s FROM numbers(1000000) ORDER BY n) WHERE s != ''";

  @TempDir Path folder;

  /** The first row, and what the query counted. */
  private record Answer(String row, Map<String, Long> events) {}

  private Answer run(String sql, String settings) {
    try (Engine engine = Engine.open(EngineConfig.at(folder));
        Session session = engine.login("default", "", ClientInfo.local());
        RunningQuery q = session.start(QueryRequest.of(sql + " SETTINGS " + settings))) {
      String row = "";
      while (!q.isFinished()) {
        Block b = q.next(10_000);
        for (int c = 0; b != null && c < b.columnCount(); c++) {
          row += q.header().type(c).textOf(b.column(c).full(), 0) + " ";
        }
      }
      return new Answer(row.strip(), q.profileEvents());
    }
  }

  private static void assertTooLarge(Runnable query) {
    assertThatThrownBy(query::run)
        .isInstanceOfSatisfying(
            LonghouseException.class,
            e -> assertThat(e.errorCode()).isEqualTo(ErrorCode.MEMORY_LIMIT_EXCEEDED));
  }

  @Test
  void groupsThatMemoryDoesNotHoldGoToDiskAndNothingStaysThere() throws IOException {
    String limit = "max_memory_usage = 30000000, max_threads = 1, ";
    assertTooLarge(() -> run(GROUPS, limit + "max_bytes_ratio_before_external_group_by = 0"));
    Answer spilled = run(GROUPS, limit + "max_bytes_ratio_before_external_group_by = 0.3");
    assertThat(spilled.row).isEqualTo("1000000 1000000");
    assertThat(spilled.events)
        .hasEntrySatisfying("ExternalAggregationWritePart", n -> assertThat(n).isPositive());
    try (Stream<Path> left = Files.list(folder.resolve("tmp"))) {
      assertThat(left).isEmpty();
    }
  }

  @Test
  void rowsThatMemoryDoesNotHoldAreSortedOnDisk() {
    Answer spilled = run(ROWS, "max_bytes_before_external_sort = 2000000");
    assertThat(spilled.row).isEqualTo("1000000");
    assertThat(spilled.events)
        .hasEntrySatisfying("ExternalSortWritePart", n -> assertThat(n).isGreaterThan(1));
  }
}
