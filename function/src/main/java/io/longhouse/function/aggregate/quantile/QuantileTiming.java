package io.longhouse.function.aggregate.quantile;

import io.longhouse.column.ByteReader;
import io.longhouse.column.ByteWriter;
import io.longhouse.column.Column;
import io.longhouse.column.ColumnBuilder;
import io.longhouse.column.Float32Column;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.DateTimeType;
import io.longhouse.column.type.DateType;
import io.longhouse.column.type.DecimalType;
import io.longhouse.column.type.FloatType;
import io.longhouse.column.type.IntegerType;
import io.longhouse.function.Argument;
import io.longhouse.function.aggregate.AggregateFactory;
import io.longhouse.function.aggregate.AggregateFunction;
import io.longhouse.function.aggregate.state.Arguments;
import io.longhouse.function.aggregate.state.NumberLayout;
import io.longhouse.function.aggregate.state.Values;
import io.longhouse.registry.Register;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Quantiles of times in milliseconds, exact up to a second or few values: state = {@link Timings}.
 */
@Register(
    kind = AggregateFactory.class,
    name = "quantileTiming",
    aliases = {"medianTiming"},
    category = "Aggregate",
    doc = "The quantile of times in milliseconds.")
@Register(
    kind = AggregateFactory.class,
    name = "quantilesTiming",
    category = "Aggregate",
    doc = "Several of: the quantile of times in milliseconds.")
@Register(
    kind = AggregateFactory.class,
    name = "quantileTimingWeighted",
    aliases = {"medianTimingWeighted"},
    category = "Aggregate",
    doc = "The quantile of times in milliseconds with weights.")
@Register(
    kind = AggregateFactory.class,
    name = "quantilesTimingWeighted",
    category = "Aggregate",
    doc = "Several of: the quantile of times in milliseconds with weights.")
final class QuantileTiming implements AggregateFactory {
  private final String name;

  QuantileTiming(String name) {
    this.name = name;
  }

  @Override
  public boolean zeroWithoutRows() {
    return name.startsWith("quantiles");
  }

  @Override
  public AggregateFunction resolve(List<Argument> parameters, List<DataType> arguments) {
    boolean weighted = name.endsWith("Weighted");
    Arguments.count(name, arguments, weighted ? 2 : 1);
    DataType type = arguments.get(0);
    boolean moment = type instanceof DateType || type instanceof DateTimeType;
    NumberLayout layout =
        moment
            ? java.util.Objects.requireNonNull(NumberLayout.of(type))
            : Arguments.number(name, type);
    if (type instanceof DecimalType || !layout.fitsWord()) {
      throw Arguments.illegal(name, arguments.get(0));
    }
    if (weighted && (!(arguments.get(1) instanceof IntegerType t) || t.signed() || t.bytes() > 8)) {
      throw Arguments.illegal(name, arguments.get(1));
    }
    return new Histogram(Levels.of(name, parameters), layout, weighted);
  }

  private record Input(long[] times, long @Nullable [] weights) {}

  private static final class Histogram extends QuantileAggregate<Timings, Input> {
    private final NumberLayout layout;
    private final boolean weighted;

    Histogram(Levels levels, NumberLayout layout, boolean weighted) {
      super(levels, FloatType.FLOAT32);
      this.layout = layout;
      this.weighted = weighted;
    }

    @Override
    protected Timings newState() {
      return new Timings();
    }

    /** Times as numbers; -1 for those that are not counted: negative ones and NaN. */
    @Override
    protected Input input(Column[] arguments, int rows) {
      long[] out = new long[rows];
      if (layout.floating()) {
        double[] v = Values.doubles(arguments[0], layout, rows);
        for (int r = 0; r < rows; r++) {
          out[r] = v[r] >= 0 ? (long) v[r] : -1;
        }
      } else {
        long[] v = Values.longs(arguments[0], layout.signed(), rows);
        for (int r = 0; r < rows; r++) {
          out[r] = v[r] < 0 && !layout.signed() ? Long.MAX_VALUE : v[r];
        }
      }
      return new Input(out, weighted ? Values.longs(arguments[1], false, rows) : null);
    }

    @Override
    protected void addRun(Timings state, Input in, int from, int to) {
      long[] w = in.weights;
      for (int r = from; r < to; r++) {
        if (in.times[r] >= 0) {
          if (w == null) {
            state.add(in.times[r]);
          } else {
            state.add(in.times[r], w[r]);
          }
        }
      }
    }

    @Override
    protected void merge(Timings into, Timings from) {
      into.merge(from);
    }

    @Override
    protected void write(Timings state, ByteWriter out) {
      state.write(out);
    }

    @Override
    protected Timings read(ByteReader in) {
      Timings state = new Timings();
      state.read(in);
      return state;
    }

    @Override
    protected void quantile(Timings state, double level, ColumnBuilder out) {
      ((Float32Column.Builder) out).add(state.quantile(level));
    }

    @Override
    protected long bytes(Timings state) {
      return state.bytes();
    }
  }
}
