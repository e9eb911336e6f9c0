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
import io.longhouse.function.aggregate.state.BinaryValues;
import io.longhouse.function.aggregate.state.BytesHashSet;
import io.longhouse.function.aggregate.state.LongHashSet;
import io.longhouse.function.aggregate.state.NumberLayout;
import io.longhouse.function.aggregate.state.ObjectAggregate;
import io.longhouse.function.aggregate.state.Values;
import io.longhouse.registry.Register;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code groupArrayIntersect}: state = VarUInt number of arrays seen, then a {@link LongHashSet} of
 * numbers, or of all else VarUInt size and each value as VarUInt length and bytes (arena form).
 */
@Register(
    kind = AggregateFactory.class,
    name = "groupArrayIntersect",
    category = "Aggregate",
    doc = "The elements that all the arrays have.")
final class GroupArrayIntersect implements AggregateFactory {
  private static final int DEGREE = 8;

  @Override
  public AggregateFunction resolve(List<Argument> parameters, List<DataType> arguments) {
    Arguments.noParameters("groupArrayIntersect", parameters);
    Arguments.count("groupArrayIntersect", arguments, 1);
    if (!(arguments.get(0) instanceof ArrayType a)) {
      throw new LonghouseException(
          ErrorCode.ILLEGAL_TYPE_OF_ARGUMENT,
          "Aggregate function groupArrayIntersect accepts only array type argument");
    }
    NumberLayout layout = NumberLayout.of(a.element());
    return layout != null && layout.fitsWord() && ArrayValues.isNumber(a.element())
        ? new OfWords(a, layout.bytes())
        : new OfBytes(a);
  }

  /** What is counted as seen with one more state: the first one counts once, as all others do. */
  private static long merges(long seen, boolean merged) {
    return merged || seen == 0 ? seen + 1 : 2;
  }

  /** Elements as bits, and where each row's begin. */
  private record Words(long[] bits, int[] offsets) {}

  private static final class WordSet {
    private long seen;
    private boolean merged;
    private LongHashSet set = new LongHashSet(LongHashSet.Hash.MIX, DEGREE);
  }

  private static final class OfWords extends ObjectAggregate<WordSet, Words> {
    private final int keyBytes;

    OfWords(DataType type, int keyBytes) {
      super(type);
      this.keyBytes = keyBytes;
    }

    @Override
    protected WordSet newState() {
      return new WordSet();
    }

    @Override
    protected Words input(Column[] arguments, int rows) {
      var a = (ArrayColumn) arguments[0].full();
      int count = a.offsets()[rows];
      return new Words(Values.bits(a.elements().full(), count), a.offsets());
    }

    @Override
    protected void addRun(WordSet state, Words in, int from, int to) {
      for (int r = from; r < to; r++) {
        if (state.seen++ > 0 && state.set.size() == 0) {
          continue;
        }
        var next = new LongHashSet(LongHashSet.Hash.MIX, DEGREE);
        for (int i = in.offsets[r]; i < in.offsets[r + 1]; i++) {
          if (state.seen == 1 || state.set.contains(in.bits[i])) {
            next.add(in.bits[i]);
          }
        }
        state.set = next;
      }
    }

    @Override
    protected void merge(WordSet into, WordSet from) {
      if (from.seen == 0) {
        return;
      }
      into.seen = merges(into.seen, into.merged);
      into.merged = true;
      if (into.seen == 1) {
        for (long key : from.set.keys()) {
          into.set.add(key);
        }
        return;
      }
      if (into.set.size() == 0) {
        return;
      }
      boolean fewer = from.set.size() < into.set.size();
      LongHashSet few = fewer ? from.set : into.set;
      LongHashSet many = fewer ? into.set : from.set;
      var next = new LongHashSet(LongHashSet.Hash.MIX, DEGREE);
      for (long key : few.keys()) {
        if (many.contains(key)) {
          next.add(key);
        }
      }
      into.set = next;
    }

