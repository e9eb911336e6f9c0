package io.longhouse.engine.table.view;

import io.longhouse.engine.catalog.ViewDependencies;
import io.longhouse.engine.exec.QueryContext;
import io.longhouse.engine.statement.StatementContext;
import io.longhouse.engine.table.ColumnDefinition;
import io.longhouse.engine.table.Scan;
import io.longhouse.engine.table.ScanRequest;
import io.longhouse.engine.table.Table;
import io.longhouse.engine.table.TableId;
import io.longhouse.engine.table.TableWriter;
import io.longhouse.sql.ast.AlterCommand;
import io.longhouse.sql.ast.CreateMaterializedView;
import io.longhouse.sql.ast.Optimize;
import io.longhouse.sql.ast.Query;
import java.util.List;
import java.util.function.Supplier;

/**
 * {@code CREATE MATERIALIZED VIEW}: what its query makes of rows inserted into the source goes to
 * the target table; reading the view is reading the target.
 */
public final class MaterializedView implements Table {
  private volatile TableId id;
  private final List<ColumnDefinition> columns;
  private final CreateMaterializedView definition;
  private final TableId source;
  private final Supplier<Table> target;
  private final ViewDependencies dependencies;

  /**
   * @param source the table whose inserts feed the view
   * @param target finds the table that keeps the rows
   * @param dependencies knows the view from its start to its end
   */
  public MaterializedView(
      TableId id,
      List<ColumnDefinition> columns,
      CreateMaterializedView definition,
      TableId source,
      Supplier<Table> target,
      ViewDependencies dependencies) {
    this.id = id;
    this.columns = List.copyOf(columns);
    this.definition = definition;
    this.source = source;
    this.target = target;
    this.dependencies = dependencies;
  }

  @Override
  public void start() {
    dependencies.add(this);
  }

  @Override
  public void close() {
    dependencies.remove(this);
  }

  @Override
  public TableId id() {
    return id;
  }

  @Override
  public String engine() {
    return "MaterializedView";
  }

  @Override
  public List<ColumnDefinition> columns() {
    return columns;
  }

  @Override
  public CreateMaterializedView definition() {
    return definition;
  }

  public Query query() {
    return definition.query();
  }

  public TableId source() {
    return source;
  }

  /** Whether the rows are kept in a table of the view's own, which goes with it. */
  public boolean ownsTarget() {
    return definition.to() == null;
  }

  public Table target() {
    return target.get();
  }

  @Override
  public Scan scan(ScanRequest request, QueryContext context) {
    return target().scan(request, context);
  }

  @Override
  public boolean supportsFinal() {
    return target().supportsFinal();
  }

  @Override
  public Table showsRowsOf(QueryContext context) {
    return target();
  }

  @Override
  public TableWriter writer(QueryContext context) {
    return target().writer(context);
  }

  @Override
  public void truncate(QueryContext context) {
    target().truncate(context);
  }

  @Override
  public void alter(List<AlterCommand> commands, StatementContext context) {
    target().alter(commands, context);
  }

  @Override
  public void optimize(Optimize statement, StatementContext context) {
    target().optimize(statement, context);
  }

  @Override
  public void renamed(TableId newId) {
    id = newId;
  }
}
