package io.longhouse.function.aggregate.collect;

import io.longhouse.column.ArrayColumn;
import io.longhouse.column.ByteReader;
import io.longhouse.column.ByteWriter;
import io.longhouse.column.Column;
import io.longhouse.column.ColumnBuilder;
import io.longhouse.column.StringColumn;
import io.longhouse.column.type.ArrayType;
import io.longhouse.column.type.DataType;
import io.longhouse.function.Argument;
import io.longhouse.function.aggregate.AggregateFactory;
import io.longhouse.function.aggregate.AggregateFunction;
import io.longhouse.function.aggregate.state.Arguments;
import io.longhouse.function.aggregate.state.BytesHashSet;
import io.longhouse.function.aggregate.state.LongHashSet;
import io.longhouse.function.aggregate.state.NumberLayout;
import io.longhouse.function.aggregate.state.ObjectAggregate;
import io.longhouse.function.aggregate.state.PlainValues;
import io.longhouse.function.aggregate.state.Values;
import io.longhouse.registry.Register;
import java.util.List;

/**
 * {@code groupUniqArray}: state = {@link LongHashSet} of numbers; of all else VarUInt size and, in
 * the order of {@link BytesHashSet}, each value as VarUInt length and its bytes (arena form,
 * strings as they are).
 */
@Register(
    kind = AggregateFactory.class,
    name = "groupUniqArray",
    category = "Aggregate",
    doc = "The different values as an array, at most as many as the parameter says.")
final class GroupUniqArray implements AggregateFactory {
  @Override
  public AggregateFunction resolve(List<Argument> parameters, List<DataType> arguments) {
    Arguments.count("groupUniqArray", arguments, 1);
    Arguments.parameters("groupUniqArray", parameters, 0, 1);
    int max =
        parameters.isEmpty()
            ? Integer.MAX_VALUE
            : (int)
                Math.min(
                    Integer.MAX_VALUE, Arguments.positive("groupUniqArray", parameters.get(0)));
    DataType type = arguments.get(0);
    NumberLayout layout = NumberLayout.of(type);
    return layout != null && layout.fitsWord() && ArrayValues.isNumber(type)
        ? new OfWords(type, layout.bytes(), max)
        : new OfBytes(type, max);
  }

  private static final class OfWords extends ObjectAggregate<LongHashSet, long[]> {
    private final int keyBytes;
    private final int max;

    OfWords(DataType type, int keyBytes, int max) {
      super(new ArrayType(type));
      this.keyBytes = keyBytes;
      this.max = max;
    }

    @Override
    protected LongHashSet newState() {
      return new LongHashSet(LongHashSet.Hash.MIX, 4);
    }

    @Override
    protected long[] input(Column[] arguments, int rows) {
      return Values.bits(arguments[0], rows);
    }

    @Override
    protected void addRun(LongHashSet state, long[] v, int from, int to) {
      for (int r = from; r < to && state.size() < max; r++) {
        state.add(v[r]);
      }
    }

    @Override
    protected void merge(LongHashSet into, LongHashSet from) {
      if (max == Integer.MAX_VALUE) {
        into.addAll(from);
      } else {
        long[] keys = from.keys();
        addRun(into, keys, 0, keys.length);
      }
    }

    @Override
    protected void write(LongHashSet state, ByteWriter out) {
      state.write(keyBytes, out);
    }

    @Override
    protected LongHashSet read(ByteReader in) {
      LongHashSet set = newState();
      set.read(keyBytes, true, in);
      return set;
    }

    @Override
    protected void result(LongHashSet state, ColumnBuilder out) {
      var array = (ArrayColumn.Builder) out;
      for (long key : state.keys()) {
        Values.append(key, array.elements());
      }
      array.endRow();
    }

    @Override
    protected long bytes(LongHashSet state) {
      return state.bytes();
    }
  }

  private static final class OfBytes extends ObjectAggregate<BytesHashSet, Column> {
    private final PlainValues form;
    private final int max;

    OfBytes(DataType type, int max) {
      super(new ArrayType(type));
      this.form = new PlainValues(type);
      this.max = max;
    }

    @Override
    protected BytesHashSet newState() {
      return new BytesHashSet(5);
    }

    @Override
    protected Column input(Column[] arguments, int rows) {
      return arguments[0].full();
    }

    @Override
    protected void addRun(BytesHashSet state, Column c, int from, int to) {
      if (c instanceof StringColumn s) {
        for (int r = from; r < to && state.size() < max; r++) {
          state.add(s.bytes(), s.offsets()[r], s.lengthAt(r));
        }
        return;
      }
      var one = new ByteWriter(64);
      for (int r = from; r < to && state.size() < max; r++) {
        one.reset();
        form.write(c, r, one);
        state.add(one.buffer(), 0, one.position());
      }
    }

    @Override
    protected void merge(BytesHashSet into, BytesHashSet from) {
      for (int i : from.order()) {
        if (into.size() < max) {
          into.add(from.arena(), from.start(i), from.end(i) - from.start(i));
        }
      }
    }

    @Override
    protected void write(BytesHashSet state, ByteWriter out) {
      out.writeVarUInt(state.size());
      for (int i : state.order()) {
        out.writeVarUInt(state.end(i) - state.start(i));
        out.writeBytes(state.arena(), state.start(i), state.end(i) - state.start(i));
      }
    }

    @Override
    protected BytesHashSet read(ByteReader in) {
      BytesHashSet set = newState();
      int count = in.readLength(1 << 28, "hash table");
      for (int i = 0; i < count; i++) {
        byte[] v = in.readString(1 << 30);
        set.add(v, 0, v.length);
      }
      return set;
    }

    @Override
    protected void result(BytesHashSet state, ColumnBuilder out) {
      var array = (ArrayColumn.Builder) out;
      for (int i : state.order()) {
        int length = state.end(i) - state.start(i);
        form.append(state.arena(), state.start(i), length, array.elements());
      }
      array.endRow();
    }

    @Override
    protected long bytes(BytesHashSet state) {
      return state.bytes();
    }
  }
}
