package io.longhouse.engine.statement;

import io.longhouse.engine.access.Privilege;
import io.longhouse.engine.access.SessionAccess;
import io.longhouse.engine.table.view.MaterializedView;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import io.longhouse.sql.ast.AccessStatement;
import io.longhouse.sql.ast.AlterCommand;
import io.longhouse.sql.ast.AlterDatabase;
import io.longhouse.sql.ast.AlterNamedCollection;
import io.longhouse.sql.ast.AlterStatement;
import io.longhouse.sql.ast.AlterTable;
import io.longhouse.sql.ast.Backup;
import io.longhouse.sql.ast.CheckAllTables;
import io.longhouse.sql.ast.CheckTable;
import io.longhouse.sql.ast.CopyStatement;
import io.longhouse.sql.ast.CreateStatement;
import io.longhouse.sql.ast.DeleteRows;
import io.longhouse.sql.ast.Describe;
import io.longhouse.sql.ast.DescribeCache;
import io.longhouse.sql.ast.DropStatement;
import io.longhouse.sql.ast.ExistsStatement;
import io.longhouse.sql.ast.Explain;
import io.longhouse.sql.ast.ExplainTenant;
import io.longhouse.sql.ast.Identifier;
import io.longhouse.sql.ast.Insert;
import io.longhouse.sql.ast.Kill;
import io.longhouse.sql.ast.MaintenanceStatement;
import io.longhouse.sql.ast.OnCluster;
import io.longhouse.sql.ast.Optimize;
import io.longhouse.sql.ast.ParallelWith;
import io.longhouse.sql.ast.Query;
import io.longhouse.sql.ast.Rename;
import io.longhouse.sql.ast.SessionStatement;
import io.longhouse.sql.ast.ShowAccess;
import io.longhouse.sql.ast.ShowAccessEntities;
import io.longhouse.sql.ast.ShowColumns;
import io.longhouse.sql.ast.ShowCreate;
import io.longhouse.sql.ast.ShowCreateAccess;
import io.longhouse.sql.ast.ShowCreateTenant;
import io.longhouse.sql.ast.ShowEngines;
import io.longhouse.sql.ast.ShowFunctions;
import io.longhouse.sql.ast.ShowGrants;
import io.longhouse.sql.ast.ShowIndexes;
import io.longhouse.sql.ast.ShowPrivileges;
import io.longhouse.sql.ast.ShowProcesslist;
import io.longhouse.sql.ast.ShowSetting;
import io.longhouse.sql.ast.ShowStatement;
import io.longhouse.sql.ast.ShowTables;
import io.longhouse.sql.ast.ShowTenants;
import io.longhouse.sql.ast.Statement;
import io.longhouse.sql.ast.SystemStatement;
import io.longhouse.sql.ast.TableExpression;
import io.longhouse.sql.ast.TenantStatement;
import io.longhouse.sql.ast.TransactionControl;
import io.longhouse.sql.ast.UpdateRows;
import io.longhouse.sql.ast.Use;
import io.longhouse.sql.ast.Watch;
import java.util.List;

/**
 * Which privileges a statement needs, before it is run. A SELECT needs those of the tables and
 * columns that its plan reads, which the analysis asks for; an INSERT's columns are asked for by
 * its runner; statements about access by theirs.
 */
public final class StatementAccess {
  private final StatementContext context;
  private final SessionAccess access;
  private final NamedAccess named;

  private StatementAccess(StatementContext context) {
    this.context = context;
    this.access = context.query().require(SessionAccess.class);
    this.named = new NamedAccess(context, access);
  }

  /**
   * @throws LonghouseException ACCESS_DENIED (497)
   */
  public static void check(Statement statement, StatementContext context) {
    var checks = new StatementAccess(context);
    if (!checks.access.isUnrestricted()) {
      if (OnCluster.of(statement) != null) {
        checks.access.check(Privilege.CLUSTER);
      }
      checks.statement(statement);
    }
  }

  private void statement(Statement statement) {
    switch (statement) {
      case Query _, Insert _, AccessStatement _, TenantStatement _ -> {}
      case CreateStatement s -> new CreateAccess(context, access, named).check(s);
      case DropStatement s -> new DropAccess(context, access, named).check(s);
      case AlterStatement s -> alter(s);
      case ShowStatement s -> show(s);
      case MaintenanceStatement s -> maintain(s);
      case SessionStatement s -> session(s);
      case SystemStatement s -> new SystemAccess(access, named.whole(), named::database).check(s);
      case ParallelWith s -> s.statements().forEach(this::statement);
    }
  }

  // ---- ALTER

  private void alter(AlterStatement s) {
    switch (s) {
      case AlterTable a -> {
        if (!named.isTemporary(a.table())) {
          var checks =
              new AlterAccess(access, named.database(a.table()), a.table().last(), named::database);
          a.commands().forEach(checks::check);
          a.commands().forEach(c -> rowsOf(c, a.table()));
        }
      }
      case AlterDatabase a -> {
        access.check(Privilege.ALTER_DATABASE_SETTINGS, a.database().name());
      }
      case AlterNamedCollection a -> access.check(Privilege.ALTER_NAMED_COLLECTION, a.name());
      case DeleteRows d -> {
        named.table(Privilege.ALTER_DELETE, d.table());
        ownRows(d.table());
      }
      case UpdateRows u -> {
        if (!named.isTemporary(u.table())) {
          access.check(
              Privilege.ALTER_UPDATE,
              named.database(u.table()),
              u.table().last(),
              AlterAccess.columns(u.assignments()));
          ownRows(u.table());
        }
      }
      case Rename r -> new DropAccess(context, access, named).check(r);
    }
  }

