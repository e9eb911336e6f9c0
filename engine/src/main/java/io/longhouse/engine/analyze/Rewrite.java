package io.longhouse.engine.analyze;

import io.longhouse.function.expr.Expr;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import java.util.HashMap;
import java.util.Map;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Re-bases expressions onto a later step's columns: parts that the step has computed become its
 * columns.
 */
final class Rewrite {
  /** Inputs from here on stand for results of aggregate functions, then of others. */
  static final int AGGREGATE = 1 << 24;

  static final int ARRAY = 2 << 24;
  static final int WINDOW = 3 << 24;

  /** Values of sub-queries that differ from row to row. */
  static final int SUBQUERY = 4 << 24;

  /** Keys of GROUP BY that are NULL in some grouping sets. */
  static final int KEY = 5 << 24;

  /** Inside a sub-query: columns of the query around it. The last kind. */
  static final int OUTER = 6 << 24;

  private final Map<Expr, Integer> computed = new HashMap<>();
  private final @Nullable IntFunction<String> columnName;

  /**
   * @param columnName when an input that is not computed is an error (after GROUP BY): its name;
   *     null when such inputs keep their places
   */
  Rewrite(@Nullable IntFunction<String> columnName) {
    this.columnName = columnName;
  }

  /** Notes that the step has {@code e} as column {@code at}. */
  void computed(Expr e, int at) {
    computed.putIfAbsent(e, at);
  }

  Expr apply(Expr e) {
    if (e instanceof Expr.Constant) {
      return e;
    }
    Integer at = computed.get(e);
    if (at != null) {
      return new Expr.Input(at, e.type());
    }
    if (e instanceof Expr.Input i) {
      if (columnName == null || i.index() >= AGGREGATE) {
        return i;
      }
      throw new LonghouseException(
          ErrorCode.NOT_AN_AGGREGATE,
          "Column '"
              + columnName.apply(i.index())
              + "' is not under aggregate function and not in GROUP BY keys");
    }
    return e.mapChildren(this::apply);
  }

  /** Whether the expression has an input of that kind. */
  static boolean has(Expr e, int kind) {
    if (e instanceof Expr.Input i) {
      return i.index() >= kind && i.index() < kind + (1 << 24);
    }
    for (Expr c : e.children()) {
      if (has(c, kind)) {
        return true;
      }
    }
    return false;
  }
}
