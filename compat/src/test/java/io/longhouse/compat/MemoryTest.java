package io.longhouse.compat;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Queries that want more memory than there is fail alone; the server goes on. */
class MemoryTest {
  private static final String IN_MEMORY =
      " FORMAT Null SETTINGS max_bytes_ratio_before_external_group_by = 0,"
          + " max_bytes_ratio_before_external_sort = 0";

  /** What each of these would keep is several times the heap. */
  private static final List<String> GREEDY =
      List.of(
          "SELECT number, count() FROM numbers(100000000) GROUP BY number" + IN_MEMORY,
          "SELECT toString(number) AS s, count() FROM numbers(100000000) GROUP BY s" + IN_MEMORY,
          "SELECT number FROM numbers(300000000) ORDER BY cityHash64(number)" + IN_MEMORY,
          "SELECT count() FROM numbers(1000) AS a JOIN numbers(100000000) AS b USING number",
          "SELECT groupArray(number) FROM numbers(300000000) FORMAT Null",
          "SELECT uniqExact(number) FROM numbers(300000000)",
          "SELECT DISTINCT toString(number) FROM numbers(300000000) FORMAT Null",
          "SELECT number IN (SELECT number FROM numbers(300000000)) FROM numbers(3)",
          "SELECT length(range(number)) FROM numbers(300000000, 1)");

  @TempDir Path folder;

  @Test
  void greedyQueriesFailAlone() throws Exception {
    try (ServerProcess server = ServerProcess.start(folder.resolve("data"));
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (String sql : GREEDY) {
        assertRefused(sql, server.send(sql));
        assertThat(server.query("SELECT 1")).as("after %s", sql).isEqualTo("1\n");
      }
      List<Future<HttpResponse<String>>> together = new ArrayList<>();
      for (String sql : GREEDY) {
        together.add(threads.submit(() -> server.send(sql)));
      }
      for (int i = 0; i < GREEDY.size(); i++) {
        assertRefused(GREEDY.get(i), together.get(i).get());
      }
      assertThat(server.query("SELECT sum(number) FROM numbers(1000000)"))
          .isEqualTo("499999500000\n");
    }
  }

  private static void assertRefused(String sql, HttpResponse<String> answer) {
    assertThat(answer.body()).as(sql).contains("MEMORY_LIMIT_EXCEEDED");
  }
}
