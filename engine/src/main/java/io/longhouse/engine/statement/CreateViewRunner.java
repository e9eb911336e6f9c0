package io.longhouse.engine.statement;

import io.longhouse.engine.access.Privilege;
import io.longhouse.engine.access.SessionAccess;
import io.longhouse.engine.catalog.Database;
import io.longhouse.engine.insert.InsertPlanner;
import io.longhouse.engine.table.ColumnDefinition;
import io.longhouse.engine.table.Table;
import io.longhouse.engine.table.TableId;
import io.longhouse.engine.table.view.MaterializedView;
import io.longhouse.engine.table.view.PlainView;
import io.longhouse.registry.Register;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import io.longhouse.sql.ast.CreateHead;
import io.longhouse.sql.ast.CreateMaterializedView;
import io.longhouse.sql.ast.CreateTable;
import io.longhouse.sql.ast.CreateView;
import io.longhouse.sql.ast.Identifier;
import io.longhouse.sql.ast.Query;
import io.longhouse.sql.ast.Statement;
import io.longhouse.sql.ast.StorageClause;
import java.util.ArrayList;
import java.util.List;

/** {@code CREATE [MATERIALIZED] VIEW}. */
@Register(kind = StatementRunner.class, name = "CreateView")
@Register(kind = StatementRunner.class, name = "CreateMaterializedView")
final class CreateViewRunner implements StatementRunner {
  @Override
  public StatementResult run(Statement statement, StatementContext context) {
    CreateHead head =
        statement instanceof CreateView v ? v.head() : ((CreateMaterializedView) statement).head();
    Database database = Databases.of(head.name(), context);
    String name = head.name().last();
    if (head.verb() == CreateHead.Verb.ATTACH) {
      throw new LonghouseException(
          ErrorCode.NOT_IMPLEMENTED, "ATTACH VIEW with a definition is not implemented");
    }
    Table existing = database.find(name);
    if (existing != null && head.verb() == CreateHead.Verb.CREATE) {
      if (head.ifNotExists()) {
        return StatementResult.DONE;
      }
      throw new LonghouseException(
          ErrorCode.TABLE_ALREADY_EXISTS, "Table " + existing.id() + " already exists");
    }
    var id = new TableId(database.name(), name, CreateTableRunner.uuid(head, database));
    Table made =
        statement instanceof CreateView v
            ? view(v, id, context)
            : materialized((CreateMaterializedView) statement, id, database, context);
    if (existing != null) {
      existing.close();
      database.remove(name, true);
      existing.drop();
    }
    database.add(made);
    made.start();
    if (made instanceof MaterializedView m
        && statement instanceof CreateMaterializedView c
        && c.populate()) {
      InsertPlanner.insertAll(m.target(), context.analyzer().analyze(c.query()), context);
    }
    return StatementResult.DONE;
  }

  private static CreateHead plainHead(TableId id) {
    return new CreateHead(
        CreateHead.Verb.CREATE, false, false, Identifier.of(id.database(), id.name()), null, null);
  }

  private static Table view(CreateView v, TableId id, StatementContext context) {
    Query query = QualifiedNames.in(v.query(), context);
    List<ColumnDefinition> columns = Views.columnsOfView(v.schema(), query, context);
    var definition =
        new CreateView(
            plainHead(id),
            Views.schema(columns),
            null,
            ViewAccess.resolved(v.security(), context),
            query,
            v.comment());
    return new PlainView(id, columns, definition);
  }

  private static Table materialized(
      CreateMaterializedView m, TableId id, Database database, StatementContext context) {
    if (m.refresh() != null) {
      throw new LonghouseException(
          ErrorCode.NOT_IMPLEMENTED,
          "Refreshable materialized views (REFRESH) are not implemented");
    }
    Query query = QualifiedNames.in(m.query(), context);
    if (!context.query().require(SessionAccess.class).isGranted(Privilege.SELECT)) {
      // who may not read it may not have it read for others' inserts either
      context.analyzer().analyze(query);
    }
    Identifier to = m.to();
    // Others' inserts would run its query, and fail when that does.
    TableId source = Views.source(query, id.database());
    new WholeTables(context.query().require(SessionAccess.class), context)
        .check(source.database(), source.name());
    List<ColumnDefinition> columns =
        m.schema() == null && to != null
            ? kept(Views.columns(null, query, context), context.tables().require(to))
            : Views.columns(m.schema(), query, context);
    Identifier target =
        to == null || to.qualifier() != null
            ? to
            : Identifier.of(context.session().database(), to.last());
    StorageClause storage =
        to == null ? createInner(m, id, columns, database, context) : m.storage();
    var definition =
        new CreateMaterializedView(
            plainHead(id),
            null,
            target,
            null,
            Views.schema(columns),
            storage,
            false,
            false,
            ViewAccess.ofMaterialized(m.security(), context),
            query,
            m.comment());
    return Views.materialized(definition, id, columns, context.catalog());
  }

  /** Those of the query's columns that the target has, as it has them. */
  private static List<ColumnDefinition> kept(List<ColumnDefinition> query, Table target) {
    List<ColumnDefinition> columns = new ArrayList<>();
    for (ColumnDefinition c : query) {
      ColumnDefinition there = target.column(c.name());
      if (there != null && there.isInsertable()) {
        columns.add(ColumnDefinition.of(c.name(), there.type()));
      }
    }
    return columns.isEmpty() ? target.columns() : columns;
  }

  /** Makes the table that keeps the rows of a view without TO; answers its full definition. */
  private static @org.jspecify.annotations.Nullable StorageClause createInner(
      CreateMaterializedView m,
      TableId view,
      List<ColumnDefinition> columns,
      Database database,
      StatementContext context) {
    StorageClause storage = m.storage();
    var create =
        new CreateTable(
            new CreateHead(
                CreateHead.Verb.CREATE,
                false,
                false,
                Identifier.of(database.name(), Views.innerName(view)),
                m.toInnerUuid(),
                null),
            Views.schema(columns),
            storage,
            null,
            false,
            null,
            null,
            null);
    new CreateTableRunner().run(create, context);
    Table inner = database.find(Views.innerName(view));
    return inner != null && inner.definition() instanceof CreateTable c ? c.storage() : storage;
  }
}
