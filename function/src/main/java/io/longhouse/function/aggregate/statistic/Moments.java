package io.longhouse.function.aggregate.statistic;

import io.longhouse.column.ByteReader;
import io.longhouse.column.ByteWriter;
import io.longhouse.column.Column;
import io.longhouse.column.ColumnBuilder;
import io.longhouse.column.Float32Column;
import io.longhouse.column.Float64Column;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.DecimalType;
import io.longhouse.column.type.FloatType;
import io.longhouse.function.Argument;
import io.longhouse.function.aggregate.AggregateFactory;
import io.longhouse.function.aggregate.AggregateFunction;
import io.longhouse.function.aggregate.GroupStates;
import io.longhouse.function.aggregate.state.Arguments;
import io.longhouse.function.aggregate.state.FixedAggregate;
import io.longhouse.function.aggregate.state.NumberLayout;
import io.longhouse.function.aggregate.state.Values;
import io.longhouse.registry.Register;
import java.util.List;

/**
 * Variances, skewness and kurtosis by sums of powers; covariance and correlation by sums of
 * products.
 *
 * <pre>
 * var = n, Σx, Σx²   skew = var, Σx³   kurt = skew, Σx⁴
 * covar = n, Σx, Σy, Σxy   corr = covar, Σx², Σy²
 * </pre>
 *
 * Each is a Float64, or a Float32 when all arguments are.
 */
@Register(
    kind = AggregateFactory.class,
    name = "varPop",
    aliases = {"VAR_POP", "var_pop"},
    category = "Aggregate",
    doc = "The population variance.")
@Register(
    kind = AggregateFactory.class,
    name = "varSamp",
    aliases = {"VAR_SAMP", "var_samp"},
    category = "Aggregate",
    doc = "The sample variance.")
@Register(
    kind = AggregateFactory.class,
    name = "stddevPop",
    aliases = {"STDDEV_POP", "stddev_pop", "STD", "std"},
    category = "Aggregate",
    doc = "The population standard deviation.")
@Register(
    kind = AggregateFactory.class,
    name = "stddevSamp",
    aliases = {"STDDEV_SAMP", "stddev_samp", "STDDEV", "stddev"},
    category = "Aggregate",
    doc = "The sample standard deviation.")
@Register(
    kind = AggregateFactory.class,
    name = "skewPop",
    category = "Aggregate",
    doc = "The skewness.")
@Register(
    kind = AggregateFactory.class,
    name = "skewSamp",
    category = "Aggregate",
    doc = "The sample skewness.")
@Register(
    kind = AggregateFactory.class,
    name = "kurtPop",
    category = "Aggregate",
    doc = "The kurtosis.")
@Register(
    kind = AggregateFactory.class,
    name = "kurtSamp",
    category = "Aggregate",
    doc = "The sample kurtosis.")
@Register(
    kind = AggregateFactory.class,
    name = "covarPop",
    aliases = {"COVAR_POP", "covar_pop"},
    category = "Aggregate",
    doc = "The population covariance.")
@Register(
    kind = AggregateFactory.class,
    name = "covarSamp",
    aliases = {"COVAR_SAMP", "covar_samp"},
    category = "Aggregate",
    doc = "The sample covariance.")
@Register(
    kind = AggregateFactory.class,
    name = "corr",
    caseInsensitive = true,
    category = "Aggregate",
    doc = "Pearson's correlation coefficient.")
final class Moments implements AggregateFactory {
  private final String name;

  Moments(String name) {
    this.name = name;
  }

  @Override
  public AggregateFunction resolve(List<Argument> parameters, List<DataType> arguments) {
    Arguments.noParameters(name, parameters);
    boolean two = name.startsWith("co");
    Arguments.count(name, arguments, two ? 2 : 1);
    boolean single = true;
    NumberLayout[] layouts = new NumberLayout[arguments.size()];
    double[] scales = new double[arguments.size()];
    for (int i = 0; i < layouts.length; i++) {
      layouts[i] = Arguments.number(name, arguments.get(i));
      scales[i] = arguments.get(i) instanceof DecimalType d ? Math.pow(10, d.scale()) : 1;
      single &= arguments.get(i) == FloatType.FLOAT32;
    }
    return two
        ? new Pairs(name, layouts, scales, single)
        : new Powers(name, layouts, scales, single);
  }

