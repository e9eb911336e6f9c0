package io.longhouse.engine.analyze;

import io.longhouse.sql.ast.Aliased;
import io.longhouse.sql.ast.ArrayJoin;
import io.longhouse.sql.ast.Children;
import io.longhouse.sql.ast.Expression;
import io.longhouse.sql.ast.From;
import io.longhouse.sql.ast.GroupBy;
import io.longhouse.sql.ast.Lambda;
import io.longhouse.sql.ast.LimitBy;
import io.longhouse.sql.ast.OrderItem;
import io.longhouse.sql.ast.Select;
import io.longhouse.sql.ast.With;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** All aliases of a SELECT, wherever in its clauses they stand; they hold in all its clauses. */
final class Aliases {
  private final Map<String, Expression> found = new HashMap<>();

  private Aliases() {}

  static Map<String, Expression> of(Select s) {
    var a = new Aliases();
    With with = s.with();
    if (with != null) {
      for (With.Item i : with.items()) {
        if (i instanceof With.Scalar x) {
          a.collect(x.expression());
        }
      }
    }
    s.projection().forEach(a::collect);
    From from = s.from();
    if (from != null) {
      for (From.Step step : from.steps()) {
        if (step instanceof ArrayJoin j) {
          j.expressions().forEach(e -> a.collectInside(e));
        }
      }
    }
    a.collect(s.prewhere());
    a.collect(s.where());
    GroupBy g = s.groupBy();
    if (g != null) {
      for (List<Expression> set : g.sets()) {
        set.forEach(a::collect);
      }
    }
    a.collect(s.having());
    a.collect(s.qualify());
    for (OrderItem o : s.orderBy()) {
      a.collect(o.expression());
    }
    LimitBy l = s.limitBy();
    if (l != null) {
      l.keys().forEach(a::collect);
    }
    return a.found;
  }

  /**
   * ARRAY JOIN's own aliases name its elements, not the arrays: only what is inside counts here.
   */
  private void collectInside(Expression e) {
    collect(e instanceof Aliased x ? x.expression() : e);
  }

  private void collect(@Nullable Expression e) {
    if (e == null) {
      return;
    }
    if (e instanceof Aliased a) {
      found.putIfAbsent(a.alias(), a.expression());
    }
    if (!(e instanceof Lambda)) {
      Children.forEachChild(e, this::collect);
    }
  }
}
