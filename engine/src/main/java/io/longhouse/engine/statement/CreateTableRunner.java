package io.longhouse.engine.statement;

import io.longhouse.column.Header;
import io.longhouse.engine.catalog.Database;
import io.longhouse.engine.insert.InsertPlanner;
import io.longhouse.engine.plan.Plan;
import io.longhouse.engine.table.ColumnDefinition;
import io.longhouse.engine.table.Table;
import io.longhouse.engine.table.TableEngine;
import io.longhouse.engine.table.TableId;
import io.longhouse.engine.table.function.FunctionTable;
import io.longhouse.registry.Register;
import io.longhouse.registry.Registry;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import io.longhouse.sql.ast.ColumnDeclaration;
import io.longhouse.sql.ast.CreateHead;
import io.longhouse.sql.ast.CreateTable;
import io.longhouse.sql.ast.FunctionCall;
import io.longhouse.sql.ast.Identifier;
import io.longhouse.sql.ast.Statement;
import io.longhouse.sql.ast.StorageClause;
import io.longhouse.sql.ast.TableSchema;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** {@code CREATE TABLE} in all its forms. */
@Register(kind = StatementRunner.class, name = "CreateTable")
final class CreateTableRunner implements StatementRunner {
  @Override
  public StatementResult run(Statement statement, StatementContext context) {
    var create = (CreateTable) statement;
    CreateHead head = create.head();
    if (head.verb() == CreateHead.Verb.ATTACH) {
      return AttachTable.run(create, context);
    }
    if (head.temporary()) {
      return temporary(create, context);
    }
    Database database = Databases.of(head.name(), context);
    String name = head.name().last();
    boolean replace = head.verb() != CreateHead.Verb.CREATE;
    Table existing = database.find(name);
    if (existing != null && !replace) {
      if (head.ifNotExists()) {
        return StatementResult.DONE;
      }
      throw new LonghouseException(
          ErrorCode.TABLE_ALREADY_EXISTS, "Table " + existing.id() + " already exists");
    }
    if (existing == null && head.verb() == CreateHead.Verb.REPLACE) {
      throw new LonghouseException(
          ErrorCode.UNKNOWN_TABLE, "Table " + database.name() + "." + name + " doesn't exist");
    }
    String made = existing == null ? name : "_tmp_replace_" + UUID.randomUUID();
    var id = new TableId(database.name(), made, uuid(head, database));
    if (head.uuid() != null) {
      checkNew(id, context);
    }
    Table table = make(create, id, false, context);
    database.add(table);
    table.start();
    fill(create, table, context);
    if (existing != null) {
      database.exchange(made, database, name);
      Table old = database.remove(made, true);
      old.close();
      old.drop();
    }
    return StatementResult.DONE;
  }

  /** A UUID that is or was another table's would show that one's data. */
  private static void checkNew(TableId id, StatementContext context) {
    AttachTable.checkFree(id.uuid(), context);
    if (AttachTable.hasData(id, context)) {
      throw new LonghouseException(
          ErrorCode.TABLE_ALREADY_EXISTS,
          "There are data of a table with UUID " + id.uuid() + " already");
    }
  }

  static UUID uuid(CreateHead head, Database database) {
    String given = head.uuid();
    if (given != null) {
      return UUID.fromString(given);
    }
    return database.hasUuids() ? UUID.randomUUID() : TableId.NO_UUID;
  }

  private StatementResult temporary(CreateTable create, StatementContext context) {
    String name = create.head().name().last();
    TemporaryTables tables = context.temporaryTables();
    if (tables.find(name) != null && create.head().verb() == CreateHead.Verb.CREATE) {
      if (create.head().ifNotExists()) {
        return StatementResult.DONE;
      }
      throw new LonghouseException(
          ErrorCode.TABLE_ALREADY_EXISTS, "Temporary table " + name + " already exists.");
    }
    Table table = make(create, new TableId("", name, UUID.randomUUID()), false, context);
    Table old = tables.find(name);
    tables.put(name, table);
    if (old != null) {
      old.close();
      old.drop();
    }
    fill(create, table, context);
    return StatementResult.DONE;
  }

