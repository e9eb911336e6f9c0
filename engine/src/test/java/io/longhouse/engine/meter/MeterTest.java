package io.longhouse.engine.meter;

import static org.assertj.core.api.Assertions.assertThat;

import io.longhouse.engine.access.Account;
import io.longhouse.engine.catalog.Catalog;
import io.longhouse.engine.session.Progress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class MeterTest {
  private static final int THREADS = 4;
  private static final int QUERIES = 50_000;

  @Test
  void nothingIsLostOrCountedTwiceWhileOthersTakeAndPutBack() throws Exception {
    var meter = new Meter(new Catalog());
    Instant hour = Instant.parse("2026-11-20T10:00:00Z");
    List<Meter.Hourly> sums = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
      for (int t = 0; t < THREADS; t++) {
        int number = t;
        threads.submit(() -> {
          for (int i = 0; i < QUERIES; i++) {
            // Of two hours and three accounts; peaks go up to the number of queries.
            var progress = new Progress().snapshot(0, 0, i);
            var use = new QueryUse("Select", i % 2 == 0, progress, 3, 1);
            Instant end = hour.plusSeconds(i % 2 == 0 ? 3599 : 3600);
            meter.ended(Account.ofUser("u" + (i + number) % 3), use, end);
          }
        });
      }
      threads.shutdown();
      int takes = 0;
      while (!threads.awaitTermination(1, TimeUnit.MILLISECONDS)) {
        List<Meter.Hourly> taken = meter.take();
        if (takes++ % 3 == 0) {
          meter.putBack(taken); // as when the disk is full
        } else {
          sums.addAll(taken);
        }
      }
    }
    sums.addAll(meter.take());
    long all = (long) THREADS * QUERIES;
    assertThat(sum(sums, Measure.QUERIES)).isEqualTo(all);
    assertThat(sum(sums, Measure.SELECT_QUERIES)).isEqualTo(all);
    assertThat(sum(sums, Measure.FAILED_QUERIES)).isEqualTo(all / 2);
    assertThat(sum(sums, Measure.CPU_MICROSECONDS)).isEqualTo(3 * all);
    assertThat(sum(sums, Measure.QUEUE_MICROSECONDS)).isEqualTo(all);
    assertThat(sums)
        .allMatch(h -> h.hour().equals(hour) || h.hour().equals(hour.plusSeconds(3600)))
        .allMatch(h ->
            h.usage().get(Measure.FAILED_QUERIES)
                == (h.hour().equals(hour) ? h.usage().get(Measure.QUERIES) : 0));
    assertThat(sums.stream().mapToLong(h -> h.usage().get(Measure.PEAK_MEMORY_USAGE)).max())
        .hasValue(QUERIES - 1);
  }

  private static long sum(List<Meter.Hourly> of, Measure m) {
    return of.stream().mapToLong(h -> h.usage().get(m)).sum();
  }
}
