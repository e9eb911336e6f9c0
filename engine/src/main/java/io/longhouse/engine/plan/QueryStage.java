package io.longhouse.engine.plan;

import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;

/** How far a query is carried out, as ClickHouse's native protocol numbers it. */
public enum QueryStage {
  /** The columns that the query reads, unfiltered. */
  FETCH_COLUMNS,
  /** States of aggregate functions by the keys of GROUP BY; without them what ORDER BY sorts. */
  MERGEABLE_STATE,
  /** The result. */
  COMPLETE,
  /** Groups are complete: what is left is to sort, to leave out and to cut. */
  AFTER_AGGREGATION,
  /** The same with as many rows as the whole result may take from here. */
  AFTER_AGGREGATION_AND_LIMIT;

  /**
   * @throws LonghouseException NOT_IMPLEMENTED (48) for a serialised plan, BAD_ARGUMENTS (36)
   */
  public static QueryStage of(int number) {
    if (number == 7) {
      throw new LonghouseException(
          ErrorCode.NOT_IMPLEMENTED,
          "A query as a serialised plan (serialize_query_plan) is not implemented");
    }
    if (number < 0 || number >= values().length) {
      throw new LonghouseException(
          ErrorCode.BAD_ARGUMENTS, "Unknown stage " + number + " of a query");
    }
    return values()[number];
  }
}
