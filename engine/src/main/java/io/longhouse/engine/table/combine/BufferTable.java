package io.longhouse.engine.table.combine;

import io.longhouse.column.Block;
import io.longhouse.column.Column;
import io.longhouse.engine.catalog.Catalog;
import io.longhouse.engine.exec.BlocksLane;
import io.longhouse.engine.exec.Lane;
import io.longhouse.engine.exec.QueryContext;
import io.longhouse.engine.session.LocalEngine;
import io.longhouse.engine.statement.StatementContext;
import io.longhouse.engine.table.ColumnDefinition;
import io.longhouse.engine.table.Scan;
import io.longhouse.engine.table.ScanRequest;
import io.longhouse.engine.table.Table;
import io.longhouse.engine.table.TableEngine;
import io.longhouse.engine.table.TableId;
import io.longhouse.engine.table.TableWriter;
import io.longhouse.function.Functions;
import io.longhouse.function.expr.Expr;
import io.longhouse.function.expr.Program;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import io.longhouse.sql.ast.CreateTable;
import io.longhouse.sql.ast.Optimize;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * {@code ENGINE = Buffer}: rows wait in memory until there are enough or they are old enough, then
 * go to the destination. Reading gives the destination's rows and those that wait.
 *
 * <p>Invariants: {@code waiting} is replaced under the table's monitor; a flush takes all of it and
 * puts it back when the destination refuses. While a flush writes, a reader may miss or see twice
 * the rows in between, as in ClickHouse. Rows that wait are lost with the process.
 */
final class BufferTable implements Table {
  /** When to flush: when all minima are reached, or one maximum. Times are in seconds. */
  record Limits(
      long timeMin, long timeMax, long rowsMin, long rowsMax, long bytesMin, long bytesMax) {
    boolean reached(long seconds, long rows, long bytes) {
      return seconds > timeMin && rows > rowsMin && bytes > bytesMin
          || seconds > timeMax
          || rows > rowsMax
          || bytes > bytesMax;
    }
  }

  private static final System.Logger LOG = System.getLogger(BufferTable.class.getName());
  private static final long CHECK_EVERY_MS = 500;

  private volatile TableId id;
  private final List<ColumnDefinition> columns;
  private final List<ColumnDefinition> stored;
  private final CreateTable definition;
  private final String database;
  private final String table;
  private final Limits limits;
  private final LocalEngine engine;
  private volatile List<Block> waiting = List.of();
  private long firstNs;
  private @Nullable Thread flusher;

  BufferTable(TableEngine.Definition d, String database, String table, Limits limits) {
    this.id = d.id();
    this.columns = d.columns();
    this.stored = columns.stream().filter(ColumnDefinition::isStored).toList();
    this.definition = d.statement();
    this.database = database;
    this.table = table;
    this.limits = limits;
    this.engine = d.context().require(LocalEngine.class);
  }

  @Override
  public TableId id() {
    return id;
  }

  @Override
  public String engine() {
    return "Buffer";
  }

  @Override
  public List<ColumnDefinition> columns() {
    return columns;
  }

  @Override
  public CreateTable definition() {
    return definition;
  }

  private @Nullable Table destination(Catalog catalog) {
    return table.isEmpty() ? null : catalog.find(database, table);
  }

  @Override
  public @Nullable Table showsRowsOf(QueryContext context) {
    return destination(context.require(Catalog.class));
  }

  /** Rows of the destination are; those that wait are few. */
  @Override
  public boolean supportsSampling() {
    return true;
  }

  @Override
  public Scan scan(ScanRequest request, QueryContext context) {
    List<Block> seen = waiting;
    Table destination = destination(context.require(Catalog.class));
    if (request.sample() != null && (destination == null || !destination.supportsSampling())) {
      throw new LonghouseException(
          ErrorCode.SAMPLING_NOT_SUPPORTED, "Storage " + id + " doesn't support sampling");
    }
    Scan kept = destination == null ? null : destinationScan(destination, request, context);
    int[] places = request.columns().stream().mapToInt(n -> stored.indexOf(require(n))).toArray();
    return parallelism -> {
      List<Lane> lanes = new ArrayList<>();
      if (kept != null) {
        lanes.addAll(kept.lanes(parallelism));
      }
      context.progress().readRows.add(rows(seen));
      lanes.add(new BlocksLane(seen.stream().map(b -> b.project(places)).toList()));
      return lanes;
    };
  }

  private ColumnDefinition require(String name) {
    ColumnDefinition c = column(name);
    if (c == null) {
      throw new IllegalArgumentException(name);
    }
    return c;
  }

  /** The destination's columns in this table's types; those it lacks have defaults. */
  private Scan destinationScan(Table to, ScanRequest request, QueryContext context) {
    List<String> there =
        request.columns().stream().filter(n -> isStoredIn(to, n)).distinct().toList();
    List<Expr> casts = new ArrayList<>();
    boolean same = true;
    for (String n : request.columns()) {
      ColumnDefinition own = require(n);
      int at = there.indexOf(n);
      ColumnDefinition other = to.column(n);
      if (at < 0 || other == null) {
        casts.add(new Expr.Constant(own.type().defaultValue(), own.type()));
        same = false;
      } else {
        Expr in = new Expr.Input(at, other.type());
        boolean equal = own.type().equals(other.type());
        casts.add(equal ? in : cast(in, own, context));
        same &= equal;
      }
    }
    Expr filter = same ? request.filter() : null;
    Expr prewhere = same ? request.prewhere() : null;
    Scan scan =
        to.scan(
            new ScanRequest(
                there,
                filter,
                prewhere,
                request.isFinal(),
                request.sample(),
                0,
                filter == null ? 0 : request.policyParts()),
            context);
    if (same) {
      return scan;
    }
    var program = new Program(casts);
    return parallelism -> scan.lanes(parallelism).stream().map(l -> converted(l, program)).toList();
  }

