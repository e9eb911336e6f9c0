package io.longhouse.engine.system;

import io.longhouse.engine.exec.QueryContext;
import io.longhouse.engine.statement.ColumnDeclarations;
import io.longhouse.engine.table.ColumnDefinition;
import io.longhouse.engine.table.Scan;
import io.longhouse.engine.table.ScanRequest;
import io.longhouse.engine.table.Table;
import io.longhouse.engine.table.TableId;
import io.longhouse.sql.ast.CreateHead;
import io.longhouse.sql.ast.CreateStatement;
import io.longhouse.sql.ast.CreateTable;
import io.longhouse.sql.ast.FunctionCall;
import io.longhouse.sql.ast.Identifier;
import io.longhouse.sql.ast.StorageClause;
import io.longhouse.sql.ast.TableSchema;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A table of the database {@code system}; registered under its name.
 *
 * @param <R> what a row is made of
 */
public abstract class SystemTable<R> implements Table {
  private final TableId id;
  private final SystemColumns<R> columns;
  private final List<ColumnDefinition> definitions;

  protected SystemTable(String name, SystemColumns<R> columns) {
    this.id = TableId.of("system", name);
    this.columns = columns;
    this.definitions = columns.definitions();
  }

  /** The rows as they are now; made one after the other where that can be long. */
  protected abstract Iterable<R> rows(QueryContext context);

  /**
   * How many rows there are by their {@link #databaseColumn}, when it is known without making them.
   */
  protected @Nullable Map<String, Long> counts(QueryContext context) {
    return null;
  }

  /** The column with the name of the database that a row is about. */
  protected String databaseColumn() {
    return "database";
  }

  /** The column with the name of the table that a row is about. */
  protected String tableColumn() {
    return "table";
  }

  /** The rows of some databases' tables; tables with rows of others are free to make more. */
  protected Iterable<R> rows(QueryContext context, WantedNames names) {
    return rows(context);
  }

  @Override
  public final TableId id() {
    return id;
  }

  /** {@code SystemDataTypeFamilies} for {@code data_type_families}. */
  @Override
  public final String engine() {
    var out = new StringBuilder("System");
    for (String word : id.name().split("_")) {
      out.append(Character.toUpperCase(word.charAt(0))).append(word.substring(1));
    }
    return out.toString();
  }

  @Override
  public final List<ColumnDefinition> columns() {
    return definitions;
  }

  @Override
  public final CreateStatement definition() {
    return definition(id, engine(), definitions);
  }

  /** The statement that would make a table that the server has by itself. */
  static CreateTable definition(TableId id, String engine, List<ColumnDefinition> columns) {
    var head =
        new CreateHead(
            CreateHead.Verb.CREATE,
            false,
            false,
            Identifier.of(id.database(), id.name()),
            null,
            null);
    var schema =
        new TableSchema(
            columns.stream().map(ColumnDeclarations::declare).toList(),
            List.of(),
            List.of(),
            List.of());
    var call =
        new FunctionCall(
            engine,
            null,
            List.of(),
            FunctionCall.Form.BARE,
            FunctionCall.NullsAction.DEFAULT,
            null);
    var storage = new StorageClause(call, null, null, null, null, null, List.of(), List.of());
    return new CreateTable(head, schema, storage, null, false, null, null, null);
  }

  @Override
  public final Scan scan(ScanRequest request, QueryContext context) {
    return new SystemScan<>(this, columns, request, context);
  }
}
