package io.longhouse.function.scalar.random;

import io.longhouse.column.Column;
import io.longhouse.column.ConstColumn;
import io.longhouse.column.Float64Column;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.FloatType;
import io.longhouse.column.type.IntegerType;
import io.longhouse.function.Argument;
import io.longhouse.function.Arguments;
import io.longhouse.function.FunctionContext;
import io.longhouse.function.FunctionFactory;
import io.longhouse.function.ScalarFunction;
import io.longhouse.function.number.DoubleOperand;
import io.longhouse.function.number.LongOperand;
import io.longhouse.function.number.LongSink;
import io.longhouse.function.number.NumberShape;
import io.longhouse.registry.Register;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import java.util.List;
import java.util.Random;

/** Numbers of known distributions, whose parameters are constants. */
@Register(
    kind = FunctionFactory.class,
    name = "randUniform",
    category = "Random Number",
    doc = "Evenly distributed between two bounds.")
@Register(
    kind = FunctionFactory.class,
    name = "randNormal",
    category = "Random Number",
    doc = "Normally distributed with that mean and standard deviation.")
@Register(
    kind = FunctionFactory.class,
    name = "randLogNormal",
    category = "Random Number",
    doc = "Log-normally distributed with that mean and standard deviation of the logarithm.")
@Register(
    kind = FunctionFactory.class,
    name = "randExponential",
    category = "Random Number",
    doc = "Exponentially distributed with that rate.")
@Register(
    kind = FunctionFactory.class,
    name = "randChiSquared",
    category = "Random Number",
    doc = "Chi-squared distributed with that many degrees of freedom.")
@Register(
    kind = FunctionFactory.class,
    name = "randStudentT",
    category = "Random Number",
    doc = "Distributed as Student's t with that many degrees of freedom.")
@Register(
    kind = FunctionFactory.class,
    name = "randFisherF",
    category = "Random Number",
    doc = "Distributed as Fisher's F with those degrees of freedom.")
@Register(
    kind = FunctionFactory.class,
    name = "randBernoulli",
    category = "Random Number",
    doc = "1 with that probability, else 0.")
@Register(
    kind = FunctionFactory.class,
    name = "randBinomial",
    category = "Random Number",
    doc = "How many of that many trials succeed with that probability.")
@Register(
    kind = FunctionFactory.class,
    name = "randNegativeBinomial",
    category = "Random Number",
    doc = "How many trials fail before that many succeed.")
@Register(
    kind = FunctionFactory.class,
    name = "randPoisson",
    category = "Random Number",
    doc = "Poisson distributed with that mean.")
final class Distributions implements FunctionFactory {
  private final String name;
  private final int parameters;

  Distributions(String name) {
    this.name = name;
    this.parameters =
        switch (name) {
          case "randUniform",
              "randNormal",
              "randLogNormal",
              "randFisherF",
              "randBinomial",
              "randNegativeBinomial" ->
              2;
          default -> 1;
        };
  }

  @Override
  public ScalarFunction resolve(List<Argument> arguments, FunctionContext context) {
    Arguments.count(name, arguments, parameters, parameters + 1);
    double[] p = new double[2];
    for (int i = 0; i < parameters; i++) {
      Argument a = arguments.get(i);
      NumberShape shape = NumberShape.of(a.type());
      if (shape == null) {
        throw Arguments.illegalType(name, a.type());
      }
      if (a.constant() == null) {
        throw new LonghouseException(
            ErrorCode.ILLEGAL_COLUMN,
            "Parameter number " + (i + 1) + " of function " + name + " must be constant");
      }
      p[i] = new DoubleOperand(new ConstColumn(a.constant(), 1), shape, 1).constantValue();
    }
    check(p);
    return new Call(name, p[0], p[1]);
  }

