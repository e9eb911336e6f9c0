package io.longhouse.engine.analyze;

import io.longhouse.column.type.DataType;
import io.longhouse.column.type.IntegerType;
import io.longhouse.column.type.NullableType;
import io.longhouse.engine.plan.Plan;
import io.longhouse.function.expr.Expr;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * A sub-query in an expression that names columns of the query around it, so that it has a value
 * for each row there.
 *
 * @param isExists whether the value says that there are rows; else it is the first row's column
 * @param plan with inputs of the kind {@link Rewrite#OUTER} for the captures
 * @param captures over what the frame around the sub-query is
 */
record Subplan(boolean isExists, Plan plan, List<Expr> captures) {
  Subplan {
    captures = List.copyOf(captures);
  }

  DataType type() {
    return isExists ? IntegerType.UINT8 : NullableType.orSame(plan.header().type(0));
  }

  Subplan withCaptures(UnaryOperator<Expr> f) {
    return new Subplan(isExists, plan, captures.stream().map(f).toList());
  }
}
