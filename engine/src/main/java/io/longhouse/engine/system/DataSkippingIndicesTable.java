package io.longhouse.engine.system;

import io.longhouse.engine.exec.QueryContext;
import io.longhouse.engine.table.Table;
import io.longhouse.registry.Register;
import io.longhouse.sql.ast.FunctionCall;
import io.longhouse.sql.ast.IndexDeclaration;
import io.longhouse.sql.ast.TableSchema;
import io.longhouse.sql.format.Formatter;
import java.util.ArrayList;
import java.util.List;

/** {@code system.data_skipping_indices}, as tables declare them; their sizes are not told apart. */
@Register(kind = SystemTable.class, name = "data_skipping_indices", doc = "The skip indexes.")
final class DataSkippingIndicesTable extends SystemTable<DataSkippingIndicesTable.Row> {
  record Row(Table table, IndexDeclaration index) {
    String type() {
      FunctionCall type = index.type();
      return type == null ? "" : type.name();
    }

    String fullType() {
      FunctionCall type = index.type();
      return type == null ? "" : Formatter.formatOneLine(type);
    }
  }

  DataSkippingIndicesTable() {
    super(
        "data_skipping_indices",
        new SystemColumns<Row>()
            .text("database", r -> r.table.id().database())
            .text("table", r -> r.table.id().name())
            .text("name", r -> r.index.name())
            .text("type", Row::type)
            .text("type_full", Row::fullType)
            .text("expr", r -> Clauses.keyText(r.index.expression()))
            .add("creation", "Enum8('Explicit' = 0, 'Implicit' = 1)", _ -> "Explicit")
            .number("granularity", r -> r.index.granularity())
            .empty("data_compressed_bytes", "UInt64")
            .empty("data_uncompressed_bytes", "UInt64")
            .empty("marks_bytes", "UInt64"));
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
        schema.indexes().forEach(i -> rows.add(new Row(t.table(), i)));
      }
    }
    return rows;
  }
}
