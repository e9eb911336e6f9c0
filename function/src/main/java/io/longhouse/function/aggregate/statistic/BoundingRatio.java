package io.longhouse.function.aggregate.statistic;

import io.longhouse.column.ByteReader;
import io.longhouse.column.ByteWriter;
import io.longhouse.column.Column;
import io.longhouse.column.ColumnBuilder;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.Date32Type;
import io.longhouse.column.type.DateTime64Type;
import io.longhouse.column.type.DateTimeType;
import io.longhouse.column.type.DateType;
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
 * {@code boundingRatio}: state = UInt8 whether empty, [Float64 x and y of the leftmost point, of
 * the rightmost one]. Words: whether there is a point, then the four numbers.
 */
@Register(
    kind = AggregateFactory.class,
    name = "boundingRatio",
    category = "Aggregate",
    doc = "The slope between the leftmost and the rightmost point.")
final class BoundingRatio implements AggregateFactory {
  @Override
  public AggregateFunction resolve(List<Argument> parameters, List<DataType> arguments) {
    Arguments.noParameters("boundingRatio", parameters);
    Arguments.count("boundingRatio", arguments, 2);
    return new Bounds(coordinate(arguments.get(0)), coordinate(arguments.get(1)));
  }

  /** Numbers, and dates and times as the numbers they are stored as. */
  private static NumberLayout coordinate(DataType type) {
    boolean moment =
        type instanceof DateType
            || type instanceof Date32Type
            || type instanceof DateTimeType
            || type instanceof DateTime64Type;
    return moment
        ? java.util.Objects.requireNonNull(NumberLayout.of(type))
        : Arguments.number("boundingRatio", type);
  }

  private static final class Bounds extends FixedAggregate {
    private final NumberLayout x;
    private final NumberLayout y;

    Bounds(NumberLayout x, NumberLayout y) {
      super(FloatType.FLOAT64, 5);
      this.x = x;
      this.y = y;
    }

    private static double get(long[] words, int at) {
      return Double.longBitsToDouble(words[at]);
    }

    private static void set(long[] words, int at, double px, double py) {
      words[at] = Double.doubleToRawLongBits(px);
      words[at + 1] = Double.doubleToRawLongBits(py);
    }

    private static void point(long[] words, int at, double px, double py) {
      if (words[at] == 0) {
        words[at] = 1;
        set(words, at + 1, px, py);
        set(words, at + 3, px, py);
      } else if (px < get(words, at + 1)) {
        set(words, at + 1, px, py);
      } else if (px > get(words, at + 3)) {
        set(words, at + 3, px, py);
      }
    }

    @Override
    public void add(
        GroupStates states, int word, int slot, int[] groups, Column[] arguments, int rows) {
      double[] xs = Values.doubles(arguments[0], x, rows);
      double[] ys = Values.doubles(arguments[1], y, rows);
      long[] words = states.words();
      for (int r = 0; r < rows; r++) {
        point(words, groups[r] * states.stride() + word, xs[r], ys[r]);
      }
    }

    @Override
    protected void merge(long[] words, int at, long[] from, int fromAt) {
      if (from[fromAt] != 0) {
        point(words, at, get(from, fromAt + 1), get(from, fromAt + 2));
        point(words, at, get(from, fromAt + 3), get(from, fromAt + 4));
      }
    }

    @Override
    protected void write(long[] words, int at, ByteWriter out) {
      out.writeByte(words[at] == 0 ? 1 : 0);
      for (int k = 1; k < 5 && words[at] != 0; k++) {
        out.writeLong(words[at + k]);
      }
    }

    @Override
    protected void read(long[] words, int at, ByteReader in) {
      if (in.readByte() == 0) {
        words[at] = 1;
        for (int k = 1; k < 5; k++) {
          words[at + k] = in.readLong();
        }
      }
    }

    @Override
    protected void result(long[] words, int at, ColumnBuilder out) {
      Values.append(
          words[at] == 0
              ? Double.NaN
              : (get(words, at + 4) - get(words, at + 2))
                  / (get(words, at + 3) - get(words, at + 1)),
          out);
    }
  }
}