  /**
   * Makes the table of a statement as it was written.
   *
   * @param attach whether its data may be there already
   */
  static Table make(CreateTable create, TableId id, boolean attach, StatementContext context) {
    CreateTable.Source source = create.source();
    Table like =
        switch (source) {
          case CreateTable.Like l -> context.tables().require(l.table());
          case CreateTable.Clone c -> context.tables().require(c.table());
          case CreateTable.Function f -> context.analyzer().tableFunction(f.call());
          case CreateTable.AsSelect _ -> null;
          case null -> null;
        };
    List<ColumnDefinition> columns = columns(create, like, id, context);
    CreateTable normalised = normalise(create, like, columns, id, context);
    return build(normalised, columns, id, attach, context);
  }

  /** Makes the table of a normalised statement. */
  static Table build(
      CreateTable normalised,
      List<ColumnDefinition> columns,
      TableId id,
      boolean attach,
      StatementContext context) {
    if (normalised.source() instanceof CreateTable.Function f) {
      return new FunctionTable(id, columns, f.call(), normalised);
    }
    StorageClause storage = normalised.storage();
    FunctionCall engine = storage == null ? null : storage.engine();
    if (storage == null || engine == null) {
      throw new LonghouseException(ErrorCode.ENGINE_REQUIRED, "Table engine is not specified");
    }
    var registry = Registry.of(TableEngine.class);
    TableEngine factory = registry.find(engine.name());
    if (factory == null) {
      List<String> similar = registry.similar(engine.name());
      throw new LonghouseException(
          ErrorCode.UNKNOWN_STORAGE,
          "Unknown table engine "
              + engine.name()
              + (similar.isEmpty() ? "" : ". Maybe you meant: " + similar));
    }
    checkClauses(storage, engine.name(), factory);
    return factory.create(
        new TableEngine.Definition(
            id,
            columns,
            normalised,
            attach,
            context.dataPath(id),
            context.analyzer(),
            context.query()));
  }

  private static void checkClauses(StorageClause s, String engine, TableEngine factory) {
    boolean sorted =
        s.partitionBy() != null
            || s.primaryKey() != null
            || s.orderBy() != null
            || s.sampleBy() != null
            || !s.ttl().isEmpty();
    if (sorted && !factory.supportsSortOrder()) {
      throw new LonghouseException(
          ErrorCode.BAD_ARGUMENTS,
          "Engine "
              + engine
              + " doesn't support PARTITION_BY, PRIMARY_KEY, ORDER_BY or SAMPLE_BY clauses.");
    }
    if (!s.settings().isEmpty() && !factory.supportsSettings() && !factory.supportsSortOrder()) {
      throw new LonghouseException(
          ErrorCode.BAD_ARGUMENTS, "Engine " + engine + " doesn't support SETTINGS clause.");
    }
  }

  private static List<ColumnDefinition> columns(
      CreateTable create, @Nullable Table like, TableId id, StatementContext context) {
    TableSchema schema = create.schema();
    TableEngine factory = engine(create, like, context);
    if (factory != null && !factory.hasDeclaredColumns()) {
      checkNoColumns(create, like, storage(create, like, context));
    } else if (schema != null && !schema.columns().isEmpty()) {
      return ColumnDeclarations.resolve(schema.columns(), context.analyzer(), context.query());
    }
    if (like != null) {
      return like.columns();
    }
    if (create.source() instanceof CreateTable.AsSelect s) {
      Header header = context.analyzer().analyze(s.query()).header();
      return header.fields().stream().map(f -> ColumnDefinition.of(f.name(), f.type())).toList();
    }
    StorageClause storage = create.storage();
    FunctionCall engine = storage == null ? null : storage.engine();
    List<ColumnDefinition> inferred =
        engine == null || factory == null
            ? null
            : factory.inferredColumns(engine, id, context.analyzer(), context.query());
    if (inferred != null) {
      return inferred;
    }
    throw new LonghouseException(
        ErrorCode.INCORRECT_QUERY,
        "Incorrect CREATE query: required list of column descriptions or AS section or SELECT.");
  }

