package io.longhouse.function.aggregate.statistic;

import io.longhouse.column.ByteReader;
import io.longhouse.column.ByteWriter;
import io.longhouse.column.Column;
import io.longhouse.column.ColumnBuilder;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.FloatType;
import io.longhouse.function.Argument;
import io.longhouse.function.aggregate.AggregateFactory;
import io.longhouse.function.aggregate.AggregateFunction;
import io.longhouse.function.aggregate.distinct.RowHashes;
import io.longhouse.function.aggregate.state.Arguments;
import io.longhouse.function.aggregate.state.LongLongMap;
import io.longhouse.function.aggregate.state.NumberLayout;
import io.longhouse.function.aggregate.state.ObjectAggregate;
import io.longhouse.function.aggregate.state.Values;
import io.longhouse.function.aggregate.state.WideCounts;
import io.longhouse.registry.Register;
import java.util.List;

/**
 * {@code entropy}: state = how often each value was seen, numbers of at most 8 bytes as {@link
 * LongLongMap}, all else by its SipHash as {@link WideCounts}.
 */
@Register(
    kind = AggregateFactory.class,
    name = "entropy",
    category = "Aggregate",
    doc = "Shannon's entropy of the values in bits.")
final class Entropy implements AggregateFactory {
  private static final int DEGREE = 4;

  @Override
  public AggregateFunction resolve(List<Argument> parameters, List<DataType> arguments) {
    Arguments.noParameters("entropy", parameters);
    Arguments.countAtLeast("entropy", arguments, 1);
    NumberLayout layout = arguments.size() == 1 ? NumberLayout.of(arguments.get(0)) : null;
    return layout != null && layout.fitsWord() ? new OfNumbers(layout.bytes()) : new OfHashes();
  }

  private static double bits(double sum, double count, double total) {
    double share = count / total;
    return sum - share * (Math.log(share) / Math.log(2));
  }

  private static final class OfNumbers extends ObjectAggregate<LongLongMap, long[]> {
    private final int keyBytes;

    OfNumbers(int keyBytes) {
      super(FloatType.FLOAT64);
      this.keyBytes = keyBytes;
    }

    @Override
    protected LongLongMap newState() {
      return new LongLongMap(LongLongMap.Hash.CRC, DEGREE);
    }

    @Override
    protected long[] input(Column[] arguments, int rows) {
      return Values.bits(arguments[0], rows);
    }

    @Override
    protected void addRun(LongLongMap state, long[] in, int from, int to) {
      for (int r = from; r < to; r++) {
        state.add(in[r], 1);
      }
    }

    @Override
    protected void merge(LongLongMap into, LongLongMap from) {
      into.addAll(from);
    }

    @Override
    protected void write(LongLongMap state, ByteWriter out) {
      state.write(keyBytes, out);
    }

    @Override
    protected LongLongMap read(ByteReader in) {
      LongLongMap state = newState();
      state.read(keyBytes, in);
      return state;
    }

    @Override
    protected void result(LongLongMap state, ColumnBuilder out) {
      long[] pairs = state.pairs();
      double total = 0;
      for (int i = 1; i < pairs.length; i += 2) {
        total += pairs[i];
      }
      double sum = 0;
      for (int i = 1; i < pairs.length; i += 2) {
        sum = bits(sum, pairs[i], total);
      }
      Values.append(sum, out);
    }

    @Override
    protected long bytes(LongLongMap state) {
      return state.bytes();
    }
  }

  private static final class OfHashes extends ObjectAggregate<WideCounts, long[]> {
    OfHashes() {
      super(FloatType.FLOAT64);
    }

    @Override
    protected WideCounts newState() {
      return new WideCounts((low, _) -> low, DEGREE);
    }

    @Override
    protected long[] input(Column[] arguments, int rows) {
      return RowHashes.sip128(arguments, rows);
    }

    @Override
    protected void addRun(WideCounts state, long[] in, int from, int to) {
      for (int r = from; r < to; r++) {
        state.add(in[2 * r], in[2 * r + 1], 1);
      }
    }

    @Override
    protected void merge(WideCounts into, WideCounts from) {
      into.addAll(from);
    }

    @Override
    protected void write(WideCounts state, ByteWriter out) {
      state.write(out);
    }

    @Override
    protected WideCounts read(ByteReader in) {
      WideCounts state = newState();
      state.read(in);
      return state;
    }

    @Override
    protected void result(WideCounts state, ColumnBuilder out) {
      long[] e = state.entries();
      double total = 0;
      for (int i = 2; i < e.length; i += 3) {
        total += e[i];
      }
      double sum = 0;
      for (int i = 2; i < e.length; i += 3) {
        sum = bits(sum, e[i], total);
      }
      Values.append(sum, out);
    }

    @Override
    protected long bytes(WideCounts state) {
      return state.bytes();
    }
  }
}
