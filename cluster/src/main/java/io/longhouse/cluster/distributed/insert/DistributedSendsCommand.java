package io.longhouse.cluster.distributed.insert;

import io.longhouse.engine.statement.StatementContext;
import io.longhouse.engine.statement.SystemCommand;
import io.longhouse.engine.table.Table;
import io.longhouse.registry.Register;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import io.longhouse.sql.ast.Identifier;
import io.longhouse.sql.ast.SystemStatement;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code SYSTEM STOP DISTRIBUTED SENDS}, {@code START DISTRIBUTED SENDS} of a table or of all, and
 * {@code SYSTEM FLUSH DISTRIBUTED}, which sends all that waits and fails if it cannot.
 */
@Register(kind = SystemCommand.class, name = "STOP DISTRIBUTED SENDS")
@Register(kind = SystemCommand.class, name = "START DISTRIBUTED SENDS")
@Register(kind = SystemCommand.class, name = "FLUSH DISTRIBUTED")
final class DistributedSendsCommand implements SystemCommand {
  private final String name;

  DistributedSendsCommand(String name) {
    this.name = name;
  }

  @Override
  public void run(SystemStatement statement, StatementContext context) {
    boolean flush = name.startsWith("FLUSH");
    Identifier table = statement.table();
    if (flush && table == null) {
      throw new LonghouseException(
          ErrorCode.SYNTAX_ERROR, "SYSTEM FLUSH DISTRIBUTED needs the name of a table");
    }
    for (InsertQueue q : queues(table, context)) {
      if (flush) {
        q.flush();
      } else {
        q.block(name.startsWith("STOP"));
      }
    }
  }

  private static List<InsertQueue> queues(
      @org.jspecify.annotations.Nullable Identifier name, StatementContext context) {
    List<Table> tables = new ArrayList<>();
    if (name == null) {
      context.catalog().openTables().forEach(tables::add);
    } else {
      Table t = context.tables().require(name);
      if (!(t instanceof Queued)) {
        throw new LonghouseException(
            ErrorCode.BAD_ARGUMENTS, "Table " + t.id() + " is not distributed");
      }
      tables.add(t);
    }
    List<InsertQueue> queues = new ArrayList<>();
    for (Table t : tables) {
      if (t instanceof Queued q && q.insertQueue() instanceof InsertQueue queue) {
        queues.add(queue);
      }
    }
    return queues;
  }
}
