package io.longhouse.engine.statement;

import io.longhouse.engine.access.Privilege;
import io.longhouse.engine.access.Privileges;
import io.longhouse.engine.access.SessionAccess;
import io.longhouse.engine.table.Table;
import io.longhouse.engine.table.View;
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
import io.longhouse.sql.ast.CreateDatabase;
import io.longhouse.sql.ast.CreateDictionary;
import io.longhouse.sql.ast.CreateFunction;
import io.longhouse.sql.ast.CreateHead;
import io.longhouse.sql.ast.CreateIndex;
import io.longhouse.sql.ast.CreateMaterializedView;
import io.longhouse.sql.ast.CreateNamedCollection;
import io.longhouse.sql.ast.CreateResource;
import io.longhouse.sql.ast.CreateStatement;
import io.longhouse.sql.ast.CreateTable;
import io.longhouse.sql.ast.CreateView;
import io.longhouse.sql.ast.CreateWindowView;
import io.longhouse.sql.ast.CreateWorkload;
import io.longhouse.sql.ast.DeleteRows;
import io.longhouse.sql.ast.Describe;
import io.longhouse.sql.ast.DescribeCache;
import io.longhouse.sql.ast.Drop;
import io.longhouse.sql.ast.DropDatabaseTables;
import io.longhouse.sql.ast.DropIndex;
import io.longhouse.sql.ast.DropObject;
import io.longhouse.sql.ast.DropStatement;
import io.longhouse.sql.ast.ExistsStatement;
import io.longhouse.sql.ast.Explain;
import io.longhouse.sql.ast.ExplainTenant;
import io.longhouse.sql.ast.Expression;
import io.longhouse.sql.ast.FunctionCall;
import io.longhouse.sql.ast.Identifier;
import io.longhouse.sql.ast.Insert;
import io.longhouse.sql.ast.Kill;
import io.longhouse.sql.ast.Literal;
import io.longhouse.sql.ast.MaintenanceStatement;
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
import io.longhouse.sql.ast.StorageClause;
import io.longhouse.sql.ast.SystemStatement;
import io.longhouse.sql.ast.TableExpression;
import io.longhouse.sql.ast.TenantStatement;
import io.longhouse.sql.ast.TransactionControl;
import io.longhouse.sql.ast.Undrop;
import io.longhouse.sql.ast.UpdateRows;
import io.longhouse.sql.ast.Use;
import io.longhouse.sql.ast.Watch;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which privileges a statement needs, before it is run. A SELECT needs those of the tables and
 * columns that its plan reads, which the analysis asks for; an INSERT's columns are asked for by
 * its runner; statements about access by theirs.
 */
public final class StatementAccess {
  private final StatementContext context;
  private final SessionAccess access;
  private final WholeTables whole;

  private StatementAccess(StatementContext context) {
    this.context = context;
    this.access = context.query().require(SessionAccess.class);
    this.whole = new WholeTables(access, context);
  }

  /**
   * @throws LonghouseException ACCESS_DENIED (497)
   */
  public static void check(Statement statement, StatementContext context) {
    var checks = new StatementAccess(context);
    if (!checks.access.isUnrestricted()) {
      checks.statement(statement);
    }
  }

  private void statement(Statement statement) {
    switch (statement) {
      case Query _, Insert _, AccessStatement _, TenantStatement _ -> {}
      case CreateStatement s -> create(s);
      case DropStatement s -> drop(s);
      case AlterStatement s -> alter(s);
      case ShowStatement s -> show(s);
      case MaintenanceStatement s -> maintain(s);
      case SessionStatement s -> session(s);
      case SystemStatement s -> new SystemAccess(access, whole, this::database).check(s);
      case ParallelWith s -> s.statements().forEach(this::statement);
    }
  }

  // ---- Names

  private String database(Identifier name) {
    String in = name.qualifier();
    return in == null ? context.session().database() : in;
  }

  private boolean isTemporary(Identifier name) {
    return name.qualifier() == null && context.temporaryTables().find(name.last()) != null;
  }

  /** Checks a privilege on a table; a session's temporary tables are its own. */
  private void table(Privilege p, Identifier name) {
    table(p.set(), name);
  }

  private void table(Privileges set, Identifier name) {
    if (!isTemporary(name)) {
      access.check(set, database(name), name.last());
    }
  }

  /** A table all of whose rows the statement is about. */
  private void whole(Identifier name) {
    if (!isTemporary(name)) {
      whole.check(database(name), name.last());
    }
  }

  private void cluster(@Nullable String cluster) {
    if (cluster != null) {
      access.check(Privilege.CLUSTER);
    }
  }

  // ---- CREATE

