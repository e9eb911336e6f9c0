package io.longhouse.sql.ast;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A call.
 *
 * @param parameters those of a parametric function, {@code quantile(0.5)(x)}; null without them
 * @param form how it was written, which the formatter keeps
 * @param nulls {@code RESPECT NULLS} or {@code IGNORE NULLS}
 * @param window what follows {@code OVER}
 */
public record FunctionCall(
    String name,
    @Nullable List<Expression> parameters,
    List<Expression> arguments,
    Form form,
    NullsAction nulls,
    @Nullable Window window)
    implements Expression {

  /** How a call was written. */
  public enum Form {
    /** {@code plus(a, b)}. */
    CALL,
    /** {@code a + b}, {@code [a, b]}, {@code (a, b)}, {@code a.1}. */
    OPERATOR,
    /** {@code MergeTree}: an engine or codec without any parentheses. */
    BARE
  }

  /** What an aggregate function does with nulls. */
  public enum NullsAction {
    DEFAULT,
    RESPECT,
    IGNORE
  }

  public FunctionCall {
    parameters = parameters == null ? null : List.copyOf(parameters);
    arguments = List.copyOf(arguments);
  }

  public static FunctionCall call(String name, Expression... arguments) {
    return new FunctionCall(name, null, List.of(arguments), Form.CALL, NullsAction.DEFAULT, null);
  }

  public static FunctionCall call(String name, List<Expression> arguments) {
    return new FunctionCall(name, null, arguments, Form.CALL, NullsAction.DEFAULT, null);
  }

  public static FunctionCall operator(String name, Expression... arguments) {
    return new FunctionCall(
        name, null, List.of(arguments), Form.OPERATOR, NullsAction.DEFAULT, null);
  }

  public static FunctionCall operator(String name, List<Expression> arguments) {
    return new FunctionCall(name, null, arguments, Form.OPERATOR, NullsAction.DEFAULT, null);
  }

  public boolean isOperator() {
    return form == Form.OPERATOR;
  }
}
