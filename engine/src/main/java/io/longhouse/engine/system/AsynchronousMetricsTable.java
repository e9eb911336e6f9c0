package io.longhouse.engine.system;

import io.longhouse.engine.exec.QueryContext;
import io.longhouse.engine.session.LocalEngine;
import io.longhouse.registry.Register;
import java.util.Map;

/** {@code system.asynchronous_metrics}: the process and its tables, measured when they are read. */
@Register(
    kind = SystemTable.class,
    name = "asynchronous_metrics",
    doc = "The process and its tables, measured now.")
final class AsynchronousMetricsTable extends SystemTable<Map.Entry<String, Double>> {
  AsynchronousMetricsTable() {
    super(
        "asynchronous_metrics",
        new SystemColumns<Map.Entry<String, Double>>()
            .text("metric", Map.Entry::getKey)
            .add("value", "Float64", Map.Entry::getValue)
            .empty("description", "String"));
  }

  @Override
  protected Iterable<Map.Entry<String, Double>> rows(QueryContext context) {
    return context.require(LocalEngine.class).measured().entrySet();
  }
}
