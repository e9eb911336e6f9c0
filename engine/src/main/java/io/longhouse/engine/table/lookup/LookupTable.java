package io.longhouse.engine.table.lookup;

import io.longhouse.column.Block;
import io.longhouse.column.Header;
import io.longhouse.engine.exec.BlocksLane;
import io.longhouse.engine.exec.QueryContext;
import io.longhouse.engine.table.ColumnDefinition;
import io.longhouse.engine.table.Scan;
import io.longhouse.engine.table.ScanRequest;
import io.longhouse.engine.table.Table;
import io.longhouse.engine.table.TableEngine;
import io.longhouse.engine.table.TableId;
import io.longhouse.engine.table.TableWriter;
import io.longhouse.sql.ast.CreateTable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** What Set and Join share. What is looked up in is replaced by each INSERT, never changed. */
abstract class LookupTable implements Table {
  final List<ColumnDefinition> stored;
  final Header header;
  private volatile TableId id;
  private final List<ColumnDefinition> columns;
  private final CreateTable definition;
  private final List<Path> paths;
  private final InsertFiles files;

  LookupTable(TableEngine.Definition d) {
    this.id = d.id();
    this.columns = d.columns();
    this.definition = d.statement();
    this.stored = columns.stream().filter(ColumnDefinition::isStored).toList();
    this.header =
        new Header(stored.stream().map(c -> new Header.Field(c.name(), c.type())).toList());
    Path path = d.dataPath();
    this.paths = path == null ? List.of() : List.of(path);
    this.files = new InsertFiles(path, header);
  }

  /** To be called when the table has been made: reads what is on disk. */
  final void load() {
    List<Block> blocks = files.load();
    if (!blocks.isEmpty()) {
      add(blocks);
    }
  }

  /** Takes rows in; called under the table's monitor. */
  abstract void add(List<Block> blocks);

  /** Forgets all rows. */
  abstract void clear();

  /** The rows there are. */
  abstract List<Block> blocks();

  /** Of rows with equal keys one may stay, whatever else they hold. */
  @Override
  public boolean keepsApart(String column) {
    return false;
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

  @Override
  public final List<Path> dataPaths() {
    return paths;
  }

  @Override
  public final Scan scan(ScanRequest request, QueryContext context) {
    List<Block> seen = blocks();
    int[] places = request.columns().stream().mapToInt(header::indexOf).toArray();
    return _ -> {
      seen.forEach(b -> context.progress().readRows.add(b.rows()));
      return List.of(new BlocksLane(seen.stream().map(b -> b.project(places)).toList()));
    };
  }

  @Override
  public final TableWriter writer(QueryContext context) {
    List<Block> written = new ArrayList<>();
    return new TableWriter() {
      @Override
      public void write(Block block) {
        if (block.rows() > 0) {
          written.add(new Block(block.columns(), block.rows()));
        }
      }

      @Override
      public void finish() {
        if (!written.isEmpty()) {
          synchronized (LookupTable.this) {
            files.add(written);
            add(written);
          }
        }
      }
    };
  }

  @Override
  public final OptionalLong totalRows() {
    return OptionalLong.of(blocks().stream().mapToLong(Block::rows).sum());
  }

  @Override
  public final OptionalLong totalBytes() {
    return OptionalLong.of(blocks().stream().mapToLong(Block::retainedBytes).sum());
  }

  @Override
  public final synchronized void truncate(QueryContext context) {
    files.clear();
    clear();
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
