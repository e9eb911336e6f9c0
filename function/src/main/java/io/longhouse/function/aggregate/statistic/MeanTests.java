package io.longhouse.function.aggregate.statistic;

import io.longhouse.column.ByteReader;
import io.longhouse.column.ByteWriter;
import io.longhouse.column.Column;
import io.longhouse.column.ColumnBuilder;
import io.longhouse.column.TupleColumn;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.DecimalType;
import io.longhouse.column.type.FloatType;
import io.longhouse.column.type.TupleType;
import io.longhouse.function.Argument;
import io.longhouse.function.aggregate.AggregateFactory;
import io.longhouse.function.aggregate.AggregateFunction;
import io.longhouse.function.aggregate.GroupStates;
import io.longhouse.function.aggregate.state.Arguments;
import io.longhouse.function.aggregate.state.FixedAggregate;
import io.longhouse.function.aggregate.state.NumberLayout;
import io.longhouse.function.aggregate.state.Values;
import io.longhouse.registry.Register;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import java.util.ArrayList;
import java.util.List;

/**
 * Tests of means. Of two samples, told apart by whether the second argument is 0, state = Float64
 * n1, n2, Σx1, Σx2 and for the t-tests Σx1², Σx2²; of one sample against a known mean, state =
 * Float64 n, Σx, Σx², the mean.
 */
@Register(
    kind = AggregateFactory.class,
    name = "studentTTest",
    category = "Aggregate",
    doc = "Student's t-test of two samples with equal variances.")
@Register(
    kind = AggregateFactory.class,
    name = "welchTTest",
    category = "Aggregate",
    doc = "Welch's t-test of two samples.")
@Register(
    kind = AggregateFactory.class,
    name = "meanZTest",
    category = "Aggregate",
    doc = "The z-test of two samples whose variances are known.")
@Register(
    kind = AggregateFactory.class,
    name = "studentTTestOneSample",
    category = "Aggregate",
    doc = "Student's t-test of a sample against a known mean.")
final class MeanTests implements AggregateFactory {
  private final String name;

  MeanTests(String name) {
    this.name = name;
  }

  @Override
  public AggregateFunction resolve(List<Argument> parameters, List<DataType> arguments) {
    boolean z = name.equals("meanZTest");
    Arguments.parameters(name, parameters, z ? 3 : 0, z ? 3 : 1);
    Arguments.count(name, arguments, 2);
    NumberLayout[] layouts = new NumberLayout[2];
    for (int i = 0; i < 2; i++) {
      layouts[i] = Arguments.number(name, arguments.get(i));
      if (arguments.get(i) instanceof DecimalType) {
        throw Arguments.illegal(name, arguments.get(i));
      }
    }
    double[] given = new double[parameters.size()];
    for (int i = 0; i < given.length; i++) {
      given[i] = Arguments.real(name, parameters.get(i));
    }
    if (given.length > 0 && !(given[given.length - 1] > 0 && given[given.length - 1] < 1)) {
      throw new LonghouseException(
          ErrorCode.BAD_ARGUMENTS,
          "Confidence level parameter must be between 0 and 1 in aggregate function " + name);
    }
    return new Sums(name, layouts, given);
  }

  private static DataType resultTypeOf(String name, boolean interval) {
    List<String> names = new ArrayList<>();
    names.add(name.equals("meanZTest") ? "z_statistic" : "t_statistic");
    names.add("p_value");
    if (interval) {
      names.add("confidence_interval_low");
      names.add("confidence_interval_high");
    }
    return new TupleType(names.stream().map(_ -> (DataType) FloatType.FLOAT64).toList(), names);
  }

  private static final class Sums extends FixedAggregate {
    private final String name;
    private final NumberLayout[] layouts;
    private final double[] given;
    private final boolean one;

    Sums(String name, NumberLayout[] layouts, double[] given) {
      super(
          resultTypeOf(name, given.length > 0),
          name.equals("meanZTest") || name.endsWith("OneSample") ? 4 : 6);
      this.name = name;
      this.layouts = layouts;
      this.given = given;
      this.one = name.endsWith("OneSample");
    }

    private static double get(long[] words, int at) {
      return Double.longBitsToDouble(words[at]);
    }

    private static void plus(long[] words, int at, double v) {
      words[at] = Double.doubleToRawLongBits(get(words, at) + v);
    }

