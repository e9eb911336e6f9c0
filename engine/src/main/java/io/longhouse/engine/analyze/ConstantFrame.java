package io.longhouse.engine.analyze;

import io.longhouse.function.expr.Expr;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import io.longhouse.sql.ast.Expression;
import io.longhouse.sql.ast.FunctionCall;
import io.longhouse.sql.ast.Identifier;
import org.jspecify.annotations.Nullable;

/** Where there are no rows: only constants have a meaning. */
class ConstantFrame implements Frame {
  @Override
  public @Nullable Expr find(Identifier name) {
    return null;
  }

  @Override
  public Expr aggregate(FunctionCall call) {
    throw unexpected("Aggregate function " + call.name());
  }

  @Override
  public Expr window(FunctionCall call) {
    throw unexpected("Window function " + call.name());
  }

  @Override
  public Expr arrayJoin(Expr array) {
    throw unexpected("Function arrayJoin");
  }

  private static LonghouseException unexpected(String what) {
    return new LonghouseException(
        ErrorCode.UNEXPECTED_EXPRESSION, what + " cannot stand in this expression");
  }

  @Override
  public @Nullable NamedQuery namedQuery(String name) {
    return null;
  }

  @Override
  public @Nullable Expression alias(String name) {
    return null;
  }

  @Override
  public String describe() {
    return "an expression outside of a query";
  }
}