  private void create(CreateStatement s) {
    switch (s) {
      case CreateTable c -> createTable(c);
      case CreateView c -> {
        cluster(c.head().cluster());
        if (c.head().temporary()) {
          access.check(Privilege.CREATE_TEMPORARY_VIEW);
        } else {
          created(c.head(), Privilege.CREATE_VIEW, Privilege.DROP_VIEW);
        }
        new ViewAccess(context, access).check(c.security());
      }
      case CreateMaterializedView c -> {
        cluster(c.head().cluster());
        created(c.head(), Privilege.CREATE_VIEW, Privilege.DROP_VIEW);
        Identifier to = c.to();
        if (to != null) {
          Privileges both = Privilege.SELECT.set().plus(Privilege.INSERT.set());
          table(both, to);
        }
        engine(c.storage());
        new ViewAccess(context, access).check(c.security());
      }
      case CreateWindowView c -> created(c.head(), Privilege.CREATE_VIEW, Privilege.DROP_VIEW);
      case CreateDatabase c -> {
        cluster(c.head().cluster());
        access.check(Privilege.CREATE_DATABASE, c.head().name().name());
      }
      case CreateDictionary c ->
          created(c.head(), Privilege.CREATE_DICTIONARY, Privilege.DROP_DICTIONARY);
      case CreateFunction c -> {
        cluster(c.cluster());
        access.check(Privilege.CREATE_FUNCTION);
        if (c.orReplace()) {
          access.check(Privilege.DROP_FUNCTION);
        }
      }
      case CreateNamedCollection c -> access.check(Privilege.CREATE_NAMED_COLLECTION, c.name());
      case CreateIndex c -> {
        table(Privilege.ALTER_ADD_INDEX, c.table());
        whole(c.table());
      }
      case CreateWorkload c -> {
        access.check(Privilege.CREATE_WORKLOAD);
        if (c.orReplace()) {
          access.check(Privilege.DROP_WORKLOAD);
        }
      }
      case CreateResource c -> {
        access.check(Privilege.CREATE_RESOURCE);
        if (c.orReplace()) {
          access.check(Privilege.DROP_RESOURCE);
        }
      }
    }
  }

  private void createTable(CreateTable c) {
    CreateHead head = c.head();
    cluster(head.cluster());
    if (head.temporary()) {
      StorageClause storage = c.storage();
      boolean plain =
          storage == null || storage.engine() == null || storage.engine().name().equals("Memory");
      access.check(
          plain ? Privilege.CREATE_TEMPORARY_TABLE : Privilege.CREATE_ARBITRARY_TEMPORARY_TABLE);
    } else {
      created(head, Privilege.CREATE_TABLE, Privilege.DROP_TABLE);
    }
    StorageClause written = c.storage();
    FunctionCall named = written == null ? null : written.engine();
    if (access.control().requiresEngineGrants() && (named != null || c.source() == null)) {
      access.check(Privilege.TABLE_ENGINE, named == null ? "MergeTree" : named.name());
    }
    engine(c.storage());
    switch (c.source()) {
      case CreateTable.Like l -> table(Privilege.SHOW_COLUMNS, l.table());
      case CreateTable.Clone l -> {
        table(Privilege.SHOW_COLUMNS, l.table());
        table(Privilege.SELECT, l.table());
        whole(l.table());
      }
      case CreateTable.AsSelect _ -> {
        if (!head.temporary()) {
          table(Privilege.INSERT, head.name());
        }
      }
      case CreateTable.Function _ -> {}
      case null -> {}
    }
  }

  private void created(CreateHead head, Privilege create, Privilege drop) {
    table(create, head.name());
    boolean replaces =
        head.verb() == CreateHead.Verb.REPLACE || head.verb() == CreateHead.Verb.CREATE_OR_REPLACE;
    if (replaces) {
      table(drop, head.name());
      whole(head.name());
    }
  }

  /** Engines that reach outside need what reading and writing there needs. */
  private void engine(@Nullable StorageClause storage) {
    if (storage == null || storage.engine() == null) {
      return;
    }
    String source = Sources.ofEngine(storage.engine().name());
    if (source != null) {
      access.check(Privilege.READ.set().plus(Privilege.WRITE.set()), source);
    }
    if (storage.engine().name().equals("Buffer")) {
      buffer(storage.engine());
    }
  }

  /** A Buffer shows and fills another table without asking again. */
  private void buffer(FunctionCall engine) {
    Privileges both = Privilege.SELECT.set().plus(Privilege.INSERT.set());
    List<String> names = new ArrayList<>();
    for (Expression e : engine.arguments().subList(0, Math.min(2, engine.arguments().size()))) {
      switch (e.bare()) {
        case Literal.StringLiteral s -> names.add(s.value());
        case Identifier id -> names.add(id.name());
        case FunctionCall f when f.name().equalsIgnoreCase("currentDatabase") ->
            names.add(context.session().database());
        default -> {}
      }
    }
    if (names.size() < 2) {
      access.check(both);
      return;
    }
    access.check(
        both, names.get(0).isEmpty() ? context.session().database() : names.get(0), names.get(1));
  }

