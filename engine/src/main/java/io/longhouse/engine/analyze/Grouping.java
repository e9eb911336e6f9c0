package io.longhouse.engine.analyze;

import io.longhouse.column.ArrayColumn;
import io.longhouse.column.Int64Column;
import io.longhouse.column.type.ArrayType;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.IntegerType;
import io.longhouse.column.type.NullableType;
import io.longhouse.function.expr.Expr;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import io.longhouse.sql.ast.Expression;
import io.longhouse.sql.ast.FunctionCall;
import io.longhouse.sql.ast.GroupBy;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** GROUP BY's keys and sets, and {@code grouping(...)}, which tells the sets apart. */
final class Grouping {
  private final SelectAnalysis analysis;
  private @Nullable GroupKeys known;

  /** Every key as it stands in the query, equal ones and constants too. */
  private final List<WrittenKey> written = new ArrayList<>();

  /** A key's expression and what it means. */
  record WrittenKey(Expression expression, Expr key) {}

  Grouping(SelectAnalysis analysis) {
    this.analysis = analysis;
  }

  /**
   * The keys of GROUP BY, each once, and for several sets which keys each has.
   *
   * @param nullable whether a key is NULL in the sets that it does not belong to, {@code
   *     group_by_use_nulls}; it is Nullable behind GROUP BY then
   */
  record GroupKeys(List<Expr> keys, List<List<Integer>> sets, boolean nullable) {}

  /** Bit k from the left is 1 where argument k does not belong to the row's grouping set. */
  Expr call(FunctionCall f) {
    GroupKeys keys = keys();
    boolean standard =
        analysis.analyzer.context().settings().isOn("force_grouping_standard_compatibility");
    List<Integer> places = new ArrayList<>();
    for (Expression e : f.arguments()) {
      Expr key = analysis.resolve(e);
      int at =
          key instanceof Expr.Input i && i.index() >= Rewrite.KEY && i.index() < Rewrite.OUTER
              ? i.index() - Rewrite.KEY
              : keys.keys().indexOf(key);
      if (at < 0) {
        throw new LonghouseException(
            ErrorCode.BAD_ARGUMENTS,
            "Argument of GROUPING function is not a part of GROUP BY clause");
      }
      places.add(at);
    }
    if (keys.sets().isEmpty()) {
      return Literals.integer(standard ? 0 : (1L << places.size()) - 1, 8, false);
    }
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
        analysis.expressions.call(
            "plus", SelectAnalysis.groupingSet(), Literals.integer(1, 1, false));
    return analysis.expressions.call("arrayElement", table, place);
  }

  /** What an expression behind GROUP BY means: a key that may be NULL there is another column. */
  Expr behind(Expr e) {
    GroupKeys keys = known;
    int at = keys == null || !keys.nullable() ? -1 : keys.keys().indexOf(e);
    return at < 0 ? e : new Expr.Input(Rewrite.KEY + at, nullable(e));
  }

  static DataType nullable(Expr key) {
    return NullableType.orSame(key.type());
  }

  /** The keys as they were written, once {@link #keys} has been asked. */
  List<WrittenKey> written() {
    return written;
  }

  /** The keys as they were resolved, before any step. */
  GroupKeys keys() {
    GroupKeys done = known;
    if (done == null) {
      done = resolved();
      known = done;
      if (done.nullable()) {
        analysis.forget();
      }
    }
    return done;
  }

  private GroupKeys resolved() {
    GroupBy g = analysis.select.groupBy();
    if (g == null) {
      return new GroupKeys(List.of(), List.of(), false);
    }
    List<Expr> keys = new ArrayList<>();
    List<List<Integer>> sets = new ArrayList<>();
    if (g.kind() == GroupBy.Kind.ALL) {
      for (SelectAnalysis.Output o : analysis.outputs()) {
        if (!Rewrite.has(o.expr(), Rewrite.AGGREGATE)) {
          if (!keys.contains(o.expr())) {
            keys.add(o.expr());
          }
          if (o.written() instanceof Expression e) {
            written.add(new WrittenKey(e, o.expr()));
          }
        }
      }
      return new GroupKeys(keys, sets, false);
    }
    for (List<Expression> listed : g.sets()) {
      List<Integer> set = new ArrayList<>();
      for (Expression e : listed) {
        Expression meant = PositionalArguments.of(e, analysis);
        Expr key = analysis.resolve(meant, false);
        written.add(new WrittenKey(meant, key));
        if (!keys.contains(key)) {
          keys.add(key);
        }
        set.add(keys.indexOf(key));
      }
      sets.add(set);
    }
    boolean nulls = analysis.analyzer.context().settings().isOn("group_by_use_nulls");
    return switch (g.kind()) {
      case PLAIN, NONE, ALL -> new GroupKeys(withoutConstants(keys), List.of(), false);
      case GROUPING_SETS -> new GroupKeys(keys, sets, nulls);
      case ROLLUP -> new GroupKeys(keys, rollup(keys.size()), nulls);
      case CUBE -> new GroupKeys(keys, cube(keys.size()), nulls);
    };
  }

  private static List<Expr> withoutConstants(List<Expr> keys) {
    List<Expr> kept = keys.stream().filter(k -> !(k instanceof Expr.Constant)).toList();
    return kept.isEmpty() && !keys.isEmpty() ? List.of(keys.getFirst()) : kept;
  }

  private static List<List<Integer>> rollup(int keys) {
    List<List<Integer>> sets = new ArrayList<>();
    for (int n = keys; n >= 0; n--) {
      List<Integer> set = new ArrayList<>();
      for (int k = 0; k < n; k++) {
        set.add(k);
      }
      sets.add(set);
    }
    return sets;
  }

  private static List<List<Integer>> cube(int keys) {
    if (keys > 16) {
      throw new LonghouseException(
          ErrorCode.BAD_ARGUMENTS, "CUBE of " + keys + " keys makes too many grouping sets");
    }
    List<List<Integer>> sets = new ArrayList<>();
    for (int mask = (1 << keys) - 1; mask >= 0; mask--) {
      List<Integer> set = new ArrayList<>();
      for (int k = 0; k < keys; k++) {
        if ((mask & 1 << keys - 1 - k) != 0) {
          set.add(k);
        }
      }
      sets.add(set);
    }
    return sets;
  }
}
