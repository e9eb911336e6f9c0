package io.longhouse.function.aggregate.statistic;

import io.longhouse.column.ByteReader;
import io.longhouse.column.ByteWriter;
import io.longhouse.column.Column;
import io.longhouse.column.ColumnBuilder;
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
 * Variances, covariances and correlation that lose no digits to cancellation.
 *
 * <pre>
 * var   = VarUInt n, mean, sum of squared deviations
 * covar = VarUInt n, mean of x, mean of y, sum of products of deviations
 * corr  = covar, sum of squared deviations of x, of y
 * </pre>
 */
@Register(
    kind = AggregateFactory.class,
    name = "varPopStable",
    category = "Aggregate",
    doc = "The population variance, numerically stable.")
@Register(
    kind = AggregateFactory.class,
    name = "varSampStable",
    category = "Aggregate",
    doc = "The sample variance, numerically stable.")
@Register(
    kind = AggregateFactory.class,
    name = "stddevPopStable",
    category = "Aggregate",
    doc = "The population standard deviation, numerically stable.")
@Register(
    kind = AggregateFactory.class,
    name = "stddevSampStable",
    category = "Aggregate",
    doc = "The sample standard deviation, numerically stable.")
@Register(
    kind = AggregateFactory.class,
    name = "covarPopStable",
    category = "Aggregate",
    doc = "The population covariance, numerically stable.")
@Register(
    kind = AggregateFactory.class,
    name = "covarSampStable",
    category = "Aggregate",
    doc = "The sample covariance, numerically stable.")
@Register(
    kind = AggregateFactory.class,
    name = "corrStable",
    category = "Aggregate",
    doc = "Pearson's correlation coefficient, numerically stable.")
final class StableMoments implements AggregateFactory {
  private final String name;

  StableMoments(String name) {
    this.name = name;
  }

  @Override
  public AggregateFunction resolve(List<Argument> parameters, List<DataType> arguments) {
    Arguments.noParameters(name, parameters);
    boolean two = name.startsWith("co");
    Arguments.count(name, arguments, two ? 2 : 1);
    NumberLayout[] layouts = new NumberLayout[arguments.size()];
    for (int i = 0; i < layouts.length; i++) {
      layouts[i] = Arguments.number(name, arguments.get(i));
      if (arguments.get(i) instanceof DecimalType) {
        throw Arguments.illegal(name, arguments.get(i));
      }
    }
    return new Deviations(name, layouts);
  }

  /** Words: n, then the numbers of the state as the class says. */
  private static final class Deviations extends FixedAggregate {
    private final NumberLayout[] layouts;
    private final int n;
    private final boolean sample;
    private final boolean root;

    Deviations(String name, NumberLayout[] layouts) {
      super(FloatType.FLOAT64, name.startsWith("corr") ? 6 : layouts.length == 2 ? 4 : 3);
      this.layouts = layouts;
      this.n = stateWords();
      this.sample = name.contains("Samp");
      this.root = name.startsWith("stddev");
    }

    private static double get(long[] words, int at) {
      return Double.longBitsToDouble(words[at]);
    }

    private static void set(long[] words, int at, double v) {
      words[at] = Double.doubleToRawLongBits(v);
    }

    @Override
    public void add(
        GroupStates states, int word, int slot, int[] groups, Column[] arguments, int rows) {
      double[] xs = Values.doubles(arguments[0], layouts[0], rows);
      long[] words = states.words();
      int stride = states.stride();
      if (n == 3) {
        for (int r = 0; r < rows; r++) {
          int at = groups[r] * stride + word;
          double mean = get(words, at + 1);
          double delta = xs[r] - mean;
          mean += delta / ++words[at];
          set(words, at + 1, mean);
          set(words, at + 2, get(words, at + 2) + delta * (xs[r] - mean));
        }
        return;
      }
      double[] ys = Values.doubles(arguments[1], layouts[1], rows);
      for (int r = 0; r < rows; r++) {
        addPair(words, groups[r] * stride + word, xs[r], ys[r]);
      }
    }

    private void addPair(long[] words, int at, double x, double y) {
      double xMean = get(words, at + 1);
      double yMean = get(words, at + 2);
      double dx = x - xMean;
      double dy = y - yMean;
      long count = ++words[at];
      xMean += dx / count;
      yMean += dy / count;
      set(words, at + 1, xMean);
      set(words, at + 2, yMean);
      set(words, at + 3, get(words, at + 3) + (x - xMean) * dy);
      if (n == 6) {
        set(words, at + 4, get(words, at + 4) + dx * (x - xMean));
        set(words, at + 5, get(words, at + 5) + dy * (y - yMean));
      }
    }

    @Override
    protected void merge(long[] words, int at, long[] from, int fromAt) {
      long a = words[at];
      long b = from[fromAt];
      long total = a + b;
      if (total == 0) {
        return;
      }
      double factor = (double) (a * b) / total;
      double dx = get(words, at + 1) - get(from, fromAt + 1);
      if (n == 3) {
        set(words, at + 2, get(words, at + 2) + (get(from, fromAt + 2) + dx * dx * factor));
        mergeMean(words, at + 1, a, get(from, fromAt + 1), b);
      } else {
        double dy = get(words, at + 2) - get(from, fromAt + 2);
        mergeMean(words, at + 1, a, get(from, fromAt + 1), b);
        mergeMean(words, at + 2, a, get(from, fromAt + 2), b);
        set(words, at + 3, get(words, at + 3) + (get(from, fromAt + 3) + dx * dy * factor));
        if (n == 6) {
          set(words, at + 4, get(words, at + 4) + get(from, fromAt + 4) + dx * dx * factor);
          set(words, at + 5, get(words, at + 5) + get(from, fromAt + 5) + dy * dy * factor);
        }
      }
      words[at] = total;
    }

    private static void mergeMean(long[] words, int at, long count, double other, long otherCount) {
      double mean = get(words, at);
      double total = count + otherCount;
      set(
          words,
          at,
          comparable(count, otherCount)
              ? (otherCount * other + count * mean) / total
              : other + (mean - other) * (count / total));
    }

    private static boolean comparable(long a, long b) {
      long less = Math.min(a, b);
      long more = Math.max(a, b);
      return less > 10000 && 1 - (double) less / more < 0.001;
    }

    @Override
    protected void write(long[] words, int at, ByteWriter out) {
      out.writeVarUInt(words[at]);
      for (int k = 1; k < n; k++) {
        out.writeLong(words[at + k]);
      }
    }

    @Override
    protected void read(long[] words, int at, ByteReader in) {
      words[at] = in.readVarUInt();
      for (int k = 1; k < n; k++) {
        words[at + k] = in.readLong();
      }
    }

    @Override
    protected void result(long[] words, int at, ColumnBuilder out) {
      long count = words[at];
      double v;
      if (n == 6) {
        v =
            count < 2
                ? Double.POSITIVE_INFINITY
                : get(words, at + 3) / Math.sqrt(get(words, at + 4) * get(words, at + 5));
      } else {
        double sum = get(words, at + n - 1);
        v =
            count < (sample ? 2 : 1)
                ? Double.POSITIVE_INFINITY
                : sum / (sample ? count - 1 : count);
      }
      Values.append(root ? Math.sqrt(v) : v, out);
    }
  }
}
