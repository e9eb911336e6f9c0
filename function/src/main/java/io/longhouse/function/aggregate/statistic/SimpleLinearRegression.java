package io.longhouse.function.aggregate.statistic;

import io.longhouse.column.ByteReader;
import io.longhouse.column.ByteWriter;
import io.longhouse.column.Column;
import io.longhouse.column.ColumnBuilder;
import io.longhouse.column.TupleColumn;
import io.longhouse.column.type.DataType;
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
import java.util.List;

/** {@code simpleLinearRegression}: state = UInt64 n, Float64 Σx, Σy, Σx², Σxy. */
@Register(
    kind = AggregateFactory.class,
    name = "simpleLinearRegression",
    category = "Aggregate",
    doc = "Slope and intercept of the line with the least squares.")
final class SimpleLinearRegression implements AggregateFactory {
  @Override
  public AggregateFunction resolve(List<Argument> parameters, List<DataType> arguments) {
    Arguments.noParameters("simpleLinearRegression", parameters);
    Arguments.count("simpleLinearRegression", arguments, 2);
    return new Line(
        Arguments.number("simpleLinearRegression", arguments.get(0)),
        Arguments.number("simpleLinearRegression", arguments.get(1)));
  }

  private static final class Line extends FixedAggregate {
    private final NumberLayout x;
    private final NumberLayout y;

    Line(NumberLayout x, NumberLayout y) {
      super(new TupleType(List.of(FloatType.FLOAT64, FloatType.FLOAT64), List.of("k", "b")), 5);
      this.x = x;
      this.y = y;
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
      double[] xs = Values.doubles(arguments[0], x, rows);
      double[] ys = Values.doubles(arguments[1], y, rows);
      long[] words = states.words();
      for (int r = 0; r < rows; r++) {
        int at = groups[r] * states.stride() + word;
        words[at]++;
        plus(words, at + 1, xs[r]);
        plus(words, at + 2, ys[r]);
        plus(words, at + 3, xs[r] * xs[r]);
        plus(words, at + 4, xs[r] * ys[r]);
      }
    }

    @Override
    protected void merge(long[] words, int at, long[] from, int fromAt) {
      words[at] += from[fromAt];
      for (int k = 1; k < 5; k++) {
        plus(words, at + k, get(from, fromAt + k));
      }
    }

    @Override
    protected void write(long[] words, int at, ByteWriter out) {
      for (int k = 0; k < 5; k++) {
        out.writeLong(words[at + k]);
      }
    }

    @Override
    protected void read(long[] words, int at, ByteReader in) {
      for (int k = 0; k < 5; k++) {
        words[at + k] = in.readLong();
      }
    }

    @Override
    protected void result(long[] words, int at, ColumnBuilder out) {
      double n = words[at];
      double sx = get(words, at + 1);
      double sy = get(words, at + 2);
      double divisor = get(words, at + 3) * n - sx * sx;
      double k = divisor == 0 ? Double.NaN : (get(words, at + 4) * n - sx * sy) / divisor;
      double b = n == 0 ? Double.NaN : (sy - k * sx) / n;
      var tuple = (TupleColumn.Builder) out;
      Values.append(k, tuple.elements().get(0));
      Values.append(b, tuple.elements().get(1));
      tuple.addedRow();
    }
  }
}