    @Override
    public void add(
        GroupStates states, int word, int slot, int[] groups, Column[] arguments, int rows) {
      double[] v = Values.doubles(arguments[0], layouts[0], rows);
      double[] second = Values.doubles(arguments[1], layouts[1], rows);
      long[] words = states.words();
      int width = stateWords();
      for (int r = 0; r < rows; r++) {
        int at = groups[r] * states.stride() + word;
        if (one) {
          if (get(words, at) == 0) {
            words[at + 3] = Double.doubleToRawLongBits(second[r]);
          }
          plus(words, at, 1);
          plus(words, at + 1, v[r]);
          plus(words, at + 2, v[r] * v[r]);
          continue;
        }
        int sample = second[r] != 0 ? 1 : 0;
        plus(words, at + sample, 1);
        plus(words, at + 2 + sample, v[r]);
        if (width == 6) {
          plus(words, at + 4 + sample, v[r] * v[r]);
        }
      }
    }

    @Override
    protected void merge(long[] words, int at, long[] from, int fromAt) {
      if (one && get(words, at) == 0) {
        words[at + 3] = from[fromAt + 3];
      }
      for (int k = 0; k < (one ? 3 : stateWords()); k++) {
        plus(words, at + k, get(from, fromAt + k));
      }
    }

    @Override
    protected void write(long[] words, int at, ByteWriter out) {
      for (int k = 0; k < stateWords(); k++) {
        out.writeLong(words[at + k]);
      }
    }

    @Override
    protected void read(long[] words, int at, ByteReader in) {
      for (int k = 0; k < stateWords(); k++) {
        words[at + k] = in.readLong();
      }
    }

    @Override
    protected void result(long[] words, int at, ColumnBuilder out) {
      var tuple = (TupleColumn.Builder) out;
      double[] v =
          switch (name) {
            case "meanZTest" -> zTest(words, at);
            case "studentTTestOneSample" -> oneSample(words, at);
            default -> tTest(words, at);
          };
      for (int k = 0; k < tuple.elements().size(); k++) {
        Values.append(v[k], tuple.elements().get(k));
      }
      tuple.addedRow();
    }

    private double[] zTest(long[] words, int at) {
      double nx = get(words, at);
      double ny = get(words, at + 1);
      double difference = get(words, at + 2) / nx - get(words, at + 3) / ny;
      double error = Math.sqrt(given[0] / nx + given[1] / ny);
      double z = difference / error;
      double critical = error * Distributions.normalQuantile(1 - (1 - given[2]) / 2);
      return nx == 0 || ny == 0
          ? new double[] {Double.NaN, 0, Double.NaN, Double.NaN}
          : new double[] {
            z,
            2 * Distributions.normalAbove(Math.abs(z)),
            difference - critical,
            difference + critical
          };
    }

    private static double[] none() {
      return new double[] {Double.NaN, Double.NaN, Double.NaN, Double.NaN};
    }

    private double[] tTest(long[] words, int at) {
      double nx = get(words, at);
      double ny = get(words, at + 1);
      if (!(nx > 0 && ny > 0)) {
        return none();
      }
      double mx = get(words, at + 2) / nx;
      double my = get(words, at + 3) / ny;
      double allX = get(words, at + 4) + nx * mx * mx - 2 * mx * get(words, at + 2);
      double allY = get(words, at + 5) + ny * my * my - 2 * my * get(words, at + 3);
      double degrees;
      double variance;
      if (name.equals("welchTTest")) {
        double vx = allX / (nx - 1);
        double vy = allY / (ny - 1);
        variance = vx / nx + vy / ny;
        double below = vx * vx / (nx * nx * (nx - 1)) + vy * vy / (ny * ny * (ny - 1));
        degrees = variance * variance / below;
      } else {
        degrees = nx + ny - 2;
        variance = (allX + allY) / degrees * (1 / nx + 1 / ny);
      }
      double separate = allX / (nx - 1) / nx + allY / (ny - 1) / ny;
      return student(mx - my, variance, degrees, separate);
    }

    private double[] oneSample(long[] words, int at) {
      double n = get(words, at);
      double mean = get(words, at + 1) / n;
      double squares = get(words, at + 2) - get(words, at + 1) * get(words, at + 1) / n;
      return n < 2 ? none() : one(mean - get(words, at + 3), squares / (n - 1) / n, n - 1);
    }

    private double[] one(double difference, double variance, double degrees) {
      return student(difference, variance, degrees, variance);
    }

    /** The interval is that of samples with different variances in either test. */
    private double[] student(
        double difference, double variance, double degrees, double intervalVariance) {
      double error = Math.sqrt(variance);
      if (!(degrees > 0) || !(error > 0)) {
        return none();
      }
      double t = difference / error;
      double[] out = {t, Distributions.studentTwoSided(t, degrees), 0, 0};
      if (given.length > 0) {
        double critical =
            Math.sqrt(intervalVariance)
                * Distributions.studentQuantile(1 - (1 - given[0]) / 2, degrees);
        out[2] = difference - critical;
        out[3] = difference + critical;
      }
      return out;
    }
  }
}
