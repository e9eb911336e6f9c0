package io.longhouse.function.scalar.tuple;

import io.longhouse.column.Column;
import io.longhouse.column.Float64Column;
import io.longhouse.column.TupleColumn;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.FloatType;
import io.longhouse.column.type.IntegerType;
import io.longhouse.column.type.TupleType;
import io.longhouse.function.Argument;
import io.longhouse.function.FunctionContext;
import io.longhouse.function.Functions;
import io.longhouse.function.ScalarFunction;
import io.longhouse.function.number.NumberShape;
import io.longhouse.function.scalar.Resolved;
import io.longhouse.function.scalar.Signature;
import io.longhouse.function.scalar.array.ArrayVector.Measure;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import java.util.ArrayList;
import java.util.List;

/**
 * Norms, distances and products of tuples: a chain of arithmetic functions over their elements,
 * with the types that those give.
 */
public final class TupleVector {
  private TupleVector() {}

  /** A column that is still to be computed out of the arguments. */
  private record Step(DataType type, Resolved.Kernel kernel) {}

  private static Step element(Signature s, int argument, int i) {
    if (!(s.type(argument) instanceof TupleType t)) {
      throw s.illegal(argument, "must be a tuple");
    }
    return new Step(t.elements().get(i), (c, _) -> TupleArithmetic.elements(c[argument]).get(i));
  }

  private static Step call(FunctionContext context, String function, Step... steps) {
    List<Argument> arguments = new ArrayList<>();
    for (Step step : steps) {
      arguments.add(Argument.of(step.type));
    }
    ScalarFunction f = Functions.resolve(function, arguments, context);
    return new Step(
        f.resultType(),
        (c, rows) -> {
          Column[] inner = new Column[steps.length];
          for (int i = 0; i < inner.length; i++) {
            inner[i] = steps[i].kernel.evaluate(c, rows);
          }
          return f.evaluate(inner, rows);
        });
  }

  private static Step number(double value) {
    return new Step(
        FloatType.FLOAT64,
        (_, rows) -> new io.longhouse.column.ConstColumn(Float64Column.of(value), rows));
  }

  private static int size(Signature s, int argument) {
    return s.type(argument) instanceof TupleType t ? t.elements().size() : 0;
  }

  private static ScalarFunction done(Step step) {
    return Resolved.throwing(step.type, step.kernel);
  }

  private static Step zero() {
    return new Step(IntegerType.UINT8, (_, rows) -> IntegerType.UINT8.defaults(rows));
  }

  /** The sum of the products of elements at equal places. */
  public static ScalarFunction dotProduct(Signature s, FunctionContext context) {
    requireEqualSizes(s);
    Step sum = null;
    for (int i = 0; i < size(s, 0); i++) {
      Step product = call(context, "multiply", element(s, 0, i), element(s, 1, i));
      sum = sum == null ? product : call(context, "plus", sum, product);
    }
    return done(sum == null ? zero() : sum);
  }

  private static void requireEqualSizes(Signature s) {
    if (size(s, 0) != size(s, 1)) {
      throw new LonghouseException(
          ErrorCode.ILLEGAL_TYPE_OF_ARGUMENT,
          "Expected tuples of the same size as arguments of function " + s.function());
    }
  }

  /** A norm of the tuple in argument 0. */
  public static ScalarFunction norm(Measure m, Signature s, FunctionContext context) {
    List<Step> elements = new ArrayList<>();
    for (int i = 0; i < size(s, 0); i++) {
      elements.add(element(s, 0, i));
    }
    return done(norm(m, elements, power(m, s, 1), context));
  }

  /** The tuple in argument 0 divided by a norm of it. */
  public static ScalarFunction normalize(Measure m, Signature s, FunctionContext context) {
    List<Step> elements = new ArrayList<>();
    for (int i = 0; i < size(s, 0); i++) {
      elements.add(element(s, 0, i));
    }
    Step norm = norm(m, elements, power(m, s, 1), context);
    List<Step> quotients = new ArrayList<>();
    List<DataType> types = new ArrayList<>();
    for (Step e : elements) {
      Step quotient = call(context, "divide", e, norm);
      quotients.add(quotient);
      types.add(quotient.type);
    }
    return Resolved.throwing(
        new TupleType(types),
        (c, rows) -> {
          List<Column> out = new ArrayList<>();
          for (Step q : quotients) {
            out.add(q.kernel.evaluate(c, rows));
          }
          return new TupleColumn(out, rows);
        });
  }

  /** A distance of the tuples in arguments 0 and 1. */
  public static ScalarFunction distance(Measure m, Signature s, FunctionContext context) {
    requireEqualSizes(s);
    if (m == Measure.COSINE) {
      return cosine(s, context);
    }
    List<Step> differences = new ArrayList<>();
    for (int i = 0; i < size(s, 0); i++) {
      differences.add(call(context, "minus", element(s, 0, i), element(s, 1, i)));
    }
    return done(norm(m, differences, power(m, s, 2), context));
  }

  private static double power(Measure m, Signature s, int i) {
    if (m != Measure.LP) {
      return 1;
    }
    NumberShape shape = NumberShape.of(s.type(i));
    if (shape == null || shape.isDecimal() || shape.isWide()) {
      throw s.illegal(i, "must be a number");
    }
    double[] p = io.longhouse.function.scalar.Rows.doubles(s.constant(i), true);
    if (!(p[0] >= 1)) {
      throw new LonghouseException(
          ErrorCode.ARGUMENT_OUT_OF_BOUND,
          "The second argument for function " + s.function() + " must be not less than one");
    }
    return p[0];
  }

  private static Step norm(Measure m, List<Step> elements, double p, FunctionContext context) {
    Step sum = null;
    for (Step e : elements) {
      Step term =
          switch (m) {
            case L1, LINF -> call(context, "abs", e);
            case L2, L2_SQUARED -> call(context, "multiply", e, e);
            case LP -> call(context, "pow", call(context, "abs", e), number(p));
            case COSINE -> throw new IllegalArgumentException("a distance only");
          };
      sum = sum == null ? term : call(context, m == Measure.LINF ? "max2" : "plus", sum, term);
    }
    Step total = sum == null ? zero() : sum;
    return switch (m) {
      case L2 -> call(context, "sqrt", total);
      case LP -> call(context, "pow", total, number(1 / p));
      default -> total;
    };
  }

  private static ScalarFunction cosine(Signature s, FunctionContext context) {
    Step xy = null;
    Step xx = null;
    Step yy = null;
    for (int i = 0; i < size(s, 0); i++) {
      Step x = element(s, 0, i);
      Step y = element(s, 1, i);
      Step a = call(context, "multiply", x, y);
      Step b = call(context, "multiply", x, x);
      Step c = call(context, "multiply", y, y);
      xy = xy == null ? a : call(context, "plus", xy, a);
      xx = xx == null ? b : call(context, "plus", xx, b);
      yy = yy == null ? c : call(context, "plus", yy, c);
    }
    if (xy == null || xx == null || yy == null) {
      return done(zero());
    }
    Step lengths = call(context, "multiply", call(context, "sqrt", xx), call(context, "sqrt", yy));
    return done(call(context, "minus", number(1), call(context, "divide", xy, lengths)));
  }
}
