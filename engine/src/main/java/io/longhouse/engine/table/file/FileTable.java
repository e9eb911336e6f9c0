package io.longhouse.engine.table.file;

import io.longhouse.column.Header;
import io.longhouse.column.type.FormatSettings;
import io.longhouse.engine.exec.QueryContext;
import io.longhouse.engine.table.ColumnDefinition;
import io.longhouse.engine.table.Scan;
import io.longhouse.engine.table.ScanRequest;
import io.longhouse.engine.table.Table;
import io.longhouse.engine.table.TableId;
import io.longhouse.engine.table.TableWriter;
import io.longhouse.function.expr.Expr;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import io.longhouse.sql.ast.CreateStatement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Files of one format as a table; written rows go to the end of the one file, or to a new one. */
final class FileTable implements Table {
  private volatile TableId id;
  private final List<ColumnDefinition> columns;
  private final FileSource source;
  private final Map<String, String> formatSettings;
  private final @Nullable CreateStatement definition;
  private final @Nullable Path ownFolder;

  /**
   * @param formatSettings what the table's SETTINGS say
   * @param ownFolder the table's data directory, when its file is there
   */
  FileTable(
      TableId id,
      List<ColumnDefinition> columns,
      FileSource source,
      Map<String, String> formatSettings,
      @Nullable CreateStatement definition,
      @Nullable Path ownFolder) {
    this.id = id;
    this.columns = List.copyOf(columns);
    this.source = source;
    this.formatSettings = Map.copyOf(formatSettings);
    this.definition = definition;
    this.ownFolder = ownFolder;
  }

  FileSource source() {
    return source;
  }

  @Override
  public TableId id() {
    return id;
  }

  @Override
  public String engine() {
    return "File";
  }

  @Override
  public List<ColumnDefinition> columns() {
    return columns;
  }

  @Override
  public List<ColumnDefinition> virtualColumns() {
    return FileVirtualColumns.all();
  }

  @Override
  public @Nullable CreateStatement definition() {
    return definition;
  }

  @Override
  public List<Path> dataPaths() {
    return source.hasPattern() ? source.files() : source.patterns();
  }

  private Header stored() {
    return new Header(
        columns.stream()
            .filter(ColumnDefinition::isStored)
            .map(c -> new Header.Field(c.name(), c.type()))
            .toList());
  }

  private FormatSettings settings(QueryContext context) {
    Map<String, String> own = new HashMap<>(formatSettings);
    return own.isEmpty()
        ? context.formatSettings()
        : FormatSettings.from(n -> {
          String v = own.get(n);
          return v != null ? v : context.setting(n);
        });
  }

  @Override
  public Scan scan(ScanRequest request, QueryContext context) {
    boolean forgiving = context.settings().isOn("engine_file_empty_if_not_exists");
    List<Path> files =
        forgiving && !source.hasPattern() && !Files.exists(source.patterns().getFirst())
            ? List.of()
            : source.files();
    return new FileScan(this, files, request.columns(), stored(), settings(context), context);
  }

  private void refusePattern() {
    if (source.hasPattern()) {
      throw new LonghouseException(
          ErrorCode.DATABASE_ACCESS_DENIED,
          "Table '" + id + "' is in readonly mode because of globs in filepath.");
    }
  }

  @Override
  public TableWriter writer(QueryContext context) {
    refusePattern();
    return new FileWriter(
        source, source.patterns().getFirst(), stored(), settings(context), context);
  }

  @Override
  public TableWriter partitionedWriter(Expr key, QueryContext context) {
    String path = source.patterns().getFirst().toString();
    if (!path.contains(PartitionedFiles.PLACE)) {
      throw new LonghouseException(
          ErrorCode.BAD_ARGUMENTS,
          "The path of a partitioned INSERT needs " + PartitionedFiles.PLACE + ", found " + path);
    }
    return new PartitionedFiles(
        key,
        p -> new FileWriter(source, p, stored(), settings(context), context),
        source.patterns().getFirst());
  }

  @Override
  public void truncate(QueryContext context) {
    refusePattern();
    try {
      for (Path p : source.patterns()) {
        if (Files.exists(p)) {
          Files.newOutputStream(p, StandardOpenOption.TRUNCATE_EXISTING).close();
        }
      }
    } catch (IOException e) {
      throw FileWriter.failure(source.patterns().getFirst(), e);
    }
  }

  @Override
  public void renamed(TableId newId) {
    id = newId;
  }

  @Override
  public void drop() {
    Path folder = ownFolder;
    if (folder == null) {
      return;
    }
    try {
      Files.deleteIfExists(source.patterns().getFirst());
      Files.deleteIfExists(folder);
    } catch (IOException e) {
      throw FileWriter.failure(folder, e);
    }
  }
}
