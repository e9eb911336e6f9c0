package io.longhouse.function.aggregate.statistic;

import io.longhouse.column.ByteReader;
import io.longhouse.column.ByteWriter;
import io.longhouse.column.Column;
import io.longhouse.column.ColumnBuilder;
import io.longhouse.column.type.DataType;
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
 * {@code exponentialMovingAverage(half_decay)(value, time)}: state = Float64 sum of the values that
 * have lost half their weight with every half-decay passed, Float64 the latest time.
 */
@Register(
    kind = AggregateFactory.class,
    name = "exponentialMovingAverage",
    category = "Aggregate",
    doc = "The mean of values whose weights halve with each half-decay that passed since.")
final class MovingAverage implements AggregateFactory {
  @Override
  public AggregateFunction resolve(List<Argument> parameters, List<DataType> arguments) {
    String name = "exponentialMovingAverage";
    Arguments.parameters(name, parameters, 1, 1);
    Arguments.count(name, arguments, 2);
    double halfDecay = Arguments.real(name, parameters.get(0));
    NumberLayout value = Arguments.number(name, arguments.get(0));
    NumberLayout layout = Arguments.number(name, arguments.get(1));
    return new Smoothed(value, layout, halfDecay);
  }

  private static final class Smoothed extends FixedAggregate {
    private final NumberLayout value;
    private final NumberLayout time;
    private final double halfDecay;

    Smoothed(NumberLayout value, NumberLayout time, double halfDecay) {
      super(FloatType.FLOAT64, 2);
      this.value = value;
      this.time = time;
      this.halfDecay = halfDecay;
    }

    private double scale(double passed) {
      return Math.pow(2, -passed / halfDecay);
    }

    private void plus(long[] words, int at, double v, double t) {
      double sum = Double.longBitsToDouble(words[at]);
      double latest = Double.longBitsToDouble(words[at + 1]);
      if (t > latest) {
        sum = v + sum * scale(t - latest);
        latest = t;
      } else {
        sum += t < latest ? v * scale(latest - t) : v;
      }
      words[at] = Double.doubleToRawLongBits(sum);
      words[at + 1] = Double.doubleToRawLongBits(latest);
    }

    @Override
    public void add(
        GroupStates states, int word, int slot, int[] groups, Column[] arguments, int rows) {
      double[] v = Values.doubles(arguments[0], value, rows);
      double[] t = Values.doubles(arguments[1], time, rows);
      long[] words = states.words();
      for (int r = 0; r < rows; r++) {
        plus(words, groups[r] * states.stride() + word, v[r], t[r]);
      }
    }

    @Override
    protected void merge(long[] words, int at, long[] from, int fromAt) {
      plus(
          words,
          at,
          Double.longBitsToDouble(from[fromAt]),
          Double.longBitsToDouble(from[fromAt + 1]));
    }

    @Override
    protected void write(long[] words, int at, ByteWriter out) {
      out.writeLong(words[at]);
      out.writeLong(words[at + 1]);
    }

    @Override
    protected void read(long[] words, int at, ByteReader in) {
      words[at] = in.readLong();
      words[at + 1] = in.readLong();
    }

    @Override
    protected void result(long[] words, int at, ColumnBuilder out) {
      double weights = 1 / (1 - scale(1));
      Values.append(Double.longBitsToDouble(words[at]) / weights, out);
    }
  }
}
