package io.longhouse.engine.system;

import io.longhouse.engine.access.AccessStorage;
import io.longhouse.engine.access.SessionAccess;
import io.longhouse.engine.exec.QueryContext;
import io.longhouse.registry.Register;
import java.util.ArrayList;
import java.util.List;

/** {@code system.user_directories}. */
@Register(
    kind = SystemTable.class,
    name = "user_directories",
    doc = "Where users and the like are kept.")
final class UserDirectoriesTable extends SystemTable<UserDirectoriesTable.Row> {
  /** A storage in its place. */
  record Row(AccessStorage storage, int precedence) {}

  UserDirectoriesTable() {
    super(
        "user_directories",
        new SystemColumns<Row>()
            .text("name", r -> r.storage.name())
            .text("type", r -> r.storage.type())
            .text("params", r -> r.storage.parameters())
            .number("precedence", Row::precedence));
  }

  @Override
  protected Iterable<Row> rows(QueryContext context) {
    List<Row> rows = new ArrayList<>();
    for (AccessStorage s : context.require(SessionAccess.class).control().storages()) {
      rows.add(new Row(s, rows.size() + 1));
    }
    return rows;
  }
}
