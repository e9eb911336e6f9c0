package io.longhouse.function.aggregate.type;

import io.longhouse.column.Column;
import io.longhouse.column.ColumnBuilder;
import io.longhouse.column.StringColumn;
import io.longhouse.column.type.DataType;
import io.longhouse.function.Argument;
import io.longhouse.function.FunctionContext;
import io.longhouse.function.FunctionFactory;
import io.longhouse.function.ScalarFunction;
import io.longhouse.function.aggregate.AggregateFunction;
import io.longhouse.function.aggregate.Aggregates;
import io.longhouse.function.aggregate.GroupStates;
import io.longhouse.function.aggregate.Signature;
import io.longhouse.registry.Register;
import io.longhouse.sql.ByteText;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import io.longhouse.sql.parser.Parser;
import java.util.Arrays;
import java.util.List;

/**
 * {@code initializeAggregation('sumState', x)}: an aggregate function, named by a constant string,
 * over each row alone.
 */
@Register(
    kind = FunctionFactory.class,
    name = "initializeAggregation",
    category = "Other",
    doc = "The result of an aggregate function, given by name, over each row alone.")
final class NamedAggregation implements FunctionFactory {
  private static final String NAME = "initializeAggregation";

  @Override
  public boolean handlesNulls() {
    return true;
  }

  @Override
  public ScalarFunction resolve(List<Argument> arguments, FunctionContext context) {
    if (arguments.size() < 2) {
      throw new LonghouseException(
          ErrorCode.NUMBER_OF_ARGUMENTS_DOESNT_MATCH,
          "Number of arguments for function "
              + NAME
              + " doesn't match: passed "
              + arguments.size()
              + ", should be at least 2.");
    }
    Column constant = arguments.get(0).constant();
    if (constant == null || !(constant.plain() instanceof StringColumn text)) {
      throw new LonghouseException(
          ErrorCode.BAD_ARGUMENTS,
          "First argument for function "
              + NAME
              + " must be constant string: name of aggregate function.");
    }
    List<DataType> types =
        arguments.subList(1, arguments.size()).stream().map(Argument::type).toList();
    return new OverRows(resolve(ByteText.decode(text.get(0)), types));
  }

  /** The function of a text like {@code quantiles(0.5, 0.9)} for argument types. */
  static AggregateFunction resolve(String text, List<DataType> types) {
    Signature s = SignatureNames.parse(Parser.parseType("AggregateFunction(" + text + ")"));
    return Aggregates.resolve(s.name(), s.parameters(), types);
  }

  private static int[] iota(int n) {
    int[] out = new int[n];
    for (int i = 0; i < n; i++) {
      out[i] = i;
    }
    return out;
  }

  private static Column results(AggregateFunction f, GroupStates states, int rows) {
    ColumnBuilder out = f.resultType().newBuilder(rows);
    f.result(states, 0, 0, 0, rows, out);
    return out.build();
  }

  private record OverRows(AggregateFunction f) implements ScalarFunction {
    @Override
    public DataType resultType() {
      return f.resultType();
    }

    @Override
    public Column evaluate(Column[] arguments, int rows) {
      GroupStates states = GroupStates.of(f, rows);
      f.add(states, 0, 0, iota(rows), Arrays.copyOfRange(arguments, 1, arguments.length), rows);
      return results(f, states, rows);
    }
  }
}
