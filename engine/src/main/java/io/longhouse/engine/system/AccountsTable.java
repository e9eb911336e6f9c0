package io.longhouse.engine.system;

import io.longhouse.engine.exec.QueryContext;
import io.longhouse.engine.workload.Workloads;
import io.longhouse.engine.workload.Workloads.AtWork;
import io.longhouse.registry.Register;

/** {@code system.accounts}. */
@Register(
    kind = SystemTable.class,
    name = "accounts",
    doc = "The tenants and users that are at work, and what each has of the server.")
final class AccountsTable extends SystemTable<AtWork> {
  AccountsTable() {
    super(
        "accounts",
        new SystemColumns<AtWork>()
            .text("tenant_space", a -> a.account().space())
            .text("tenant", a -> a.account().tenant())
            .text("workload", AtWork::workload)
            .add("weight", "Float64", AtWork::weight)
            .number("running_queries", AtWork::running)
            .number("waiting_queries", AtWork::waiting)
            .number("running_threads", a -> a.share().running())
            .flag("is_throttled", a -> a.share().throttled())
            .number("cpu_microseconds", a -> a.share().usedNs() / 1000)
            .number("memory_usage", AtWork::memoryUsed));
  }

  @Override
  protected Iterable<AtWork> rows(QueryContext context) {
    return context.require(Workloads.class).accounts();
  }
}
