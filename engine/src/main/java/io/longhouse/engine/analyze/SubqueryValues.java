package io.longhouse.engine.analyze;

import io.longhouse.column.Block;
import io.longhouse.column.Column;
import io.longhouse.column.Header;
import io.longhouse.column.TupleColumn;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.NullableType;
import io.longhouse.column.type.TupleType;
import io.longhouse.engine.exec.SizeLimit;
import io.longhouse.engine.plan.Optimizer;
import io.longhouse.engine.plan.Plan;
import io.longhouse.engine.settings.Settings;
import io.longhouse.function.expr.Expr;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import io.longhouse.sql.ast.Query;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * What sub-queries come to that stand where values do: they run while the query around them is
 * analysed, unless they depend on its rows; those of one value once for the same text.
 */
final class SubqueryValues {
  private final Analyzer analyzer;
  private final Queries queries;

  /** The values found so far. */
  private Map<Query, Expr> scalars = new HashMap<>();

  SubqueryValues(Analyzer analyzer, Queries queries) {
    this.analyzer = analyzer;
    this.queries = queries;
  }

  /** Analyses what must not know the values found outside of it, and keeps its own to itself. */
  Plan afresh(Supplier<Plan> inside) {
    Map<Query, Expr> before = scalars;
    scalars = new HashMap<>();
    try {
      return inside.get();
    } finally {
      scalars = before;
    }
  }

  /** A sub-query in the place of a value: its one row, NULL when there is none. */
  Expr scalar(Query query, Frame frame) {
    Expr known = scalars.get(query);
    if (known != null) {
      return known;
    }
    var around = new CorrelationFrame(frame);
    Plan written = analyzer.subquery(query, around);
    if (!around.captures().isEmpty()) {
      if (written.header().size() != 1) {
        throw new LonghouseException(
            ErrorCode.UNSUPPORTED_METHOD,
            "A correlated scalar subquery has one column, but got " + written.header().size());
      }
      return frame.correlated(new Subplan(false, written, around.captures()));
    }
    Plan plan = Optimizer.optimize(written, analyzer.context());
    Block rows = queries.run(plan, 2);
    if (rows.rows() > 1) {
      throw new LonghouseException(
          ErrorCode.INCORRECT_RESULT_OF_SCALAR_SUBQUERY,
          "Scalar subquery returned more than one row");
    }
    Expr value = rows.rows() == 0 ? absent(plan.header()) : value(rows, plan.header());
    scalars.put(query, value);
    return value;
  }

  private static Expr absent(Header header) {
    DataType type =
        header.size() == 1
            ? NullableType.orSame(header.type(0))
            : new TupleType(
                header.fields().stream().map(f -> NullableType.orSame(f.type())).toList());
    var b = type.newBuilder(1);
    b.appendDefault(1);
    return new Expr.Constant(b.build(), type);
  }

  private static Expr value(Block rows, Header header) {
    if (header.size() == 1) {
      DataType type = header.type(0);
      DataType result = NullableType.orSame(type);
      var b = result.newBuilder(1);
      b.append(rows.column(0).full(), 0);
      return new Expr.Constant(b.build(), result);
    }
    List<Column> columns = new ArrayList<>();
    List<DataType> types = new ArrayList<>();
    for (int i = 0; i < header.size(); i++) {
      columns.add(rows.column(i).full());
      types.add(header.type(i));
    }
    return new Expr.Constant(new TupleColumn(columns, 1), new TupleType(types));
  }

  /** Whether a sub-query has rows. */
  Expr exists(Query query, Frame frame) {
    var around = new CorrelationFrame(frame);
    Plan plan = analyzer.subquery(query, around);
    if (!around.captures().isEmpty()) {
      return isNeverEmpty(plan)
          ? Literals.integer(1, 1, false)
          : frame.correlated(new Subplan(true, plan, around.captures()));
    }
    Plan one = new Plan.Limit(plan, 1, 0, List.of(), false);
    Block rows = queries.run(Optimizer.optimize(one, analyzer.context()), 1);
    return Literals.integer(rows.rows() > 0 ? 1 : 0, 1, false);
  }

  /** An aggregation without keys has one row, whatever there is to aggregate. */
  private static boolean isNeverEmpty(Plan plan) {
    return plan instanceof Plan.Project p
        ? isNeverEmpty(p.input())
        : plan instanceof Plan.Aggregate a
            && a.keys().isEmpty()
            && a.groupingSets().isEmpty()
            && a.having() == null;
  }

  /** The rows of the right side of IN. */
  Block runSet(Plan plan) {
    Settings settings = analyzer.context().settings();
    Plan limited = plan;
    if (SizeLimit.ofSet(settings).stops() && !SizeLimit.ofSet(settings).isNone()) {
      Settings own = settings.copy();
      own.set("max_rows_in_distinct", settings.text("max_rows_in_set"));
      own.set("max_bytes_in_distinct", settings.text("max_bytes_in_set"));
      own.set("distinct_overflow_mode", "break");
      limited = new Plan.Scoped(SetOperations.distinct(plan), own);
    }
    return queries.run(Optimizer.optimize(limited, analyzer.context()), Long.MAX_VALUE);
  }
}
