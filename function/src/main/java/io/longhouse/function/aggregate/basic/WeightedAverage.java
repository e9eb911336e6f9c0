package io.longhouse.function.aggregate.basic;

import io.longhouse.column.ByteReader;
import io.longhouse.column.ByteWriter;
import io.longhouse.column.Column;
import io.longhouse.column.ColumnBuilder;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.FloatType;
import io.longhouse.column.type.IntegerType;
import io.longhouse.column.type.Numbers;
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
import java.util.List;

/**
 * {@code avgWeighted}: state = sum of products, sum of weights. Both are of the weights' kind:
 * Float64, Int64, or UInt64, of which the second is a VarUInt; values are converted to it.
 */
@Register(
    kind = AggregateFactory.class,
    name = "avgWeighted",
    category = "Aggregate",
    doc = "The mean of values, each with a weight.")
final class WeightedAverage implements AggregateFactory {
  @Override
  public AggregateFunction resolve(List<Argument> parameters, List<DataType> arguments) {
    Arguments.noParameters("avgWeighted", parameters);
    Arguments.count("avgWeighted", arguments, 2);
    for (DataType t : arguments) {
      if (!(t instanceof IntegerType || t instanceof FloatType)) {
        throw new LonghouseException(
            ErrorCode.ILLEGAL_TYPE_OF_ARGUMENT,
            "Types "
                + arguments.get(0).name()
                + " and "
                + arguments.get(1).name()
                + " are non-conforming as arguments for aggregate function avgWeighted");
      }
    }
    NumberLayout v = Arguments.number("avgWeighted", arguments.get(0));
    NumberLayout w = Arguments.number("avgWeighted", arguments.get(1));
    if (!v.fitsWord() || !w.fitsWord()) {
      throw new LonghouseException(
          ErrorCode.NOT_IMPLEMENTED, "avgWeighted is not implemented for integers over 64 bits");
    }
    return new Sums(v, w);
  }

  private static final class Sums extends FixedAggregate {
    private final NumberLayout value;
    private final NumberLayout weight;

    Sums(NumberLayout value, NumberLayout weight) {
      super(FloatType.FLOAT64, 2);
      this.value = value;
      this.weight = weight;
    }

    @Override
    public void add(
        GroupStates states, int word, int slot, int[] groups, Column[] arguments, int rows) {
      long[] words = states.words();
      int stride = states.stride();
      if (weight.floating()) {
        double[] v = Values.doubles(arguments[0], value, rows);
        double[] w = Values.doubles(arguments[1], weight, rows);
        for (int r = 0; r < rows; r++) {
          int at = groups[r] * stride + word;
          plus(words, at, v[r] * w[r]);
          plus(words, at + 1, w[r]);
        }
        return;
      }
      long[] v = integers(arguments[0], rows);
      long[] w = Values.longs(arguments[1], weight.signed(), rows);
      for (int r = 0; r < rows; r++) {
        int at = groups[r] * stride + word;
        words[at] += v[r] * w[r];
        words[at + 1] += w[r];
      }
    }

    private long[] integers(Column column, int rows) {
      if (!value.floating()) {
        return Values.longs(column, value.signed(), rows);
      }
      double[] v = Values.doubles(column, value, rows);
      long[] out = new long[rows];
      for (int r = 0; r < rows; r++) {
        out[r] = (long) v[r];
      }
      return out;
    }

    private static void plus(long[] words, int at, double v) {
      words[at] = Double.doubleToRawLongBits(Double.longBitsToDouble(words[at]) + v);
    }

    @Override
    protected void merge(long[] words, int at, long[] from, int fromAt) {
      for (int k = 0; k < 2; k++) {
        if (weight.floating()) {
          plus(words, at + k, Double.longBitsToDouble(from[fromAt + k]));
        } else {
          words[at + k] += from[fromAt + k];
        }
      }
    }

    @Override
    protected void write(long[] words, int at, ByteWriter out) {
      out.writeLong(words[at]);
      if (weight.signed()) {
        out.writeLong(words[at + 1]);
      } else {
        out.writeVarUInt(words[at + 1]);
      }
    }

    @Override
    protected void read(long[] words, int at, ByteReader in) {
      words[at] = in.readLong();
      words[at + 1] = weight.signed() ? in.readLong() : in.readVarUInt();
    }

    private double number(long word) {
      return weight.floating()
          ? Double.longBitsToDouble(word)
          : weight.signed() ? (double) word : Numbers.unsignedToDouble(word);
    }

    @Override
    protected void result(long[] words, int at, ColumnBuilder out) {
      Values.append(number(words[at]) / number(words[at + 1]), out);
    }
  }
}
