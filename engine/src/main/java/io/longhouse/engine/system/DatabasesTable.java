package io.longhouse.engine.system;

import io.longhouse.engine.access.Privilege;
import io.longhouse.engine.access.SessionAccess;
import io.longhouse.engine.catalog.Catalog;
import io.longhouse.engine.catalog.Database;
import io.longhouse.engine.exec.QueryContext;
import io.longhouse.engine.session.LocalEngine;
import io.longhouse.registry.Register;

/** {@code system.databases}. */
@Register(kind = SystemTable.class, name = "databases", doc = "The databases of this server.")
final class DatabasesTable extends SystemTable<DatabasesTable.Row> {
  record Row(Database database, String root) {
    boolean isKept() {
      return database.hasUuids() && !root.isEmpty();
    }

    String id() {
      return database.uuid().toString();
    }
  }

  DatabasesTable() {
    super(
        "databases",
        new SystemColumns<Row>()
            .text("name", r -> r.database.name())
            .text("engine", r -> r.database.engine())
            .text("data_path", r -> r.isKept() ? r.root + "store/" : r.root)
            .text(
                "metadata_path",
                r -> r.isKept() ? "store/" + r.id().substring(0, 3) + "/" + r.id() + "/" : "")
            .add("uuid", "UUID", Row::id)
            .text("engine_full", r -> r.database.engine())
            .text("comment", r -> r.database.comment())
            .flag("is_external", _ -> false)
            .alias("database", "name"));
  }

  @Override
  protected Iterable<Row> rows(QueryContext context) {
    String root = root(context);
    SessionAccess access = context.require(SessionAccess.class);
    return context.require(Catalog.class).databases().stream()
        .filter(d -> access.isGranted(Privilege.SHOW_DATABASES, d.name()))
        .map(d -> new Row(d, root))
        .toList();
  }

  /** The data directory with a slash at its end; empty when nothing is kept on disk. */
  static String root(QueryContext context) {
    var path = context.require(LocalEngine.class).config().path();
    return path == null ? "" : path.toAbsolutePath() + "/";
  }
}
