package io.longhouse.function.aggregate.statistic;

import io.longhouse.column.ByteReader;
import io.longhouse.column.ByteWriter;
import io.longhouse.column.Column;
import io.longhouse.column.ColumnBuilder;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.DateTimeType;
import io.longhouse.column.type.DateType;
import io.longhouse.column.type.FloatType;
import io.longhouse.column.type.IntegerType;
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

/**
 * {@code intervalLengthSum}: state = whether the intervals are sorted (1 byte), their number (8
 * bytes), begin and end of each.
 */
@Register(
    kind = AggregateFactory.class,
    name = "intervalLengthSum",
    category = "Aggregate",
    doc = "The length of the union of intervals given by begin and end.")
final class IntervalLengthSum implements AggregateFactory {
  private static final String NAME = "intervalLengthSum";

  @Override
  public AggregateFunction resolve(List<Argument> parameters, List<DataType> arguments) {
    Arguments.noParameters(NAME, parameters);
    Arguments.count(NAME, arguments, 2);
    DataType t = arguments.get(0);
    if (!t.equals(arguments.get(1))) {
      throw new LonghouseException(
          ErrorCode.ILLEGAL_TYPE_OF_ARGUMENT,
          "Illegal types "
              + t.name()
              + " and "
              + arguments.get(1).name()
              + " of arguments of aggregate function "
              + NAME
              + ", both arguments should have same data type");
    }
    boolean taken =
        t instanceof FloatType
            || t instanceof IntegerType n && n.bytes() <= 8
            || t instanceof DateType
            || t instanceof DateTimeType;
    NumberLayout layout = NumberLayout.of(t);
    if (!taken || layout == null) {
      throw Arguments.illegal(NAME, t);
    }
    return new Of(layout);
  }

  /** Intervals by the order longs of their ends. */
  private static final class Intervals {
    private long[] ends = new long[8];
    private int count;
    private boolean sorted;

    void add(long begin, long end) {
      if (sorted && count > 0) {
        sorted = ends[2 * count - 2] <= begin;
      }
      append(begin, end);
    }

    void append(long begin, long end) {
      if (2 * count == ends.length) {
        ends = Arrays.copyOf(ends, 4 * count);
      }
      ends[2 * count] = begin;
      ends[2 * count + 1] = end;
      count++;
    }

    void sort() {
      if (sorted) {
        return;
      }
      long[][] pairs = new long[count][];
      for (int i = 0; i < count; i++) {
        pairs[i] = new long[] {ends[2 * i], ends[2 * i + 1]};
      }
      Arrays.sort(
          pairs, (a, b) -> a[0] != b[0] ? Long.compare(a[0], b[0]) : Long.compare(a[1], b[1]));
      for (int i = 0; i < count; i++) {
        ends[2 * i] = pairs[i][0];
        ends[2 * i + 1] = pairs[i][1];
      }
      sorted = true;
    }
  }

  private static final class Of extends ObjectAggregate<Intervals, long[][]> {
    private final NumberLayout layout;

    Of(NumberLayout layout) {
      super(layout.floating() ? FloatType.FLOAT64 : IntegerType.UINT64);
      this.layout = layout;
    }

    @Override
    protected Intervals newState() {
      return new Intervals();
    }

    @Override
    protected long[][] input(Column[] arguments, int rows) {
      return new long[][] {
        Values.orders(arguments[0], layout, rows), Values.orders(arguments[1], layout, rows)
      };
    }

    @Override
    protected void addRun(Intervals state, long[][] in, int from, int to) {
      long[] begin = in[0];
      long[] end = in[1];
      for (int r = from; r < to; r++) {
        if (begin[r] != end[r]) {
          state.add(Math.min(begin[r], end[r]), Math.max(begin[r], end[r]));
        }
      }
    }

    @Override
    protected void merge(Intervals into, Intervals from) {
      if (from.count == 0) {
        return;
      }
      for (int i = 0; i < from.count; i++) {
        into.append(from.ends[2 * i], from.ends[2 * i + 1]);
      }
      into.sorted = false;
      into.sort();
    }

    @Override
    protected void write(Intervals state, ByteWriter out) {
      out.writeByte(state.sorted ? 1 : 0);
      out.writeLong(state.count);
      for (int i = 0; i < 2 * state.count; i++) {
        Values.write(layout.unorder(state.ends[i]), layout.bytes(), out);
      }
    }

    @Override
    protected Intervals read(ByteReader in) {
      var state = new Intervals();
      boolean sorted = in.readByte() != 0;
      long count = in.readLong();
      if (count < 0 || count > 1 << 24) {
        throw new LonghouseException(ErrorCode.TOO_LARGE_ARRAY_SIZE, "Too large array size");
      }
      for (int i = 0; i < count; i++) {
        long begin = layout.order(Values.read(layout.bytes(), in));
        state.append(begin, layout.order(Values.read(layout.bytes(), in)));
      }
      state.sorted = sorted;
      return state;
    }

    @Override
    protected void result(Intervals state, ColumnBuilder out) {
      if (state.count == 0) {
        if (layout.floating()) {
          Values.append(0.0, out);
        } else {
          Values.append(0L, out);
        }
        return;
      }
      state.sort();
      long begin = state.ends[0];
      long end = state.ends[1];
      long whole = 0;
      double real = 0;
      for (int i = 1; i <= state.count; i++) {
        boolean last = i == state.count;
        if (!last && end >= state.ends[2 * i]) {
          end = Math.max(end, state.ends[2 * i + 1]);
          continue;
        }
        if (layout.floating()) {
          real += value(end) - value(begin);
        } else {
          whole += end - begin;
        }
        if (!last) {
          begin = state.ends[2 * i];
          end = state.ends[2 * i + 1];
        }
      }
      if (layout.floating()) {
        Values.append(real, out);
      } else {
        Values.append(whole, out);
      }
    }

    private double value(long order) {
      return layout.toDouble(layout.unorder(order));
    }

    @Override
    protected long bytes(Intervals state) {
      return 8L * state.ends.length + 32;
    }
  }
}
