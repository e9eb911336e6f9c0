package io.longhouse.engine.statement;

import io.longhouse.engine.table.Table;
import io.longhouse.engine.table.mergetree.MergeTreeTable;
import io.longhouse.registry.Register;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import io.longhouse.sql.ast.Identifier;
import io.longhouse.sql.ast.SystemStatement;
import io.longhouse.storage.mergetree.SnapshotLease;
import io.longhouse.storage.part.DataPart;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** SYSTEM commands about what parts keep in memory: their marks and primary indexes. */
@Register(kind = SystemCommand.class, name = "CLEAR MARK CACHE", aliases = "DROP MARK CACHE")
@Register(
    kind = SystemCommand.class,
    name = "CLEAR PRIMARY INDEX CACHE",
    aliases = "DROP PRIMARY INDEX CACHE")
@Register(kind = SystemCommand.class, name = "LOAD PRIMARY KEY", aliases = "LOAD PRIMARY INDEX")
@Register(kind = SystemCommand.class, name = "UNLOAD PRIMARY KEY")
@Register(kind = SystemCommand.class, name = "PREWARM PRIMARY INDEX CACHE")
@Register(kind = SystemCommand.class, name = "PREWARM MARK CACHE")
@Register(kind = SystemCommand.class, name = "WAIT LOADING PARTS")
final class PartMemoryCommand implements SystemCommand {
  private final String name;

  PartMemoryCommand(String name) {
    this.name = name;
  }

  @Override
  public void run(SystemStatement statement, StatementContext context) {
    for (Table t : tables(statement.table(), context)) {
      if (t instanceof MergeTreeTable m) {
        try (SnapshotLease lease = m.data().lease()) {
          lease.snapshot().parts().forEach(this::part);
        }
      } else if (statement.table() != null) {
        throw new LonghouseException(
            ErrorCode.BAD_ARGUMENTS,
            "Command " + name + " is supported only for MergeTree table, but got: " + t.engine());
      }
    }
  }

  private void part(DataPart part) {
    switch (name) {
      case "CLEAR MARK CACHE" -> part.forgetMarks();
      case "CLEAR PRIMARY INDEX CACHE", "UNLOAD PRIMARY KEY" -> part.forgetPrimaryIndex();
      case "LOAD PRIMARY KEY", "PREWARM PRIMARY INDEX CACHE" -> part.primaryIndex();
      case "PREWARM MARK CACHE" -> part.loadMarks();
      case "WAIT LOADING PARTS" -> {} // a table is there when its parts are
      default -> throw new IllegalStateException(name);
    }
  }

  private static Collection<? extends Table> tables(
      @Nullable Identifier name, StatementContext context) {
    return name == null
        ? context.catalog().databases().stream().flatMap(d -> d.tables().stream()).toList()
        : List.of(context.tables().require(name));
  }
}
