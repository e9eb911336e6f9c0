package io.longhouse.engine.table.memory;

import io.longhouse.column.Block;
import io.longhouse.engine.exec.QueryContext;
import io.longhouse.engine.table.ColumnDefinition;
import io.longhouse.engine.table.Scan;
import io.longhouse.engine.table.ScanRequest;
import io.longhouse.engine.table.Table;
import io.longhouse.engine.table.TableId;
import io.longhouse.engine.table.TableWriter;
import io.longhouse.sql.ast.CreateStatement;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** A table that takes rows and keeps none. */
public final class NullTable implements Table {
  private volatile TableId id;
  private final List<ColumnDefinition> columns;
  private final @Nullable CreateStatement definition;

  public NullTable(
      TableId id, List<ColumnDefinition> columns, @Nullable CreateStatement definition) {
    this.id = id;
    this.columns = columns;
    this.definition = definition;
  }

  @Override
  public TableId id() {
    return id;
  }

  @Override
  public String engine() {
    return "Null";
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
    return _ -> List.of();
  }

  @Override
  public TableWriter writer(QueryContext context) {
    return new TableWriter() {
      @Override
      public void write(Block block) {}

      @Override
      public void finish() {}
    };
  }

  @Override
  public OptionalLong totalRows() {
    return OptionalLong.of(0);
  }

  @Override
  public OptionalLong totalBytes() {
    return OptionalLong.of(0);
  }

  @Override
  public void truncate(QueryContext context) {}

  @Override
  public void renamed(TableId newId) {
    id = newId;
  }
}