  // ---- DROP

  private void drop(DropStatement s) {
    switch (s) {
      case Drop d -> {
        cluster(d.cluster());
        for (Identifier name : d.names()) {
          drop(d, name);
        }
      }
      case DropDatabaseTables d -> {
        cluster(d.cluster());
        access.check(Privilege.TRUNCATE, d.database().name());
        whole.database(d.database().name());
      }
      case DropIndex d -> {
        table(Privilege.ALTER_DROP_INDEX, d.table());
        whole(d.table());
      }
      case DropObject d -> {
        cluster(d.cluster());
        switch (d.kind()) {
          case FUNCTION -> access.check(Privilege.DROP_FUNCTION);
          case NAMED_COLLECTION -> access.check(Privilege.DROP_NAMED_COLLECTION, d.name());
          case WORKLOAD -> access.check(Privilege.DROP_WORKLOAD);
          case RESOURCE -> access.check(Privilege.DROP_RESOURCE);
        }
      }
      case Undrop u -> {
        table(Privilege.UNDROP_TABLE, u.table());
        whole(u.table());
      }
    }
  }

  private void drop(Drop d, Identifier name) {
    if (d.kind() == Drop.Kind.DATABASE) {
      Privilege p =
          d.action() == Drop.Action.TRUNCATE ? Privilege.TRUNCATE : Privilege.DROP_DATABASE;
      access.check(p, name.name());
      whole.database(name.name());
      return;
    }
    if (d.action() == Drop.Action.TRUNCATE) {
      table(Privilege.TRUNCATE, name);
      whole(name);
      return;
    }
    Privilege p =
        switch (d.kind()) {
          case VIEW -> Privilege.DROP_VIEW;
          case DICTIONARY -> Privilege.DROP_DICTIONARY;
          case TABLE, DATABASE -> isView(name) ? Privilege.DROP_VIEW : Privilege.DROP_TABLE;
        };
    table(p, name);
    gone(name);
  }

  /** What is behind a Buffer, an alias or a view with a target stays when that goes. */
  private void gone(Identifier name) {
    if (isTemporary(name)) {
      return;
    }
    Table t = context.tables().find(name.qualifier(), name.last());
    if (t instanceof MaterializedView v && v.ownsTarget()) {
      whole(name);
    } else {
      whole.refuseNarrowed(database(name), name.last());
    }
  }

  private boolean isView(Identifier name) {
    Table t = context.tables().find(name.qualifier(), name.last());
    return t instanceof View || t instanceof MaterializedView;
  }

  // ---- ALTER

  private void alter(AlterStatement s) {
    switch (s) {
      case AlterTable a -> {
        cluster(a.cluster());
        if (!isTemporary(a.table())) {
          var checks =
              new AlterAccess(access, database(a.table()), a.table().last(), this::database);
          a.commands().forEach(checks::check);
          a.commands().forEach(c -> rowsOf(c, a.table()));
        }
      }
      case AlterDatabase a -> {
        cluster(a.cluster());
        access.check(Privilege.ALTER_DATABASE_SETTINGS, a.database().name());
      }
      case AlterNamedCollection a -> access.check(Privilege.ALTER_NAMED_COLLECTION, a.name());
      case DeleteRows d -> {
        cluster(d.cluster());
        table(Privilege.ALTER_DELETE, d.table());
        ownRows(d.table());
      }
      case UpdateRows u -> {
        cluster(u.cluster());
        if (!isTemporary(u.table())) {
          access.check(
              Privilege.ALTER_UPDATE,
              database(u.table()),
              u.table().last(),
              AlterAccess.columns(u.assignments()));
          ownRows(u.table());
        }
      }
      case Rename r -> {
        cluster(r.cluster());
        r.pairs().forEach(p -> rename(r, p));
      }
    }
  }

  private void rowsOf(AlterCommand c, Identifier table) {
    switch (c) {
      case AlterCommand.Delete _, AlterCommand.Update _ -> ownRows(table);
      case AlterCommand.CopyPartition p -> {
        whole(table);
        whole(p.from());
      }
      case AlterCommand.MovePartitionToTable p -> {
        whole(table);
        whole(p.table());
      }
      default -> whole(table);
    }
  }

  /** The rows of a table that keeps them itself: the mutation is bound by that table's policies. */
  private void ownRows(Identifier name) {
    if (!isTemporary(name)
        && context.tables().find(name.qualifier(), name.last()) instanceof MaterializedView) {
      whole.refuseNarrowed(database(name), name.last());
    }
  }

