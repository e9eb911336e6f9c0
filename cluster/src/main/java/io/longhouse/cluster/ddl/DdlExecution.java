package io.longhouse.cluster.ddl;

import io.longhouse.engine.session.LocalEngine;
import io.longhouse.engine.session.QueryRequest;
import io.longhouse.engine.session.RunningQuery;
import io.longhouse.engine.session.Session;
import io.longhouse.engine.settings.Settings;
import io.longhouse.engine.table.Table;
import io.longhouse.sql.ByteText;
import io.longhouse.sql.LonghouseException;
import io.longhouse.sql.ast.AlterCommand;
import io.longhouse.sql.ast.AlterTable;
import io.longhouse.sql.ast.CreateIndex;
import io.longhouse.sql.ast.DeleteRows;
import io.longhouse.sql.ast.Drop;
import io.longhouse.sql.ast.DropIndex;
import io.longhouse.sql.ast.Identifier;
import io.longhouse.sql.ast.Optimize;
import io.longhouse.sql.ast.UpdateRows;
import io.longhouse.sql.format.Formatter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Carries out a task's statement in this server, as a query like any other. */
final class DdlExecution {
  private static final long WAIT_MS = 1000;

  private final LocalEngine engine;

  DdlExecution(LocalEngine engine) {
    this.engine = engine;
  }

  /** How it went. */
  DdlStatus run(DdlTask task) {
    DdlEntry entry = task.entry();
    try (Session session =
        engine.sessionFor(entry.user().isEmpty() ? null : entry.user(), entry.roles())) {
      if (!task.replica().defaultDatabase().isEmpty()) {
        session.database(task.replica().defaultDatabase());
      }
      String sql =
          "/* ddl_entry=" + task.name() + " */ " + Formatter.formatOneLine(task.statement());
      var request =
          new QueryRequest(
              ByteText.encode(sql), "", settings(entry), Map.of(), null, "Null", List.of());
      try (RunningQuery query = session.start(request, () -> {})) {
        while (!query.isFinished()) {
          query.next(WAIT_MS);
        }
      }
      return DdlStatus.DONE;
    } catch (LonghouseException e) {
      return DdlStatus.of(e);
    }
  }

  /** Those of the initiator's that there are here. */
  private static Map<String, String> settings(DdlEntry entry) {
    Map<String, String> out = new HashMap<>();
    entry
        .settings()
        .forEach((name, value) -> {
          if (Settings.table().find(name) != null || Settings.isCustom(name)) {
            out.put(name, value);
          }
        });
    return out;
  }

  /** Whether one replica does it for its shard, since the others follow that one. */
  boolean isForOneReplica(DdlTask task) {
    Identifier name = changed(task);
    if (name == null) {
      return false;
    }
    String own = task.replica().defaultDatabase();
    String in = name.qualifier() == null ? (own.isEmpty() ? "default" : own) : name.qualifier();
    Table table = engine.catalog().find(in, name.last());
    return table != null && table.engine().startsWith("Replicated");
  }

  private static @Nullable Identifier changed(DdlTask task) {
    return switch (task.statement()) {
      case AlterTable a -> a.commands().stream().allMatch(DdlExecution::isOwn) ? null : a.table();
      case Optimize o -> o.table();
      case Drop d when d.action() == Drop.Action.TRUNCATE && d.kind() != Drop.Kind.DATABASE ->
          d.names().getFirst();
      case CreateIndex c -> c.table();
      case DropIndex d -> d.table();
      case DeleteRows d -> d.table();
      case UpdateRows u -> u.table();
      default -> null;
    };
  }

  /** Whether each replica has a state of its own of what a command changes. */
  private static boolean isOwn(AlterCommand c) {
    return c instanceof AlterCommand.ModifySetting
        || c instanceof AlterCommand.ResetSetting
        || c instanceof AlterCommand.CommentColumn
        || c instanceof AlterCommand.ModifyComment
        || c instanceof AlterCommand.Freeze
        || c instanceof AlterCommand.UnlockSnapshot
        || c instanceof AlterCommand.MovePartition;
  }
}
