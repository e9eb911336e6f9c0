package io.longhouse.function.scalar.arithmetic;

import io.longhouse.column.ArrayColumn;
import io.longhouse.column.Column;
import io.longhouse.column.ConstColumn;
import io.longhouse.column.TupleColumn;
import io.longhouse.column.type.ArrayType;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.TupleType;
import io.longhouse.function.Argument;
import io.longhouse.function.FunctionContext;
import io.longhouse.function.Functions;
import io.longhouse.function.ScalarFunction;
import io.longhouse.function.number.NumberShape;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The operations on tuples and arrays, element by element. */
final class ElementwiseArithmetic {
  private ElementwiseArithmetic() {}

  /** The call, or null when the arguments have no such operation. */
  static @Nullable ScalarFunction of(
      String name, ArithmeticOp op, List<Argument> arguments, FunctionContext context) {
    DataType a = arguments.get(0).type();
    DataType b = arguments.get(1).type();
    if (a instanceof TupleType x && b instanceof TupleType y) {
      return switch (op) {
        case PLUS, MINUS -> OnTuples.of(name, x, y, arguments, context);
        case MULTIPLY -> DotProduct.of(x, y, arguments, context);
        default -> null;
      };
    }
    boolean scales =
        op == ArithmeticOp.MULTIPLY || op.isDivision() && op.compareTo(ArithmeticOp.GCD) < 0;
    if (scales && a instanceof TupleType x && NumberShape.of(b) != null) {
      return TupleAndNumber.of(name, x, arguments.get(1), false, context);
    }
    if (op == ArithmeticOp.MULTIPLY && b instanceof TupleType y && NumberShape.of(a) != null) {
      return TupleAndNumber.of(name, y, arguments.get(0), true, context);
    }
    if (a instanceof ArrayType x && b instanceof ArrayType y) {
      boolean summing = op == ArithmeticOp.PLUS || op == ArithmeticOp.MINUS;
      return summing ? OnArrays.of(name, x, y, context) : null;
    }
    if (op == ArithmeticOp.MULTIPLY || op == ArithmeticOp.DIVIDE) {
      if (a instanceof ArrayType x && NumberShape.of(b) != null) {
        return ArrayAndNumber.of(name, x, b, false, context);
      }
      if (b instanceof ArrayType y && NumberShape.of(a) != null && op == ArithmeticOp.MULTIPLY) {
        return ArrayAndNumber.of(name, y, a, true, context);
      }
    }
    return null;
  }

  private static Argument element(Argument tuple, DataType type, int i) {
    Column c = tuple.constant();
    return new Argument(type, c == null ? null : ((TupleColumn) c.full()).elements().get(i).full());
  }

  private static Column element(Column tuple, int i) {
    if (tuple instanceof ConstColumn c) {
      return new ConstColumn(((TupleColumn) c.value()).elements().get(i).full(), c.size());
    }
    return ((TupleColumn) tuple).elements().get(i);
  }

  /** Tuples of the same size: a tuple of the results. */
  private record OnTuples(List<ScalarFunction> calls, TupleType resultType)
      implements ScalarFunction {
    static OnTuples of(
        String name, TupleType x, TupleType y, List<Argument> arguments, FunctionContext context) {
      sameSize(name, x, y);
      List<ScalarFunction> calls = new ArrayList<>();
      for (int i = 0; i < x.elements().size(); i++) {
        calls.add(
            Functions.resolve(
                name,
                List.of(
                    element(arguments.get(0), x.elements().get(i), i),
                    element(arguments.get(1), y.elements().get(i), i)),
                context));
      }
      return new OnTuples(
          calls, new TupleType(calls.stream().map(ScalarFunction::resultType).toList()));
    }

    @Override
    public boolean mayThrow() {
      return calls.stream().anyMatch(ScalarFunction::mayThrow);
    }

    @Override
    public Column evaluate(Column[] arguments, int rows) {
      List<Column> out = new ArrayList<>();
      for (int i = 0; i < calls.size(); i++) {
        Column[] pair = {element(arguments[0], i), element(arguments[1], i)};
        out.add(calls.get(i).evaluate(pair, rows).full());
      }
      return new TupleColumn(out, rows);
    }
  }

  private static void sameSize(String name, TupleType x, TupleType y) {
    if (x.elements().size() != y.elements().size()) {
      String title = "tuple" + Character.toUpperCase(name.charAt(0)) + name.substring(1);
      throw new LonghouseException(
          ErrorCode.ILLEGAL_TYPE_OF_ARGUMENT,
          "Expected tuples of the same size as arguments 0 and 1 of function "
              + title
              + ", got "
              + x
              + " and "
              + y);
    }
  }

