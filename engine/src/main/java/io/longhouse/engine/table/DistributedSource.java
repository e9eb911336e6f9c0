package io.longhouse.engine.table;

import io.longhouse.column.Block;
import io.longhouse.column.Column;
import io.longhouse.engine.exec.BlocksLane;
import io.longhouse.engine.exec.Lane;
import io.longhouse.engine.exec.QueryContext;
import io.longhouse.engine.plan.Optimizer;
import io.longhouse.engine.plan.Plan;
import io.longhouse.engine.statement.StatementContext;
import io.longhouse.function.expr.Expr;
import io.longhouse.sql.ast.TableExpression;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * A table whose rows are those of a table on every shard of a cluster. As much of a query as each
 * shard can do by itself is done there: see {@link io.longhouse.engine.plan.shards}.
 */
public interface DistributedSource extends Table {
  /** The virtual column with a row's shard. */
  String SHARD_NUM = "_shard_num";

  /**
   * A part of the rows.
   *
   * @param number from 1
   * @param isLocal whether this server reads them itself
   */
  record ShardRef(int number, boolean isLocal) {}

  /** From which of its columns it follows which shard has a row. */
  interface Routing {
    /** The sharding key, over the columns {@link #columns}. */
    Expr key();

    List<String> columns();

    /** The numbers of the shards that have rows of these keys. */
    Set<Integer> shardsOf(Column keys, int rows);
  }

  /** Which shard has a row, if nobody has written to a shard directly; null when nothing tells. */
  default @Nullable Routing routing(QueryContext context) {
    return null;
  }

  /** What a query that is sent to a shard has in FROM. */
  TableExpression.TableSource source();

  /** All shards, in their order. */
  List<ShardRef> shards(QueryContext context);

  /**
   * The lanes that together yield the rows of all shards asked, with the types of the step's
   * header.
   *
   * @param beforeLimit takes the rows that there were before the shards' LIMIT
   */
  List<Lane> read(Plan.Remote remote, LongAdder beforeLimit, QueryContext context);

  /** What a shard's table cannot do is the shard's error. */
  @Override
  default boolean supportsFinal() {
    return true;
  }

  @Override
  default boolean supportsSampling() {
    return true;
  }

  /** All rows at once, for a table that stands before this one and is read by itself. */
  @Override
  default Scan scan(ScanRequest request, QueryContext context) {
    StatementContext statement = context.require(StatementContext.class);
    Plan.Scan all = Plan.scanOf(this, request.columns());
    Block rows = statement.collect(Optimizer.optimize(all, context), Long.MAX_VALUE);
    List<Block> blocks = BlocksLane.split(rows);
    return _ -> List.of(new BlocksLane(blocks));
  }
}
