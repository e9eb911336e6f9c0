package io.longhouse.engine.statement;

import io.longhouse.engine.access.Privilege;
import io.longhouse.engine.table.Table;
import io.longhouse.engine.table.TableId;
import io.longhouse.engine.table.combine.AliasTable;
import io.longhouse.sql.ast.AlterTable;
import io.longhouse.sql.ast.CheckTable;
import io.longhouse.sql.ast.DeleteRows;
import io.longhouse.sql.ast.Drop;
import io.longhouse.sql.ast.Identifier;
import io.longhouse.sql.ast.Optimize;
import io.longhouse.sql.ast.Statement;
import io.longhouse.sql.ast.UpdateRows;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Statements that change a table by the name of an alias: they mean the table behind it, with all
 * that keeps users from it. Dropping, detaching and renaming mean the alias.
 */
public final class AliasedStatements {
  private AliasedStatements() {}

  /**
   * The statement with the names of the tables that it is about.
   *
   * @throws io.longhouse.sql.LonghouseException ACCESS_DENIED (497) for who lacks the privilege on
   *     the table behind an alias
   */
  public static Statement behind(Statement statement, StatementContext context) {
    return switch (statement) {
      case AlterTable s -> {
        // Each command needs a privilege of its own, which is asked for behind the alias too.
        Identifier to = target(s.table(), null, context);
        yield to == null ? s : new AlterTable(to, s.cluster(), s.commands());
      }
      case DeleteRows s -> {
        Identifier to = target(s.table(), Privilege.ALTER_DELETE, context);
        yield to == null ? s : new DeleteRows(to, s.cluster(), s.partition(), s.where());
      }
      case UpdateRows s -> {
        Identifier to = target(s.table(), Privilege.ALTER_UPDATE, context);
        yield to == null
            ? s
            : new UpdateRows(to, s.cluster(), s.assignments(), s.partition(), s.where());
      }
      case Optimize s -> {
        Identifier to = target(s.table(), Privilege.OPTIMIZE, context);
        yield to == null
            ? s
            : new Optimize(
                to,
                s.cluster(),
                s.partition(),
                s.isFinal(),
                s.deduplicate(),
                s.deduplicateBy(),
                s.cleanup(),
                s.dryRunParts());
      }
      case CheckTable s when !s.database() -> {
        Identifier to = target(s.name(), Privilege.CHECK, context);
        yield to == null ? s : new CheckTable(false, to, s.partition(), s.part());
      }
      case Drop s when s.action() == Drop.Action.TRUNCATE && s.kind() != Drop.Kind.DATABASE ->
          truncate(s, context);
      default -> statement;
    };
  }

  private static Drop truncate(Drop s, StatementContext context) {
    List<Identifier> names = new ArrayList<>();
    for (Identifier name : s.names()) {
      Identifier to = target(name, Privilege.TRUNCATE, context);
      names.add(to == null ? name : to);
    }
    return names.equals(s.names())
        ? s
        : new Drop(
            s.action(),
            s.kind(),
            s.temporary(),
            s.ifExists(),
            s.ifEmpty(),
            names,
            s.cluster(),
            s.permanently(),
            s.sync());
  }

  /** The name of the table behind an alias; null where the name is no alias. */
  private static @Nullable Identifier target(
      Identifier name, @Nullable Privilege privilege, StatementContext context) {
    Table table = context.tables().find(name.qualifier(), name.last());
    if (!(table instanceof AliasTable alias)) {
      return null;
    }
    Table behind = privilege == null ? alias.target() : alias.target(privilege, context.query());
    TableId id = behind.id();
    return Identifier.of(id.database(), id.name());
  }
}
