package io.longhouse.engine.system;

import io.longhouse.engine.exec.QueryContext;
import io.longhouse.registry.Register;
import java.util.List;

/** {@code system.contributors}. */
@Register(kind = SystemTable.class, name = "contributors", doc = "Who made this server.")
final class ContributorsTable extends SystemTable<String> {
  ContributorsTable() {
    super("contributors", new SystemColumns<String>().text("name", s -> s));
  }

  @Override
  protected Iterable<String> rows(QueryContext context) {
    return List.of("The Longhouse contributors");
  }
}
