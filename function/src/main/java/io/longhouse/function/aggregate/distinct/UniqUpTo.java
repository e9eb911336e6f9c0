package io.longhouse.function.aggregate.distinct;

import io.longhouse.column.ByteReader;
import io.longhouse.column.ByteWriter;
import io.longhouse.column.Column;
import io.longhouse.column.ColumnBuilder;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.IntegerType;
import io.longhouse.function.Argument;
import io.longhouse.function.aggregate.AggregateFactory;
import io.longhouse.function.aggregate.AggregateFunction;
import io.longhouse.function.aggregate.state.Arguments;
import io.longhouse.function.aggregate.state.LongList;
import io.longhouse.function.aggregate.state.NumberLayout;
import io.longhouse.function.aggregate.state.ObjectAggregate;
import io.longhouse.function.aggregate.state.Values;
import io.longhouse.registry.Register;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import java.util.List;
import java.util.Objects;

/**
 * {@code uniqUpTo(N)}: state = UInt8 n, n * value; n is N + 1 with no values behind when there are
 * more. Values are numbers in their width, or 64-bit hashes of all else.
 */
@Register(
    kind = AggregateFactory.class,
    name = "uniqUpTo",
    category = "Aggregate",
    doc = "The number of different values up to N, and N + 1 when there are more.")
final class UniqUpTo implements AggregateFactory {
  @Override
  public boolean zeroWithoutRows() {
    return true;
  }

  @Override
  public AggregateFunction resolve(List<Argument> parameters, List<DataType> arguments) {
    Arguments.parameters("uniqUpTo", parameters, 0, 1);
    Arguments.countAtLeast("uniqUpTo", arguments, 1);
    long max = parameters.isEmpty() ? 10 : Arguments.positive("uniqUpTo", parameters.get(0));
    if (max > 100) {
      throw new LonghouseException(
          ErrorCode.ARGUMENT_OUT_OF_BOUND,
          "Too large parameter for aggregate function uniqUpTo. Maximum: 100");
    }
    NumberLayout layout = arguments.size() == 1 ? RowHashes.number(arguments.get(0)) : null;
    boolean number = layout != null && layout.fitsWord();
    RowHashes.Words words =
        number ? (c, rows) -> Values.bits(c[0], rows) : RowHashes.approximate(arguments);
    return new Few((int) max, number ? Objects.requireNonNull(layout).bytes() : 8, words);
  }

  private static final class Few extends ObjectAggregate<LongList, long[]> {
    private final int max;
    private final int bytes;
    private final RowHashes.Words words;

    Few(int max, int bytes, RowHashes.Words words) {
      super(IntegerType.UINT64);
      this.max = max;
      this.bytes = bytes;
      this.words = words;
    }

    @Override
    protected LongList newState() {
      return new LongList();
    }

    @Override
    protected long[] input(Column[] arguments, int rows) {
      return words.of(arguments, rows);
    }

    @Override
    protected void addRun(LongList state, long[] v, int from, int to) {
      for (int r = from; r < to; r++) {
        add(state, v[r]);
      }
    }

    private void add(LongList state, long v) {
      int n = state.size();
      if (n > max) {
        return;
      }
      for (int i = 0; i < n; i++) {
        if (state.values()[i] == v) {
          return;
        }
      }
      state.add(v);
    }

    @Override
    protected void merge(LongList into, LongList from) {
      addRun(into, from.values(), 0, from.size());
      while (from.size() > max && into.size() <= max) {
        into.add(0);
      }
    }

    @Override
    protected void write(LongList state, ByteWriter out) {
      out.writeByte(state.size());
      for (int i = 0; i < state.size() && state.size() <= max; i++) {
        Values.write(state.values()[i], bytes, out);
      }
    }

    @Override
    protected LongList read(ByteReader in) {
      LongList state = newState();
      int n = in.readUnsignedByte();
      for (int i = 0; i < n; i++) {
        state.add(n <= max ? Values.read(bytes, in) : 0);
      }
      return state;
    }

    @Override
    protected void result(LongList state, ColumnBuilder out) {
      Values.append((long) state.size(), out);
    }

    @Override
    protected long bytes(LongList state) {
      return state.bytes();
    }
  }
}
