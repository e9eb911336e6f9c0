package io.longhouse.function.aggregate.collect;

import io.longhouse.column.ArrayColumn;
import io.longhouse.column.ByteReader;
import io.longhouse.column.ByteWriter;
import io.longhouse.column.Column;
import io.longhouse.column.ColumnBuilder;
import io.longhouse.column.type.ArrayType;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.DecimalType;
import io.longhouse.column.type.FloatType;
import io.longhouse.column.type.IntegerType;
import io.longhouse.function.Argument;
import io.longhouse.function.aggregate.AggregateFactory;
import io.longhouse.function.aggregate.AggregateFunction;
import io.longhouse.function.aggregate.state.Arguments;
import io.longhouse.function.aggregate.state.LongList;
import io.longhouse.function.aggregate.state.NumberLayout;
import io.longhouse.function.aggregate.state.ObjectAggregate;
import io.longhouse.function.aggregate.state.Values;
import io.longhouse.registry.Register;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import java.util.List;

/**
 * {@code groupArrayMovingSum} and {@code groupArrayMovingAvg}: state = VarUInt n, n * running
 * total.
 */
@Register(
    kind = AggregateFactory.class,
    name = "groupArrayMovingSum",
    category = "Aggregate",
    doc = "The sum of each value and those before it, as many as the parameter says.")
@Register(
    kind = AggregateFactory.class,
    name = "groupArrayMovingAvg",
    category = "Aggregate",
    doc = "The mean of each value and those before it, as many as the parameter says.")
final class MovingWindow implements AggregateFactory {
  private final String name;

  MovingWindow(String name) {
    this.name = name;
  }

  @Override
  public AggregateFunction resolve(List<Argument> parameters, List<DataType> arguments) {
    Arguments.parameters(name, parameters, 0, 1);
    Arguments.count(name, arguments, 1);
    long window = parameters.isEmpty() ? 0 : Arguments.positive(name, parameters.get(0));
    DataType type = arguments.get(0);
    NumberLayout layout = Arguments.number(name, type);
    if (!layout.fitsWord() || type instanceof DecimalType) {
      throw new LonghouseException(
          ErrorCode.NOT_IMPLEMENTED,
          "Aggregate function " + name + " is not implemented for " + type.name());
    }
    boolean mean = name.endsWith("Avg");
    boolean real = mean || layout.floating();
    DataType element =
        real ? FloatType.FLOAT64 : layout.signed() ? IntegerType.INT64 : IntegerType.UINT64;
    return new Totals(element, layout, real, mean, window);
  }

  private static final class Totals extends ObjectAggregate<LongList, Column> {
    private final NumberLayout layout;
    private final boolean real;
    private final boolean mean;
    private final long window;

    Totals(DataType element, NumberLayout layout, boolean real, boolean mean, long window) {
      super(new ArrayType(element));
      this.layout = layout;
      this.real = real;
      this.mean = mean;
      this.window = window;
    }

    @Override
    protected LongList newState() {
      return new LongList();
    }

    @Override
    protected Column input(Column[] arguments, int rows) {
      return arguments[0].full();
    }

    private long plus(long total, long v) {
      return real
          ? Double.doubleToRawLongBits(Double.longBitsToDouble(total) + Double.longBitsToDouble(v))
          : total + v;
    }

    @Override
    protected void addRun(LongList state, Column c, int from, int to) {
      long total = state.size() == 0 ? 0 : state.values()[state.size() - 1];
      if (real) {
        double[] v = Values.doubles(c, layout, to);
        for (int r = from; r < to; r++) {
          total = plus(total, Double.doubleToRawLongBits(v[r]));
          state.add(total);
        }
      } else {
        long[] v = Values.longs(c, layout.signed(), to);
        for (int r = from; r < to; r++) {
          total += v[r];
          state.add(total);
        }
      }
    }

    @Override
    protected void merge(LongList into, LongList from) {
      long base = into.size() == 0 ? 0 : into.values()[into.size() - 1];
      for (int i = 0; i < from.size(); i++) {
        into.add(plus(base, from.values()[i]));
      }
    }

    @Override
    protected void write(LongList state, ByteWriter out) {
      out.writeVarUInt(state.size());
      for (int i = 0; i < state.size(); i++) {
        out.writeLong(state.values()[i]);
      }
    }

    @Override
    protected LongList read(ByteReader in) {
      LongList state = newState();
      int n = in.readLength(1 << 27, "array");
      for (int i = 0; i < n; i++) {
        state.add(in.readLong());
      }
      return state;
    }

    @Override
    protected void result(LongList state, ColumnBuilder out) {
      var array = (ArrayColumn.Builder) out;
      int n = state.size();
      long w = window == 0 ? n : window;
      for (int i = 0; i < n; i++) {
        long total = state.values()[i];
        long before = i >= w ? state.values()[(int) (i - w)] : 0;
        if (real) {
          double v = Double.longBitsToDouble(total) - Double.longBitsToDouble(before);
          Values.append(mean ? v / w : v, array.elements());
        } else {
          Values.append(total - before, array.elements());
        }
      }
      array.endRow();
    }

    @Override
    protected long bytes(LongList state) {
      return state.bytes();
    }
  }
}
