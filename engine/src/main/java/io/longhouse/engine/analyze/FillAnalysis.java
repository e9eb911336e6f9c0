package io.longhouse.engine.analyze;

import io.longhouse.engine.plan.Plan;
import io.longhouse.function.expr.Expr;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import io.longhouse.sql.ast.Expression;
import io.longhouse.sql.ast.OrderItem;
import io.longhouse.sql.ast.Select;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code WITH FILL} of ORDER BY. */
final class FillAnalysis {
  private FillAnalysis() {}

  static Plan plan(
      Plan input,
      List<Plan.SortKey> keys,
      List<OrderItem> items,
      Select select,
      SelectAnalysis analysis) {
    if (select.interpolate() != null) {
      throw new LonghouseException(ErrorCode.NOT_IMPLEMENTED, "INTERPOLATE is not implemented");
    }
    List<Plan.FillRange> ranges = new ArrayList<>();
    for (int i = 0; i < items.size(); i++) {
      OrderItem.Fill f = items.get(i).fill();
      if (f != null) {
        ranges.add(
            new Plan.FillRange(
                i,
                constant(f.from(), analysis),
                constant(f.to(), analysis),
                constant(f.step(), analysis)));
      }
    }
    return new Plan.Fill(input, keys, ranges, List.of());
  }

  private static Expr.@Nullable Constant constant(@Nullable Expression e, SelectAnalysis analysis) {
    if (e == null) {
      return null;
    }
    if (analysis.expressions.resolve(e, analysis) instanceof Expr.Constant c) {
      return c;
    }
    throw new LonghouseException(
        ErrorCode.INVALID_WITH_FILL_EXPRESSION, "FROM, TO and STEP of WITH FILL must be constant");
  }
}
