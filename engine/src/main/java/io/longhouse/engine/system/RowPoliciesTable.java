package io.longhouse.engine.system;

import io.longhouse.engine.access.RowPolicy;
import io.longhouse.engine.exec.QueryContext;
import io.longhouse.registry.Register;
import io.longhouse.sql.ast.AccessEntityKind;
import io.longhouse.sql.ast.Expression;
import io.longhouse.sql.format.Formatter;
import org.jspecify.annotations.Nullable;

/** {@code system.row_policies}. */
@Register(kind = SystemTable.class, name = "row_policies", doc = "The row policies.")
final class RowPoliciesTable extends SystemTable<AccessColumns.Of<RowPolicy>> {
  RowPoliciesTable() {
    super(
        "row_policies",
        AccessColumns.subjects(
            new SystemColumns<AccessColumns.Of<RowPolicy>>()
                .text("name", r -> r.entity().name())
                .text("short_name", r -> r.entity().shortName())
                .text("database", r -> r.entity().database())
                .text("table", r -> r.entity().table())
                .add("id", "UUID", r -> r.entity().id().toString())
                .text("storage", r -> r.control().storageOf(r.entity().id()))
                .add("select_filter", "Nullable(String)", r -> filter(r.entity()))
                .flag("is_restrictive", r -> r.entity().restrictive()),
            RowPolicy::to));
  }

  private static @Nullable String filter(RowPolicy p) {
    Expression filter = p.filter();
    return filter == null ? null : Formatter.formatOneLine(filter);
  }

  @Override
  protected Iterable<AccessColumns.Of<RowPolicy>> rows(QueryContext context) {
    return AccessColumns.all(AccessEntityKind.ROW_POLICY, RowPolicy.class, context);
  }
}
