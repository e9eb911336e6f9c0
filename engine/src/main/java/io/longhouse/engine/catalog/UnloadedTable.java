package io.longhouse.engine.catalog;

import io.longhouse.engine.exec.QueryContext;
import io.longhouse.engine.table.ColumnDefinition;
import io.longhouse.engine.table.Scan;
import io.longhouse.engine.table.ScanRequest;
import io.longhouse.engine.table.Table;
import io.longhouse.engine.table.TableId;
import io.longhouse.engine.table.TableWriter;
import io.longhouse.sql.LonghouseException;
import io.longhouse.sql.ast.CreateStatement;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The place of a table that could not be loaded at the start. Whoever names it in a statement is
 * told why; it can be shown, and dropped with its data. The other tables are not concerned.
 */
public final class UnloadedTable implements Table {
  private volatile TableId id;
  private final @Nullable CreateStatement definition;
  private final @Nullable Path data;
  private final LonghouseException problem;

  UnloadedTable(
      TableId id,
      @Nullable CreateStatement definition,
      @Nullable Path data,
      LonghouseException problem) {
    this.id = id;
    this.definition = definition;
    this.data = data;
    this.problem = problem;
  }

  /** Why the table is not there, for each time somebody asks. */
  public LonghouseException problem() {
    return new LonghouseException(problem.errorCode(), problem.message(), problem);
  }

  @Override
  public TableId id() {
    return id;
  }

  @Override
  public String engine() {
    return "";
  }

  @Override
  public List<ColumnDefinition> columns() {
    return List.of();
  }

  @Override
  public @Nullable CreateStatement definition() {
    return definition;
  }

  @Override
  public List<Path> dataPaths() {
    return data == null ? List.of() : List.of(data);
  }

  @Override
  public Scan scan(ScanRequest request, QueryContext context) {
    throw problem();
  }

  @Override
  public TableWriter writer(QueryContext context) {
    throw problem();
  }

  @Override
  public void truncate(QueryContext context) {
    throw problem();
  }

  @Override
  public void renamed(TableId newId) {
    id = newId;
  }

  @Override
  public void drop() {
    if (data != null) {
      MetadataFiles.deleteTree(data);
    }
  }
}
