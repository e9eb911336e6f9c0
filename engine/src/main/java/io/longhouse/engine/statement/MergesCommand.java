package io.longhouse.engine.statement;

import io.longhouse.engine.table.Table;
import io.longhouse.engine.table.mergetree.MergeTreeTable;
import io.longhouse.registry.Register;
import io.longhouse.sql.ast.Identifier;
import io.longhouse.sql.ast.SystemStatement;
import io.longhouse.storage.mergetree.Merges;
import java.util.Collection;
import java.util.List;

/**
 * {@code SYSTEM STOP MERGES} and {@code START MERGES}, and the same for the removal of parts that
 * were replaced, {@code CLEANUP}, of one table or of all there are. A table that does not exist or
 * does not merge is passed over, as ClickHouse does.
 */
@Register(kind = SystemCommand.class, name = "STOP MERGES")
@Register(kind = SystemCommand.class, name = "START MERGES")
@Register(kind = SystemCommand.class, name = "STOP CLEANUP")
@Register(kind = SystemCommand.class, name = "START CLEANUP")
final class MergesCommand implements SystemCommand {
  private final boolean stops;
  private final boolean cleanup;

  MergesCommand(String name) {
    this.stops = name.startsWith("STOP");
    this.cleanup = name.endsWith("CLEANUP");
  }

  @Override
  public void run(SystemStatement statement, StatementContext context) {
    for (Table t : tables(statement.table(), context)) {
      if (t instanceof MergeTreeTable m) {
        Merges merges = m.data().merges();
        if (cleanup) {
          m.data().keepOutdated(stops);
        } else if (stops) {
          merges.stop();
        } else {
          merges.start();
        }
      }
    }
  }

  private static Collection<? extends Table> tables(
      @org.jspecify.annotations.Nullable Identifier name, StatementContext context) {
    if (name == null) {
      return context.catalog().databases().stream().flatMap(d -> d.tables().stream()).toList();
    }
    List<String> parts = name.parts();
    Table found =
        context.tables().find(parts.size() > 1 ? parts.getFirst() : null, parts.getLast());
    return found == null ? List.of() : List.of(found);
  }
}
