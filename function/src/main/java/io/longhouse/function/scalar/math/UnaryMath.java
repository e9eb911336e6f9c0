package io.longhouse.function.scalar.math;

import io.longhouse.column.Column;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.FloatType;
import io.longhouse.function.Argument;
import io.longhouse.function.Arguments;
import io.longhouse.function.FunctionContext;
import io.longhouse.function.FunctionFactory;
import io.longhouse.function.ScalarFunction;
import io.longhouse.function.number.DoubleOperand;
import io.longhouse.function.number.DoubleSink;
import io.longhouse.function.number.LongOperand;
import io.longhouse.function.number.NumberShape;
import io.longhouse.registry.Register;
import java.util.List;

/** Functions of one number. */
@Register(
    kind = FunctionFactory.class,
    name = "exp",
    caseInsensitive = true,
    category = "Mathematical",
    doc = "e to the power of the argument.")
@Register(
    kind = FunctionFactory.class,
    name = "exp2",
    category = "Mathematical",
    doc = "2 to the power of the argument.")
@Register(
    kind = FunctionFactory.class,
    name = "exp10",
    category = "Mathematical",
    doc = "10 to the power of the argument.")
@Register(
    kind = FunctionFactory.class,
    name = "log",
    aliases = "ln",
    caseInsensitive = true,
    category = "Mathematical",
    doc = "The natural logarithm.")
@Register(
    kind = FunctionFactory.class,
    name = "log2",
    caseInsensitive = true,
    category = "Mathematical",
    doc = "The logarithm to base 2.")
@Register(
    kind = FunctionFactory.class,
    name = "log10",
    caseInsensitive = true,
    category = "Mathematical",
    doc = "The logarithm to base 10.")
@Register(
    kind = FunctionFactory.class,
    name = "log1p",
    category = "Mathematical",
    doc = "The natural logarithm of 1 plus the argument.")
@Register(
    kind = FunctionFactory.class,
    name = "sqrt",
    caseInsensitive = true,
    category = "Mathematical",
    doc = "The square root.")
@Register(
    kind = FunctionFactory.class,
    name = "cbrt",
    category = "Mathematical",
    doc = "The cube root.")
@Register(
    kind = FunctionFactory.class,
    name = "sin",
    caseInsensitive = true,
    category = "Mathematical",
    doc = "The sine.")
@Register(
    kind = FunctionFactory.class,
    name = "cos",
    caseInsensitive = true,
    category = "Mathematical",
    doc = "The cosine.")
@Register(
    kind = FunctionFactory.class,
    name = "tan",
    caseInsensitive = true,
    category = "Mathematical",
    doc = "The tangent.")
@Register(
    kind = FunctionFactory.class,
    name = "asin",
    caseInsensitive = true,
    category = "Mathematical",
    doc = "The arc sine.")
@Register(
    kind = FunctionFactory.class,
    name = "acos",
    caseInsensitive = true,
    category = "Mathematical",
    doc = "The arc cosine.")
@Register(
    kind = FunctionFactory.class,
    name = "atan",
    caseInsensitive = true,
    category = "Mathematical",
    doc = "The arc tangent.")
@Register(
    kind = FunctionFactory.class,
    name = "sinh",
    category = "Mathematical",
    doc = "The hyperbolic sine.")
@Register(
    kind = FunctionFactory.class,
    name = "cosh",
    category = "Mathematical",
    doc = "The hyperbolic cosine.")
@Register(
    kind = FunctionFactory.class,
    name = "tanh",
    caseInsensitive = true,
    category = "Mathematical",
    doc = "The hyperbolic tangent.")
@Register(
    kind = FunctionFactory.class,
    name = "asinh",
    category = "Mathematical",
    doc = "The inverse hyperbolic sine.")
@Register(
    kind = FunctionFactory.class,
    name = "acosh",
    category = "Mathematical",
    doc = "The inverse hyperbolic cosine.")
@Register(
    kind = FunctionFactory.class,
    name = "atanh",
    category = "Mathematical",
    doc = "The inverse hyperbolic tangent.")
@Register(
    kind = FunctionFactory.class,
    name = "erf",
    category = "Mathematical",
    doc = "The error function.")
@Register(
    kind = FunctionFactory.class,
    name = "erfc",
    category = "Mathematical",
    doc = "1 minus the error function.")
@Register(
    kind = FunctionFactory.class,
    name = "lgamma",
    category = "Mathematical",
    doc = "The logarithm of the magnitude of the gamma function.")
@Register(
    kind = FunctionFactory.class,
    name = "tgamma",
    category = "Mathematical",
    doc = "The gamma function.")
@Register(
    kind = FunctionFactory.class,
    name = "sigmoid",
    category = "Mathematical",
    doc = "1 / (1 + exp(-x)).")
@Register(
    kind = FunctionFactory.class,
    name = "degrees",
    caseInsensitive = true,
    category = "Mathematical",
    doc = "Radians as degrees.")
@Register(
    kind = FunctionFactory.class,
    name = "radians",
    caseInsensitive = true,
    category = "Mathematical",
    doc = "Degrees as radians.")
final class UnaryMath implements FunctionFactory {
  private final String name;

  UnaryMath(String name) {
    this.name = name;
  }

  @Override
  public ScalarFunction resolve(List<Argument> arguments, FunctionContext context) {
    Arguments.count(name, arguments, 1);
    NumberShape shape = NumberShape.of(arguments.getFirst().type());
    if (shape == null) {
      throw Arguments.illegalType(name, arguments.getFirst().type());
    }
    return new Call(name, shape);
  }

  private record Call(String name, NumberShape shape) implements ScalarFunction {
    @Override
    public DataType resultType() {
      return FloatType.FLOAT64;
    }