  /** The sum of the products of elements. */
  private record DotProduct(List<ScalarFunction> products, List<ScalarFunction> sums)
      implements ScalarFunction {
    static @Nullable DotProduct of(
        TupleType x, TupleType y, List<Argument> arguments, FunctionContext context) {
      sameSize("multiply", x, y);
      List<ScalarFunction> products = OnTuples.of("multiply", x, y, arguments, context).calls();
      if (products.isEmpty()) {
        return null;
      }
      List<ScalarFunction> sums = new ArrayList<>();
      DataType sum = products.getFirst().resultType();
      for (ScalarFunction p : products.subList(1, products.size())) {
        ScalarFunction plus =
            Functions.resolve(
                "plus", List.of(Argument.of(sum), Argument.of(p.resultType())), context);
        sums.add(plus);
        sum = plus.resultType();
      }
      return new DotProduct(products, sums);
    }

    @Override
    public DataType resultType() {
      return (sums.isEmpty() ? products : sums).getLast().resultType();
    }

    @Override
    public Column evaluate(Column[] arguments, int rows) {
      Column sum = product(arguments, 0, rows);
      for (int i = 0; i < sums.size(); i++) {
        sum = sums.get(i).evaluate(new Column[] {sum, product(arguments, i + 1, rows)}, rows);
      }
      return sum;
    }

    private Column product(Column[] arguments, int i, int rows) {
      Column[] pair = {element(arguments[0], i), element(arguments[1], i)};
      return products.get(i).evaluate(pair, rows);
    }
  }

  /** Each element of a tuple with the same number. */
  private record TupleAndNumber(
      List<ScalarFunction> calls, TupleType resultType, boolean numberFirst)
      implements ScalarFunction {
    static TupleAndNumber of(
        String name, TupleType x, Argument number, boolean numberFirst, FunctionContext context) {
      List<ScalarFunction> calls = new ArrayList<>();
      for (DataType e : x.elements()) {
        List<Argument> pair =
            numberFirst ? List.of(number, Argument.of(e)) : List.of(Argument.of(e), number);
        calls.add(Functions.resolve(name, pair, context));
      }
      return new TupleAndNumber(
          calls,
          new TupleType(calls.stream().map(ScalarFunction::resultType).toList()),
          numberFirst);
    }

    @Override
    public boolean mayThrow() {
      return calls.stream().anyMatch(ScalarFunction::mayThrow);
    }

    @Override
    public Column evaluate(Column[] arguments, int rows) {
      List<Column> out = new ArrayList<>();
      for (int i = 0; i < calls.size(); i++) {
        Column[] pair =
            numberFirst
                ? new Column[] {arguments[0], element(arguments[1], i)}
                : new Column[] {element(arguments[0], i), arguments[1]};
        out.add(calls.get(i).evaluate(pair, rows).full());
      }
      return new TupleColumn(out, rows);
    }
  }

  /** Arrays whose lengths agree in every row. */
  private record OnArrays(String name, ScalarFunction call) implements ScalarFunction {
    static OnArrays of(String name, ArrayType x, ArrayType y, FunctionContext context) {
      return new OnArrays(
          name,
          Functions.resolve(
              name, List.of(Argument.of(x.element()), Argument.of(y.element())), context));
    }

    @Override
    public DataType resultType() {
      return new ArrayType(call.resultType());
    }

    @Override
    public boolean mayThrow() {
      return true;
    }

    @Override
    public Column evaluate(Column[] arguments, int rows) {
      var x = (ArrayColumn) arguments[0].full();
      var y = (ArrayColumn) arguments[1].full();
      for (int r = 0; r < rows; r++) {
        if (x.offsets()[r + 1] != y.offsets()[r + 1]) {
          throw new LonghouseException(
              ErrorCode.SIZES_OF_ARRAYS_DONT_MATCH,
              "Two arguments for function " + name + " must have equal sizes");
        }
      }
      int n = x.offsets()[rows];
      Column[] pair = {trimmed(x.elements(), n), trimmed(y.elements(), n)};
      return new ArrayColumn(x.offsets(), call.evaluate(pair, n).full(), rows);
    }
  }

  private static Column trimmed(Column c, int n) {
    return c.size() == n ? c : c.slice(0, n);
  }

  /** Each element of an array with the number of its row. */
  private record ArrayAndNumber(ScalarFunction call, boolean numberFirst)
      implements ScalarFunction {
    static ArrayAndNumber of(
        String name, ArrayType x, DataType number, boolean numberFirst, FunctionContext context) {
      List<Argument> pair =
          numberFirst
              ? List.of(Argument.of(number), Argument.of(x.element()))
              : List.of(Argument.of(x.element()), Argument.of(number));
      return new ArrayAndNumber(Functions.resolve(name, pair, context), numberFirst);
    }

    @Override
    public DataType resultType() {
      return new ArrayType(call.resultType());
    }

    @Override
    public boolean mayThrow() {
      return call.mayThrow();
    }

    @Override
    public Column evaluate(Column[] arguments, int rows) {
      var x = (ArrayColumn) arguments[numberFirst ? 1 : 0].full();
      int n = x.offsets()[rows];
      Column number = arguments[numberFirst ? 0 : 1].gather(x.elementRows(), n);
      Column elements = trimmed(x.elements(), n);
      Column[] pair =
          numberFirst ? new Column[] {number, elements} : new Column[] {elements, number};
      return new ArrayColumn(x.offsets(), call.evaluate(pair, n).full(), rows);
    }
  }
}