  /** What the two families share: n numbers in words, written as Float64 or Float32. */
  private abstract static class Sums extends FixedAggregate {
    private static final int LANES = 16;

    final int n;
    final boolean single;
    final NumberLayout[] layouts;
    final double[] scales;

    Sums(int n, NumberLayout[] layouts, double[] scales, boolean single) {
      super(single ? FloatType.FLOAT32 : FloatType.FLOAT64, n);
      this.n = n;
      this.single = single;
      this.layouts = layouts;
      this.scales = scales;
    }

    final double[] numbers(Column[] arguments, int i, int rows) {
      double[] v = Values.doubles(arguments[i], layouts[i], rows);
      if (scales[i] == 1) {
        return v;
      }
      double[] out = new double[rows];
      for (int r = 0; r < rows; r++) {
        out[r] = v[r] / scales[i];
      }
      return out;
    }

    final double round(double v) {
      return single ? (float) v : v;
    }

    final void plus(long[] words, int at, double v) {
      words[at] = Double.doubleToRawLongBits(round(Double.longBitsToDouble(words[at]) + round(v)));
    }

    static double get(long[] words, int at) {
      return Double.longBitsToDouble(words[at]);
    }

    /** Adds numbers to one word with ClickHouse's partial sums, so that rounding is the same. */
    final void plusAll(long[] words, int at, double[] v, int rows) {
      int width = single ? 2 * LANES : LANES;
      double[] lanes = new double[width];
      int unrolled = rows - rows % width;
      for (int i = 0; i < unrolled; i += width) {
        for (int k = 0; k < width; k++) {
          lanes[k] = round(lanes[k] + v[i + k]);
        }
      }
      double sum = get(words, at);
      if (unrolled > 0) {
        for (double lane : lanes) {
          sum = round(sum + lane);
        }
      }
      for (int i = unrolled; i < rows; i++) {
        sum = round(sum + v[i]);
      }
      words[at] = Double.doubleToRawLongBits(sum);
    }

    final double[] products(double[] a, double[] b, int rows) {
      double[] out = new double[rows];
      for (int r = 0; r < rows; r++) {
        out[r] = round(a[r] * b[r]);
      }
      return out;
    }

    @Override
    protected final void merge(long[] words, int at, long[] from, int fromAt) {
      for (int k = 0; k < n; k++) {
        plus(words, at + k, get(from, fromAt + k));
      }
    }

    @Override
    protected final void write(long[] words, int at, ByteWriter out) {
      for (int k = 0; k < n; k++) {
        if (single) {
          out.writeFloat((float) get(words, at + k));
        } else {
          out.writeLong(words[at + k]);
        }
      }
    }

    @Override
    protected final void read(long[] words, int at, ByteReader in) {
      for (int k = 0; k < n; k++) {
        words[at + k] = single ? Double.doubleToRawLongBits(in.readFloat()) : in.readLong();
      }
    }

    final void append(double v, ColumnBuilder out) {
      if (single) {
        ((Float32Column.Builder) out).add((float) v);
      } else {
        ((Float64Column.Builder) out).add(v);
      }
    }
  }

  private static final class Powers extends Sums {
    private final boolean sample;
    private final boolean root;
    private final int power;

    Powers(String name, NumberLayout[] layouts, double[] scales, boolean single) {
      super(name.startsWith("kurt") ? 5 : name.startsWith("skew") ? 4 : 3, layouts, scales, single);
      this.sample = name.endsWith("Samp");
      this.root = name.startsWith("stddev");
      this.power = n - 1;
    }

    @Override
    public void add(
        GroupStates states, int word, int slot, int[] groups, Column[] arguments, int rows) {
      double[] v = numbers(arguments, 0, rows);
      long[] words = states.words();
      int stride = states.stride();
      for (int r = 0; r < rows; r++) {
        int at = groups[r] * stride + word;
        double x = v[r];
        plus(words, at, 1);
        plus(words, at + 1, x);
        double p = round(x * x);
        plus(words, at + 2, p);
        if (power > 2) {
          p = round(p * x);
          plus(words, at + 3, p);
          if (power > 3) {
            plus(words, at + 4, round(p * x));
          }
        }
      }
    }

