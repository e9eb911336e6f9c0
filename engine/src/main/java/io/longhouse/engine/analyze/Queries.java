package io.longhouse.engine.analyze;

import io.longhouse.column.Block;
import io.longhouse.column.Header;
import io.longhouse.engine.plan.Plan;

/** Runs a query that another one needs before it can be planned: a scalar, a set. */
public interface Queries {
  /** All rows of a plan in one block; at most {@code rowsMax}, else an error named by the limit. */
  Block run(Plan plan, long rowsMax);

  /** Rows of an empty result. */
  static Block empty(Header header) {
    return header.emptyBlock();
  }
}
