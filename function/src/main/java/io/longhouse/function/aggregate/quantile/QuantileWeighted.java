package io.longhouse.function.aggregate.quantile;

import io.longhouse.column.ByteReader;
import io.longhouse.column.ByteWriter;
import io.longhouse.column.Column;
import io.longhouse.column.ColumnBuilder;
import io.longhouse.column.Float64Column;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.FloatType;
import io.longhouse.column.type.IntegerType;
import io.longhouse.column.type.Numbers;
import io.longhouse.function.Argument;
import io.longhouse.function.aggregate.AggregateFactory;
import io.longhouse.function.aggregate.AggregateFunction;
import io.longhouse.function.aggregate.state.Arguments;
import io.longhouse.function.aggregate.state.LongLongMap;
import io.longhouse.function.aggregate.state.NumberLayout;
import io.longhouse.function.aggregate.state.Values;
import io.longhouse.registry.Register;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Exact quantiles of weighted values, and quantiles of values rounded to BFloat16: state = {@link
 * LongLongMap} of values and weights.
 */
@Register(
    kind = AggregateFactory.class,
    name = "quantileExactWeighted",
    aliases = {"medianExactWeighted"},
    category = "Aggregate",
    doc = "The exact quantile of values with weights.")
@Register(
    kind = AggregateFactory.class,
    name = "quantilesExactWeighted",
    category = "Aggregate",
    doc = "Several of: the exact quantile of values with weights.")
@Register(
    kind = AggregateFactory.class,
    name = "quantileInterpolatedWeighted",
    aliases = {"medianInterpolatedWeighted"},
    category = "Aggregate",
    doc = "The interpolated quantile of values with weights.")
@Register(
    kind = AggregateFactory.class,
    name = "quantilesInterpolatedWeighted",
    category = "Aggregate",
    doc = "Several of: the interpolated quantile of values with weights.")
@Register(
    kind = AggregateFactory.class,
    name = "quantileExactWeightedInterpolated",
    aliases = {"medianExactWeightedInterpolated"},
    category = "Aggregate",
    doc = "The quantile of values with weights, interpolated between the two nearest ones.")
@Register(
    kind = AggregateFactory.class,
    name = "quantilesExactWeightedInterpolated",
    category = "Aggregate",
    doc = "Several of: the interpolated quantile of values with weights.")
@Register(
    kind = AggregateFactory.class,
    name = "quantileBFloat16",
    aliases = {"medianBFloat16"},
    category = "Aggregate",
    doc = "The quantile of values cut to 8 bits of mantissa.")
@Register(
    kind = AggregateFactory.class,
    name = "quantilesBFloat16",
    category = "Aggregate",
    doc = "Several of: the quantile of values cut to 8 bits of mantissa.")
@Register(
    kind = AggregateFactory.class,
    name = "quantileBFloat16Weighted",
    aliases = {"medianBFloat16Weighted"},
    category = "Aggregate",
    doc = "The quantile of values with weights cut to 8 bits of mantissa.")
@Register(
    kind = AggregateFactory.class,
    name = "quantilesBFloat16Weighted",
    category = "Aggregate",
    doc = "Several of: the quantile of values with weights cut to 8 bits of mantissa.")
final class QuantileWeighted implements AggregateFactory {
  private final String name;

  QuantileWeighted(String name) {
    this.name = name;
  }

  @Override
  public boolean zeroWithoutRows() {
    return name.startsWith("quantiles");
  }

  @Override
  public AggregateFunction resolve(List<Argument> parameters, List<DataType> arguments) {
    boolean weighted = name.contains("Weighted");
    Arguments.count(name, arguments, weighted ? 2 : 1);
    DataType type = arguments.get(0);
    boolean rounded = name.contains("BFloat16");
    NumberLayout layout = rounded ? Arguments.number(name, type) : Levels.layout(name, type);
    NumberLayout weight = null;
    if (weighted) {
      if (!(arguments.get(1) instanceof IntegerType t) || t.signed() || t.bytes() > 8) {
        throw Arguments.illegal(name, arguments.get(1));
      }
      weight = NumberLayout.of(t);
    }
    Levels levels = Levels.of(name, parameters);
    boolean between = name.endsWith("Interpolated");
    return new Weights(
        levels,
        rounded || between && !Levels.keepsType(type) ? FloatType.FLOAT64 : type,
        layout,
        rounded,
        weight,
        name.contains("Interpolated"),
        between);
  }

  private record Input(long[] keys, long @Nullable [] weights) {}

  private static final class Weights extends QuantileAggregate<LongLongMap, Input> {
    private final NumberLayout layout;
    private final boolean rounded;
    private final @Nullable NumberLayout weight;
    private final boolean interpolated;
    private final boolean between;

    Weights(
        Levels levels,
        DataType one,
        NumberLayout layout,
        boolean rounded,
        @Nullable NumberLayout weight,
        boolean interpolated,
        boolean between) {
      super(levels, one);
      this.layout = layout;
      this.rounded = rounded;
      this.weight = weight;
      this.interpolated = interpolated;
      this.between = between;
    }

    @Override
    protected LongLongMap newState() {
      return rounded
          ? new LongLongMap(LongLongMap.Hash.TRIVIAL, 4)
          : new LongLongMap(LongLongMap.Hash.CRC, 4);
    }

