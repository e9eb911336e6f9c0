package io.longhouse.engine.statement;

import io.longhouse.engine.dictionary.DictionaryTable;
import io.longhouse.engine.table.ColumnDefinition;
import io.longhouse.engine.table.Table;
import io.longhouse.engine.table.TableId;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import io.longhouse.sql.ast.CreateDictionary;
import io.longhouse.sql.ast.CreateHead;
import io.longhouse.sql.ast.CreateMaterializedView;
import io.longhouse.sql.ast.CreateStatement;
import io.longhouse.sql.ast.CreateTable;
import io.longhouse.sql.ast.CreateView;
import io.longhouse.sql.ast.Identifier;
import io.longhouse.sql.format.Formatter;
import io.longhouse.sql.parser.Parser;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Table definitions as text: for metadata files, for SHOW CREATE, and back to tables. */
public final class TableDefinitions {
  private TableDefinitions() {}

  /** The text of a metadata file: {@code ATTACH TABLE _ UUID '...' ...}. */
  public static String attachText(Table table) {
    CreateStatement definition = require(table);
    var head =
        new CreateHead(
            CreateHead.Verb.ATTACH,
            false,
            false,
            Identifier.of("_"),
            table.id().uuid().toString(),
            null);
    return Formatter.format(withHead(definition, head)) + "\n";
  }

  /** Whether a kept definition is that of a materialized view. */
  public static boolean isMaterializedView(String text) {
    return Parser.parseStatement(text).statement() instanceof CreateMaterializedView;
  }

  /**
   * The statement that makes the table of a kept definition anew, with its UUID.
   *
   * @throws LonghouseException INCORRECT_QUERY (80)
   */
  public static String createText(String text, String database, String name) {
    if (!(Parser.parseStatement(text).statement() instanceof CreateStatement s)) {
      throw new LonghouseException(ErrorCode.INCORRECT_QUERY, "No definition of a table: " + text);
    }
    UUID uuid = uuid(s);
    boolean none = uuid.equals(TableId.NO_UUID);
    var head =
        new CreateHead(
            CreateHead.Verb.CREATE,
            false,
            false,
            Identifier.of(database, name),
            none ? null : uuid.toString(),
            null);
    return Formatter.formatOneLine(withHead(s, head));
  }

  /** The statement that makes the table under its present name. */
  public static CreateStatement create(Table table) {
    TableId id = table.id();
    var head =
        new CreateHead(
            CreateHead.Verb.CREATE,
            id.database().isEmpty(),
            false,
            id.database().isEmpty()
                ? Identifier.of(id.name())
                : Identifier.of(id.database(), id.name()),
            null,
            null);
    return withHead(require(table), head);
  }

  private static CreateStatement require(Table table) {
    CreateStatement definition = table.definition();
    if (definition == null) {
      throw new LonghouseException(
          ErrorCode.THERE_IS_NO_QUERY, "There is no CREATE query for table " + table.id());
    }
    return definition;
  }

  private static CreateStatement withHead(CreateStatement s, CreateHead head) {
    return switch (s) {
      case CreateTable c ->
          new CreateTable(
              head, c.schema(), c.storage(), c.source(), c.empty(), c.comment(), null, null);
      case CreateView v ->
          new CreateView(head, v.schema(), v.columnNames(), v.security(), v.query(), v.comment());
      case CreateMaterializedView m ->
          new CreateMaterializedView(
              head,
              m.refresh(),
              m.to(),
              m.toInnerUuid(),
              m.schema(),
              m.storage(),
              false,
              false,
              m.security(),
              m.query(),
              m.comment());
      case CreateDictionary d ->
          new CreateDictionary(
              head,
              d.attributes(),
              d.primaryKey(),
              d.source(),
              d.lifetime(),
              d.layout(),
              d.range(),
              d.settings(),
              d.comment());
      default ->
          throw new LonghouseException(
              ErrorCode.NOT_IMPLEMENTED, "Not a table's definition: " + Formatter.formatOneLine(s));
    };
  }

  /** Makes the table of a metadata file. */
  public static Table attach(String text, String database, String name, StatementContext context) {
    var statement = Parser.parseStatement(text).statement();
    CreateHead head =
        switch (statement) {
          case CreateTable c -> c.head();
          case CreateView v -> v.head();
          case CreateMaterializedView m -> m.head();
          case CreateDictionary d -> d.head();
          default ->
              throw new LonghouseException(
                  ErrorCode.INCORRECT_QUERY, "A metadata file holds ATTACH TABLE, found " + text);
        };
    var id = new TableId(database, name, uuid(head.uuid()));
    return switch (statement) {
      case CreateTable c -> table(c, id, context);
      case CreateView v -> Views.attach(v, id, context);
      case CreateMaterializedView m -> Views.attach(m, id, context);
      case CreateDictionary d -> DictionaryTable.of(id, d, context);
      default -> throw new IllegalStateException();
    };
  }

  /** The name of the engine of a definition's table. */
  public static String engine(CreateStatement s) {
    return switch (s) {
      case CreateTable c ->
          c.storage() == null || c.storage().engine() == null ? "" : c.storage().engine().name();
      case CreateView _ -> "View";
      case CreateMaterializedView _ -> "MaterializedView";
      default -> "";
    };
  }

  /** The UUID that a definition gives its table, or {@link TableId#NO_UUID}. */
  public static UUID uuid(CreateStatement s) {
    return switch (s) {
      case CreateTable c -> uuid(c.head().uuid());
      case CreateView v -> uuid(v.head().uuid());
      case CreateMaterializedView m -> uuid(m.head().uuid());
      default -> TableId.NO_UUID;
    };
  }

  private static UUID uuid(@Nullable String text) {
    return text == null ? TableId.NO_UUID : UUID.fromString(text);
  }

  private static Table table(CreateTable c, TableId id, StatementContext context) {
    var schema = c.schema();
    List<ColumnDefinition> columns =
        schema == null
            ? List.of()
            : ColumnDeclarations.resolve(schema.columns(), context.analyzer(), context.query());
    var head =
        new CreateHead(
            CreateHead.Verb.CREATE,
            false,
            false,
            Identifier.of(id.database(), id.name()),
            null,
            null);
    var normalised = (CreateTable) withHead(c, head);
    return CreateTableRunner.build(normalised, columns, id, true, context);
  }
}
