package io.longhouse.engine.system;

import io.longhouse.engine.access.MaskingPolicy;
import io.longhouse.engine.exec.QueryContext;
import io.longhouse.registry.Register;
import io.longhouse.sql.Quoting;
import io.longhouse.sql.ast.AccessEntityKind;
import io.longhouse.sql.ast.Expression;
import io.longhouse.sql.format.Formatter;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** {@code system.masking_policies}. */
@Register(kind = SystemTable.class, name = "masking_policies", doc = "The masking policies.")
final class MaskingPoliciesTable extends SystemTable<AccessColumns.Of<MaskingPolicy>> {
  MaskingPoliciesTable() {
    super(
        "masking_policies",
        AccessColumns.subjects(
            new SystemColumns<AccessColumns.Of<MaskingPolicy>>()
                .text("name", r -> r.entity().name())
                .text("short_name", r -> r.entity().shortName())
                .text("database", r -> r.entity().database())
                .text("table", r -> r.entity().table())
                .add("id", "UUID", r -> r.entity().id().toString())
                .text("storage", r -> r.control().storageOf(r.entity().id()))
                .add("update_assignments", "Nullable(String)", r -> assignments(r.entity()))
                .add("where_condition", "Nullable(String)", r -> where(r.entity()))
                .add("priority", "Int64", r -> r.entity().priority()),
            MaskingPolicy::to));
  }

  private static String assignments(MaskingPolicy p) {
    return p.assignments().stream()
        .map(a -> Quoting.identifier(a.column()) + " = " + Formatter.formatOneLine(a.expression()))
        .collect(Collectors.joining(", "));
  }

  private static @Nullable String where(MaskingPolicy p) {
    Expression where = p.where();
    return where == null ? null : Formatter.formatOneLine(where);
  }

  @Override
  protected Iterable<AccessColumns.Of<MaskingPolicy>> rows(QueryContext context) {
    return AccessColumns.all(AccessEntityKind.MASKING_POLICY, MaskingPolicy.class, context);
  }
}
