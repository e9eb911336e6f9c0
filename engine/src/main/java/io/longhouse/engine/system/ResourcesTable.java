package io.longhouse.engine.system;

import io.longhouse.engine.exec.QueryContext;
import io.longhouse.engine.workload.WorkloadStore;
import io.longhouse.engine.workload.Workloads;
import io.longhouse.registry.Register;
import io.longhouse.sql.ast.CreateResource;
import io.longhouse.sql.format.Formatter;

/** {@code system.resources}. Disks are not shared out, so that no resource has any. */
@Register(kind = SystemTable.class, name = "resources", doc = "The resources that were created.")
final class ResourcesTable extends SystemTable<CreateResource> {
  ResourcesTable() {
    super(
        "resources",
        new SystemColumns<CreateResource>()
            .text("name", CreateResource::name)
            .empty("read_disks", "Array(String)")
            .empty("write_disks", "Array(String)")
            .text("unit", r -> WorkloadStore.unit(r.operations().getFirst().words()))
            .text("create_query", Formatter::formatOneLine));
  }

  @Override
  protected Iterable<CreateResource> rows(QueryContext context) {
    return context.require(Workloads.class).store().resources();
  }
}
