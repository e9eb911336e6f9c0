package io.longhouse.function.scalar.tuple;

import io.longhouse.column.Column;
import io.longhouse.column.ConstColumn;
import io.longhouse.column.TupleColumn;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.TupleType;
import io.longhouse.function.Argument;
import io.longhouse.function.FunctionContext;
import io.longhouse.function.FunctionFactory;
import io.longhouse.function.Functions;
import io.longhouse.function.ScalarFunction;
import io.longhouse.function.scalar.Resolved;
import io.longhouse.function.scalar.Signature;
import io.longhouse.registry.Register;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import java.util.ArrayList;
import java.util.List;

/** Arithmetic on tuples element by element, with another tuple or with one number. */
@Register(
    kind = FunctionFactory.class,
    name = "tuplePlus",
    aliases = "vectorSum",
    category = "Tuple",
    doc = "The sums of the elements of two tuples.")
@Register(
    kind = FunctionFactory.class,
    name = "tupleMinus",
    aliases = "vectorDifference",
    category = "Tuple",
    doc = "The differences of the elements of two tuples.")
@Register(
    kind = FunctionFactory.class,
    name = "tupleMultiply",
    category = "Tuple",
    doc = "The products of the elements of two tuples.")
@Register(
    kind = FunctionFactory.class,
    name = "tupleDivide",
    category = "Tuple",
    doc = "The quotients of the elements of two tuples.")
@Register(
    kind = FunctionFactory.class,
    name = "tupleModulo",
    category = "Tuple",
    doc = "The remainders of the elements of two tuples.")
@Register(
    kind = FunctionFactory.class,
    name = "tupleIntDiv",
    category = "Tuple",
    doc = "The whole quotients of the elements of two tuples.")
@Register(
    kind = FunctionFactory.class,
    name = "tupleIntDivOrZero",
    category = "Tuple",
    doc = "The whole quotients of the elements of two tuples, 0 for a division by 0.")
@Register(
    kind = FunctionFactory.class,
    name = "tupleMultiplyByNumber",
    category = "Tuple",
    doc = "The products of a tuple's elements with a number.")
@Register(
    kind = FunctionFactory.class,
    name = "tupleDivideByNumber",
    category = "Tuple",
    doc = "The quotients of a tuple's elements by a number.")
@Register(
    kind = FunctionFactory.class,
    name = "tupleModuloByNumber",
    category = "Tuple",
    doc = "The remainders of a tuple's elements by a number.")
@Register(
    kind = FunctionFactory.class,
    name = "tuplePositiveModuloByNumber",
    category = "Tuple",
    doc = "The remainders of a tuple's elements by a number, never negative.")
@Register(
    kind = FunctionFactory.class,
    name = "tupleIntDivByNumber",
    category = "Tuple",
    doc = "The whole quotients of a tuple's elements by a number.")
@Register(
    kind = FunctionFactory.class,
    name = "tupleIntDivOrZeroByNumber",
    category = "Tuple",
    doc = "The whole quotients of a tuple's elements by a number, 0 for 0.")
@Register(
    kind = FunctionFactory.class,
    name = "tupleNegate",
    category = "Tuple",
    doc = "The elements of a tuple negated.")
public final class TupleArithmetic implements FunctionFactory {
  private final String name;
  private final String operation;

  TupleArithmetic(String name) {
    this.name = name;
    String op = name.substring("tuple".length()).replace("ByNumber", "");
    this.operation = Character.toLowerCase(op.charAt(0)) + op.substring(1);
  }

  @Override
  public ScalarFunction resolve(List<Argument> arguments, FunctionContext context) {
    boolean unary = operation.equals("negate");
    var s = new Signature(name, arguments).count(unary ? 1 : 2);
    return resolve(operation, s, context);
  }

  /** The operation on every element; argument 1, if there is one, is a tuple or a number. */
  public static ScalarFunction resolve(String operation, Signature s, FunctionContext context) {
    if (!(s.type(0) instanceof TupleType left)) {
      throw s.illegal(0, "must be a tuple");
    }
    int n = left.elements().size();
    TupleType right = s.size() > 1 && s.type(1) instanceof TupleType t ? t : null;
    if (right != null && right.elements().size() != n) {
      throw new LonghouseException(
          ErrorCode.ILLEGAL_TYPE_OF_ARGUMENT,
          "Expected tuples of the same size as arguments of function " + s.function());
    }
    List<ScalarFunction> functions = new ArrayList<>();
    List<DataType> types = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      List<Argument> inner = new ArrayList<>();
      inner.add(Argument.of(left.elements().get(i)));
      if (s.size() > 1) {
        inner.add(right == null ? s.arguments().get(1) : Argument.of(right.elements().get(i)));
      }
      ScalarFunction f = Functions.resolve(operation, inner, context);
      functions.add(f);
      types.add(f.resultType());
    }
    boolean pairwise = right != null;
    return Resolved.throwing(
        new TupleType(types),
        (c, rows) -> {
          List<Column> out = new ArrayList<>();
          for (int i = 0; i < functions.size(); i++) {
            Column x = elements(c[0]).get(i);
            Column[] inner =
                c.length == 1
                    ? new Column[] {x}
                    : new Column[] {x, pairwise ? elements(c[1]).get(i) : c[1]};
            out.add(functions.get(i).evaluate(inner, rows).full());
          }
          return new TupleColumn(out, rows);
        });
  }

  /** The elements of a tuple column; those of a constant are constants. */
  public static List<Column> elements(Column tuple) {
    if (tuple instanceof ConstColumn c) {
      List<Column> out = new ArrayList<>();
      for (Column e : ((TupleColumn) c.value()).elements()) {
        out.add(new ConstColumn(e.full(), c.size()));
      }
      return out;
    }
    return ((TupleColumn) tuple).elements();
  }
}
