package io.longhouse.engine.insert;

import io.longhouse.column.Block;
import io.longhouse.column.Header;
import io.longhouse.engine.exec.BlocksLane;
import io.longhouse.engine.exec.Lane;
import io.longhouse.engine.plan.Plan;
import io.longhouse.engine.statement.StatementContext;
import io.longhouse.engine.table.ColumnDefinition;
import io.longhouse.engine.table.TableWriter;
import io.longhouse.function.expr.Expr;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import io.longhouse.sql.ast.Insert;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What {@code INSERT INTO t SELECT ... FROM input('...')} reads: the rows that come with the
 * statement, in its text or body, or as blocks from the client, which then wait in memory.
 */
public final class InsertSource {
  private final Insert insert;
  private final StatementContext context;
  private final List<Block> blocks = new ArrayList<>();
  private @Nullable List<ColumnDefinition> columns;

  public InsertSource(Insert insert, StatementContext context) {
    this.insert = insert;
    this.context = context;
  }

  /**
   * Says what the rows are like; there can be one {@code input} only.
   *
   * @throws LonghouseException INVALID_USAGE_OF_INPUT (477)
   */
  public void describe(List<ColumnDefinition> structure) {
    List<ColumnDefinition> known = columns;
    if (known != null && !known.equals(structure)) {
      throw new LonghouseException(
          ErrorCode.INVALID_USAGE_OF_INPUT, "You can call 'input()' function only once per query.");
    }
    columns = structure;
  }

  private static Header header(List<ColumnDefinition> columns) {
    return new Header(columns.stream().map(c -> new Header.Field(c.name(), c.type())).toList());
  }

  /** The rows, once. */
  public Lane rows(List<ColumnDefinition> structure) {
    return InsertData.comesAsBlocks(insert, context)
        ? new BlocksLane(blocks)
        : new InsertData(insert, context).rows(header(structure), structure);
  }

  /** Whether {@code input} was used and the client sends its rows as blocks. */
  public boolean awaitsBlocks() {
    return columns != null && InsertData.comesAsBlocks(insert, context);
  }

  /** Takes the client's blocks; at their end, the query's rows go into the table. */
  public InsertPipeline pipeline(Plan query, InsertPipeline target) {
    List<ColumnDefinition> structure = columns;
    Header header = header(structure == null ? List.of() : structure);
    List<Expr> same = new ArrayList<>();
    for (int i = 0; i < header.size(); i++) {
      same.add(new Expr.Input(i, header.type(i)));
    }
    var writer =
        new TableWriter() {
          @Override
          public void write(Block block) {
            context.query().memory().charge(block.retainedBytes());
            blocks.add(block);
          }

          @Override
          public void finish() {
            InsertPlanner.insert(target, query, context);
          }

          @Override
          public void abort() {
            target.abort();
          }
        };
    return new InsertPipeline(
        header, header, same, RowChecks.NONE, writer, List.of(), List.of(), context.query());
  }
}
