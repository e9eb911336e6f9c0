package io.longhouse.function.aggregate.combinator;

import io.longhouse.column.ByteReader;
import io.longhouse.column.ByteWriter;
import io.longhouse.column.Column;
import io.longhouse.column.ColumnBuilder;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.DecimalType;
import io.longhouse.function.Argument;
import io.longhouse.function.aggregate.AggregateFunction;
import io.longhouse.function.aggregate.Combinator;
import io.longhouse.function.aggregate.GroupStates;
import io.longhouse.function.aggregate.Signature;
import io.longhouse.function.aggregate.state.BinaryValues;
import io.longhouse.function.aggregate.state.BytesHashSet;
import io.longhouse.function.aggregate.state.LongHashSet;
import io.longhouse.function.aggregate.state.LongList;
import io.longhouse.function.aggregate.state.NumberLayout;
import io.longhouse.function.aggregate.state.ObjectAggregate;
import io.longhouse.function.aggregate.state.PlainValues;
import io.longhouse.function.aggregate.state.Values;
import io.longhouse.registry.Register;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * Every combination of arguments once: state = VarUInt n, in the order of a hash table n * value
 * for one number and otherwise n * (VarUInt length, bytes of the arguments). The inner function
 * gets the values in the order of their arrival.
 */
@Register(
    kind = Combinator.class,
    name = "Distinct",
    category = "Combinator",
    doc = "Takes every combination of arguments once.")
final class Distinct implements Combinator {
  @Override
  public List<DataType> nestedArguments(List<DataType> arguments) {
    if (arguments.isEmpty()) {
      throw new LonghouseException(
          ErrorCode.NUMBER_OF_ARGUMENTS_DOESNT_MATCH,
          "Incorrect number of arguments for aggregate function with Distinct suffix");
    }
    return arguments;
  }

  @Override
  public AggregateFunction wrap(
      AggregateFunction nested,
      Signature inside,
      List<Argument> parameters,
      List<DataType> arguments) {
    NumberLayout layout = NumberLayout.of(arguments.get(0));
    boolean number =
        arguments.size() == 1
            && layout != null
            && layout.fitsWord()
            && !(arguments.get(0) instanceof DecimalType);
    return number
        ? new OfWords(nested, arguments.get(0), Objects.requireNonNull(layout).bytes())
        : new OfBytes(nested, arguments);
  }

  /** Feeds the values of a set to the inner function and appends its result. */
  private static void finish(
      AggregateFunction nested, Column[] arguments, int rows, ColumnBuilder out) {
    GroupStates one = GroupStates.of(nested, 1);
    if (rows > 0) {
      nested.add(one, 0, 0, new int[rows], arguments, rows);
    }
    nested.result(one, 0, 0, 0, 1, out);
  }

  /** Different words in the order of their arrival. */
  private record Words(LongHashSet set, LongList list) {
    void add(long v) {
      if (set.add(v)) {
        list.add(v);
      }
    }
  }

  private static final class OfWords extends ObjectAggregate<Words, long[]> {
    private final AggregateFunction nested;
    private final DataType type;
    private final int keyBytes;

    OfWords(AggregateFunction nested, DataType type, int keyBytes) {
      super(nested.resultType());
      this.nested = nested;
      this.type = type;
      this.keyBytes = keyBytes;
    }

    @Override
    protected Words newState() {
      return new Words(new LongHashSet(LongHashSet.Hash.MIX, 4), new LongList());
    }

    @Override
    protected long[] input(Column[] arguments, int rows) {
      return Values.bits(arguments[0], rows);
    }

    @Override
    protected void addRun(Words state, long[] v, int from, int to) {
      for (int r = from; r < to; r++) {
        state.add(v[r]);
      }
    }

    @Override
    protected void merge(Words into, Words from) {
      for (long key : from.set.keys()) {
        into.add(key);
      }
    }

    @Override
    protected void write(Words state, ByteWriter out) {
      state.set.write(keyBytes, out);
    }

    @Override
    protected Words read(ByteReader in) {
      Words state = newState();
      int n = in.readLength(1 << 28, "values");
      for (int i = 0; i < n; i++) {
        state.add(Values.read(keyBytes, in));
      }
      return state;
    }

    @Override
    protected void result(Words state, ColumnBuilder out) {
      ColumnBuilder b = type.newBuilder(state.list.size());
      for (int i = 0; i < state.list.size(); i++) {
        Values.append(state.list.values()[i], b);
      }
      finish(nested, new Column[] {b.build()}, state.list.size(), out);
    }

    @Override
    protected long bytes(Words state) {
      return state.set.bytes() + state.list.bytes();
    }
  }

  private static final class OfBytes extends ObjectAggregate<BytesHashSet, Column[]> {
    private final AggregateFunction nested;
    private final List<DataType> types;

    OfBytes(AggregateFunction nested, List<DataType> types) {
      super(nested.resultType());
      this.nested = nested;
      this.types = types;
    }

    @Override
    protected BytesHashSet newState() {
      return new BytesHashSet(4);
    }

    @Override
    protected Column[] input(Column[] arguments, int rows) {
      Column[] out = new Column[arguments.length];
      Arrays.setAll(out, i -> arguments[i].full());
      return out;
    }

    @Override
    protected void addRun(BytesHashSet state, Column[] columns, int from, int to) {
      var one = new ByteWriter(64);
      var plain = new PlainValues(types.get(0));
      for (int r = from; r < to; r++) {
        one.reset();
        if (columns.length == 1) {
          plain.write(columns[0], r, one);
        } else {
          for (Column c : columns) {
            BinaryValues.write(c, r, true, one);
          }
        }
        state.add(one.buffer(), 0, one.position());
      }
    }

    @Override
    protected void merge(BytesHashSet into, BytesHashSet from) {
      for (int i : from.order()) {
        into.add(from.arena(), from.start(i), from.end(i) - from.start(i));
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
      int n = in.readLength(1 << 28, "hash table");
      for (int i = 0; i < n; i++) {
        byte[] v = in.readString(1 << 30);
        set.add(v, 0, v.length);
      }
      return set;
    }

    @Override
    protected void result(BytesHashSet state, ColumnBuilder out) {
      ColumnBuilder[] builders = new ColumnBuilder[types.size()];
      Arrays.setAll(builders, i -> types.get(i).newBuilder(state.size()));
      var plain = new PlainValues(types.get(0));
      for (int i = 0; i < state.size(); i++) {
        int length = state.end(i) - state.start(i);
        if (builders.length == 1) {
          plain.append(state.arena(), state.start(i), length, builders[0]);
        } else {
          var in = new ByteReader(state.arena(), state.start(i), length);
          for (ColumnBuilder b : builders) {
            BinaryValues.read(in, true, b);
          }
        }
      }
      Column[] columns = new Column[builders.length];
      Arrays.setAll(columns, i -> builders[i].build());
      finish(nested, columns, state.size(), out);
    }

    @Override
    protected long bytes(BytesHashSet state) {
      return state.bytes();
    }
  }
}