  private void check(double[] p) {
    boolean bad =
        switch (name) {
          case "randUniform" -> p[0] > p[1];
          case "randNormal", "randLogNormal" -> p[1] < 0;
          case "randBernoulli" -> !(p[0] >= 0 && p[0] <= 1);
          case "randBinomial", "randNegativeBinomial" -> !(p[1] >= 0 && p[1] <= 1) || p[0] < 0;
          default -> !(p[0] > 0);
        };
    if (bad) {
      throw new LonghouseException(
          ErrorCode.BAD_ARGUMENTS, "Argument of function " + name + " is out of range");
    }
  }

  private record Call(String name, double a, double b) implements ScalarFunction {
    @Override
    public DataType resultType() {
      return switch (name) {
        case "randBernoulli" -> IntegerType.UINT8;
        case "randBinomial", "randNegativeBinomial", "randPoisson" -> IntegerType.UINT64;
        default -> FloatType.FLOAT64;
      };
    }

    @Override
    public boolean isDeterministic() {
      return false;
    }

    @Override
    public boolean isConstantInQuery() {
      return false;
    }

    @Override
    public Column evaluate(Column[] arguments, int rows) {
      var random = new Random();
      if (resultType() instanceof IntegerType t) {
        var out = new LongSink(t.bytes(), rows);
        for (int from = 0; from < rows; from += LongOperand.CHUNK) {
          int n = Math.min(LongOperand.CHUNK, rows - from);
          for (int k = 0; k < n; k++) {
            out.target()[out.offset() + k] = count(random);
          }
          out.advance(n);
        }
        return out.build();
      }
      double[] out = new double[rows];
      for (int r = 0; r < rows; r++) {
        out[r] = real(random);
      }
      return new Float64Column(out, rows);
    }

    private double real(Random r) {
      return switch (name) {
        case "randUniform" -> a + (b - a) * r.nextDouble();
        case "randNormal" -> a + b * r.nextGaussian();
        case "randLogNormal" -> Math.exp(a + b * r.nextGaussian());
        case "randExponential" -> -Math.log1p(-r.nextDouble()) / a;
        case "randChiSquared" -> chiSquared(r, a);
        case "randStudentT" -> r.nextGaussian() / Math.sqrt(chiSquared(r, a) / a);
        default -> chiSquared(r, a) / a / (chiSquared(r, b) / b);
      };
    }

    private static double chiSquared(Random r, double freedom) {
      return 2 * gamma(r, freedom / 2);
    }

    /** Marsaglia and Tsang's method. */
    private static double gamma(Random r, double shape) {
      if (shape < 1) {
        return gamma(r, shape + 1) * Math.pow(r.nextDouble(), 1 / shape);
      }
      double d = shape - 1.0 / 3;
      double c = 1 / Math.sqrt(9 * d);
      while (true) {
        double x = r.nextGaussian();
        double v = 1 + c * x;
        if (v <= 0) {
          continue;
        }
        v = v * v * v;
        if (Math.log(r.nextDouble()) < 0.5 * x * x + d - d * v + d * Math.log(v)) {
          return d * v;
        }
      }
    }

    private long count(Random r) {
      return switch (name) {
        case "randBernoulli" -> r.nextDouble() < a ? 1 : 0;
        case "randBinomial" -> binomial(r);
        case "randNegativeBinomial" -> b >= 1 ? 0 : poisson(r, gamma(r, a) * (1 - b) / b);
        default -> poisson(r, a);
      };
    }

    private long binomial(Random r) {
      if (a > 1000 && a * b * (1 - b) > 100) {
        double x = a * b + Math.sqrt(a * b * (1 - b)) * r.nextGaussian();
        return (long) Math.clamp(Math.rint(x), 0, a);
      }
      long successes = 0;
      for (long i = 0; i < (long) a; i++) {
        successes += r.nextDouble() < b ? 1 : 0;
      }
      return successes;
    }

    private static long poisson(Random r, double mean) {
      if (mean > 500) {
        return (long) Math.max(0, Math.rint(mean + Math.sqrt(mean) * r.nextGaussian()));
      }
      double limit = Math.exp(-mean);
      double p = 1;
      long k = -1;
      do {
        p *= r.nextDouble();
        k++;
      } while (p > limit);
      return k;
    }
  }
}