  private void rowsOf(AlterCommand c, Identifier table) {
    switch (c) {
      case AlterCommand.Delete _, AlterCommand.Update _ -> ownRows(table);
      case AlterCommand.CopyPartition p -> {
        named.whole(table);
        named.whole(p.from());
      }
      case AlterCommand.MovePartitionToTable p -> {
        named.whole(table);
        named.whole(p.table());
      }
      default -> named.whole(table);
    }
  }

  /** The rows of a table that keeps them itself: the mutation is bound by that table's policies. */
  private void ownRows(Identifier name) {
    if (!named.isTemporary(name)
        && context.tables().find(name.qualifier(), name.last()) instanceof MaterializedView) {
      named.whole().refuseNarrowed(named.database(name), name.last());
    }
  }

  // ---- SHOW

  private void show(ShowStatement s) {
    switch (s) {
      case ShowTables _, ShowFunctions _, ShowSetting _, ShowProcesslist _, ShowEngines _ -> {}
      case ShowColumns c -> named.table(Privilege.SHOW_COLUMNS, c.table());
      case ShowIndexes i -> named.table(Privilege.SHOW_COLUMNS, i.table());
      case ShowCreate c -> showCreate(c);
      case ShowGrants _, ShowPrivileges _, ShowAccess _ -> {}
      case ShowAccessEntities _, ShowCreateAccess _ -> {}
      case ShowTenants _, ShowCreateTenant _, ExplainTenant _ -> {}
      case Describe d -> {
        if (d.table().source() instanceof TableExpression.NamedTable n) {
          named.table(Privilege.SHOW_COLUMNS, n.name());
        }
      }
      case DescribeCache _ -> access.check(Privilege.SHOW_FILESYSTEM_CACHES);
      case ExistsStatement e -> exists(e);
      case Explain e -> {
        Statement explained = e.statement();
        if (explained != null && e.kind() != Explain.Kind.SYNTAX && e.kind() != Explain.Kind.AST) {
          statement(explained);
        }
      }
    }
  }

  private void exists(ExistsStatement e) {
    switch (e.kind()) {
      case DATABASE -> access.check(Privilege.SHOW_DATABASES, e.name().name());
      case DICTIONARY -> named.table(Privilege.SHOW_DICTIONARIES, e.name());
      case TABLE, VIEW -> named.table(Privilege.SHOW_TABLES, e.name());
    }
  }

  private void showCreate(ShowCreate c) {
    switch (c.kind()) {
      case DATABASE -> access.check(Privilege.SHOW_DATABASES, c.name().name());
      case DICTIONARY -> named.table(Privilege.SHOW_DICTIONARIES, c.name());
      case TABLE, VIEW -> named.table(Privilege.SHOW_COLUMNS, c.name());
    }
  }

  // ---- The rest

  private void maintain(MaintenanceStatement s) {
    switch (s) {
      case Optimize o -> {
        named.table(Privilege.OPTIMIZE, o.table());
        named.whole(o.table());
      }
      case CheckTable c -> {
        if (c.database()) {
          access.check(Privilege.CHECK, c.name().name());
          named.whole().database(c.name().name());
        } else {
          named.table(Privilege.CHECK, c.name());
          named.whole(c.name());
        }
      }
      case CheckAllTables _ -> {
        access.check(Privilege.CHECK);
        named.whole().everything();
      }
      case Kill k -> kill(k);
      case Backup b -> new BackupAccess(access, named).check(b);
      case Watch w -> named.table(Privilege.SELECT, w.view());
      case CopyStatement c ->
          named.table(c.from() ? Privilege.INSERT : Privilege.SELECT, c.table());
    }
  }

  /** One's own queries may be killed by anybody: the runner looks at whose they are. */
  private void kill(Kill k) {
    switch (k.kind()) {
      case QUERY -> {}
      case MUTATION -> {}
      case PART_MOVE_TO_SHARD -> access.check(Privilege.MOVE_PARTITION_BETWEEN_SHARDS);
      case TRANSACTION -> access.check(Privilege.KILL_TRANSACTION);
    }
  }

  private void session(SessionStatement s) {
    switch (s) {
      case Use u -> access.check(Privilege.SHOW_DATABASES, databaseOf(u));
      case io.longhouse.sql.ast.SetSettings _ -> {}
      case TransactionControl _ -> {}
      case io.longhouse.sql.ast.ExternalDdl _ ->
          throw new LonghouseException(
              ErrorCode.NOT_IMPLEMENTED, "EXTERNAL DDL is not implemented");
    }
  }

  private static String databaseOf(Use u) {
    List<String> parts = u.database().parts();
    return parts.getLast();
  }
}
