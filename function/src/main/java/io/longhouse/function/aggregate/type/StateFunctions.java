package io.longhouse.function.aggregate.type;

import io.longhouse.column.ByteReader;
import io.longhouse.column.ByteWriter;
import io.longhouse.column.Column;
import io.longhouse.column.ColumnBuilder;
import io.longhouse.column.StringColumn;
import io.longhouse.column.ValueBytes;
import io.longhouse.column.type.DataType;
import io.longhouse.function.Argument;
import io.longhouse.function.FunctionContext;
import io.longhouse.function.FunctionFactory;
import io.longhouse.function.ScalarFunction;
import io.longhouse.function.aggregate.AggregateFunction;
import io.longhouse.function.aggregate.GroupStates;
import io.longhouse.registry.Register;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import java.util.Arrays;
import java.util.List;

/** Scalar functions of states: {@code finalizeAggregation} and {@code runningAccumulate}. */
@Register(
    kind = FunctionFactory.class,
    name = "finalizeAggregation",
    category = "Other",
    doc = "The result of an aggregate function's state.")
@Register(
    kind = FunctionFactory.class,
    name = "runningAccumulate",
    category = "Other",
    doc =
        "The results of merging each row's state with those before it; begins anew when the second"
            + " argument changes.")
final class StateFunctions implements FunctionFactory {
  private final String name;

  StateFunctions(String name) {
    this.name = name;
  }

  @Override
  public ScalarFunction resolve(List<Argument> arguments, FunctionContext context) {
    boolean running = name.equals("runningAccumulate");
    if (arguments.isEmpty() || arguments.size() > (running ? 2 : 1)) {
      throw new LonghouseException(
          ErrorCode.NUMBER_OF_ARGUMENTS_DOESNT_MATCH,
          "Number of arguments for function "
              + name
              + " doesn't match: passed "
              + arguments.size());
    }
    if (!(arguments.get(0).type() instanceof AggregateFunctionType state)) {
      throw new LonghouseException(
          ErrorCode.ILLEGAL_TYPE_OF_ARGUMENT,
          "Argument for function '"
              + name
              + "' must have type AggregateFunction - state of aggregate function. Got '"
              + arguments.get(0).type().name()
              + "' instead.");
    }
    if (!running) {
      return new Finalize(state.function());
    }
    if (!context.isOn("allow_deprecated_error_prone_window_functions")) {
      throw new LonghouseException(
          ErrorCode.DEPRECATED_FUNCTION,
          "Function runningAccumulate is deprecated since its usage is error-prone (see docs)."
              + "Please use proper window function or set"
              + " `allow_deprecated_error_prone_window_functions` setting to enable it.");
    }
    return new Accumulate(state.function());
  }

  /** Reads the states of rows {@code [from, to)} into groups 0 and up. */
  static GroupStates read(AggregateFunction f, StringColumn states, int from, int to) {
    GroupStates read = GroupStates.of(f, to - from);
    var in = new ByteReader(new byte[0]);
    for (int r = from; r < to; r++) {
      if (states.lengthAt(r) > 0) {
        in.reset(states.bytes(), states.offsets()[r], states.lengthAt(r));
        f.deserialize(read, 0, 0, r - from, in);
      }
    }
    return read;
  }

  private record Finalize(AggregateFunction f) implements ScalarFunction {
    private static final int BATCH = 1024;

    @Override
    public DataType resultType() {
      return f.resultType();
    }

    @Override
    public Column evaluate(Column[] arguments, int rows) {
      var states = (StringColumn) arguments[0].full();
      ColumnBuilder out = f.resultType().newBuilder(rows);
      for (int from = 0; from < rows; from += BATCH) {
        int to = Math.min(rows, from + BATCH);
        f.result(read(f, states, from, to), 0, 0, 0, to - from, out);
      }
      return out.build();
    }
  }

  private record Accumulate(AggregateFunction f) implements ScalarFunction {
    @Override
    public DataType resultType() {
      return f.resultType();
    }

    @Override
    public boolean isDeterministic() {
      return false;
    }

    @Override
    public Column evaluate(Column[] arguments, int rows) {
      var states = (StringColumn) arguments[0].full();
      Column by = arguments.length > 1 ? arguments[1].full() : null;
      ColumnBuilder out = f.resultType().newBuilder(rows);
      int[] zero = new int[1];
      GroupStates total = GroupStates.of(f, 1);
      for (int r = 0; r < rows; r++) {
        if (r > 0 && by != null && !same(by, r - 1, r)) {
          total.clear();
        }
        f.merge(total, 0, 0, zero, read(f, states, r, r + 1), 0, 0, zero, 1);
        f.result(total, 0, 0, 0, 1, out);
      }
      return out.build();
    }

    private static boolean same(Column c, int a, int b) {
      var x = new ByteWriter(16);
      var y = new ByteWriter(16);
      ValueBytes.write(c, a, x);
      ValueBytes.write(c, b, y);
      return Arrays.equals(x.toByteArray(), y.toByteArray());
    }
  }
}