    @Override
    public int monotonicity(int argument) {
      return switch (name) {
        case "exp",
            "exp2",
            "exp10",
            "log",
            "log2",
            "log10",
            "log1p",
            "sqrt",
            "cbrt",
            "asin",
            "atan",
            "sinh",
            "tanh",
            "asinh",
            "acosh",
            "atanh",
            "erf",
            "sigmoid",
            "degrees",
            "radians" ->
            1;
        case "acos", "erfc" -> -1;
        default -> 0;
      };
    }

    @Override
    public Column evaluate(Column[] arguments, int rows) {
      var in = new DoubleOperand(arguments[0], shape, rows);
      var out = new DoubleSink(8, rows);
      for (int from = 0; from < rows; from += LongOperand.CHUNK) {
        int n = Math.min(LongOperand.CHUNK, rows - from);
        in.load(from, n);
        kernel(in.array(), in.offset(), out.target(), out.offset(), n);
        out.advance(n);
      }
      return out.build();
    }

    private void kernel(double[] in, int i, double[] out, int o, int n) {
      switch (name) {
        case "exp" -> {
          for (int k = 0; k < n; k++) {
            double v = in[i + k];
            out[o + k] = Math.exp(v);
          }
        }
        case "exp2" -> {
          for (int k = 0; k < n; k++) {
            double v = in[i + k];
            out[o + k] = SpecialFunctions.exp2(v);
          }
        }
        case "exp10" -> {
          for (int k = 0; k < n; k++) {
            double v = in[i + k];
            out[o + k] = SpecialFunctions.exp10(v);
          }
        }
        case "log" -> {
          for (int k = 0; k < n; k++) {
            double v = in[i + k];
            out[o + k] = Math.log(v);
          }
        }
        case "log2" -> {
          for (int k = 0; k < n; k++) {
            double v = in[i + k];
            out[o + k] = SpecialFunctions.log2(v);
          }
        }
        case "log10" -> {
          for (int k = 0; k < n; k++) {
            double v = in[i + k];
            out[o + k] = Math.log10(v);
          }
        }
        case "log1p" -> {
          for (int k = 0; k < n; k++) {
            double v = in[i + k];
            out[o + k] = Math.log1p(v);
          }
        }
        case "sqrt" -> {
          for (int k = 0; k < n; k++) {
            double v = in[i + k];
            out[o + k] = Math.sqrt(v);
          }
        }
        case "cbrt" -> {
          for (int k = 0; k < n; k++) {
            double v = in[i + k];
            out[o + k] = Math.cbrt(v);
          }
        }
        case "sin" -> {
          for (int k = 0; k < n; k++) {
            double v = in[i + k];
            out[o + k] = Math.sin(v);
          }
        }
        case "cos" -> {
          for (int k = 0; k < n; k++) {
            double v = in[i + k];
            out[o + k] = Math.cos(v);
          }
        }
        case "tan" -> {
          for (int k = 0; k < n; k++) {
            double v = in[i + k];
            out[o + k] = Math.tan(v);
          }
        }
        case "asin" -> {
          for (int k = 0; k < n; k++) {
            double v = in[i + k];
            out[o + k] = Math.asin(v);
          }
        }
        case "acos" -> {
          for (int k = 0; k < n; k++) {
            double v = in[i + k];
            out[o + k] = Math.acos(v);
          }
        }
        case "atan" -> {
          for (int k = 0; k < n; k++) {
            double v = in[i + k];
            out[o + k] = Math.atan(v);
          }
        }
        case "sinh" -> {
          for (int k = 0; k < n; k++) {
            double v = in[i + k];
            out[o + k] = Math.sinh(v);
          }
        }
        case "cosh" -> {
          for (int k = 0; k < n; k++) {
            double v = in[i + k];
            out[o + k] = Math.cosh(v);
          }
        }
        case "tanh" -> {
          for (int k = 0; k < n; k++) {
            double v = in[i + k];
            out[o + k] = Math.tanh(v);
          }
        }
        case "asinh" -> {
          for (int k = 0; k < n; k++) {
            double v = in[i + k];
            out[o + k] = SpecialFunctions.asinh(v);
          }
        }
        case "acosh" -> {
          for (int k = 0; k < n; k++) {
            double v = in[i + k];
            out[o + k] = SpecialFunctions.acosh(v);
          }
        }
        case "atanh" -> {
          for (int k = 0; k < n; k++) {
            double v = in[i + k];
            out[o + k] = SpecialFunctions.atanh(v);
          }
        }
        case "erf" -> {
          for (int k = 0; k < n; k++) {
            double v = in[i + k];
            out[o + k] = ErrorFunction.erf(v);
          }
        }
        case "erfc" -> {
          for (int k = 0; k < n; k++) {
            double v = in[i + k];
            out[o + k] = ErrorFunction.erfc(v);
          }
        }
        case "lgamma" -> {
          for (int k = 0; k < n; k++) {
            double v = in[i + k];
            out[o + k] = GammaFunction.logGamma(v);
          }
        }
        case "tgamma" -> {
          for (int k = 0; k < n; k++) {
            double v = in[i + k];
            out[o + k] = GammaFunction.gamma(v);
          }
        }
        case "sigmoid" -> {
          for (int k = 0; k < n; k++) {
            double v = in[i + k];
            out[o + k] = 1 / (1 + Math.exp(-v));
          }
        }
        case "degrees" -> {
          for (int k = 0; k < n; k++) {
            double v = in[i + k];
            out[o + k] = v * (180 / Math.PI);
          }
        }
        case "radians" -> {
          for (int k = 0; k < n; k++) {
            double v = in[i + k];
            out[o + k] = v * (Math.PI / 180);
          }
        }
        default -> throw new IllegalStateException(name);
      }
    }
  }
}
