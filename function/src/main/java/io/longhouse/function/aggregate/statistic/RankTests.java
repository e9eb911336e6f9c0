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
import io.longhouse.function.aggregate.state.Arguments;
import io.longhouse.function.aggregate.state.NumberLayout;
import io.longhouse.function.aggregate.state.ObjectAggregate;
import io.longhouse.function.aggregate.state.Values;
import io.longhouse.registry.Register;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import java.util.Arrays;
import java.util.List;

/** Statistics of ranks: state = {@link Samples}. */
@Register(
    kind = AggregateFactory.class,
    name = "rankCorr",
    category = "Aggregate",
    doc = "Spearman's rank correlation coefficient.")
@Register(
    kind = AggregateFactory.class,
    name = "mannWhitneyUTest",
    category = "Aggregate",
    doc = "The Mann-Whitney rank test of two samples.")
final class RankTests implements AggregateFactory {
  private final String name;

  RankTests(String name) {
    this.name = name;
  }

  @Override
  public AggregateFunction resolve(List<Argument> parameters, List<DataType> arguments) {
    boolean test = name.equals("mannWhitneyUTest");
    Arguments.parameters(name, parameters, 0, test ? 2 : 0);
    Arguments.count(name, arguments, 2);
    NumberLayout[] layouts = new NumberLayout[2];
    for (int i = 0; i < 2; i++) {
      layouts[i] = Arguments.number(name, arguments.get(i));
      if (arguments.get(i) instanceof DecimalType) {
        throw Arguments.illegal(name, arguments.get(i));
      }
    }
    if (!test) {
      return new Ranked(FloatType.FLOAT64, layouts, false, "", false);
    }
    String alternative =
        parameters.isEmpty() ? "two-sided" : Arguments.text(name, parameters.get(0));
    if (!List.of("two-sided", "less", "greater").contains(alternative)) {
      throw new LonghouseException(
          ErrorCode.BAD_ARGUMENTS,
          "Unknown alternative in aggregate function "
              + name
              + ". It must be one of: 'two-sided', 'less', 'greater'");
    }
    boolean continuity = parameters.size() < 2 || Arguments.integer(name, parameters.get(1)) != 0;
    var type =
        new TupleType(
            List.of(FloatType.FLOAT64, FloatType.FLOAT64), List.of("u_statistic", "p_value"));
    return new Ranked(type, layouts, true, alternative, continuity);
  }

  private record Input(double[] values, double[] second) {}

  private static final class Ranked extends ObjectAggregate<Samples, Input> {
    private final NumberLayout[] layouts;
    private final boolean test;
    private final String alternative;
    private final boolean continuity;

    Ranked(
        DataType type,
        NumberLayout[] layouts,
        boolean test,
        String alternative,
        boolean continuity) {
      super(type);
      this.layouts = layouts;
      this.test = test;
      this.alternative = alternative;
      this.continuity = continuity;
    }

    @Override
    protected Samples newState() {
      return new Samples();
    }

    @Override
    protected Input input(Column[] arguments, int rows) {
      return new Input(
          Values.doubles(arguments[0], layouts[0], rows),
          Values.doubles(arguments[1], layouts[1], rows));
    }

    @Override
    protected void addRun(Samples state, Input in, int from, int to) {
      for (int r = from; r < to; r++) {
        double v = in.values[r];
        double w = in.second[r];
        if (test) {
          if (!Double.isNaN(v)) {
            (w != 0 ? state.y() : state.x()).add(v);
          }
          continue;
        }
        if (!Double.isNaN(v)) {
          state.x().add(v);
        }
        if (!Double.isNaN(w)) {
          state.y().add(w);
        }
      }
    }

    @Override
    protected void merge(Samples into, Samples from) {
      into.merge(from);
    }

    @Override
    protected void write(Samples state, ByteWriter out) {
      state.write(out);
    }

    @Override
    protected Samples read(ByteReader in) {
      return Samples.read(in);
    }

    @Override
    protected long bytes(Samples state) {
      return state.bytes();
    }

    @Override
    protected void result(Samples state, ColumnBuilder out) {
      if (!test) {
        Values.append(correlation(state), out);
        return;
      }
      double[] v = mannWhitney(state);
      var tuple = (TupleColumn.Builder) out;
      Values.append(v[0], tuple.elements().get(0));
      Values.append(v[1], tuple.elements().get(1));
      tuple.addedRow();
    }

    private static double[] values(io.longhouse.function.aggregate.state.DoubleList list) {
      return Arrays.copyOf(list.values(), list.size());
    }

    private static double correlation(Samples s) {
      double[] x = Samples.ranks(values(s.x()));
      double[] y = Samples.ranks(values(s.y()));
      double sum = 0;
      for (int i = 0; i < x.length; i++) {
        double d = x[i] - y[i];
        sum += d * d;
      }
      double n = x.length;
      return 1 - 6 * sum / (n * (n * n - 1));
    }

    private double[] mannWhitney(Samples s) {
      int nx = s.x().size();
      int ny = s.y().size();
      if (nx == 0 || ny == 0) {
        throw new LonghouseException(
            ErrorCode.BAD_ARGUMENTS,
            "Aggregate function mannWhitneyUTest require both samples to be non empty");
      }
      double[] both = Arrays.copyOf(s.x().values(), nx + ny);
      System.arraycopy(s.y().values(), 0, both, nx, ny);
      double[] ranks = Samples.ranks(both);
      double r1 = 0;
      for (int i = 0; i < nx; i++) {
        r1 += ranks[i];
      }
      double n1 = nx;
      double n2 = ny;
      double u1 = n1 * n2 + n1 * (n1 + 1) / 2 - r1;
      double u2 = n1 * n2 - u1;
      double mean = n1 * n2 / 2 + (continuity ? 0.5 : 0);
      double u =
          switch (alternative) {
            case "greater" -> u1;
            case "less" -> u2;
            default -> Math.max(u1, u2);
          };
      double n = n1 + n2;
      double deviation = Math.sqrt(tieCorrection(both) * n1 * n2 * (n + 1) / 12);
      double z = (u - mean) / deviation;
      if (alternative.equals("two-sided")) {
        z = Math.abs(z);
      }
      double p = Distributions.normalAbove(z);
      return new double[] {u2, alternative.equals("two-sided") ? 2 * p : p};
    }

    private static double tieCorrection(double[] values) {
      double[] v = values.clone();
      Arrays.sort(v);
      double ties = 0;
      for (int i = 0; i < v.length; ) {
        int end = i;
        while (end < v.length && v[end] == v[i]) {
          end++;
        }
        double t = end - i;
        ties += t * t * t - t;
        i = end;
      }
      double n = v.length;
      return 1 - ties / (n * n * n - n);
    }
  }
}
