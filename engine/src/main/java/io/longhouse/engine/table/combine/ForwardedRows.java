package io.longhouse.engine.table.combine;

import io.longhouse.column.Block;
import io.longhouse.engine.insert.InsertPipeline;
import io.longhouse.engine.insert.InsertPlanner;
import io.longhouse.engine.statement.StatementContext;
import io.longhouse.engine.table.ColumnDefinition;
import io.longhouse.engine.table.Table;
import io.longhouse.function.expr.Expr;
import io.longhouse.function.expr.Program;
import java.util.ArrayList;
import java.util.List;

/** Rows of a table on their way into another one, whose columns are found by name. */
public final class ForwardedRows {
  private final InsertPipeline pipeline;
  private final Program program;

  /**
   * Begins an INSERT; columns that the target lacks are left out.
   *
   * @param stored the columns of the blocks
   */
  public ForwardedRows(Table to, List<ColumnDefinition> stored, StatementContext context) {
    List<String> names = new ArrayList<>();
    List<Expr> casts = new ArrayList<>();
    for (int i = 0; i < stored.size(); i++) {
      ColumnDefinition c = stored.get(i);
      ColumnDefinition target = to.column(c.name());
      if (target != null && target.isInsertable()) {
        names.add(c.name());
        casts.add(context.analyzer().castTo(new Expr.Input(i, c.type()), target.type()));
      }
    }
    this.pipeline = InsertPlanner.pipeline(to, names, context);
    this.program = new Program(casts);
  }

  /** Takes a block. */
  public void write(Block block) {
    pipeline.write(new Block(program.evaluate(block), block.rows()));
  }

  /** Makes the rows visible and durable. */
  public void finish() {
    pipeline.finish();
  }

  /** Leaves nothing behind that is not visible yet. */
  public void abort() {
    pipeline.abort();
  }

  /** Inserts blocks at once. */
  public static void insert(
      Table to, List<ColumnDefinition> stored, List<Block> blocks, StatementContext context) {
    var rows = new ForwardedRows(to, stored, context);
    try {
      blocks.forEach(rows::write);
      rows.finish();
    } catch (RuntimeException e) {
      rows.abort();
      throw e;
    }
  }
}
