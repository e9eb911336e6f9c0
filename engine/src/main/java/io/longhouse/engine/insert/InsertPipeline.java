package io.longhouse.engine.insert;

import io.longhouse.column.Block;
import io.longhouse.column.ContentBytes;
import io.longhouse.column.Header;
import io.longhouse.column.Turns;
import io.longhouse.column.type.TimeZones;
import io.longhouse.engine.exec.Blocks;
import io.longhouse.engine.exec.QueryContext;
import io.longhouse.engine.meter.InsertGate;
import io.longhouse.engine.session.InsertInput;
import io.longhouse.engine.table.ColumnDefinition;
import io.longhouse.engine.table.TableWriter;
import io.longhouse.function.expr.Expr;
import io.longhouse.function.expr.Program;
import io.longhouse.sql.ast.ColumnDeclaration;
import io.longhouse.sql.ast.Expression;
import io.longhouse.sql.ast.FunctionCall;
import io.longhouse.sql.ast.Literal;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One INSERT: blocks in the client's columns become blocks in the table's columns and go to the
 * table, then to the views that depend on it. For one thread at a time.
 *
 * <p>Blocks are collected until they make a part of the size that settings ask for. All but the
 * last of these are written behind the caller's back, one after the other, while it brings more
 * blocks.
 */
public final class InsertPipeline implements InsertInput {
  /** Another place that the same rows go to: a materialized view. */
  public interface Target {
    /**
     * Takes a block of the table's stored columns.
     *
     * @param written what became of it in the table
     */
    void write(Block block, TableWriter.Written written);

    void finish();

    void abort();
  }

  private final Header input;
  private final Program toTable;
  private final int columnCount;
  private final RowChecks checks;
  private final TableWriter writer;
  private final List<Target> targets;
  private final List<ColumnDefinition> tableColumns;
  private final QueryContext context;
  private final long blockRowsMax;
  private final long blockBytesMax;
  private final List<Block> pending = new ArrayList<>();
  private final Header stored;
  private long pendingRows;
  private long pendingBytes;
  private @Nullable BackgroundWrite writing;
  private @Nullable InsertGate gate;

  /** What stands for the rows that pending ones were made of; null where they were not made. */
  private @Nullable List<String> sources;

  private int batches;

  /**
   * @param input what the client sends
   * @param stored the table's stored columns
   * @param toTable for each stored column, its value over the client's columns
   * @param checks what every row must satisfy
   * @param tableColumns all columns of the table with their defaults
   */
  InsertPipeline(
      Header input,
      Header stored,
      List<Expr> toTable,
      RowChecks checks,
      TableWriter writer,
      List<Target> targets,
      List<ColumnDefinition> tableColumns,
      QueryContext context) {
    this.input = input;
    this.stored = stored;
    this.toTable = new Program(toTable);
    this.columnCount = toTable.size();
    this.checks = checks;
    this.writer = writer;
    this.targets = List.copyOf(targets);
    this.tableColumns = List.copyOf(tableColumns);
    this.context = context;
    long rowsMin = context.settings().number("min_insert_block_size_rows");
    long bytesMin = context.settings().number("min_insert_block_size_bytes");
    boolean unlimited = rowsMin == 0 && bytesMin == 0;
    this.blockRowsMax = rowsMin > 0 ? rowsMin : unlimited ? 1 : Long.MAX_VALUE;
    this.blockBytesMax = bytesMin > 0 ? bytesMin : Long.MAX_VALUE;
  }

  /** What each block has to pass before it is taken. */
  InsertPipeline through(@Nullable InsertGate limits) {
    gate = limits;
    return this;
  }

  /**
   * The rows from now on are made of others.
   *
   * @param token stands for those; null if nothing does
   */
  void madeOf(@Nullable String token) {
    List<String> all = sources == null ? new ArrayList<>() : sources;
    if (all.isEmpty() || !all.getLast().equals(token)) {
      all.add(token == null ? "" : token);
    }
    sources = all;
  }

  /** What stands for pending rows; null for rows that were not made of others. */
  private @Nullable Source source() {
    List<String> all = sources;
    if (all == null) {
      return null;
    }
    boolean known = all.stream().noneMatch(String::isEmpty);
    String token = known ? String.join(",", all) + "_" + batches++ : null;
    // More rows of the last one may come.
    sources = new ArrayList<>(List.of(all.getLast()));
    return new Source(token);
  }

  /** What rows were made of that are written together. */
  private record Source(@Nullable String token) {}

  /** Does work for the query where nothing has been set up for that. */
  <T> T within(Supplier<T> work) {
    return context.memory().during(() -> TimeZones.in(context.timeZone(), work));
  }

