package io.longhouse.function.expr;

import io.longhouse.column.Column;
import io.longhouse.column.ValueBytes;
import io.longhouse.column.type.DataType;
import io.longhouse.function.Argument;
import io.longhouse.function.HigherOrderFunction;
import io.longhouse.function.ScalarFunction;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;

/** An expression whose names are places in a block and whose functions are resolved. */
public sealed interface Expr {
  DataType type();

  /** Column {@code index} of the block. */
  record Input(int index, DataType type) implements Expr {}

  /** A value, one row. Equal when type and bytes are. */
  record Constant(Column value, DataType type) implements Expr {
    @Override
    public boolean equals(Object o) {
      return o instanceof Constant c && c.type.equals(type) && key().equals(c.key());
    }

    @Override
    public int hashCode() {
      return Objects.hash(type, value.retainedBytes());
    }

    private java.nio.ByteBuffer key() {
      var out = new io.longhouse.column.ByteWriter(16);
      ValueBytes.writeDelimited(value, 0, out);
      return java.nio.ByteBuffer.wrap(out.toByteArray());
    }
  }

  /** A call. Equal when name, type and arguments are, so that {@code rand()} is computed once. */
  record Call(String name, ScalarFunction function, List<Expr> arguments) implements Expr {
    public Call {
      arguments = List.copyOf(arguments);
    }

    @Override
    public DataType type() {
      return function.resultType();
    }

    @Override
    public boolean equals(Object o) {
      return o instanceof Call c
          && c.name.equals(name)
          && c.arguments.equals(arguments)
          && c.type().equals(type());
    }

    @Override
    public int hashCode() {
      return Objects.hash(name, arguments);
    }
  }

  /** A call with a lambda in front of its other arguments. */
  record HigherOrder(
      String name, HigherOrderFunction function, LambdaBody lambda, List<Expr> arguments)
      implements Expr {
    public HigherOrder {
      arguments = List.copyOf(arguments);
    }

    @Override
    public DataType type() {
      return function.resultType();
    }

    @Override
    public boolean equals(Object o) {
      return o instanceof HigherOrder c
          && c.name.equals(name)
          && c.lambda.equals(lambda)
          && c.arguments.equals(arguments);
    }

    @Override
    public int hashCode() {
      return Objects.hash(name, lambda, arguments);
    }
  }

  /**
   * A lambda. In its body, inputs {@code 0 .. parameters.size() - 1} are the parameters and those
   * behind them the captures, which are expressions of the block outside.
   */
  record LambdaBody(List<DataType> parameters, Expr body, List<Expr> captures) {
    public LambdaBody {
      parameters = List.copyOf(parameters);
      captures = List.copyOf(captures);
    }
  }

  default Argument asArgument() {
    return new Argument(type(), this instanceof Constant c ? c.value() : null);
  }

  /** The same expression with every direct child replaced. */
  default Expr mapChildren(UnaryOperator<Expr> f) {
    return switch (this) {
      case Input i -> i;
      case Constant c -> c;
      case Call c -> new Call(c.name, c.function, c.arguments.stream().map(f).toList());
      case HigherOrder h ->
          new HigherOrder(
              h.name,
              h.function,
              new LambdaBody(
                  h.lambda.parameters, h.lambda.body, h.lambda.captures.stream().map(f).toList()),
              h.arguments.stream().map(f).toList());
    };
  }

  /** The direct children: arguments and captures. */
  default List<Expr> children() {
    return switch (this) {
      case Input _, Constant _ -> List.of();
      case Call c -> c.arguments;
      case HigherOrder h ->
          java.util.stream.Stream.concat(h.lambda.captures.stream(), h.arguments.stream()).toList();
    };
  }

  /** Whether evaluation could throw for some row, or is costly. */
  default boolean mayThrow() {
    return switch (this) {
      case Input _, Constant _ -> false;
      case Call c -> c.function.mayThrow() || c.arguments.stream().anyMatch(Expr::mayThrow);
      case HigherOrder _ -> true;
    };
  }
}
