package io.longhouse.engine.system;

import io.longhouse.engine.catalog.Catalog;
import io.longhouse.engine.exec.QueryContext;
import io.longhouse.engine.statement.CreateFunctionRunner;
import io.longhouse.function.FunctionFactory;
import io.longhouse.function.aggregate.AggregateFactory;
import io.longhouse.function.window.WindowFunctionFactory;
import io.longhouse.registry.Register;
import io.longhouse.sql.ast.Lambda;
import io.longhouse.sql.format.Formatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * {@code system.functions}. Of a function's documentation there is one text, its description;
 * whether it is deterministic or of higher order is not noted.
 */
@Register(kind = SystemTable.class, name = "functions", doc = "All functions.")
final class FunctionsTable extends SystemTable<FunctionsTable.Row> {
  /**
   * A function.
   *
   * @param definition the statement that made it, null for one of the server's own
   */
  record Row(RegisteredName name, boolean aggregate, @Nullable String definition) {}

  FunctionsTable() {
    super(
        "functions",
        new SystemColumns<Row>()
            .text("name", r -> r.name.name())
            .flag("is_aggregate", Row::aggregate)
            .flag("case_insensitive", r -> r.name.caseInsensitive())
            .text("alias_to", r -> r.name.aliasTo())
            .text("create_query", Row::definition)
            .add(
                "origin",
                "Enum8('System' = 0, 'SQLUserDefined' = 1, 'ExecutableUserDefined' = 2,"
                    + " 'WasmUserDefined' = 3)",
                r -> r.definition == null ? "System" : "SQLUserDefined")
            .text("description", r -> r.name.doc())
            .empty("syntax", "String")
            .empty("arguments", "String")
            .empty("parameters", "String")
            .empty("returned_value", "String")
            .empty("examples", "String")
            .empty("introduced_in", "String")
            .text("categories", r -> r.name.category())
            .empty("deterministic", "Nullable(UInt8)")
            .empty("higher_order", "Nullable(UInt8)"));
  }

  @Override
  protected Iterable<Row> rows(QueryContext context) {
    List<Row> rows = new ArrayList<>();
    List<RegisteredName> scalar = RegisteredName.of(FunctionFactory.class);
    scalar.forEach(n -> rows.add(new Row(n, false, null)));
    List<RegisteredName> aggregate = RegisteredName.of(AggregateFactory.class);
    aggregate.forEach(n -> rows.add(new Row(n, true, null)));
    Set<String> known = aggregate.stream().map(RegisteredName::name).collect(Collectors.toSet());
    for (RegisteredName n : RegisteredName.of(WindowFunctionFactory.class)) {
      if (!known.contains(n.name())) {
        rows.add(new Row(n, true, null));
      }
    }
    for (Map.Entry<String, Lambda> f : context.require(Catalog.class).functions().entrySet()) {
      var name = new RegisteredName(f.getKey(), "", false, "", "");
      var statement = CreateFunctionRunner.statement(f.getKey(), f.getValue());
      rows.add(new Row(name, false, Formatter.formatOneLine(statement)));
    }
    return rows;
  }
}