  @Override
  public Header header() {
    return input;
  }

  /** All columns of the table, with the defaults of what is left out. */
  List<ColumnDefinition> columns() {
    return tableColumns;
  }

  @Override
  public String tableColumns() {
    return tableColumns.isEmpty()
        ? ""
        : ColumnsText.of(tableColumns.stream().map(InsertPipeline::converted).toList());
  }

  /** Old clients do not convert the value of a default to the column's type. */
  private static ColumnDefinition converted(ColumnDefinition c) {
    Expression value = c.defaultExpression();
    if (value == null || c.defaultKind() != ColumnDeclaration.DefaultKind.DEFAULT) {
      return c;
    }
    Expression cast = FunctionCall.call("CAST", value, Literal.of(c.type().name()));
    return new ColumnDefinition(
        c.name(), c.type(), c.defaultKind(), cast, c.comment(), c.codec(), c.ttl());
  }

  /** Takes a block, after a while where its account has inserted too much lately. */
  @Override
  public void write(Block block) {
    InsertGate g = gate;
    if (g != null && block.rows() > 0) {
      g.pass(block.rows(), limitedBytes(block), context::checkStopped);
    }
    take(block);
  }

  /**
   * The same for a thread that cannot wait: asks whether a block may be written now, which is then
   * done by {@link #writePassed}.
   *
   * @return 0, or after how many nanoseconds to ask again
   */
  long passNow(Block block) {
    InsertGate g = gate;
    return g == null || block.rows() == 0 ? 0 : g.passNow(block.rows(), limitedBytes(block));
  }

  void writePassed(Block block) {
    take(block);
  }

  /** Constants count once for each row, and dictionaries with the texts they bring. */
  private static long limitedBytes(Block block) {
    return Math.max(ContentBytes.of(block), block.retainedBytes());
  }

  private void take(Block block) {
    context.checkStopped();
    if (block.rows() == 0) {
      return;
    }
    Block full =
        Turns.take(
            block.rows(), () -> materialised(new Block(toTable.evaluate(block), block.rows())));
    if (full.columnCount() != columnCount) {
      throw new IllegalStateException("columns");
    }
    writeStored(full);
  }

  /** Takes a block that has the table's stored columns already. */
  public void writeStored(Block full) {
    NestedSizes.check(stored, full);
    checks.check(full);
    context.progress().writtenRows.add(full.rows());
    context.progress().writtenBytes.add(ContentBytes.of(full));
    long bytes = ContentBytes.encoded(full.columns());
    context.memory().charge(bytes);
    pending.add(full);
    pendingRows += full.rows();
    pendingBytes += bytes;
    if (pendingRows >= blockRowsMax || pendingBytes >= blockBytesMax) {
      awaitWriting();
      List<Block> blocks = List.copyOf(pending);
      long size = pendingBytes;
      Source of = source();
      forget();
      writing = new BackgroundWrite(() -> writeBlocks(blocks, size, of), context);
    }
  }

  private static Block materialised(Block b) {
    var columns = b.columns();
    for (int i = 0; i < columns.length; i++) {
      columns[i] = columns[i].full();
    }
    return new Block(columns, b.rows());
  }

  private void forget() {
    pending.clear();
    pendingRows = 0;
    pendingBytes = 0;
  }

  /** Waits for the part that is being written; throws what that failed with. */
  private void awaitWriting() {
    BackgroundWrite w = writing;
    if (w != null) {
      writing = null;
      w.await();
    }
  }

  /**
   * @param bytes that the blocks were charged with
   * @param of what their rows were made of; null if they were not
   */
  private void writeBlocks(List<Block> blocks, long bytes, @Nullable Source of) {
    try {
      Block all = Blocks.concat(blocks, stored);
      if (of == null) {
        writer.write(all);
      } else {
        writer.write(all, of.token);
      }
      for (Target t : targets) {
        t.write(all, writer.written());
      }
    } finally {
      context.memory().charge(-bytes);
    }
  }

  @Override
  public void finish() {
    awaitWriting();
    if (!pending.isEmpty()) {
      List<Block> blocks = List.copyOf(pending);
      long size = pendingBytes;
      Source of = source();
      forget();
      writeBlocks(blocks, size, of);
    }
    context.checkStopped();
    writer.finish();
    for (Target t : targets) {
      t.finish();
    }
  }

  /** Leaves nothing behind of what was not finished. */
  public void abort() {
    BackgroundWrite w = writing;
    if (w != null) {
      writing = null;
      w.awaitQuietly();
    }
    writer.abort();
    targets.forEach(Target::abort);
  }
}