    @Override
    public void addToOne(
        GroupStates states, int word, int slot, int group, Column[] arguments, int rows) {
      double[] v = numbers(arguments, 0, rows);
      long[] words = states.words();
      int at = group * states.stride() + word;
      plus(words, at, rows);
      plusAll(words, at + 1, v, rows);
      double[] p = v;
      for (int k = 2; k <= power; k++) {
        p = products(p, v, rows);
        plusAll(words, at + k, p, rows);
      }
    }

    @Override
    protected void result(long[] words, int at, ColumnBuilder out) {
      double n = get(words, at);
      double m1 = get(words, at + 1);
      double m2 = get(words, at + 2);
      double variance =
          sample
              ? (n <= 1
                  ? Double.NaN
                  : Math.max(0, round(round(m2 - round(round(m1 * m1) / n)) / (n - 1))))
              : n == 0 ? Double.NaN : Math.max(0, round(round(m2 - round(round(m1 * m1) / n)) / n));
      if (power == 2) {
        append(root ? Math.sqrt(variance) : variance, out);
      } else if (!(variance > 0)) {
        append(Double.NaN, out);
      } else if (power == 3) {
        double m3 = get(words, at + 3);
        double third = n == 1 ? 0 : (m3 - (3 * m2 - 2 * m1 * m1 / n) * m1 / n) / n;
        append(third / Math.pow(variance, 1.5), out);
      } else {
        double m3 = get(words, at + 3);
        double m4 = get(words, at + 4);
        double fourth =
            n == 1 ? 0 : (m4 - (4 * m3 - (6 * m2 - 3 * m1 * m1 / n) * m1 / n) * m1 / n) / n;
        append(fourth / Math.pow(variance, 2), out);
      }
    }
  }

  private static final class Pairs extends Sums {
    private final boolean correlation;
    private final boolean sample;

    Pairs(String name, NumberLayout[] layouts, double[] scales, boolean single) {
      super(name.equals("corr") ? 6 : 4, layouts, scales, single);
      this.correlation = name.equals("corr");
      this.sample = name.endsWith("Samp");
    }

    @Override
    public void add(
        GroupStates states, int word, int slot, int[] groups, Column[] arguments, int rows) {
      double[] xs = numbers(arguments, 0, rows);
      double[] ys = numbers(arguments, 1, rows);
      long[] words = states.words();
      int stride = states.stride();
      for (int r = 0; r < rows; r++) {
        int at = groups[r] * stride + word;
        double x = xs[r];
        double y = ys[r];
        plus(words, at, 1);
        plus(words, at + 1, x);
        plus(words, at + 2, y);
        plus(words, at + 3, x * y);
        if (correlation) {
          plus(words, at + 4, x * x);
          plus(words, at + 5, y * y);
        }
      }
    }

    @Override
    public void addToOne(
        GroupStates states, int word, int slot, int group, Column[] arguments, int rows) {
      double[] xs = numbers(arguments, 0, rows);
      double[] ys = numbers(arguments, 1, rows);
      long[] words = states.words();
      int at = group * states.stride() + word;
      plus(words, at, rows);
      plusAll(words, at + 1, xs, rows);
      plusAll(words, at + 2, ys, rows);
      plusAll(words, at + 3, products(xs, ys, rows), rows);
      if (correlation) {
        plusAll(words, at + 4, products(xs, xs, rows), rows);
        plusAll(words, at + 5, products(ys, ys, rows), rows);
      }
    }

    @Override
    protected void result(long[] words, int at, ColumnBuilder out) {
      double n = get(words, at);
      double x = get(words, at + 1);
      double y = get(words, at + 2);
      double xy = get(words, at + 3);
      if (correlation) {
        double x2 = get(words, at + 4);
        double y2 = get(words, at + 5);
        double above = round(round(n * xy) - round(x * y));
        double below =
            round(round(round(n * x2) - round(x * x)) * round(round(n * y2) - round(y * y)));
        append(above / Math.sqrt(below), out);
      } else if (sample) {
        append(n <= 1 ? Double.NaN : round(xy - round(round(x * y) / n)) / (n - 1), out);
      } else {
        append(n == 0 ? Double.NaN : round(xy - round(round(x * y) / n)) / n, out);
      }
    }
  }
}
