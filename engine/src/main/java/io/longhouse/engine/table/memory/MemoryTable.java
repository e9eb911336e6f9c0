package io.longhouse.engine.table.memory;

import io.longhouse.column.Block;
import io.longhouse.column.ContentBytes;
import io.longhouse.engine.exec.BlocksLane;
import io.longhouse.engine.exec.Lane;
import io.longhouse.engine.exec.QueryContext;
import io.longhouse.engine.table.ColumnDefinition;
import io.longhouse.engine.table.Scan;
import io.longhouse.engine.table.ScanRequest;
import io.longhouse.engine.table.Table;
import io.longhouse.engine.table.TableId;
import io.longhouse.engine.table.TableWriter;
import io.longhouse.sql.ast.CreateStatement;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** {@code ENGINE = Memory}: blocks in a list. A reader sees the list as it was when it began. */
public final class MemoryTable implements Table {
  private volatile TableId id;
  private final List<ColumnDefinition> columns;
  private final @Nullable CreateStatement definition;
  private volatile List<Block> blocks = List.of();

  public MemoryTable(
      TableId id, List<ColumnDefinition> columns, @Nullable CreateStatement definition) {
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
    return "Memory";
  }

  @Override
  public List<ColumnDefinition> columns() {
    return columns;
  }

  @Override
  public @Nullable CreateStatement definition() {
    return definition;
  }

  /** Adds blocks with all stored columns. */
  public synchronized void add(List<Block> more) {
    List<Block> all = new ArrayList<>(blocks);
    all.addAll(more);
    blocks = List.copyOf(all);
  }

  @Override
  public Scan scan(ScanRequest request, QueryContext context) {
    List<String> stored =
        columns.stream().filter(ColumnDefinition::isStored).map(ColumnDefinition::name).toList();
    int[] places = request.columns().stream().mapToInt(stored::indexOf).toArray();
    List<Block> seen = blocks;
    return new Scan() {
      @Override
      public List<Lane> lanes(int parallelism) {
        List<Block> projected = new ArrayList<>();
        for (Block b : seen) {
          projected.add(b.project(places));
          context.progress().readRows.add(b.rows());
          context.progress().readBytes.add(ContentBytes.of(b));
        }
        return List.of(new BlocksLane(projected));
      }

      @Override
      public long rowsToRead() {
        return seen.stream().mapToLong(Block::rows).sum();
      }
    };
  }

  @Override
  public TableWriter writer(QueryContext context) {
    List<Block> written = new ArrayList<>();
    return new TableWriter() {
      @Override
      public void write(Block block) {
        written.add(new Block(block.columns(), block.rows()));
      }

      @Override
      public void finish() {
        add(written);
      }
    };
  }

  @Override
  public OptionalLong totalRows() {
    return OptionalLong.of(blocks.stream().mapToLong(Block::rows).sum());
  }

  @Override
  public OptionalLong totalBytes() {
    return OptionalLong.of(blocks.stream().mapToLong(Block::retainedBytes).sum());
  }

  @Override
  public synchronized void truncate(QueryContext context) {
    blocks = List.of();
  }

  @Override
  public void renamed(TableId newId) {
    id = newId;
  }
}
