package io.longhouse.engine.analyze;

import io.longhouse.column.type.DataType;
import io.longhouse.function.expr.Expr;
import io.longhouse.sql.ast.Expression;
import io.longhouse.sql.ast.FunctionCall;
import io.longhouse.sql.ast.Identifier;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Inside a lambda: parameters are inputs {@code 0 .. n - 1}; whatever comes from outside is
 * captured and becomes an input behind them.
 */
final class LambdaFrame implements Frame {
  private final Frame outer;
  private final List<String> names;
  private final List<DataType> types;
  private final List<Expr> captures = new ArrayList<>();

  LambdaFrame(Frame outer, List<String> names, List<DataType> types) {
    this.outer = outer;
    this.names = names;
    this.types = types;
  }

  List<Expr> captures() {
    return captures;
  }

  private Expr capture(Expr e) {
    if (e instanceof Expr.Constant) {
      return e;
    }
    int at = captures.indexOf(e);
    if (at < 0) {
      at = captures.size();
      captures.add(e);
    }
    return new Expr.Input(names.size() + at, e.type());
  }

  @Override
  public @Nullable Expr find(Identifier name) {
    int at = names.indexOf(name.parts().getFirst());
    if (at >= 0 && name.parts().size() == 1) {
      return new Expr.Input(at, types.get(at));
    }
    if (at >= 0) {
      return Subcolumns.of(
          new Expr.Input(at, types.get(at)), name.parts().subList(1, name.parts().size()));
    }
    Expr found = outer.find(name);
    return found == null ? null : capture(outer.grouped(found));
  }

  @Override
  public Expr aggregate(FunctionCall call) {
    return capture(outer.aggregate(call));
  }

  @Override
  public Expr window(FunctionCall call) {
    return capture(outer.window(call));
  }

  @Override
  public Expr arrayJoin(Expr array) {
    return capture(outer.arrayJoin(outside(array)));
  }

  /** The expression over what the outer frame's is, which parameters have no place in. */
  private Expr outside(Expr e) {
    if (!(e instanceof Expr.Input i)) {
      return e.mapChildren(this::outside);
    }
    if (i.index() >= names.size()) {
      return captures.get(i.index() - names.size());
    }
    throw new io.longhouse.sql.LonghouseException(
        io.longhouse.sql.ErrorCode.BAD_ARGUMENTS,
        "Expression in arrayJoin cannot depend on lambda argument: " + names.get(i.index()));
  }

  @Override
  public Expr correlated(Subplan subquery) {
    for (Expr e : subquery.captures()) {
      if (io.longhouse.engine.plan.Exprs.inputs(e).stream().anyMatch(i -> i < names.size())) {
        return Frame.super.correlated(subquery);
      }
    }
    return capture(outer.correlated(subquery.withCaptures(this::outside)));
  }

  @Override
  public @Nullable NamedQuery namedQuery(String name) {
    return outer.namedQuery(name);
  }

  @Override
  public @Nullable Expression alias(String name) {
    return names.contains(name) ? null : outer.alias(name);
  }

  @Override
  public String describe() {
    return outer.describe();
  }
}
