package io.longhouse.server.http;

import io.longhouse.engine.session.Engine;
import java.nio.charset.StandardCharsets;

/** Metrics in Prometheus' text format, by ClickHouse's names. */
final class Prometheus {
  private static final String ERRORS = "ClickHouseErrorMetric_";

  private Prometheus() {}

  static byte[] text(Engine engine) {
    var out = new StringBuilder(1 << 14);
    var metrics = engine.metrics();
    metrics
        .events()
        .forEach((name, value) -> line(out, "ClickHouseProfileEvents_" + name, "counter", value));
    metrics
        .gauges()
        .forEach((name, value) -> line(out, "ClickHouseMetrics_" + name, "gauge", value));
    engine
        .measured()
        .forEach((name, value) -> line(out, "ClickHouseAsyncMetrics_" + name, "gauge", value));
    long all = 0;
    for (var e : engine.errorCounts().entrySet()) {
      line(out, ERRORS + e.getKey(), "counter", e.getValue());
      all += e.getValue();
    }
    line(out, ERRORS + "ALL", "counter", all);
    return out.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static void line(StringBuilder out, String name, String type, Number value) {
    String full = name.replaceAll("[^a-zA-Z0-9_]", "_");
    out.append("# TYPE ").append(full).append(' ').append(type).append('\n');
    out.append(full).append(' ').append(value).append('\n');
  }
}
