package io.longhouse.function.aggregate.quantile;

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
import io.longhouse.function.aggregate.state.NumberLayout;
import io.longhouse.function.aggregate.state.Values;
import io.longhouse.registry.Register;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code quantile} of a sample: state = {@link ReservoirSampler}. */
@Register(
    kind = AggregateFactory.class,
    name = "quantile",
    aliases = {"median"},
    category = "Aggregate",
    doc = "An estimate of a quantile from a sample of 8192 values.")
@Register(
    kind = AggregateFactory.class,
    name = "quantiles",
    category = "Aggregate",
    doc = "Estimates of several quantiles from a sample of 8192 values.")
final class Quantile implements AggregateFactory {
  private final String name;

  Quantile(String name) {
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
    NumberLayout layout = Levels.layout(name, type);
    return new Sampled(
        Levels.of(name, parameters),
        Levels.keepsType(type) ? type : FloatType.FLOAT64,
        layout,
        type);
  }

  private static final class Sampled extends QuantileAggregate<ReservoirSampler, long[]> {
    private final NumberLayout layout;
    private final boolean keepsType;
    private final boolean decimal;

    Sampled(Levels levels, DataType one, NumberLayout layout, DataType type) {
      super(levels, one);
      this.layout = layout;
      this.keepsType = Levels.keepsType(type);
      this.decimal =
          type instanceof io.longhouse.column.type.DecimalType
              || type instanceof io.longhouse.column.type.DateTime64Type;
    }

    @Override
    protected ReservoirSampler newState() {
      return new ReservoirSampler(layout);
    }

    @Override
    protected long[] input(Column[] arguments, int rows) {
      return Values.bits(arguments[0], rows);
    }

    @Override
    public void add(
        GroupStates states, int word, int slot, int[] groups, Column[] arguments, int rows) {
      long[] v = Values.bits(arguments[0], rows);
      @Nullable Object[] objects = states.objects(slot);
      long grown = 0;
      for (int r = 0; r < rows; r++) {
        ReservoirSampler s = (ReservoirSampler) objects[groups[r]];
        if (s == null) {
          s = newState();
          objects[groups[r]] = s;
          grown += s.bytes();
        }
        long before = s.bytes();
        s.add(v[r]);
        grown += s.bytes() - before;
      }
      states.addObjectBytes(grown);
    }

    @Override
    protected void addRun(ReservoirSampler state, long[] v, int from, int to) {
      for (int r = from; r < to; r++) {
        state.add(v[r]);
      }
    }

    @Override
    protected void merge(ReservoirSampler into, ReservoirSampler from) {
      into.merge(from);
    }

    @Override
    protected void write(ReservoirSampler state, ByteWriter out) {
      state.write(out);
    }

    @Override
    protected ReservoirSampler read(ByteReader in) {
      ReservoirSampler s = newState();
      s.read(in);
      return s;
    }

    @Override
    protected void quantile(ReservoirSampler state, double level, ColumnBuilder out) {
      if (decimal) {
        Values.append(state.quantileExactly(level), out);
      } else if (keepsType) {
        Values.append((long) state.quantile(level), out);
      } else {
        Values.append(state.quantile(level), out);
      }
    }

    @Override
    protected long bytes(ReservoirSampler state) {
      return state.bytes();
    }
  }
}
