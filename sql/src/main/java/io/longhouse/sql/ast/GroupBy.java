package io.longhouse.sql.ast;

import java.util.List;

/** The GROUP BY clause. */
public record GroupBy(Kind kind, List<List<Expression>> sets, boolean totals) {
  /** Its form. */
  public enum Kind {
    /** No GROUP BY at all, only {@code WITH TOTALS}. */
    NONE,
    PLAIN,
    ALL,
    ROLLUP,
    CUBE,
    GROUPING_SETS
  }

  public GroupBy {
    sets = sets.stream().map(List::copyOf).toList();
  }

  /** The keys of every kind but GROUPING SETS. */
  public List<Expression> keys() {
    return sets.isEmpty() ? List.of() : sets.getFirst();
  }
}
