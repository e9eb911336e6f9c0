package io.longhouse.engine.analyze;

import io.longhouse.function.expr.Expr;
import io.longhouse.sql.ast.Expression;
import io.longhouse.sql.ast.Identifier;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What stands around a sub-query in an expression. Columns that the sub-query names of it are
 * captured; inside they are inputs of the kind {@link Rewrite#OUTER}.
 */
final class CorrelationFrame extends ConstantFrame {
  private final Frame around;
  private final List<Expr> captures = new ArrayList<>();

  CorrelationFrame(Frame around) {
    this.around = around;
  }

  /** The captured expressions, over what the frame around is. */
  List<Expr> captures() {
    return captures;
  }

  /** What stands inside for an expression of the frame around. */
  Expr capture(Expr e) {
    if (e instanceof Expr.Constant) {
      return e;
    }
    int at = captures.indexOf(e);
    if (at < 0) {
      at = captures.size();
      captures.add(e);
    }
    return new Expr.Input(Rewrite.OUTER + at, e.type());
  }

  @Override
  public @Nullable Expr find(Identifier name) {
    Expr found = around.find(name);
    return found == null ? null : capture(found);
  }

  @Override
  public @Nullable NamedQuery namedQuery(String name) {
    return around.namedQuery(name);
  }

  @Override
  public @Nullable Expression alias(String name) {
    return around.alias(name);
  }

  @Override
  public String describe() {
    return around.describe();
  }
}