  private static boolean isStoredIn(Table to, String column) {
    ColumnDefinition c = to.column(column);
    return c != null && c.isStored();
  }

  private static Expr cast(Expr in, ColumnDefinition to, QueryContext context) {
    var name = io.longhouse.column.type.StringType.TYPE;
    Column text =
        io.longhouse.column.StringColumn.of(io.longhouse.sql.ByteText.encode(to.type().name()));
    Expr type = new Expr.Constant(text, name);
    return new Expr.Call(
        "_CAST",
        Functions.resolve("_CAST", List.of(in.asArgument(), type.asArgument()), context),
        List.of(in, type));
  }

  private static Lane converted(Lane in, Program program) {
    return new Lane() {
      @Override
      public @Nullable Block next() {
        Block b = in.next();
        return b == null ? null : new Block(program.evaluate(b), b.rows());
      }

      @Override
      public void close() {
        in.close();
      }
    };
  }

  @Override
  public TableWriter writer(QueryContext context) {
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
        add(written);
      }
    };
  }

  /**
   * What waits goes first when it would become too much; a block that is too much does not wait.
   */
  private void add(List<Block> more) {
    boolean full;
    synchronized (this) {
      long seconds = (System.nanoTime() - firstNs) / 1_000_000_000;
      full =
          !waiting.isEmpty()
              && limits.reached(seconds, rows(waiting) + rows(more), bytes(waiting) + bytes(more));
    }
    if (full) {
      flush();
    }
    synchronized (this) {
      if (waiting.isEmpty()) {
        firstNs = System.nanoTime();
      }
      List<Block> all = new ArrayList<>(waiting);
      all.addAll(more);
      waiting = List.copyOf(all);
    }
    flushWhenReached();
  }

  private static long rows(List<Block> blocks) {
    return blocks.stream().mapToLong(Block::rows).sum();
  }

  private static long bytes(List<Block> blocks) {
    return blocks.stream().mapToLong(Block::retainedBytes).sum();
  }

  private void flushWhenReached() {
    boolean reached;
    synchronized (this) {
      List<Block> all = waiting;
      long seconds = (System.nanoTime() - firstNs) / 1_000_000_000;
      reached = !all.isEmpty() && limits.reached(seconds, rows(all), bytes(all));
    }
    if (reached) {
      flush();
    }
  }

  /** Passes everything on; without a destination it is discarded. */
  private void flush() {
    List<Block> all;
    long since;
    synchronized (this) {
      all = waiting;
      since = firstNs;
      waiting = List.of();
    }
    if (all.isEmpty()) {
      return;
    }
    try {
      engine.internally(context -> pass(all, context));
    } catch (RuntimeException e) {
      synchronized (this) {
        List<Block> back = new ArrayList<>(all);
        back.addAll(waiting);
        waiting = List.copyOf(back);
        firstNs = since;
      }
      throw e;
    }
  }

  private void pass(List<Block> blocks, StatementContext context) {
    Table to = destination(context.catalog());
    if (to == null) {
      if (!table.isEmpty()) {
        LOG.log(
            System.Logger.Level.ERROR,
            "Destination table " + database + "." + table + " doesn't exist. Rows are discarded.");
      }
      return;
    }
    ForwardedRows.insert(to, stored, blocks, context);
  }

  @Override
  public void start() {
    flusher = Thread.ofVirtual().name("buffer " + id).start(this::flushNowAndThen);
  }

  private void flushNowAndThen() {
    while (!Thread.currentThread().isInterrupted()) {
      try {
        Thread.sleep(CHECK_EVERY_MS);
        flushWhenReached();
      } catch (InterruptedException e) {
        return;
      } catch (RuntimeException e) {
        LOG.log(System.Logger.Level.ERROR, "Cannot flush " + id + ", will try again", e);
      }
    }
  }

  @Override
  public void optimize(Optimize statement, StatementContext context) {
    flush();
  }

  @Override
  public OptionalLong totalRows() {
    Table to = destination(engine.catalog());
    long own = rows(waiting);
    if (to == null) {
      return OptionalLong.of(own);
    }
    OptionalLong theirs = to.totalRows();
    return theirs.isPresent() ? OptionalLong.of(own + theirs.getAsLong()) : theirs;
  }

  @Override
  public OptionalLong totalBytes() {
    return OptionalLong.of(bytes(waiting));
  }

  @Override
  public void renamed(TableId newId) {
    id = newId;
  }

  @Override
  public void close() {
    Thread t = flusher;
    if (t != null) {
      t.interrupt();
    }
    try {
      flush();
    } catch (RuntimeException e) {
      // Other tables are closed all the same.
      LOG.log(System.Logger.Level.ERROR, "Rows of " + id + " are lost: they cannot be flushed", e);
    }
  }
}
