package io.longhouse.function.aggregate.statistic;

import io.longhouse.column.ByteReader;
import io.longhouse.column.ByteWriter;
import io.longhouse.column.Column;
import io.longhouse.column.ColumnBuilder;
import io.longhouse.column.hash.CityHash;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.FloatType;
import io.longhouse.function.Argument;
import io.longhouse.function.aggregate.AggregateFactory;
import io.longhouse.function.aggregate.AggregateFunction;
import io.longhouse.function.aggregate.distinct.RowHashes;
import io.longhouse.function.aggregate.state.Arguments;
import io.longhouse.function.aggregate.state.LongLongMap;
import io.longhouse.function.aggregate.state.ObjectAggregate;
import io.longhouse.function.aggregate.state.Values;
import io.longhouse.function.aggregate.state.WideCounts;
import io.longhouse.registry.Register;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How much two arguments depend on each other, out of how often each value and each pair came:
 * state = UInt64 rows, counts of the first argument's hashes, of the second's, of pairs.
 */
@Register(
    kind = AggregateFactory.class,
    name = "cramersV",
    category = "Aggregate",
    doc = "Cramer's V of two arguments, from 0 to 1.")
@Register(
    kind = AggregateFactory.class,
    name = "cramersVBiasCorrected",
    category = "Aggregate",
    doc = "Cramer's V of two arguments with its bias corrected.")
@Register(
    kind = AggregateFactory.class,
    name = "contingency",
    category = "Aggregate",
    doc = "The contingency coefficient of two arguments.")
@Register(
    kind = AggregateFactory.class,
    name = "theilsU",
    category = "Aggregate",
    doc = "Theil's U: how much the second argument says about the first.")
final class CrossTable implements AggregateFactory {
  private static final int DEGREE = 4;

  private final String name;

  CrossTable(String name) {
    this.name = name;
  }

  @Override
  public AggregateFunction resolve(List<Argument> parameters, List<DataType> arguments) {
    Arguments.noParameters(name, parameters);
    Arguments.count(name, arguments, 2);
    return new Counts(name);
  }

  private static final class State {
    long rows;
    final LongLongMap first = new LongLongMap(LongLongMap.Hash.TRIVIAL, DEGREE);
    final LongLongMap second = new LongLongMap(LongLongMap.Hash.TRIVIAL, DEGREE);
    final WideCounts pairs = new WideCounts((a, b) -> CityHash.combine(a, b), DEGREE);
  }

  private static final class Counts extends ObjectAggregate<State, long[][]> {
    private final String name;

    Counts(String name) {
      super(FloatType.FLOAT64);
      this.name = name;
    }

    @Override
    protected State newState() {
      return new State();
    }

    @Override
    protected long[][] input(Column[] arguments, int rows) {
      return new long[][] {
        RowHashes.combined(new Column[] {arguments[0]}, rows),
        RowHashes.combined(new Column[] {arguments[1]}, rows)
      };
    }

    @Override
    protected void addRun(State state, long[][] in, int from, int to) {
      for (int r = from; r < to; r++) {
        state.first.add(in[0][r], 1);
        state.second.add(in[1][r], 1);
        state.pairs.add(in[0][r], in[1][r], 1);
      }
      state.rows += to - from;
    }

    @Override
    protected void merge(State into, State from) {
      into.rows += from.rows;
      into.first.addAll(from.first);
      into.second.addAll(from.second);
      into.pairs.addAll(from.pairs);
    }

    @Override
    protected void write(State state, ByteWriter out) {
      out.writeLong(state.rows);
      state.first.write(8, out);
      state.second.write(8, out);
      state.pairs.write(out);
    }

    @Override
    protected State read(ByteReader in) {
      State state = newState();
      state.rows = in.readLong();
      state.first.read(8, in);
      state.second.read(8, in);
      state.pairs.read(in);
      return state;
    }

    @Override
    protected long bytes(State state) {
      return state.first.bytes() + state.second.bytes() + state.pairs.bytes();
    }

    private static Map<Long, Long> map(LongLongMap counts) {
      Map<Long, Long> out = new HashMap<>();
      long[] pairs = counts.pairs();
      for (int i = 0; i < pairs.length; i += 2) {
        out.put(pairs[i], pairs[i + 1]);
      }
      return out;
    }

    @Override
    protected void result(State state, ColumnBuilder out) {
      if (state.rows < 2) {
        Values.append(Double.NaN, out);
        return;
      }
      Map<Long, Long> first = map(state.first);
      Map<Long, Long> second = map(state.second);
      double phi = name.equals("theilsU") ? 0 : phiSquared(state, first, second);
      double n = state.rows;
      double q = Math.min(first.size(), second.size());
      Values.append(
          switch (name) {
            case "cramersV" -> Math.sqrt(phi / (q - 1));
            case "cramersVBiasCorrected" -> corrected(phi, first.size(), second.size(), n);
            case "contingency" -> Math.sqrt(phi / (1 + phi));
            default -> theil(state, first, second, n);
          },
          out);
    }

    private static double count(Map<Long, Long> counts, long key) {
      Long n = counts.get(key);
      return n == null ? 0 : n;
    }

    private static double phiSquared(State s, Map<Long, Long> first, Map<Long, Long> second) {
      long[] e = s.pairs.entries();
      double sum = 0;
      for (int i = 0; i < e.length; i += 3) {
        double n = e[i + 2];
        sum += n * n / (count(first, e[i]) * count(second, e[i + 1]));
      }
      double most = Math.min(first.size(), second.size()) - 1.0;
      return Math.clamp(sum - 1, 0, most);
    }

    private static double corrected(double phi, double a, double b, double n) {
      double less = Math.max(0, phi - (a - 1) * (b - 1) / (n - 1));
      double x = a - (a - 1) * (a - 1) / (n - 1);
      double y = b - (b - 1) * (b - 1) / (n - 1);
      return Math.sqrt(less / (Math.min(x, y) - 1));
    }

    private static double theil(State s, Map<Long, Long> first, Map<Long, Long> second, double n) {
      double entropy = 0;
      long[] pairs = s.first.pairs();
      for (int i = 1; i < pairs.length; i += 2) {
        double share = pairs[i] / n;
        entropy += share * Math.log(share);
      }
      if (entropy == 0) {
        return 0;
      }
      double dependent = 0;
      long[] e = s.pairs.entries();
      for (int i = 0; i < e.length; i += 3) {
        double share = e[i + 2] / n;
        double given = count(second, e[i + 1]) / n;
        dependent += share * Math.log(share / given);
      }
      return (entropy - dependent) / entropy;
    }
  }
}
