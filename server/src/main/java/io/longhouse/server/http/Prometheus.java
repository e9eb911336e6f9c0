package io.longhouse.server.http;

import io.longhouse.engine.session.Metrics;
import java.nio.charset.StandardCharsets;

/** Metrics in Prometheus' text format, by ClickHouse's names. */
final class Prometheus {
  private Prometheus() {}

  static byte[] text(Metrics metrics) {
    var out = new StringBuilder();
    metrics
        .events()
        .forEach((name, value) -> line(out, "ClickHouseProfileEvents_", name, "counter", value));
    metrics
        .gauges()
        .forEach((name, value) -> line(out, "ClickHouseMetrics_", name, "gauge", value));
    return out.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static void line(StringBuilder out, String prefix, String name, String type, long value) {
    String full = prefix + name.replaceAll("[^a-zA-Z0-9_]", "_");
    out.append("# TYPE ").append(full).append(' ').append(type).append('\n');
    out.append(full).append(' ').append(value).append('\n');
  }
}
