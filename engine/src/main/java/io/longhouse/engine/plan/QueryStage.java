package io.longhouse.engine.plan;

import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;

/** How far a query is carried out, as ClickHouse's native protocol numbers it. */
public enum QueryStage {
  /** States of aggregate functions by the keys of GROUP BY; without them what ORDER BY sorts. */
  MERGEABLE_STATE,
  /** The result. */
  COMPLETE,
  /** Groups are complete: what is left is to sort, to leave out and to cut. */
  AFTER_AGGREGATION,
  /** The same with as many rows as the whole result may take from here. */
  AFTER_AGGREGATION_AND_LIMIT;

  /**
   * @throws LonghouseException NOT_IMPLEMENTED (48) for bare columns and for a serialised plan,
   *     BAD_ARGUMENTS (36) for what there is not
   */
  public static QueryStage of(int number) {
    return switch (number) {
      case 0 ->
          throw new LonghouseException(
              ErrorCode.NOT_IMPLEMENTED, "A query at stage FetchColumns is not implemented");
      case 1 -> MERGEABLE_STATE;
      case 2 -> COMPLETE;
      case 3 -> AFTER_AGGREGATION;
      case 4 -> AFTER_AGGREGATION_AND_LIMIT;
      case 7 ->
          throw new LonghouseException(
              ErrorCode.NOT_IMPLEMENTED,
              "A query as a serialised plan (serialize_query_plan) is not implemented");
      default ->
          throw new LonghouseException(
              ErrorCode.BAD_ARGUMENTS, "Unknown stage " + number + " of a query");
    };
  }
}