    @Override
    protected Input input(Column[] arguments, int rows) {
      long[] keys;
      if (rounded) {
        double[] v = Values.doubles(arguments[0], layout, rows);
        keys = new long[rows];
        for (int r = 0; r < rows; r++) {
          keys[r] = Double.isNaN(v[r]) ? -1 : Float.floatToRawIntBits((float) v[r]) >>> 16;
        }
      } else {
        keys = Values.bits(arguments[0], rows);
      }
      return new Input(keys, weight == null ? null : Values.longs(arguments[1], false, rows));
    }

    @Override
    protected void addRun(LongLongMap state, Input in, int from, int to) {
      long[] w = in.weights;
      for (int r = from; r < to; r++) {
        long key = in.keys[r];
        if (between && w != null && w[r] == 0) {
          continue;
        }
        if (rounded ? key >= 0 : !layout.floating() || !Double.isNaN(layout.toDouble(key))) {
          state.add(key, w == null ? 1 : w[r]);
        }
      }
    }

    @Override
    protected void merge(LongLongMap into, LongLongMap from) {
      into.addAll(from);
    }

    private int keyBytes() {
      return rounded ? 2 : layout.bytes();
    }

    @Override
    protected void write(LongLongMap state, ByteWriter out) {
      state.write(keyBytes(), out);
    }

    @Override
    protected LongLongMap read(ByteReader in) {
      LongLongMap state = newState();
      state.read(keyBytes(), in);
      return state;
    }

    /** An entry as it is sorted: its value's order and its weight. */
    private record Entry(long order, long key, long weight) {}

    private ArrayList<Entry> sorted(LongLongMap state) {
      long[] pairs = state.pairs();
      var entries = new ArrayList<Entry>();
      for (int i = 0; i < pairs.length; i += 2) {
        long key = pairs[i];
        long order = rounded ? new NumberLayout(2, true, true).order(key) : layout.order(key);
        entries.add(new Entry(order, key, pairs[i + 1]));
      }
      entries.sort(Comparator.comparingLong(Entry::order));
      return entries;
    }

    @Override
    protected void quantile(LongLongMap state, double level, ColumnBuilder out) {
      if (state.size() == 0) {
        if (rounded || between && out instanceof Float64Column.Builder) {
          Values.append(Double.NaN, out);
        } else {
          Values.append(
              layout.floating() ? Values.bitsOfFloat(Double.NaN, layout.bytes()) : 0, out);
        }
        return;
      }
      ArrayList<Entry> entries = sorted(state);
      if (between) {
        appendDouble(betweenNearest(entries, level), out);
        return;
      }
      if (interpolated) {
        interpolate(entries, level, out);
        return;
      }
      double total = 0;
      for (Entry e : entries) {
        total += Numbers.unsignedToDouble(e.weight);
      }
      double threshold = Math.ceil(total * level);
      double accumulated = 0;
      Entry found = entries.get(entries.size() - 1);
      for (Entry e : entries) {
        accumulated += Numbers.unsignedToDouble(e.weight);
        if (accumulated >= threshold) {
          found = e;
          break;
        }
      }
      if (rounded) {
        Values.append(Values.floatOfBits(found.key, 2), out);
      } else {
        Values.append(found.key, out);
      }
    }

    /** Where the weights are repetitions: between the values at both sides of the exact place. */
    private double betweenNearest(ArrayList<Entry> entries, double level) {
      double total = 0;
      for (Entry e : entries) {
        total += Numbers.unsignedToDouble(e.weight);
      }
      double place = (total - 1) * level;
      double lower = Math.floor(place);
      double upper = Math.ceil(place);
      double a = atPlace(entries, lower);
      double b = lower == upper ? a : atPlace(entries, upper);
      return a + (place - lower) * (b - a);
    }

    private double atPlace(ArrayList<Entry> entries, double place) {
      double before = 0;
      for (Entry e : entries) {
        before += Numbers.unsignedToDouble(e.weight);
        if (before > place) {
          return layout.toDouble(e.key);
        }
      }
      return layout.toDouble(entries.get(entries.size() - 1).key);
    }

    private void appendDouble(double v, ColumnBuilder out) {
      if (out instanceof Float64Column.Builder b) {
        b.add(v);
      } else {
        Values.append(
            layout.floating()
                ? Values.bitsOfFloat(v, layout.bytes())
                : Values.truncate((long) v, layout.bytes()),
            out);
      }
    }

    private void interpolate(ArrayList<Entry> entries, double level, ColumnBuilder out) {
      int n = entries.size();
      double total = 0;
      double[] sums = new double[n];
      for (int i = 0; i < n; i++) {
        total += Numbers.unsignedToDouble(entries.get(i).weight);
        sums[i] = total;
      }
      double[] levels = new double[n];
      int right = n;
      for (int i = 0; i < n; i++) {
        levels[i] = (sums[i] - 0.5 * Numbers.unsignedToDouble(entries.get(i).weight)) / total;
        if (right == n && levels[i] >= level) {
          right = i;
        }
      }
      int left = right == 0 ? 0 : right - 1;
      if (right == n) {
        right = n - 1;
        left = n - 1;
      }
      double y1 = layout.toDouble(entries.get(left).key);
      double y2 = layout.toDouble(entries.get(right).key);
      double v =
          levels[right] == levels[left]
              ? y1
              : y1 + (level - levels[left]) * (y2 - y1) / (levels[right] - levels[left]);
      Values.append(
          layout.floating()
              ? Values.bitsOfFloat(v, layout.bytes())
              : Values.truncate((long) v, layout.bytes()),
          out);
    }

    @Override
    protected long bytes(LongLongMap state) {
      return state.bytes();
    }
  }
}
