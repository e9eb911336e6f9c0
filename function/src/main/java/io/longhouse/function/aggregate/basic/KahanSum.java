package io.longhouse.function.aggregate.basic;

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

/** {@code sumKahan}: state = Float64 sum, Float64 compensation. */
@Register(
    kind = AggregateFactory.class,
    name = "sumKahan",
    category = "Aggregate",
    doc = "The sum of floats with compensation of rounding errors.")
final class KahanSum implements AggregateFactory {
  @Override
  public AggregateFunction resolve(List<Argument> parameters, List<DataType> arguments) {
    Arguments.noParameters("sumKahan", parameters);
    Arguments.count("sumKahan", arguments, 1);
    DataType type = arguments.get(0);
    NumberLayout layout = Arguments.number("sumKahan", type);
    if (type instanceof DecimalType) {
      return Sum.sum(layout, Sum.widened(type, layout));
    }
    return new Compensated(layout);
  }

  private static final class Compensated extends FixedAggregate {
    private static final int LANES = 4;
    private final NumberLayout layout;

    Compensated(NumberLayout layout) {
      super(FloatType.FLOAT64, 2);
      this.layout = layout;
    }

    private static void add(double[] s, int at, double v) {
      double compensated = v - s[at + 1];
      double sum = s[at] + compensated;
      s[at + 1] = (sum - s[at]) - compensated;
      s[at] = sum;
    }

    private static void merge(double[] s, int at, double sum, double compensation) {
      double raw = s[at] + sum;
      double rhs = raw - s[at];
      double both = ((sum - rhs) + (s[at] - (raw - rhs))) + s[at + 1] + compensation;
      s[at] = raw + both;
      s[at + 1] = both - (s[at] - raw);
    }

    private static double[] load(long[] words, int at) {
      return new double[] {
        Double.longBitsToDouble(words[at]), Double.longBitsToDouble(words[at + 1])
      };
    }

    private static void store(double[] s, long[] words, int at) {
      words[at] = Double.doubleToRawLongBits(s[0]);
      words[at + 1] = Double.doubleToRawLongBits(s[1]);
    }

    @Override
    public void add(
        GroupStates states, int word, int slot, int[] groups, Column[] arguments, int rows) {
      double[] v = Values.doubles(arguments[0], layout, rows);
      long[] words = states.words();
      int stride = states.stride();
      for (int r = 0; r < rows; r++) {
        int at = groups[r] * stride + word;
        double before = Double.longBitsToDouble(words[at]);
        double compensated = v[r] - Double.longBitsToDouble(words[at + 1]);
        double sum = before + compensated;
        words[at + 1] = Double.doubleToRawLongBits((sum - before) - compensated);
        words[at] = Double.doubleToRawLongBits(sum);
      }
    }

    @Override
    public void addToOne(
        GroupStates states, int word, int slot, int group, Column[] arguments, int rows) {
      double[] v = Values.doubles(arguments[0], layout, rows);
      int at = group * states.stride() + word;
      double[] total = load(states.words(), at);
      double[] lanes = new double[2 * LANES];
      int unrolled = rows - rows % LANES;
      for (int i = 0; i < unrolled; i += LANES) {
        for (int k = 0; k < LANES; k++) {
          add(lanes, 2 * k, v[i + k]);
        }
      }
      for (int k = 0; k < LANES; k++) {
        merge(total, 0, lanes[2 * k], lanes[2 * k + 1]);
      }
      for (int i = unrolled; i < rows; i++) {
        add(total, 0, v[i]);
      }
      store(total, states.words(), at);
    }

    @Override
    protected void merge(long[] words, int at, long[] from, int fromAt) {
      double[] s = load(words, at);
      merge(s, 0, Double.longBitsToDouble(from[fromAt]), Double.longBitsToDouble(from[fromAt + 1]));
      store(s, words, at);
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
      Values.append(words[at], out);
    }
  }
}