  private static @Nullable TableEngine engine(
      CreateTable create, @Nullable Table like, StatementContext context) {
    if (create.source() instanceof CreateTable.Function) {
      return null;
    }
    FunctionCall engine = storage(create, like, context).engine();
    return engine == null ? null : Registry.of(TableEngine.class).find(engine.name());
  }

  private static void checkNoColumns(
      CreateTable create, @Nullable Table like, StorageClause storage) {
    TableSchema schema = create.schema();
    boolean declared = schema != null && !schema.columns().isEmpty();
    if (declared || like != null || create.source() != null) {
      throw new LonghouseException(
          ErrorCode.BAD_ARGUMENTS,
          "Storage "
              + Objects.requireNonNull(storage.engine()).name()
              + " does not support explicit column definitions");
    }
  }

  private static CreateTable normalise(
      CreateTable create,
      @Nullable Table like,
      List<ColumnDefinition> columns,
      TableId id,
      StatementContext context) {
    List<ColumnDeclaration> declared = columns.stream().map(ColumnDeclarations::declare).toList();
    CreateTable model = like != null && like.definition() instanceof CreateTable c ? c : null;
    TableSchema schema = schema(create, model, declared);
    boolean function = create.source() instanceof CreateTable.Function;
    StorageClause storage = function ? null : storage(create, like, context);
    var head =
        new CreateHead(
            CreateHead.Verb.CREATE,
            create.head().temporary(),
            false,
            id.database().isEmpty()
                ? Identifier.of(id.name())
                : Identifier.of(id.database(), id.name()),
            null,
            null);
    return new CreateTable(
        head,
        schema,
        storage,
        function ? create.source() : null,
        false,
        create.comment() == null && model != null ? model.comment() : create.comment(),
        null,
        null);
  }

  /** With {@code AS table} its constraints come too, and its indexes where the engine has such. */
  private static TableSchema schema(
      CreateTable create, @Nullable CreateTable model, List<ColumnDeclaration> columns) {
    TableSchema given = create.schema();
    if (given != null) {
      return new TableSchema(columns, given.indexes(), given.constraints(), given.projections());
    }
    TableSchema like = model == null ? null : model.schema();
    if (like == null) {
      return new TableSchema(columns, List.of(), List.of(), List.of());
    }
    FunctionCall engine = create.storage() == null ? null : create.storage().engine();
    boolean sameKind = engine == null || engine.name().endsWith("MergeTree");
    return new TableSchema(
        columns,
        sameKind ? like.indexes() : List.of(),
        like.constraints(),
        sameKind ? like.projections() : List.of());
  }

  private static StorageClause storage(
      CreateTable create, @Nullable Table like, StatementContext context) {
    StorageClause given = create.storage();
    if (given != null && given.engine() != null) {
      return given;
    }
    if (given == null
        && like != null
        && like.definition() instanceof CreateTable c
        && c.storage() != null
        && !create.head().temporary()) {
      return c.storage();
    }
    String engine =
        context
            .query()
            .settings()
            .text(
                create.head().temporary()
                    ? "default_temporary_table_engine"
                    : "default_table_engine");
    if (engine.equals("None")) {
      throw new LonghouseException(
          ErrorCode.ENGINE_REQUIRED, "Table engine is not specified in CREATE query");
    }
    var call =
        new FunctionCall(
            engine,
            null,
            List.of(),
            FunctionCall.Form.BARE,
            FunctionCall.NullsAction.DEFAULT,
            null);
    StorageClause empty =
        given != null
            ? given
            : new StorageClause(null, null, null, null, null, null, List.of(), List.of());
    return empty.withEngine(call);
  }

  private static void fill(CreateTable create, Table table, StatementContext context) {
    if (create.source() instanceof CreateTable.AsSelect s && !create.empty()) {
      Plan plan = context.analyzer().analyze(s.query());
      InsertPlanner.insertAll(table, plan, context);
    }
    if (create.source() instanceof CreateTable.Clone c) {
      throw new LonghouseException(
          ErrorCode.NOT_IMPLEMENTED, "CREATE TABLE ... CLONE AS " + c.table().name());
    }
  }
}
