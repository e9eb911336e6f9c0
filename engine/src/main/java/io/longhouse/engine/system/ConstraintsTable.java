package io.longhouse.engine.system;

import io.longhouse.engine.exec.QueryContext;
import io.longhouse.engine.table.Table;
import io.longhouse.registry.Register;
import io.longhouse.sql.ast.ConstraintDeclaration;
import io.longhouse.sql.ast.TableSchema;
import io.longhouse.sql.format.Formatter;
import java.util.ArrayList;
import java.util.List;

/** {@code system.constraints}. */
@Register(kind = SystemTable.class, name = "constraints", doc = "The constraints of tables.")
final class ConstraintsTable extends SystemTable<ConstraintsTable.Row> {
  record Row(Table table, ConstraintDeclaration constraint) {}

  ConstraintsTable() {
    super(
        "constraints",
        new SystemColumns<Row>()
            .text("database", r -> r.table.id().database())
            .text("table", r -> r.table.id().name())
            .text("name", r -> r.constraint.name())
            .add("type", "Enum8('CHECK' = 0, 'ASSUME' = 1)", r -> r.constraint.kind().name())
            .text("expression", r -> Formatter.formatOneLine(r.constraint.expression())));
  }

  @Override
  protected Iterable<Row> rows(QueryContext context) {
    return rows(context, WantedNames.ALL);
  }

  @Override
  protected Iterable<Row> rows(QueryContext context, WantedNames names) {
    List<Row> rows = new ArrayList<>();
    for (TableRows t : TableRows.all(context, names)) {
      TableSchema schema = Clauses.of(t.table()).schema();
      if (schema != null) {
        schema.constraints().forEach(c -> rows.add(new Row(t.table(), c)));
      }
    }
    return rows;
  }
}
