package io.longhouse.function.aggregate.statistic;

import io.longhouse.column.ArrayColumn;
import io.longhouse.column.ByteReader;
import io.longhouse.column.ByteWriter;
import io.longhouse.column.Column;
import io.longhouse.column.ColumnBuilder;
import io.longhouse.column.type.ArrayType;
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
 * Covariances and correlations of all pairs of arguments: state = for each pair (i, j) with j up to
 * i, Float64 n, Σx, Σy, Σxy and for correlations Σx², Σy².
 */
@Register(
    kind = AggregateFactory.class,
    name = "covarPopMatrix",
    category = "Aggregate",
    doc = "The matrix of population covariances of the arguments.")
@Register(
    kind = AggregateFactory.class,
    name = "covarSampMatrix",
    category = "Aggregate",
    doc = "The matrix of sample covariances of the arguments.")
@Register(
    kind = AggregateFactory.class,
    name = "corrMatrix",
    category = "Aggregate",
    doc = "The matrix of correlations of the arguments.")
final class MomentMatrix implements AggregateFactory {
  private final String name;

  MomentMatrix(String name) {
    this.name = name;
  }

  @Override
  public AggregateFunction resolve(List<Argument> parameters, List<DataType> arguments) {
    Arguments.noParameters(name, parameters);
    Arguments.countAtLeast(name, arguments, 1);
    NumberLayout[] layouts = new NumberLayout[arguments.size()];
    for (int i = 0; i < layouts.length; i++) {
      layouts[i] = Arguments.number(name, arguments.get(i));
      if (arguments.get(i) instanceof DecimalType) {
        throw Arguments.illegal(name, arguments.get(i));
      }
    }
    return new Sums(name, layouts);
  }

  private static final class Sums extends FixedAggregate {
    private final NumberLayout[] layouts;
    private final String name;
    private final int width;

    Sums(String name, NumberLayout[] layouts) {
      super(
          new ArrayType(new ArrayType(FloatType.FLOAT64)),
          layouts.length * (layouts.length + 1) / 2 * (name.startsWith("corr") ? 6 : 4));
      this.name = name;
      this.layouts = layouts;
      this.width = name.startsWith("corr") ? 6 : 4;
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
      double[][] v = new double[layouts.length][];
      for (int i = 0; i < v.length; i++) {
        v[i] = Values.doubles(arguments[i], layouts[i], rows);
      }
      long[] words = states.words();
      int place = word;
      for (int i = 0; i < v.length; i++) {
        for (int j = 0; j <= i; j++) {
          double[] x = v[i];
          double[] y = v[j];
          for (int r = 0; r < rows; r++) {
            int at = groups[r] * states.stride() + place;
            plus(words, at, 1);
            plus(words, at + 1, x[r]);
            plus(words, at + 2, y[r]);
            plus(words, at + 3, x[r] * y[r]);
            if (width == 6) {
              plus(words, at + 4, x[r] * x[r]);
              plus(words, at + 5, y[r] * y[r]);
            }
          }
          place += width;
        }
      }
    }

    @Override
    protected void merge(long[] words, int at, long[] from, int fromAt) {
      for (int k = 0; k < stateWords(); k++) {
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
      var matrix = (ArrayColumn.Builder) out;
      var line = (ArrayColumn.Builder) matrix.elements();
      for (int i = 0; i < layouts.length; i++) {
        for (int j = 0; j < layouts.length; j++) {
          int high = Math.max(i, j);
          int pair = high * (high + 1) / 2 + Math.min(i, j);
          Values.append(value(words, at + pair * width), line.elements());
        }
        line.endRow();
      }
      matrix.endRow();
    }

    private double value(long[] words, int at) {
      double n = get(words, at);
      double x = get(words, at + 1);
      double y = get(words, at + 2);
      double xy = get(words, at + 3);
      return switch (name) {
        case "covarPopMatrix" -> n == 0 ? Double.NaN : (xy - x * y / n) / n;
        case "covarSampMatrix" -> n < 2 ? Double.NaN : (xy - x * y / n) / (n - 1);
        default ->
            n < 2
                ? Double.NaN
                : (n * xy - x * y)
                    / Math.sqrt(
                        (n * get(words, at + 4) - x * x) * (n * get(words, at + 5) - y * y));
      };
    }
  }
}