  private void rename(Rename r, Rename.Pair p) {
    if (r.kind() == Rename.Kind.DATABASE) {
      access.check(Privilege.DROP_DATABASE, p.from().name());
      access.check(Privilege.CREATE_DATABASE, p.to().name());
      whole.database(p.from().name());
      return;
    }
    boolean dictionary = r.kind() == Rename.Kind.DICTIONARY;
    Privileges from =
        dictionary
            ? Privilege.SELECT.set().plus(Privilege.DROP_DICTIONARY.set())
            : Privilege.SELECT.set().plus(Privilege.DROP_TABLE.set());
    Privileges to =
        dictionary
            ? Privilege.CREATE_DICTIONARY.set().plus(Privilege.INSERT.set())
            : Privilege.CREATE_TABLE.set().plus(Privilege.INSERT.set());
    table(from, p.from());
    table(to, p.to());
    gone(p.from()); // policies are of names: under another one its rows would be open
    if (r.exchange()) {
      table(to, p.from());
      table(from, p.to());
      gone(p.to());
    }
  }

  // ---- SHOW

  private void show(ShowStatement s) {
    switch (s) {
      case ShowTables _, ShowFunctions _, ShowSetting _, ShowProcesslist _, ShowEngines _ -> {}
      case ShowColumns c -> table(Privilege.SHOW_COLUMNS, c.table());
      case ShowIndexes i -> table(Privilege.SHOW_COLUMNS, i.table());
      case ShowCreate c -> showCreate(c);
      case ShowGrants _, ShowPrivileges _, ShowAccess _ -> {}
      case ShowAccessEntities _, ShowCreateAccess _ -> {}
      case ShowTenants _, ShowCreateTenant _, ExplainTenant _ -> {}
      case Describe d -> {
        if (d.table().source() instanceof TableExpression.NamedTable n) {
          table(Privilege.SHOW_COLUMNS, n.name());
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
      case DICTIONARY -> table(Privilege.SHOW_DICTIONARIES, e.name());
      case TABLE, VIEW -> table(Privilege.SHOW_TABLES, e.name());
    }
  }

  private void showCreate(ShowCreate c) {
    switch (c.kind()) {
      case DATABASE -> access.check(Privilege.SHOW_DATABASES, c.name().name());
      case DICTIONARY -> table(Privilege.SHOW_DICTIONARIES, c.name());
      case TABLE, VIEW -> table(Privilege.SHOW_COLUMNS, c.name());
    }
  }

  // ---- The rest

  private void maintain(MaintenanceStatement s) {
    switch (s) {
      case Optimize o -> {
        cluster(o.cluster());
        table(Privilege.OPTIMIZE, o.table());
        whole(o.table());
      }
      case CheckTable c -> {
        if (c.database()) {
          access.check(Privilege.CHECK, c.name().name());
          whole.database(c.name().name());
        } else {
          table(Privilege.CHECK, c.name());
          whole(c.name());
        }
      }
      case CheckAllTables _ -> {
        access.check(Privilege.CHECK);
        whole.everything();
      }
      case Kill k -> kill(k);
      case Backup b -> backup(b);
      case Watch w -> table(Privilege.SELECT, w.view());
      case CopyStatement c -> table(c.from() ? Privilege.INSERT : Privilege.SELECT, c.table());
    }
  }

  /** One's own queries may be killed by anybody: the runner looks at whose they are. */
  private void kill(Kill k) {
    cluster(k.cluster());
    switch (k.kind()) {
      case QUERY -> {}
      case MUTATION -> {}
      case PART_MOVE_TO_SHARD -> access.check(Privilege.MOVE_PARTITION_BETWEEN_SHARDS);
      case TRANSACTION -> access.check(Privilege.KILL_TRANSACTION);
    }
  }

  private void backup(Backup b) {
    cluster(b.cluster());
    for (Backup.Element e : b.elements()) {
      switch (e) {
        case Backup.Table t -> {
          table(Privilege.BACKUP, t.name());
          whole(t.name());
          if (b.restore()) {
            Identifier to = t.newName() == null ? t.name() : t.newName();
            table(Privilege.CREATE_TABLE.set().plus(Privilege.INSERT.set()), to);
            whole(to);
          }
        }
        case Backup.TemporaryTable _ -> {}
        case Backup.Database d -> {
          access.check(Privilege.BACKUP, d.name().name());
          whole.database(d.name().name());
          if (b.restore()) {
            access.check(Privilege.CREATE_TABLE, d.name().name());
            access.check(Privilege.INSERT, d.name().name());
          }
        }
        case Backup.All _ -> {
          access.check(Privilege.BACKUP);
          whole.everything();
          if (b.restore()) {
            access.check(Privilege.CREATE.set().plus(Privilege.INSERT.set()));
          }
        }
      }
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
