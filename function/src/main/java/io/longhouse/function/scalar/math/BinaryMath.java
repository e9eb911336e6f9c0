package io.longhouse.function.scalar.math;

import io.longhouse.column.Column;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.FloatType;
import io.longhouse.function.Argument;
import io.longhouse.function.Arguments;
import io.longhouse.function.FunctionContext;
import io.longhouse.function.FunctionFactory;
import io.longhouse.function.ScalarFunction;
import io.longhouse.function.number.DoubleKernel;
import io.longhouse.function.number.DoubleOperand;
import io.longhouse.function.number.Kernels;
import io.longhouse.function.number.NumberShape;
import io.longhouse.registry.Register;
import java.util.List;

/** Functions of two numbers. */
@Register(
    kind = FunctionFactory.class,
    name = "pow",
    aliases = "power",
    caseInsensitive = true,
    category = "Mathematical",
    doc = "The first number to the power of the second.")
@Register(
    kind = FunctionFactory.class,
    name = "atan2",
    caseInsensitive = true,
    category = "Mathematical",
    doc = "The angle of the point (x, y), y first.")
@Register(
    kind = FunctionFactory.class,
    name = "hypot",
    caseInsensitive = true,
    category = "Mathematical",
    doc = "The length of the hypotenuse.")
@Register(
    kind = FunctionFactory.class,
    name = "min2",
    caseInsensitive = true,
    category = "Arithmetic",
    doc = "The smaller of two numbers as Float64.")
@Register(
    kind = FunctionFactory.class,
    name = "max2",
    caseInsensitive = true,
    category = "Arithmetic",
    doc = "The larger of two numbers as Float64.")
final class BinaryMath implements FunctionFactory {
  private final String name;

  BinaryMath(String name) {
    this.name = name;
  }

  @Override
  public ScalarFunction resolve(List<Argument> arguments, FunctionContext context) {
    Arguments.count(name, arguments, 2);
    return new Call(kernel(), shape(arguments.get(0)), shape(arguments.get(1)));
  }

  private NumberShape shape(Argument a) {
    NumberShape shape = NumberShape.of(a.type());
    if (shape == null || shape.isWide() && shape.isInteger()) {
      throw Arguments.illegalType(name, a.type());
    }
    return shape;
  }

  private DoubleKernel kernel() {
    return switch (name) {
      case "pow" -> BinaryMath::power;
      case "atan2" -> BinaryMath::arcTangent;
      case "hypot" -> BinaryMath::hypotenuse;
      case "min2" -> BinaryMath::smaller;
      default -> BinaryMath::larger;
    };
  }

  private static void power(double[] a, int i, double[] b, int j, double[] out, int o, int n) {
    for (int k = 0; k < n; k++) {
      double x = a[i + k];
      // The C library answers 1 for 1 to any power and for -1 to an infinite one.
      out[o + k] = x == 1 ? 1 : Math.pow(x, b[j + k]);
    }
  }

  private static void arcTangent(double[] a, int i, double[] b, int j, double[] out, int o, int n) {
    for (int k = 0; k < n; k++) {
      out[o + k] = Math.atan2(a[i + k], b[j + k]);
    }
  }

  private static void hypotenuse(double[] a, int i, double[] b, int j, double[] out, int o, int n) {
    for (int k = 0; k < n; k++) {
      out[o + k] = Math.hypot(a[i + k], b[j + k]);
    }
  }

  private static void smaller(double[] a, int i, double[] b, int j, double[] out, int o, int n) {
    for (int k = 0; k < n; k++) {
      out[o + k] = a[i + k] < b[j + k] ? a[i + k] : b[j + k];
    }
  }

  private static void larger(double[] a, int i, double[] b, int j, double[] out, int o, int n) {
    for (int k = 0; k < n; k++) {
      out[o + k] = a[i + k] > b[j + k] ? a[i + k] : b[j + k];
    }
  }

  private record Call(DoubleKernel kernel, NumberShape a, NumberShape b) implements ScalarFunction {
    @Override
    public DataType resultType() {
      return FloatType.FLOAT64;
    }

    @Override
    public Column evaluate(Column[] arguments, int rows) {
      return Kernels.doubles(
          kernel,
          new DoubleOperand(arguments[0], a, rows),
          new DoubleOperand(arguments[1], b, rows),
          8,
          rows);
    }
  }
}
