package io.longhouse.engine.analyze;

import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import io.longhouse.sql.ast.Expression;
import io.longhouse.sql.ast.NumberLiteral;
import io.longhouse.sql.ast.Select;

/** Numbers in GROUP BY, ORDER BY and LIMIT BY that stand for columns. */
final class PositionalArguments {
  private PositionalArguments() {}

  /** {@code GROUP BY 1} means the first column behind SELECT. */
  static Expression of(Expression e, SelectAnalysis analysis) {
    Select select = analysis.select;
    if (e.bare() instanceof NumberLiteral n
        && n.isInteger()
        && analysis.shard == null // the server that asks has put expressions in their places
        && analysis.analyzer.context().settings().isOn("enable_positional_arguments")) {
      int count = select.projection().size();
      long at = n.kind() == NumberLiteral.Kind.INT64 ? count + n.bits() + 1 : n.bits();
      boolean simple =
          select.projection().stream()
              .noneMatch(p -> p.bare() instanceof io.longhouse.sql.ast.Matcher);
      if (simple && at >= 1 && at <= count) {
        return select.projection().get((int) at - 1);
      }
      if (simple) {
        throw new LonghouseException(
            ErrorCode.BAD_ARGUMENTS,
            "Positional argument out of bounds: "
                + n.bits()
                + " (expected in range [1, "
                + count
                + "])");
      }
    }
    return e;
  }
}
