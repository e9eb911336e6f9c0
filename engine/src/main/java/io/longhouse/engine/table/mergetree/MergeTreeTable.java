package io.longhouse.engine.table.mergetree;

import io.longhouse.column.Block;
import io.longhouse.engine.exec.QueryContext;
import io.longhouse.engine.table.ColumnDefinition;
import io.longhouse.engine.table.Scan;
import io.longhouse.engine.table.ScanRequest;
import io.longhouse.engine.table.Table;
import io.longhouse.engine.table.TableEngine;
import io.longhouse.engine.table.TableId;
import io.longhouse.engine.table.TableWriter;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import io.longhouse.sql.ast.CreateTable;
import io.longhouse.sql.ast.StorageClause;
import io.longhouse.storage.MergeTreeSettings;
import io.longhouse.storage.disk.LocalDisk;
import io.longhouse.storage.mergetree.InsertOptions;
import io.longhouse.storage.mergetree.MergeMode;
import io.longhouse.storage.mergetree.MergeTreeData;
import io.longhouse.storage.mergetree.MergeTreeListener;
import io.longhouse.storage.mergetree.MergeTreeMetadata;
import io.longhouse.storage.mergetree.VirtualColumn;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** A table of the MergeTree family. */
public final class MergeTreeTable implements Table {
  private volatile TableId id;
  private volatile List<ColumnDefinition> columns;
  private volatile CreateTable definition;
  private final MergeTreeData data;
  private final Path folder;

  MergeTreeTable(TableEngine.Definition d, MergeTreeSettings settings, MergeMode mode) {
    this.id = d.id();
    this.columns = d.columns();
    this.definition = d.statement();
    StorageClause storage = d.statement().storage();
    if (storage == null) {
      throw new IllegalArgumentException("no storage clause");
    }
    MergeTreeMetadata metadata =
        MergeTreeDefinition.metadata(columns, storage, settings, d.analyzer(), 0);
    this.folder = folder(d);
    this.data =
        MergeTreeData.open(
            id.toString(),
            new LocalDisk("default", java.util.Objects.requireNonNull(folder.getParent())),
            folder.getFileName().toString(),
            metadata,
            settings,
            mode,
            MergeTreeListener.NONE);
  }

  private static Path folder(TableEngine.Definition d) {
    Path path = d.dataPath();
    try {
      if (path == null) {
        return Files.createTempDirectory("longhouse-");
      }
      return Files.createDirectories(path.toAbsolutePath());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public MergeTreeData data() {
    return data;
  }

  @Override
  public TableId id() {
    return id;
  }

  @Override
  public String engine() {
    return data.mode().engine();
  }

  @Override
  public List<ColumnDefinition> columns() {
    return columns;
  }

  @Override
  public List<ColumnDefinition> virtualColumns() {
    List<ColumnDefinition> out = new ArrayList<>();
    for (VirtualColumn v : VirtualColumn.values()) {
      out.add(ColumnDefinition.of(v.columnName(), v.type(data.metadata())));
    }
    return out;
  }

  @Override
  public CreateTable definition() {
    return definition;
  }

  @Override
  public Scan scan(ScanRequest request, QueryContext context) {
    if (request.isFinal()) {
      throw new LonghouseException(
          ErrorCode.ILLEGAL_FINAL, "Storage " + engine() + " doesn't support FINAL");
    }
    if (request.sample() != null) {
      throw new LonghouseException(ErrorCode.NOT_IMPLEMENTED, "SAMPLE is not implemented");
    }
    return new PartsScan(data, request, context);
  }

  @Override
  public TableWriter writer(QueryContext context) {
    var settings = context.settings();
    var options =
        new InsertOptions(
            (int) settings.number("max_partitions_per_insert_block"),
            settings.isOn("throw_on_max_partitions_per_insert_block"),
            settings.isOn("optimize_on_insert"));
    return new TableWriter() {
      @Override
      public void write(Block block) {
        data.insert(block, options);
      }

      @Override
      public void finish() {}
    };
  }

  @Override
  public OptionalLong totalRows() {
    boolean masked =
        data.snapshot().parts().stream()
            .anyMatch(p -> p.columnType(VirtualColumn.ROW_EXISTS.columnName()) != null);
    return masked ? OptionalLong.empty() : OptionalLong.of(data.snapshot().rows());
  }

  @Override
  public OptionalLong totalBytes() {
    return OptionalLong.of(data.snapshot().bytesOnDisk());
  }

  @Override
  public void truncate(QueryContext context) {
    data.drop(data.snapshot().parts());
  }

  @Override
  public void renamed(TableId newId) {
    id = newId;
  }

  @Override
  public void close() {
    data.close();
  }

  @Override
  public void drop() {
    data.dropTable();
    io.longhouse.engine.catalog.MetadataFiles.deleteTree(folder);
  }
}
