package io.longhouse.engine.table.function;

import io.longhouse.column.Header;
import io.longhouse.engine.exec.QueryContext;
import io.longhouse.engine.statement.StatementContext;
import io.longhouse.engine.table.ColumnDefinition;
import io.longhouse.engine.table.Scan;
import io.longhouse.engine.table.ScanRequest;
import io.longhouse.engine.table.Table;
import io.longhouse.engine.table.TableId;
import io.longhouse.engine.table.TableWriter;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import io.longhouse.sql.ast.CreateStatement;
import io.longhouse.sql.ast.CreateTable;
import io.longhouse.sql.ast.FunctionCall;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code CREATE TABLE t AS f(...)}: a table function under a name. What it is made of is asked for
 * when it is read or written, so that it can be loaded before the tables that it names.
 */
public final class FunctionTable implements Table {
  private volatile TableId id;
  private final List<ColumnDefinition> columns;
  private final FunctionCall call;
  private final CreateTable definition;
  private volatile @Nullable Table made;

  public FunctionTable(
      TableId id, List<ColumnDefinition> columns, FunctionCall call, CreateTable definition) {
    this.id = id;
    this.columns = List.copyOf(columns);
    this.call = call;
    this.definition = definition;
  }

  private Table table(QueryContext context) {
    Table t = context.require(StatementContext.class).analyzer().storedTableFunction(call);
    made = t;
    return t;
  }

  @Override
  public TableId id() {
    return id;
  }

  @Override
  public String engine() {
    Table t = made;
    return t == null ? "StorageProxy" : t.engine();
  }

  @Override
  public List<ColumnDefinition> columns() {
    return columns;
  }

  @Override
  public @Nullable CreateStatement definition() {
    return definition;
  }

  @Override
  public Scan scan(ScanRequest request, QueryContext context) {
    return table(context).scan(request, context);
  }

  @Override
  public Table passesRowsTo(QueryContext context) {
    return table(context);
  }

  /**
   * @throws LonghouseException INCOMPATIBLE_COLUMNS (122) where the function's table has others by
   *     now
   */
  @Override
  public TableWriter writer(QueryContext context) {
    Table t = table(context);
    if (!stored(t).equals(stored(this))) {
      throw new LonghouseException(
          ErrorCode.INCOMPATIBLE_COLUMNS,
          "Table " + id + " has not the columns any more that its table function has");
    }
    return t.writer(context);
  }

  private static List<Header.Field> stored(Table t) {
    return t.columns().stream()
        .filter(ColumnDefinition::isStored)
        .map(c -> new Header.Field(c.name(), c.type()))
        .toList();
  }

  @Override
  public void truncate(QueryContext context) {
    table(context).truncate(context);
  }

  @Override
  public void renamed(TableId newId) {
    id = newId;
  }
}
