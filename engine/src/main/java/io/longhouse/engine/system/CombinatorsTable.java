package io.longhouse.engine.system;

import io.longhouse.engine.exec.QueryContext;
import io.longhouse.function.aggregate.Combinator;
import io.longhouse.registry.Register;

/** {@code system.aggregate_function_combinators}. */
@Register(
    kind = SystemTable.class,
    name = "aggregate_function_combinators",
    doc = "What can stand behind the name of an aggregate function.")
final class CombinatorsTable extends SystemTable<RegisteredName> {
  CombinatorsTable() {
    super(
        "aggregate_function_combinators",
        new SystemColumns<RegisteredName>()
            .text("name", RegisteredName::name)
            .flag("is_internal", n -> n.name().equals("Null"))
            .documentation(RegisteredName::doc));
  }

  @Override
  protected Iterable<RegisteredName> rows(QueryContext context) {
    return RegisteredName.of(Combinator.class);
  }
}