    @Override
    protected void write(WordSet state, ByteWriter out) {
      out.writeVarUInt(state.seen);
      state.set.write(keyBytes, out);
    }

    @Override
    protected WordSet read(ByteReader in) {
      var state = new WordSet();
      state.seen = in.readVarUInt();
      state.set.read(keyBytes, false, in);
      return state;
    }

    @Override
    protected void result(WordSet state, ColumnBuilder out) {
      var array = (ArrayColumn.Builder) out;
      for (long key : state.set.keys()) {
        Values.append(key, array.elements());
      }
      array.endRow();
    }

    @Override
    protected long bytes(WordSet state) {
      return state.set.bytes() + 32;
    }
  }

  private static final class BytesSet {
    private long seen;
    private boolean merged;
    private BytesHashSet set = new BytesHashSet(DEGREE);
  }

  private static final class OfBytes extends ObjectAggregate<BytesSet, ArrayColumn> {
    OfBytes(DataType type) {
      super(type);
    }

    @Override
    protected BytesSet newState() {
      return new BytesSet();
    }

    @Override
    protected ArrayColumn input(Column[] arguments, int rows) {
      return (ArrayColumn) arguments[0].full();
    }

    @Override
    protected void addRun(BytesSet state, ArrayColumn a, int from, int to) {
      Column elements = a.elements().full();
      var one = new ByteWriter(64);
      for (int r = from; r < to; r++) {
        if (state.seen++ > 0 && state.set.size() == 0) {
          continue;
        }
        var next = new BytesHashSet(DEGREE);
        for (int i = a.offsets()[r]; i < a.offsets()[r + 1]; i++) {
          one.reset();
          BinaryValues.write(elements, i, true, one);
          if (state.seen == 1 || state.set.find(one.buffer(), 0, one.position()) >= 0) {
            next.add(one.buffer(), 0, one.position());
          }
        }
        state.set = next;
      }
    }

    @Override
    protected void merge(BytesSet into, BytesSet from) {
      if (from.seen == 0) {
        return;
      }
      into.seen = merges(into.seen, into.merged);
      into.merged = true;
      if (into.seen == 1) {
        copy(from.set, null, into.set);
        return;
      }
      if (into.set.size() == 0) {
        return;
      }
      boolean fewer = from.set.size() < into.set.size();
      var next = new BytesHashSet(DEGREE);
      copy(fewer ? from.set : into.set, fewer ? into.set : from.set, next);
      into.set = next;
    }

    /** Adds the values of a set, only those that {@code filter} has if there is one. */
    private static void copy(BytesHashSet source, @Nullable BytesHashSet filter, BytesHashSet out) {
      for (int i : source.order()) {
        int length = source.end(i) - source.start(i);
        if (filter == null || filter.find(source.arena(), source.start(i), length) >= 0) {
          out.add(source.arena(), source.start(i), length);
        }
      }
    }

    @Override
    protected void write(BytesSet state, ByteWriter out) {
      out.writeVarUInt(state.seen);
      out.writeVarUInt(state.set.size());
      for (int i : state.set.order()) {
        int length = state.set.end(i) - state.set.start(i);
        out.writeVarUInt(length);
        out.writeBytes(state.set.arena(), state.set.start(i), length);
      }
    }

    @Override
    protected BytesSet read(ByteReader in) {
      var state = new BytesSet();
      state.seen = in.readVarUInt();
      int count = in.readLength(1 << 28, "hash table");
      for (int i = 0; i < count; i++) {
        byte[] v = in.readString(1 << 30);
        state.set.add(v, 0, v.length);
      }
      return state;
    }

    @Override
    protected void result(BytesSet state, ColumnBuilder out) {
      var array = (ArrayColumn.Builder) out;
      for (int i : state.set.order()) {
        int length = state.set.end(i) - state.set.start(i);
        BinaryValues.read(
            new ByteReader(state.set.arena(), state.set.start(i), length), true, array.elements());
      }
      array.endRow();
    }

    @Override
    protected long bytes(BytesSet state) {
      return state.set.bytes() + 32;
    }
  }
}
