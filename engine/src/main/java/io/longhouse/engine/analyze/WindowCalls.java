package io.longhouse.engine.analyze;

import io.longhouse.engine.plan.Plan;
import io.longhouse.function.expr.Expr;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import io.longhouse.sql.ast.FunctionCall;
import java.util.function.UnaryOperator;

/** The window functions of one SELECT. */
final class WindowCalls {
  private final SelectAnalysis analysis;

  WindowCalls(SelectAnalysis analysis) {
    this.analysis = analysis;
  }

  boolean isEmpty() {
    return true;
  }

  Expr add(FunctionCall call) {
    throw new LonghouseException(
        ErrorCode.NOT_IMPLEMENTED,
        "Window functions are not implemented: " + call.name() + " in " + analysis.describe());
  }

  Plan plan(Plan input, UnaryOperator<Expr> rebase, Rewrite after) {
    return input;
  }
}
