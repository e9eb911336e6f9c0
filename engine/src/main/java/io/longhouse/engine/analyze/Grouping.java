package io.longhouse.engine.analyze;

import io.longhouse.column.ArrayColumn;
import io.longhouse.column.Int64Column;
import io.longhouse.column.type.ArrayType;
import io.longhouse.column.type.IntegerType;
import io.longhouse.function.expr.Expr;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import io.longhouse.sql.ast.Expression;
import io.longhouse.sql.ast.FunctionCall;
import java.util.ArrayList;
import java.util.List;

/** GROUP BY's keys and sets, and {@code grouping(...)}, which tells the sets apart. */
final class Grouping {
  private Grouping() {}

  /** Bit k from the left is 1 where argument k does not belong to the row's grouping set. */
  static Expr call(FunctionCall f, SelectAnalysis select) {
    GroupKeys keys = new SelectPlanner(select).groupKeys();
    List<Integer> places = new ArrayList<>();
    for (Expression e : f.arguments()) {
      int at = keys.keys().indexOf(select.resolve(e));
      if (at < 0) {
        throw new LonghouseException(
            ErrorCode.BAD_ARGUMENTS,
            "Argument of GROUPING function is not a part of GROUP BY clause");
      }
      places.add(at);
    }
    if (keys.sets().isEmpty()) {
      return Literals.integer(
          select.analyzer.context().settings().isOn("force_grouping_standard_compatibility")
              ? 0
              : (1L << places.size()) - 1,
          8,
          false);
    }
    boolean standard =
        select.analyzer.context().settings().isOn("force_grouping_standard_compatibility");
    long[] masks = new long[keys.sets().size()];
    for (int s = 0; s < masks.length; s++) {
      for (int place : places) {
        boolean in = keys.sets().get(s).contains(place);
        masks[s] = masks[s] << 1 | (in == standard ? 0 : 1);
      }
    }
    Expr table =
        new Expr.Constant(
            new ArrayColumn(new int[] {0, masks.length}, Int64Column.of(masks), 1),
            new ArrayType(IntegerType.UINT64));
    Expr place =
        select.expressions.call(
            "plus", SelectAnalysis.groupingSet(), Literals.integer(1, 1, false));
    return select.expressions.call("arrayElement", table, place);
  }

  /** The keys of GROUP BY, each once, and for several sets which keys each has. */
  record GroupKeys(List<Expr> keys, List<List<Integer>> sets) {}
}
