package io.longhouse.function.aggregate.quantile;

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
import io.longhouse.function.aggregate.state.Arguments;
import io.longhouse.function.aggregate.state.LongList;
import io.longhouse.function.aggregate.state.NumberLayout;
import io.longhouse.function.aggregate.state.Values;
import io.longhouse.registry.Register;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import java.util.List;

/**
 * Exact quantiles: state = VarUInt size, values. Which value is taken differs by name: the one at
 * the rounded-down position, the lower or higher middle, or one interpolated.
 */
@Register(
    kind = AggregateFactory.class,
    name = "quantileExact",
    aliases = {"medianExact"},
    category = "Aggregate",
    doc = "The exact quantile.")
@Register(
    kind = AggregateFactory.class,
    name = "quantilesExact",
    category = "Aggregate",
    doc = "Several of: the exact quantile.")
@Register(
    kind = AggregateFactory.class,
    name = "quantileExactLow",
    aliases = {"medianExactLow"},
    category = "Aggregate",
    doc = "The exact quantile, the lower of two middle values.")
@Register(
    kind = AggregateFactory.class,
    name = "quantilesExactLow",
    category = "Aggregate",
    doc = "Several of: the exact quantile, the lower of two middle values.")
@Register(
    kind = AggregateFactory.class,
    name = "quantileExactHigh",
    aliases = {"medianExactHigh"},
    category = "Aggregate",
    doc = "The exact quantile, the higher of two middle values.")
@Register(
    kind = AggregateFactory.class,
    name = "quantilesExactHigh",
    category = "Aggregate",
    doc = "Several of: the exact quantile, the higher of two middle values.")
@Register(
    kind = AggregateFactory.class,
    name = "quantileExactExclusive",
    category = "Aggregate",
    doc = "The exact quantile, interpolated as PERCENTILE.EXC does.")
@Register(
    kind = AggregateFactory.class,
    name = "quantilesExactExclusive",
    category = "Aggregate",
    doc = "Several of: the exact quantile, interpolated as PERCENTILE.EXC does.")
@Register(
    kind = AggregateFactory.class,
    name = "quantileExactInclusive",
    category = "Aggregate",
    doc = "The exact quantile, interpolated as PERCENTILE.INC does.")
@Register(
    kind = AggregateFactory.class,
    name = "quantilesExactInclusive",
    category = "Aggregate",
    doc = "Several of: the exact quantile, interpolated as PERCENTILE.INC does.")
final class QuantileExact implements AggregateFactory {
  private final String name;

  QuantileExact(String name) {
    this.name = name;
  }

  @Override
  public boolean zeroWithoutRows() {
    return name.startsWith("quantiles");
  }

  @Override
  public AggregateFunction resolve(List<Argument> parameters, List<DataType> arguments) {
    Arguments.count(name, arguments, 1);
    DataType type = arguments.get(0);
    Levels levels = Levels.of(name, parameters);
    boolean interpolated = name.endsWith("clusive");
    if (interpolated && type instanceof DecimalType) {
      throw Arguments.illegal(name, type);
    }
    NumberLayout layout = Levels.layout(name, type);
    if (name.endsWith("Exclusive")) {
      for (double level : levels.levels()) {
        if (level == 0 || level == 1) {
          throw new LonghouseException(
              ErrorCode.BAD_ARGUMENTS,
              "QuantileExactExclusive cannot interpolate for the percentiles 1 and 0");
        }
      }
    }
    return new Exact(levels, interpolated ? FloatType.FLOAT64 : type, layout, name);
  }

  private static final class Exact extends QuantileAggregate<LongList, long[]> {
    private final NumberLayout layout;
    private final String kind;

    Exact(Levels levels, DataType one, NumberLayout layout, String name) {
      super(levels, one);
      this.layout = layout;
      this.kind = name.substring(name.indexOf("Exact"));
    }

    @Override
    protected LongList newState() {
      return new LongList();
    }

    @Override
    protected long[] input(Column[] arguments, int rows) {
      return Values.bits(arguments[0], rows);
    }

    @Override
    protected void addRun(LongList state, long[] v, int from, int to) {
      if (!layout.floating()) {
        state.addAll(v, from, to);
        return;
      }
      for (int r = from; r < to; r++) {
        if (!Double.isNaN(layout.toDouble(v[r]))) {
          state.add(v[r]);
        }
      }
    }

    @Override
    protected void merge(LongList into, LongList from) {
      into.addAll(from.values(), 0, from.size());
    }

    @Override
    protected void write(LongList state, ByteWriter out) {
      out.writeVarUInt(state.size());
      for (int i = 0; i < state.size(); i++) {
        Values.write(state.values()[i], layout.bytes(), out);
      }
    }

    @Override
    protected LongList read(ByteReader in) {
      LongList state = new LongList();
      int size = in.readLength(1 << 28, "values");
      for (int i = 0; i < size; i++) {
        state.add(Values.read(layout.bytes(), in));
      }
      return state;
    }

    @Override
    protected void quantile(LongList state, double level, ColumnBuilder out) {
      int n = state.size();
      boolean interpolated = kind.endsWith("clusive");
      if (n == 0) {
        if (interpolated) {
          Values.append(Double.NaN, out);
        } else {
          Values.append(
              layout.floating() && !many() ? Values.bitsOfFloat(Double.NaN, layout.bytes()) : 0,
              out);
        }
        return;
      }
      long[] sorted = state.sorted(layout);
      if (interpolated) {
        Values.append(interpolate(sorted, n, level), out);
      } else {
        Values.append(layout.unorder(sorted[place(n, level)]), out);
      }
    }

    private int place(int n, double level) {
      if (kind.equals("Exact")) {
        return level < 1 ? (int) (level * n) : n - 1;
      }
      if (level == 0.5) {
        boolean high = kind.equals("ExactHigh");
        return n % 2 == 1 || high ? n / 2 : n / 2 - 1;
      }
      return level < 1 ? (int) (level * n) : n - 1;
    }

    private double interpolate(long[] sorted, int n, double level) {
      boolean exclusive = kind.equals("ExactExclusive");
      double h = exclusive ? level * (n + 1) : level * (n - 1) + 1;
      int k = (int) h;
      if (k < 1) {
        return number(sorted[0]);
      }
      if (k >= n) {
        return number(sorted[n - 1]);
      }
      double a = number(sorted[k - 1]);
      return a + (h - k) * (number(sorted[k]) - a);
    }

    private double number(long order) {
      return layout.toDouble(layout.unorder(order));
    }

    @Override
    protected long bytes(LongList state) {
      return state.bytes();
    }
  }
}
