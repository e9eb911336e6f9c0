package io.longhouse.function.aggregate.quantile;

import io.longhouse.column.ByteReader;
import io.longhouse.column.ByteWriter;
import io.longhouse.column.Column;
import io.longhouse.column.ColumnBuilder;
import io.longhouse.column.hash.IntHash;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.FloatType;
import io.longhouse.function.Argument;
import io.longhouse.function.aggregate.AggregateFactory;
import io.longhouse.function.aggregate.AggregateFunction;
import io.longhouse.function.aggregate.state.Arguments;
import io.longhouse.function.aggregate.state.NumberLayout;
import io.longhouse.function.aggregate.state.Values;
import io.longhouse.registry.Register;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import java.util.Arrays;
import java.util.List;

/**
 * Quantiles of a sample chosen by hashes of the second argument.
 *
 * <pre>
 * state = UInt64 sample size, UInt64 values seen, sample size * (value, UInt32 hash, padding to the
 *         alignment of the wider of both)
 * </pre>
 */
@Register(
    kind = AggregateFactory.class,
    name = "quantileDeterministic",
    aliases = {"medianDeterministic"},
    category = "Aggregate",
    doc = "The quantile of a sample that depends on nothing but the data.")
@Register(
    kind = AggregateFactory.class,
    name = "quantilesDeterministic",
    category = "Aggregate",
    doc = "Several of: the quantile of a sample that depends on nothing but the data.")
final class QuantileDeterministic implements AggregateFactory {
  private final String name;

  QuantileDeterministic(String name) {
    this.name = name;
  }

  @Override
  public boolean zeroWithoutRows() {
    return name.startsWith("quantiles");
  }

  @Override
  public AggregateFunction resolve(List<Argument> parameters, List<DataType> arguments) {
    Arguments.count(name, arguments, 2);
    DataType type = arguments.get(0);
    NumberLayout layout = Levels.layout(name, type);
    NumberLayout by = NumberLayout.of(arguments.get(1));
    if (by == null || !by.fitsWord() || by.floating()) {
      throw Arguments.illegal(name, arguments.get(1));
    }
    return new Sampled(
        Levels.of(name, parameters),
        Levels.keepsType(type) ? type : FloatType.FLOAT64,
        layout,
        by.signed());
  }

  private record Input(long[] values, long[] determinators) {}

  /** The chosen values with their hashes. */
  private static final class Sample {
    private static final int SIZE_MAX = 8192;

    private long[] values = new long[8];
    private int[] hashes = new int[8];
    private int size;
    private int skip;
    private long total;

    private boolean good(int hash) {
      return skip >= 32 ? hash == 0 : (hash & (1 << skip) - 1) == 0;
    }

    private void add(long v, int hash) {
      while (good(hash)) {
        if (size < SIZE_MAX) {
          if (size == values.length) {
            values = Arrays.copyOf(values, size * 2);
            hashes = Arrays.copyOf(hashes, size * 2);
          }
          values[size] = v;
          hashes[size++] = hash;
          return;
        }
        thin(skip + 1);
      }
    }

    private void thin(int degree) {
      skip = degree;
      int kept = 0;
      for (int i = 0; i < size; i++) {
        if (good(hashes[i])) {
          values[kept] = values[i];
          hashes[kept++] = hashes[i];
        }
      }
      size = kept;
    }
  }

  private static final class Sampled extends QuantileAggregate<Sample, Input> {
    private final NumberLayout layout;
    private final boolean signed;
    private final boolean keepsType;

    Sampled(Levels levels, DataType one, NumberLayout layout, boolean signed) {
      super(levels, one);
      this.layout = layout;
      this.signed = signed;
      this.keepsType = one != FloatType.FLOAT64;
    }

    @Override
    protected Sample newState() {
      return new Sample();
    }

    @Override
    protected Input input(Column[] arguments, int rows) {
      return new Input(Values.bits(arguments[0], rows), Values.longs(arguments[1], signed, rows));
    }

    @Override
    protected void addRun(Sample state, Input in, int from, int to) {
      for (int r = from; r < to; r++) {
        if (!layout.floating() || !Double.isNaN(layout.toDouble(in.values[r]))) {
          state.add(in.values[r], (int) IntHash.mix64(in.determinators[r]));
          state.total++;
        }
      }
    }

    @Override
    protected void merge(Sample into, Sample from) {
      if (into.skip < from.skip) {
        into.thin(from.skip);
      }
      for (int i = 0; i < from.size; i++) {
        into.add(from.values[i], from.hashes[i]);
      }
      into.total += from.total;
    }

    private int padding() {
      return layout.bytes() == 8 ? 4 : 0;
    }

    private int valuePadding() {
      return Math.max(0, 4 - layout.bytes());
    }

    @Override
    protected void write(Sample state, ByteWriter out) {
      out.writeLong(state.size);
      out.writeLong(state.total);
      for (int i = 0; i < state.size; i++) {
        Values.write(state.values[i], layout.bytes(), out);
        out.writeZeros(valuePadding());
        out.writeInt(state.hashes[i]);
        out.writeZeros(padding());
      }
    }

    @Override
    protected Sample read(ByteReader in) {
      Sample state = new Sample();
      long size = in.readLong();
      state.total = in.readLong();
      size = Math.min(size, state.total);
      if (size < 0 || size > 1 << 26) {
        throw new LonghouseException(
            ErrorCode.TOO_LARGE_ARRAY_SIZE, "Too large sample: " + size + " values");
      }
      state.values = new long[Math.max(8, (int) size)];
      state.hashes = new int[state.values.length];
      state.size = (int) size;
      for (int i = 0; i < size; i++) {
        state.values[i] = Values.read(layout.bytes(), in);
        in.skip(valuePadding());
        state.hashes[i] = in.readInt();
        in.skip(padding());
      }
      return state;
    }

    @Override
    protected void quantile(Sample state, double level, ColumnBuilder out) {
      double v;
      if (state.size == 0) {
        v = Double.NaN;
      } else {
        double[] sorted = new double[state.size];
        for (int i = 0; i < sorted.length; i++) {
          sorted[i] = layout.toDouble(state.values[i]);
        }
        Arrays.sort(sorted);
        double index = Math.max(0.0, Math.min(sorted.length - 1.0, level * (sorted.length - 1)));
        int left = (int) index;
        v =
            left + 1 == sorted.length
                ? sorted[left]
                : sorted[left] * (left + 1 - index) + sorted[left + 1] * (index - left);
      }
      if (keepsType) {
        Values.append((long) v, out);
      } else {
        Values.append(v, out);
      }
    }

    @Override
    protected long bytes(Sample state) {
      return 12L * state.values.length + 80;
    }
  }
}
