package io.longhouse.engine.system;

import io.longhouse.engine.exec.QueryContext;
import io.longhouse.engine.session.Metrics;
import io.longhouse.registry.Register;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** {@code system.events}: counters since the start; {@code system.metrics}: how it is now. */
@Register(kind = SystemTable.class, name = "events", doc = "Counters since the server started.")
@Register(kind = SystemTable.class, name = "metrics", doc = "Numbers that go up and down.")
final class CountersTable extends SystemTable<Map.Entry<String, Long>> {
  private final boolean events;

  CountersTable(String name) {
    super(name, columns(name.equals("events")));
    this.events = name.equals("events");
  }

  private static SystemColumns<Map.Entry<String, Long>> columns(boolean events) {
    String name = events ? "event" : "metric";
    return new SystemColumns<Map.Entry<String, Long>>()
        .text(name, Map.Entry::getKey)
        .add("value", events ? "UInt64" : "Int64", Map.Entry::getValue)
        .empty("description", "String")
        .alias("name", name);
  }

  @Override
  protected Iterable<Map.Entry<String, Long>> rows(QueryContext context) {
    var metrics = context.require(Metrics.class);
    if (!events) {
      return metrics.gauges().entrySet();
    }
    Map<String, Long> counted = metrics.events();
    if (context.settings().isOn("system_events_show_zero_values")) {
      known().forEach(e -> counted.putIfAbsent(e, 0L));
    }
    return counted.entrySet();
  }

  /** All events of ClickHouse, one in each line of {@code events.txt}. */
  private static List<String> known() {
    var resource = Objects.requireNonNull(CountersTable.class.getResourceAsStream("events.txt"));
    try (var lines = new BufferedReader(new InputStreamReader(resource, StandardCharsets.UTF_8))) {
      return lines.lines().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
