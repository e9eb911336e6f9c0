package io.longhouse.engine.table.log;

import io.longhouse.engine.exec.QueryContext;
import io.longhouse.engine.statement.StatementContext;
import io.longhouse.engine.table.ColumnDefinition;
import io.longhouse.engine.table.Table;
import io.longhouse.engine.table.TableEngine;
import io.longhouse.engine.table.TableId;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import io.longhouse.sql.ast.CheckTable;
import io.longhouse.sql.ast.CreateTable;
import io.longhouse.storage.mergetree.PartCheck;
import java.util.List;
import java.util.OptionalLong;

/** What Log, TinyLog and StripeLog share: blocks that are added and never change. */
abstract class AppendedTable implements Table {
  private static final long ROWS_PER_LANE_MIN = 163_840;

  final LogFiles files;
  final List<ColumnDefinition> stored;
  private volatile TableId id;
  private final List<ColumnDefinition> columns;
  private final CreateTable definition;
  private volatile List<StoredBlock> blocks = List.of();

  AppendedTable(TableEngine.Definition d) {
    this.id = d.id();
    this.columns = d.columns();
    this.definition = d.statement();
    this.stored = columns.stream().filter(ColumnDefinition::isStored).toList();
    this.files = LogFiles.open(d);
  }

  @Override
  public final TableId id() {
    return id;
  }

  @Override
  public final List<ColumnDefinition> columns() {
    return columns;
  }

  @Override
  public final CreateTable definition() {
    return definition;
  }

  final List<StoredBlock> blocks() {
    return blocks;
  }

  final void blocks(List<StoredBlock> all) {
    blocks = List.copyOf(all);
  }

  final int place(String column) {
    for (int i = 0; i < stored.size(); i++) {
      if (stored.get(i).name().equals(column)) {
        return i;
      }
    }
    throw new IllegalArgumentException(column);
  }

  /** Lanes for a read: few rows are read by one, so that they come in their order. */
  static int lanes(List<StoredBlock> blocks, int parallelism) {
    long rows = blocks.stream().mapToLong(StoredBlock::rows).sum();
    return (int) Math.min(blocks.size(), Math.clamp(rows / ROWS_PER_LANE_MIN, 1, parallelism));
  }

  final long rows() {
    return blocks.stream().mapToLong(StoredBlock::rows).sum();
  }

  @Override
  public OptionalLong totalRows() {
    return OptionalLong.of(rows());
  }

  @Override
  public final OptionalLong totalBytes() {
    return OptionalLong.of(files.totalBytes());
  }

  @Override
  public final List<java.nio.file.Path> dataPaths() {
    return List.of(files.folder());
  }

  @Override
  public final void truncate(QueryContext context) {
    synchronized (files) {
      files.clear();
      blocks = List.of();
    }
  }

  @Override
  public final List<PartCheck.Result> check(CheckTable statement, StatementContext context) {
    if (statement.partition() != null || statement.part() != null) {
      throw new LonghouseException(
          ErrorCode.NOT_IMPLEMENTED, "Storage " + engine() + " has neither partitions nor parts");
    }
    return files.check();
  }

  @Override
  public final void renamed(TableId newId) {
    id = newId;
  }

  @Override
  public final void drop() {
    files.drop();
  }
}
