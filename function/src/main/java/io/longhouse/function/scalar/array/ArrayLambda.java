package io.longhouse.function.scalar.array;

import io.longhouse.column.ArrayColumn;
import io.longhouse.column.Column;
import io.longhouse.column.Int8Column;
import io.longhouse.column.NullableColumn;
import io.longhouse.column.TupleColumn;
import io.longhouse.column.type.ArrayType;
import io.longhouse.column.type.BoolType;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.IntegerType;
import io.longhouse.column.type.LowCardinalityType;
import io.longhouse.column.type.NothingType;
import io.longhouse.column.type.NullableType;
import io.longhouse.column.type.TupleType;
import io.longhouse.function.Argument;
import io.longhouse.function.FunctionContext;
import io.longhouse.function.HigherOrderFactory;
import io.longhouse.function.HigherOrderFunction;
import io.longhouse.function.Lambda;
import io.longhouse.function.ScalarFunction;
import io.longhouse.function.scalar.Resolved;
import io.longhouse.function.scalar.Rows;
import io.longhouse.function.scalar.Signature;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import java.util.ArrayList;
import java.util.List;

/**
 * A function that runs a lambda over the elements of arrays side by side. Where the lambda may be
 * left out, the identity stands in for it.
 */
abstract class ArrayLambda implements HigherOrderFactory {
  /** What the function does with the lambda's results. */
  @FunctionalInterface
  interface Body {
    /**
     * @param results what the lambda gave for each element
     * @param first the first array
     */
    Column evaluate(Column results, ArrayColumn first, int rows);
  }

  /** A resolved function of this kind. */
  record OverElements(String name, DataType resultType, Body body) implements HigherOrderFunction {
    @Override
    public Column evaluate(Lambda lambda, Column[] arguments, int rows) {
      ArrayColumn first = Rows.array(arguments[0]);
      Column results = apply(name, lambda, arguments, arguments.length, rows);
      return body.evaluate(results, first, rows);
    }
  }

  protected final String name;

  ArrayLambda(String name) {
    this.name = name;
  }

  /** Whether the function can be called without a lambda. */
  boolean lambdaIsOptional() {
    return true;
  }

  /** Arguments behind the lambda and in front of the arrays. */
  int leading() {
    return 0;
  }

  @Override
  public List<DataType> lambdaParameters(List<Argument> arguments, int parameterCount) {
    var s = new Signature(name, arguments);
    if (arguments.size() <= leading()) {
      throw new LonghouseException(
          ErrorCode.NUMBER_OF_ARGUMENTS_DOESNT_MATCH,
          "Function " + name + " needs at least 1 argument with data.");
    }
    List<DataType> types = new ArrayList<>();
    for (int i = leading(); i < arguments.size(); i++) {
      if (!(arguments.get(i).type() instanceof ArrayType a)) {
        throw new LonghouseException(
            ErrorCode.ILLEGAL_TYPE_OF_ARGUMENT,
            "Argument "
                + (i + 2)
                + " of function "
                + name
                + " must be Array. Found "
                + s.type(i).name()
                + " instead.");
      }
      types.add(a.element());
    }
    if (types.size() == 1
        && parameterCount > 1
        && types.get(0) instanceof TupleType t
        && t.elements().size() == parameterCount) {
      return t.elements();
    }
    if (types.size() != parameterCount) {
      throw new LonghouseException(
          ErrorCode.NUMBER_OF_ARGUMENTS_DOESNT_MATCH,
          "Lambda passed to function "
              + name
              + " takes "
              + parameterCount
              + " arguments, found "
              + types.size()
              + " arrays");
    }
    return types;
  }

  @Override
  public ScalarFunction resolve(List<Argument> arguments, FunctionContext context) {
    var s = new Signature(name, arguments).atLeast(1);
    if (!lambdaIsOptional()) {
      throw new LonghouseException(
          arguments.size() < 2
              ? ErrorCode.NUMBER_OF_ARGUMENTS_DOESNT_MATCH
              : ErrorCode.ILLEGAL_TYPE_OF_ARGUMENT,
          "First argument for function " + name + " must be a function");
    }
    s.between(leading() + 1, leading() + 1);
    DataType element = s.array(leading()).element();
    HigherOrderFunction f = resolve(element, arguments, context);
    return Resolved.throwing(
        f.resultType(),
        (c, rows) -> {
          Column[] full = new Column[c.length];
          for (int i = 0; i < full.length; i++) {
            full[i] = c[i].full();
          }
          return f.evaluate(new Identity(element), full, rows);
        });
  }

  /** The lambda {@code x -> x}. */
  private record Identity(DataType resultType) implements Lambda {
    @Override
    public int parameterCount() {
      return 1;
    }

    @Override
    public Column apply(Column[] parameters, int[] outerRows, int rows) {
      return parameters[0];
    }
  }

  /**
   * The lambda's results for all elements of the arrays {@code arguments[arguments.length - arrays
   * ..]}, which must have equal lengths.
   */
  static Column apply(String name, Lambda lambda, Column[] arguments, int arrays, int rows) {
    int from = arguments.length - arrays;
    ArrayColumn first = Rows.array(arguments[from]);
    List<Column> parameters = new ArrayList<>();
    for (int i = from; i < arguments.length; i++) {
      ArrayColumn a = Rows.array(arguments[i]);
      if (i > from) {
        ArrayUniq.requireEqualLengths(name, first, a, i + 1, rows);
      }
      parameters.add(Rows.elements(a));
    }
    Column[] inputs =
        arrays == 1
            ? untupled(parameters.get(0), lambda.parameterCount())
            : parameters.toArray(Column[]::new);
    return lambda.apply(inputs, first.elementRows(), first.offsets()[rows]).full();
  }

  /** Checks that a lambda's result can be a condition. */
  final void requireCondition(DataType lambdaResult) {
    DataType t = NullableType.strip(LowCardinalityType.strip(lambdaResult));
    if (!t.equals(IntegerType.UINT8) && !(t instanceof BoolType) && !(t instanceof NothingType)) {
      throw new LonghouseException(
          ErrorCode.ILLEGAL_TYPE_OF_ARGUMENT,
          "Expression for function "
              + name
              + " must return UInt8 or Nullable(UInt8), found "
              + lambdaResult.name());
    }
  }

  /** A condition's column as 1 where it holds; NULL does not hold. */
  static byte[] holds(Column condition, int count) {
    Column c = condition.plain();
    if (c instanceof NullableColumn n) {
      byte[] values = ((Int8Column) n.values()).values();
      byte[] out = new byte[count];
      for (int i = 0; i < count; i++) {
        out[i] = (byte) (n.nulls()[i] == 0 && values[i] != 0 ? 1 : 0);
      }
      return out;
    }
    return ((Int8Column) c).values();
  }

  /** A lambda of several parameters over one array of tuples gets the tuples' elements. */
  static Column[] untupled(Column elements, int parameters) {
    return parameters > 1 && elements instanceof TupleColumn t
        ? t.elements().stream().map(Column::full).toArray(Column[]::new)
        : new Column[] {elements};
  }
}
