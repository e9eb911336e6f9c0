package io.longhouse.function.aggregate.quantile;

import io.longhouse.column.ByteReader;
import io.longhouse.column.ByteWriter;
import io.longhouse.column.Column;
import io.longhouse.column.ColumnBuilder;
import io.longhouse.column.Float32Column;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.FloatType;
import io.longhouse.column.type.IntegerType;
import io.longhouse.column.type.Numbers;
import io.longhouse.function.Argument;
import io.longhouse.function.aggregate.AggregateFactory;
import io.longhouse.function.aggregate.AggregateFunction;
import io.longhouse.function.aggregate.state.Arguments;
import io.longhouse.function.aggregate.state.NumberLayout;
import io.longhouse.function.aggregate.state.Values;
import io.longhouse.registry.Register;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Quantiles by a t-digest: state = {@link TDigest}. */
@Register(
    kind = AggregateFactory.class,
    name = "quantileTDigest",
    aliases = {"medianTDigest"},
    category = "Aggregate",
    doc = "The quantile by a t-digest.")
@Register(
    kind = AggregateFactory.class,
    name = "quantilesTDigest",
    category = "Aggregate",
    doc = "Several of: the quantile by a t-digest.")
@Register(
    kind = AggregateFactory.class,
    name = "quantileTDigestWeighted",
    aliases = {"medianTDigestWeighted"},
    category = "Aggregate",
    doc = "The quantile of values with weights by a t-digest.")
@Register(
    kind = AggregateFactory.class,
    name = "quantilesTDigestWeighted",
    category = "Aggregate",
    doc = "Several of: the quantile of values with weights by a t-digest.")
final class QuantileTDigest implements AggregateFactory {
  private final String name;

  QuantileTDigest(String name) {
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
    NumberLayout layout = Levels.layout(name, type);
    if (weighted && (!(arguments.get(1) instanceof IntegerType t) || t.signed() || t.bytes() > 8)) {
      throw Arguments.illegal(name, arguments.get(1));
    }
    return new Digests(
        Levels.of(name, parameters),
        Levels.keepsType(type) ? type : FloatType.FLOAT32,
        layout,
        weighted);
  }

  private record Input(double[] values, long @Nullable [] weights) {}

  private static final class Digests extends QuantileAggregate<TDigest, Input> {
    private final NumberLayout layout;
    private final boolean weighted;
    private final boolean keepsType;

    Digests(Levels levels, DataType one, NumberLayout layout, boolean weighted) {
      super(levels, one);
      this.layout = layout;
      this.weighted = weighted;
      this.keepsType = one != FloatType.FLOAT32;
    }

    @Override
    protected TDigest newState() {
      return new TDigest();
    }

    @Override
    protected Input input(Column[] arguments, int rows) {
      return new Input(
          Values.doubles(arguments[0], layout, rows),
          weighted ? Values.longs(arguments[1], false, rows) : null);
    }

    @Override
    protected void addRun(TDigest state, Input in, int from, int to) {
      long[] w = in.weights;
      for (int r = from; r < to; r++) {
        state.add((float) in.values[r], w == null ? 1 : (float) Numbers.unsignedToDouble(w[r]));
      }
    }

    @Override
    protected void merge(TDigest into, TDigest from) {
      into.merge(from);
    }

    @Override
    protected void write(TDigest state, ByteWriter out) {
      state.write(out);
    }

    @Override
    protected TDigest read(ByteReader in) {
      return TDigest.read(in);
    }

    @Override
    protected void quantile(TDigest state, double level, ColumnBuilder out) {
      float v = state.quantile(level);
      if (keepsType) {
        Values.append((long) v, out);
      } else {
        ((Float32Column.Builder) out).add(v);
      }
    }

    @Override
    protected long bytes(TDigest state) {
      return state.bytes();
    }
  }
}
