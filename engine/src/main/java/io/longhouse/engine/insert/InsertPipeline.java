package io.longhouse.engine.insert;

import io.longhouse.column.Block;
import io.longhouse.column.Header;
import io.longhouse.engine.exec.QueryContext;
import io.longhouse.engine.session.InsertInput;
import io.longhouse.engine.table.TableWriter;
import io.longhouse.function.expr.Expr;
import io.longhouse.function.expr.Program;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import java.util.ArrayList;
import java.util.List;

/**
 * One INSERT: blocks in the client's columns become blocks in the table's columns and go to the
 * table, then to the views that depend on it. For one thread at a time.
 */
public final class InsertPipeline implements InsertInput {
  /** Another place that the same rows go to: a materialized view. */
  public interface Target {
    /** Takes a block of the table's stored columns. */
    void write(Block block);

    void finish();

    void abort();
  }

  private final Header input;
  private final Program toTable;
  private final int columns;
  private final List<Constraint> constraints;
  private final TableWriter writer;
  private final List<Target> targets;
  private final QueryContext context;
  private final long blockRowsMax;
  private final List<Block> pending = new ArrayList<>();
  private final Header stored;
  private long pendingRows;

  /** A condition that every row must meet. */
  public record Constraint(String name, String expression, Program check) {}

  /**
   * @param input what the client sends
   * @param stored the table's stored columns
   * @param toTable for each stored column, its value over the client's columns
   */
  public InsertPipeline(
      Header input,
      Header stored,
      List<Expr> toTable,
      List<Constraint> constraints,
      TableWriter writer,
      List<Target> targets,
      QueryContext context) {
    this.input = input;
    this.stored = stored;
    this.toTable = new Program(toTable);
    this.columns = toTable.size();
    this.constraints = List.copyOf(constraints);
    this.writer = writer;
    this.targets = List.copyOf(targets);
    this.context = context;
    this.blockRowsMax = Math.max(1, context.settings().number("min_insert_block_size_rows"));
  }

  @Override
  public Header header() {
    return input;
  }

  @Override
  public void write(Block block) {
    context.checkStopped();
    if (block.rows() == 0) {
      return;
    }
    Block full = new Block(toTable.evaluate(block), block.rows());
    if (full.columnCount() != columns) {
      throw new IllegalStateException("columns");
    }
    writeStored(materialised(full));
  }

  /** Takes a block that has the table's stored columns already. */
  public void writeStored(Block full) {
    NestedSizes.check(stored, full);
    check(full);
    context.progress().writtenRows.add(full.rows());
    context.progress().writtenBytes.add(full.retainedBytes());
    pending.add(full);
    pendingRows += full.rows();
    if (pendingRows >= blockRowsMax) {
      flush();
    }
  }

  private static Block materialised(Block b) {
    var columns = b.columns();
    for (int i = 0; i < columns.length; i++) {
      columns[i] = columns[i].full();
    }
    return new Block(columns, b.rows());
  }

  private void check(Block block) {
    for (Constraint c : constraints) {
      int[] kept = new int[block.rows()];
      int ok =
          io.longhouse.engine.exec.FilterLane.select(
              c.check().evaluate(block)[0], block.rows(), kept);
      if (ok < block.rows()) {
        int bad = 0;
        while (bad < ok && kept[bad] == bad) {
          bad++;
        }
        throw new LonghouseException(
            ErrorCode.VIOLATED_CONSTRAINT,
            "Constraint "
                + c.name()
                + " is violated at row "
                + (bad + 1)
                + ". Expression: ("
                + c.expression()
                + ")");
      }
    }
  }

  private void flush() {
    if (pending.isEmpty()) {
      return;
    }
    Block all = io.longhouse.engine.exec.Blocks.concat(pending, stored);
    pending.clear();
    pendingRows = 0;
    writer.write(all);
    for (Target t : targets) {
      t.write(all);
    }
  }

  @Override
  public void finish() {
    flush();
    context.checkStopped();
    writer.finish();
    for (Target t : targets) {
      t.finish();
    }
  }

  /** Leaves nothing behind of what was not finished. */
  public void abort() {
    writer.abort();
    targets.forEach(Target::abort);
  }
}
