package io.longhouse.engine.system;

import io.longhouse.engine.exec.QueryContext;
import io.longhouse.engine.workload.SchedulingNodes;
import io.longhouse.engine.workload.SchedulingNodes.Row;
import io.longhouse.engine.workload.Workloads;
import io.longhouse.registry.Register;
import java.util.List;

/** {@code system.scheduler}. */
@Register(
    kind = SystemTable.class,
    name = "scheduler",
    doc = "For each resource, how it is shared out among the workloads.")
final class SchedulerTable extends SystemTable<Row> {
  private static final String COUNT = "Nullable(UInt64)";
  private static final String AMOUNT = "Nullable(Int64)";
  private static final String DECIMAL = "Nullable(Float64)";
  private static final String FLAG = "Nullable(UInt8)";

  SchedulerTable() {
    super("scheduler", nodes());
  }

  private static SystemColumns<Row> nodes() {
    var c =
        new SystemColumns<Row>()
            .text("resource", Row::resource)
            .text("path", Row::path)
            .text("type", Row::type)
            .add("weight", "Float64", Row::weight)
            .add("priority", "Int64", Row::priority)
            .add("precedence", "Int64", Row::precedence);
    measured(c, FLAG, "is_active");
    measured(
        c, COUNT, "active_children", "dequeued_requests", "canceled_requests", "rejected_requests");
    measured(c, AMOUNT, "dequeued_cost", "canceled_cost", "rejected_cost");
    measured(c, COUNT, "busy_periods");
    measured(c, DECIMAL, "throughput", "vruntime", "system_vruntime");
    measured(c, COUNT, "queue_length");
    measured(c, AMOUNT, "queue_cost", "budget");
    measured(c, FLAG, "is_satisfied");
    measured(c, AMOUNT, "inflight_requests", "inflight_cost", "max_requests", "max_cost");
    measured(c, DECIMAL, "max_speed", "max_burst");
    measured(c, AMOUNT, "throttling_us");
    measured(c, DECIMAL, "tokens");
    measured(c, AMOUNT, "allocated");
    measured(
        c,
        COUNT,
        "allocations",
        "updates",
        "increases",
        "decreases",
        "admits",
        "removes",
        "killers",
        "victims",
        "rejects",
        "pending");
    return c;
  }

  private static void measured(SystemColumns<Row> columns, String type, String... names) {
    for (String name : names) {
      columns.add(name, type, r -> r.measured().get(name));
    }
  }

  @Override
  protected List<Row> rows(QueryContext context) {
    return SchedulingNodes.of(context.require(Workloads.class));
  }
}
