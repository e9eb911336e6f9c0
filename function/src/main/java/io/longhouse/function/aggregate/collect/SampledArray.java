package io.longhouse.function.aggregate.collect;

import io.longhouse.column.ArrayColumn;
import io.longhouse.column.ByteReader;
import io.longhouse.column.ByteWriter;
import io.longhouse.column.Column;
import io.longhouse.column.ColumnBuilder;
import io.longhouse.column.type.ArrayType;
import io.longhouse.column.type.DataType;
import io.longhouse.function.Argument;
import io.longhouse.function.aggregate.AggregateFactory;
import io.longhouse.function.aggregate.AggregateFunction;
import io.longhouse.function.aggregate.state.Arguments;
import io.longhouse.function.aggregate.state.ObjectAggregate;
import io.longhouse.function.aggregate.state.PcgRandom;
import io.longhouse.registry.Register;
import io.longhouse.sql.ByteText;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Some of the values: the last ones, kept in a ring, or a uniform sample.
 *
 * <pre>
 * state = VarUInt n, n values as {@link ArrayValues}, UInt64 values seen, [String random generator]
 * </pre>
 */
@Register(
    kind = AggregateFactory.class,
    name = "groupArrayLast",
    category = "Aggregate",
    doc = "The last values, at most as many as the parameter says.")
@Register(
    kind = AggregateFactory.class,
    name = "groupArraySample",
    category = "Aggregate",
    doc = "A uniform sample of that many values; a second parameter is the seed.")
final class SampledArray implements AggregateFactory {
  private final String name;

  SampledArray(String name) {
    this.name = name;
  }

  @Override
  public AggregateFunction resolve(List<Argument> parameters, List<DataType> arguments) {
    boolean sampling = name.equals("groupArraySample");
    Arguments.parameters(name, parameters, 1, sampling ? 2 : 1);
    Arguments.count(name, arguments, 1);
    int max = (int) Math.min(1 << 24, Arguments.positive(name, parameters.get(0)));
    boolean seeded = parameters.size() > 1;
    long seed = seeded ? Arguments.integer(name, parameters.get(1)) : 0;
    return new Kept(arguments.get(0), max, sampling, seeded, seed);
  }

  private static final class State {
    Column[] values = new Column[4];
    int size;
    long total;
    final PcgRandom random;

    State(long seed) {
      random = new PcgRandom(seed);
    }

    void add(Column value) {
      if (size == values.length) {
        values = java.util.Arrays.copyOf(values, size * 2);
      }
      values[size++] = value;
    }

    void shuffle() {
      for (int i = 1; i < size; i++) {
        int j = (int) random.below(i + 1);
        Column swap = values[i];
        values[i] = values[j];
        values[j] = swap;
      }
    }
  }

  private static final class Kept extends ObjectAggregate<State, Column> {
    private final DataType type;
    private final ArrayValues form;
    private final int max;
    private final boolean sampling;
    private final boolean seeded;
    private final long seed;

    Kept(DataType type, int max, boolean sampling, boolean seeded, long seed) {
      super(new ArrayType(type));
      this.type = type;
      this.form = new ArrayValues(type);
      this.max = max;
      this.sampling = sampling;
      this.seeded = seeded;
      this.seed = seed;
    }

    @Override
    protected State newState() {
      return new State(seeded ? seed : ThreadLocalRandom.current().nextLong());
    }

    @Override
    protected Column input(Column[] arguments, int rows) {
      return arguments[0].full();
    }

    /** Where the next value goes: the end, a place to replace, or -1. */
    private int place(State state) {
      state.total++;
      if (state.size < max) {
        return state.size;
      }
      long at =
          sampling ? state.random.below(state.total) : Long.remainderUnsigned(state.total - 1, max);
      return at < max ? (int) at : -1;
    }

    private void put(State state, Column from, int row) {
      int at = place(state);
      if (at >= 0) {
        Column value = from.slice(row, 1).full();
        if (at == state.size) {
          state.add(value);
        } else {
          state.values[at] = value;
        }
      }
    }

    @Override
    protected void addRun(State state, Column input, int from, int to) {
      for (int r = from; r < to; r++) {
        put(state, input, r);
      }
    }

    @Override
    protected void merge(State into, State from) {
      if (!sampling) {
        mergeRing(into, from);
        return;
      }
      if (from.total <= max) {
        for (int i = 0; i < from.size; i++) {
          put(into, from.values[i], 0);
        }
      } else if (into.total <= max) {
        Column[] own = into.values;
        int count = into.size;
        into.values = from.values.clone();
        into.size = from.size;
        into.total = from.total;
        for (int i = 0; i < count; i++) {
          put(into, own[i], 0);
        }
      } else {
        into.shuffle();
        into.total += from.total;
        for (int i = 0; i < max; i++) {
          if (into.random.below(into.total) < from.total) {
            into.values[i] = from.values[i];
          }
        }
      }
    }

    /** The other's values in the order of their arrival, as if they came now. */
    private void mergeRing(State into, State from) {
      long first = from.total - from.size;
      boolean full = into.size == max;
      long all = full ? 0 : first;
      into.total += full ? first : 0;
      for (long k = first; k < from.total; k++) {
        put(into, from.values[from.size < max ? (int) (k - first) : (int) (k % max)], 0);
      }
      into.total += all;
    }

    private Column all(State state) {
      ColumnBuilder b = type.newBuilder(state.size);
      for (int i = 0; i < state.size; i++) {
        b.append(state.values[i], 0);
      }
      return b.build();
    }

    @Override
    protected void write(State state, ByteWriter out) {
      out.writeVarUInt(state.size);
      form.write(all(state), 0, state.size, out);
      out.writeLong(state.total);
      if (sampling) {
        byte[] text = ByteText.encode(state.random.text());
        out.writeVarUInt(text.length);
        out.writeBytes(text, 0, text.length);
      }
    }

    @Override
    protected State read(ByteReader in) {
      State state = newState();
      int n = in.readLength(1 << 24, "array");
      ColumnBuilder b = type.newBuilder(n);
      form.read(in, n, b);
      Column c = b.build();
      for (int i = 0; i < n; i++) {
        state.add(c.slice(i, 1).full());
      }
      state.total = in.readLong();
      if (sampling) {
        state.random.restore(ByteText.decode(in.readBytes(in.readLength(1 << 16, "string"))));
      }
      return state;
    }

    @Override
    protected void result(State state, ColumnBuilder out) {
      var array = (ArrayColumn.Builder) out;
      array.elements().appendRange(all(state), 0, state.size);
      array.endRow();
    }

    @Override
    protected long bytes(State state) {
      return 100L * state.size + 64;
    }
  }
}
