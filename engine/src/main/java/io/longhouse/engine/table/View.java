package io.longhouse.engine.table;

import io.longhouse.column.Block;
import io.longhouse.column.Header;
import io.longhouse.engine.exec.BlocksLane;
import io.longhouse.engine.exec.QueryContext;
import io.longhouse.engine.plan.Plan;
import io.longhouse.engine.statement.StatementContext;
import io.longhouse.sql.ast.Query;
import java.util.List;

/** A table whose rows are a query's: reading it is analysing the query in its place. */
public interface View extends Table {
  Query query();

  /**
   * All rows at once, for a table that stands before this one and is read by itself: with the
   * grants and policies of who reads.
   */
  @Override
  default Scan scan(ScanRequest request, QueryContext context) {
    StatementContext statement = context.require(StatementContext.class);
    Plan plan = statement.analyzer().analyze(query());
    Header header = plan.header();
    int[] places = request.columns().stream().mapToInt(header::indexOf).toArray();
    Block rows = statement.collect(plan, Long.MAX_VALUE).project(places);
    List<Block> blocks = BlocksLane.split(rows);
    return _ -> List.of(new BlocksLane(blocks));
  }
}
