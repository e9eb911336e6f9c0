package io.longhouse.engine.table.view;

import io.longhouse.engine.table.ColumnDefinition;
import io.longhouse.engine.table.TableId;
import io.longhouse.engine.table.View;
import io.longhouse.sql.ast.CreateView;
import io.longhouse.sql.ast.Query;
import java.util.List;

/** {@code CREATE VIEW}: a query under a name. */
public final class PlainView implements View {
  private volatile TableId id;
  private final List<ColumnDefinition> columns;
  private final CreateView definition;

  public PlainView(TableId id, List<ColumnDefinition> columns, CreateView definition) {
    this.id = id;
    this.columns = List.copyOf(columns);
    this.definition = definition;
  }

  @Override
  public TableId id() {
    return id;
  }

  @Override
  public String engine() {
    return "View";
  }

  @Override
  public List<ColumnDefinition> columns() {
    return columns;
  }

  @Override
  public CreateView definition() {
    return definition;
  }

  @Override
  public Query query() {
    return definition.query();
  }

  @Override
  public void renamed(TableId newId) {
    id = newId;
  }
}
