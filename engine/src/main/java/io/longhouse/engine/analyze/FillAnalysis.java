package io.longhouse.engine.analyze;

import io.longhouse.column.Header;
import io.longhouse.engine.plan.Plan;
import io.longhouse.function.expr.Expr;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import io.longhouse.sql.ast.Expression;
import io.longhouse.sql.ast.Interpolate;
import io.longhouse.sql.ast.Literal;
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
    List<Plan.FillRange> ranges = new ArrayList<>();
    for (int i = 0; i < items.size(); i++) {
      OrderItem.Fill f = items.get(i).fill();
      if (f != null) {
        ranges.add(
            new Plan.FillRange(
                i,
                constant(f.from(), analysis),
                constant(f.to(), analysis),
                constant(f.step(), analysis),
                constant(f.staleness(), analysis)));
      }
    }
    Interpolate written = select.interpolate();
    List<Plan.Interpolation> interpolate =
        written == null ? List.of() : interpolations(written, input.header(), keys, analysis);
    return new Plan.Fill(input, keys, ranges, interpolate);
  }

  private static List<Plan.Interpolation> interpolations(
      Interpolate written, Header header, List<Plan.SortKey> keys, SelectAnalysis analysis) {
    List<Plan.Interpolation> out = new ArrayList<>();
    if (written.items().isEmpty()) {
      for (int i = 0; i < header.size(); i++) {
        int at = i;
        if (keys.stream().noneMatch(k -> k.column() == at)) {
          out.add(new Plan.Interpolation(i, new Expr.Input(i, header.type(i))));
        }
      }
      return out;
    }
    for (Interpolate.Item item : written.items()) {
      int at = header.indexOf(item.column());
      if (at < 0) {
        throw new LonghouseException(
            ErrorCode.UNKNOWN_IDENTIFIER,
            "Missing column '" + item.column() + "' as an INTERPOLATE expression target");
      }
      if (keys.stream().anyMatch(k -> k.column() == at)) {
        throw new LonghouseException(
            ErrorCode.INVALID_WITH_FILL_EXPRESSION,
            "Column '"
                + item.column()
                + "' is participating in ORDER BY expression and can't be INTERPOLATE output");
      }
      Expr e = analysis.analyzer.resolve(item.expression(), header);
      if (!e.type().equals(header.type(at))) {
        e =
            analysis.expressions.call(
                "_CAST", e, Literals.constant(Literal.of(header.type(at).name())));
      }
      out.add(new Plan.Interpolation(at, e));
    }
    return out;
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
