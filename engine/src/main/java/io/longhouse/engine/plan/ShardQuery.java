package io.longhouse.engine.plan;

/**
 * That a query is one shard's share of another server's query. That server finds the columns of the
 * answer by their names.
 *
 * @param stage how far to go; not COMPLETE
 * @param analyzed whether columns are called as ClickHouse's analyzer calls them, {@code
 *     plus(__table1.a, 1_UInt8)}; else as the servers before it did, {@code plus(a, 1)}
 */
public record ShardQuery(QueryStage stage, boolean analyzed) {
  /** Whether aggregate functions give their states, which somebody else merges. */
  public boolean isMergeable() {
    return stage == QueryStage.MERGEABLE_STATE;
  }

  /** Whether rows are left out that the whole result has no room for. */
  public boolean limits() {
    return stage != QueryStage.AFTER_AGGREGATION;
  }
}
