package io.longhouse.server.http;

import io.longhouse.engine.access.Account;
import io.longhouse.engine.meter.Measure;
import io.longhouse.engine.meter.TopAccounts;
import io.longhouse.engine.session.Engine;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Metrics in Prometheus' text format, by ClickHouse's names. */
final class Prometheus {
  private static final String ERRORS = "ClickHouseErrorMetric_";
  private static final String TENANTS = "ClickHouseTenantEvents_";

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
    tenants(engine.topAccounts(), out);
    return out.toString().getBytes(StandardCharsets.UTF_8);
  }

  /** A metric for each measure, with a series for each account that has one. */
  private static void tenants(List<TopAccounts.Series> series, StringBuilder out) {
    if (series.isEmpty()) {
      return;
    }
    for (Measure m : Measure.values()) {
      if (m.isGreatest()) {
        continue;
      }
      String name = TENANTS + camelCase(m.column());
      out.append("# TYPE ").append(name).append(" counter\n");
      for (TopAccounts.Series s : series) {
        Account a = s.account();
        out.append(name).append('{');
        if (a == null) {
          out.append("other=\"1\"");
        } else {
          label("tenant_space", a.space(), out);
          out.append(',');
          label("tenant", a.tenant(), out);
        }
        out.append("} ").append(s.usage().get(m)).append('\n');
      }
    }
  }

  /** {@code CpuMicroseconds} for {@code cpu_microseconds}. */
  private static String camelCase(String column) {
    var out = new StringBuilder();
    for (String word : column.split("_")) {
      out.append(Character.toUpperCase(word.charAt(0))).append(word.substring(1));
    }
    return out.toString();
  }

  private static void label(String name, String value, StringBuilder out) {
    String quoted = value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
    out.append(name).append("=\"").append(quoted).append('"');
  }

  private static void line(StringBuilder out, String name, String type, Number value) {
    String full = name.replaceAll("[^a-zA-Z0-9_]", "_");
    out.append("# TYPE ").append(full).append(' ').append(type).append('\n');
    out.append(full).append(' ').append(value).append('\n');
  }
}
