package io.longhouse.function.aggregate.type;

import io.longhouse.column.ArrayColumn;
import io.longhouse.column.Column;
import io.longhouse.column.ColumnBuilder;
import io.longhouse.column.StringColumn;
import io.longhouse.column.type.ArrayType;
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
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Aggregate functions named by a constant string: {@code arrayReduce('sum', [1, 2])} over the
 * elements of each row's arrays, {@code initializeAggregation('sumState', x)} over each row alone.
 */
@Register(
    kind = FunctionFactory.class,
    name = "initializeAggregation",
    category = "Other",
    doc = "The result of an aggregate function, given by name, over each row alone.")
final class NamedAggregation implements FunctionFactory {
  private final String name;

  NamedAggregation(String name) {
    this.name = name;
  }

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
              + name
              + " doesn't match: passed "
              + arguments.size()
              + ", should be at least 2.");
    }
    Column constant = arguments.get(0).constant();
    if (constant == null || !(constant.plain() instanceof StringColumn text)) {
      throw new LonghouseException(
          ErrorCode.BAD_ARGUMENTS,
          "First argument for function "
              + name
              + " must be constant string: name of aggregate function.");
    }
    boolean arrays = name.equals("arrayReduce");
    var types = new ArrayList<DataType>();
    for (Argument a : arguments.subList(1, arguments.size())) {
      if (!arrays) {
        types.add(a.type());
      } else if (a.type() instanceof ArrayType t) {
        types.add(t.element());
      } else {
        throw new LonghouseException(
            ErrorCode.ILLEGAL_TYPE_OF_ARGUMENT,
            "Argument "
                + types.size()
                + " of function "
                + name
                + " must be an array but it has type "
                + a.type().name()
                + ".");
      }
    }
    AggregateFunction f = resolve(ByteText.decode(text.get(0)), types);
    return arrays ? new OverElements(f) : new OverRows(f);
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

  private record OverElements(AggregateFunction f) implements ScalarFunction {
    @Override
    public DataType resultType() {
      return f.resultType();
    }

    @Override
    public boolean mayThrow() {
      return true;
    }

    @Override
    public Column evaluate(Column[] arguments, int rows) {
      Column[] elements = new Column[arguments.length - 1];
      int[] offsets = null;
      for (int i = 0; i < elements.length; i++) {
        var a = (ArrayColumn) arguments[i + 1].full();
        if (offsets == null) {
          offsets = a.offsets();
        } else if (!Arrays.equals(offsets, 0, rows + 1, a.offsets(), 0, rows + 1)) {
          throw new LonghouseException(
              ErrorCode.SIZES_OF_ARRAYS_DONT_MATCH,
              "Lengths of all arrays passed to arrayReduce must be equal.");
        }
        elements[i] = a.elements();
      }
      GroupStates states = GroupStates.of(f, rows);
      if (offsets != null && offsets[rows] > 0) {
        int[] groups = new int[offsets[rows]];
        for (int r = 0; r < rows; r++) {
          Arrays.fill(groups, offsets[r], offsets[r + 1], r);
        }
        f.add(states, 0, 0, groups, elements, offsets[rows]);
      }
      return results(f, states, rows);
    }
  }
}
