package io.longhouse.engine.system;

import io.longhouse.engine.exec.QueryContext;
import io.longhouse.engine.workload.Workloads;
import io.longhouse.registry.Register;
import io.longhouse.sql.ast.CreateWorkload;
import io.longhouse.sql.format.Formatter;

/** {@code system.workloads}. */
@Register(
    kind = SystemTable.class,
    name = "workloads",
    doc = "The workloads that were created, and those of tenants.")
final class WorkloadsTable extends SystemTable<CreateWorkload> {
  WorkloadsTable() {
    super(
        "workloads",
        new SystemColumns<CreateWorkload>()
            .text("name", CreateWorkload::name)
            .text("parent", CreateWorkload::parent)
            .text("create_query", Formatter::formatOneLine));
  }

  @Override
  protected String tableColumn() {
    return "name";
  }

  @Override
  protected Iterable<CreateWorkload> rows(QueryContext context) {
    return rows(context, WantedNames.ALL);
  }

  @Override
  protected Iterable<CreateWorkload> rows(QueryContext context, WantedNames names) {
    return context.require(Workloads.class).definitions(names.tableRanges());
  }
}
