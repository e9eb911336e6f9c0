package io.longhouse.engine.meter;

import static org.assertj.core.api.Assertions.assertThat;

import io.longhouse.engine.access.Account;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TopAccountsTest {
  private static Meter.Hourly used(String tenant, long cpuMicros) {
    var usage = new Usage();
    usage.add(Measure.CPU_MICROSECONDS, cpuMicros);
    usage.add(Measure.QUERIES, 1);
    return new Meter.Hourly(new Account("app", tenant), Instant.EPOCH, usage);
  }

  private static Map<String, Long> queries(TopAccounts top) {
    Map<String, Long> out = new HashMap<>();
    for (TopAccounts.Series s : top.series()) {
      out.put(s.account() == null ? "" : s.account().tenant(), s.usage().get(Measure.QUERIES));
    }
    return out;
  }

  @Test
  void seriesAreFewAndOnlyGrowAndNothingIsMissing() {
    var top = new TopAccounts(5);
    var random = new Random(11);
    Map<String, Long> last = new HashMap<>();
    long gone = 0;
    long all = 0;
    for (int i = 0; i < 3000; i++) {
      List<Meter.Hourly> used = new ArrayList<>();
      for (int k = 0; k < 50; k++) {
        // The heavy ones change with time.
        int tenant = random.nextInt(1000);
        used.add(used("t" + tenant, tenant / 10 == i / 30 ? 100_000 : 10));
        all++;
      }
      top.add(used);
      Map<String, Long> now = queries(top);
      assertThat(now).hasSizeLessThanOrEqualTo(6).containsKey("");
      for (var e : last.entrySet()) {
        Long v = now.get(e.getKey());
        if (v == null || v < e.getValue()) {
          assertThat(e.getKey()).isNotEmpty();
          gone += e.getValue();
        }
      }
      last = now;
      int heavy = i / 30;
      if (i % 30 == 29) {
        assertThat(now.keySet()).anyMatch(t -> t.matches("t" + (heavy == 0 ? "" : heavy) + "."));
      }
    }
    assertThat(last.values().stream().mapToLong(x -> x).sum() + gone).isEqualTo(all);
  }

  @Test
  void nothingIsKeptWhenNobodyAsks() {
    var top = new TopAccounts(0);
    top.add(List.of(used("a", 5)));
    assertThat(top.series()).isEmpty();
  }
}
