package io.longhouse.function.aggregate.distinct;

import io.longhouse.column.ByteReader;
import io.longhouse.column.ByteWriter;
import io.longhouse.column.Column;
import io.longhouse.column.ColumnBuilder;
import io.longhouse.column.Int64Column;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.IntegerType;
import io.longhouse.function.Argument;
import io.longhouse.function.aggregate.AggregateFactory;
import io.longhouse.function.aggregate.AggregateFunction;
import io.longhouse.function.aggregate.GroupStates;
import io.longhouse.function.aggregate.state.Arguments;
import io.longhouse.function.aggregate.state.ExactSet;
import io.longhouse.function.aggregate.state.NumberLayout;
import io.longhouse.function.aggregate.state.ObjectAggregate;
import io.longhouse.function.aggregate.state.Values;
import io.longhouse.function.aggregate.state.WideHashSet;
import io.longhouse.function.aggregate.state.WideNumbers;
import io.longhouse.registry.Register;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code uniqExact}: state = {@link ExactSet} of numbers, or {@link WideHashSet} of wide numbers or
 * of the 128-bit hashes of everything else.
 */
@Register(
    kind = AggregateFactory.class,
    name = "uniqExact",
    category = "Aggregate",
    doc = "The number of different values.")
final class UniqExact implements AggregateFactory {
  @Override
  public boolean zeroWithoutRows() {
    return true;
  }

  @Override
  public AggregateFunction resolve(List<Argument> parameters, List<DataType> arguments) {
    Arguments.noParameters("uniqExact", parameters);
    Arguments.countAtLeast("uniqExact", arguments, 1);
    NumberLayout layout = arguments.size() == 1 ? RowHashes.number(arguments.get(0)) : null;
    if (layout != null && layout.fitsWord()) {
      return new OfWords(layout.bytes());
    }
    if (layout != null) {
      int n = layout.words();
      return new OfKeys(n, false, 4, (c, rows) -> WideNumbers.widen(c[0], layout, n, rows));
    }
    if (arguments.size() == 1 && RowHashes.isString(arguments.get(0))) {
      return new OfKeys(2, true, 3, (c, rows) -> RowHashes.sip128OfStrings(c[0], rows));
    }
    return new OfKeys(2, true, 3, (c, rows) -> RowHashes.sip128(RowHashes.flatten(c), rows));
  }

  private static final class OfWords extends ObjectAggregate<ExactSet, long[]> {
    private final int keyBytes;

    OfWords(int keyBytes) {
      super(IntegerType.UINT64);
      this.keyBytes = keyBytes;
    }

    @Override
    protected ExactSet newState() {
      return new ExactSet(keyBytes);
    }

    @Override
    public boolean keepsArguments() {
      return false;
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
        ExactSet set = (ExactSet) objects[groups[r]];
        if (set == null) {
          set = newState();
          objects[groups[r]] = set;
          grown += set.bytes();
        }
        long before = set.bytes();
        set.add(v[r]);
        grown += set.bytes() - before;
      }
      states.addObjectBytes(grown);
    }

    @Override
    public void addToOne(
        GroupStates states, int word, int slot, int group, Column[] arguments, int rows) {
      if (rows == 0) {
        return;
      }
      ExactSet set = state(states.objects(slot), group);
      long before = set.bytes();
      Values.eachPiece(arguments[0], false, rows, set::addAll);
      states.addObjectBytes(set.bytes() - before);
    }

    @Override
    protected void addRun(ExactSet state, long[] v, int from, int to) {
      state.addAll(v, from, to);
    }

    @Override
    protected void merge(ExactSet into, ExactSet from) {
      into.addAll(from);
    }

    @Override
    protected void write(ExactSet state, ByteWriter out) {
      state.write(out);
    }

    @Override
    protected ExactSet read(ByteReader in) {
      ExactSet set = newState();
      set.read(in);
      return set;
    }

    @Override
    protected void result(ExactSet state, ColumnBuilder out) {
      ((Int64Column.Builder) out).add(state.size());
    }

    @Override
    protected long bytes(ExactSet state) {
      return state.bytes();
    }
  }

  private static final class OfKeys extends ObjectAggregate<WideHashSet, long[]> {
    private final int n;
    private final boolean trivial;
    private final int degree;
    private final RowHashes.Words keys;

    /**
     * @param keys {@code n} words for a row
     */
    OfKeys(int n, boolean trivial, int degree, RowHashes.Words keys) {
      super(IntegerType.UINT64);
      this.n = n;
      this.trivial = trivial;
      this.degree = degree;
      this.keys = keys;
    }

    @Override
    protected WideHashSet newState() {
      return new WideHashSet(n, trivial, degree);
    }

    @Override
    protected long[] input(Column[] arguments, int rows) {
      return keys.of(arguments, rows);
    }

    @Override
    protected void addRun(WideHashSet state, long[] v, int from, int to) {
      for (int r = from; r < to; r++) {
        state.add(v, r * n);
      }
    }

    @Override
    protected void merge(WideHashSet into, WideHashSet from) {
      into.addAll(from);
    }

    @Override
    protected void write(WideHashSet state, ByteWriter out) {
      state.write(out);
    }

    @Override
    protected WideHashSet read(ByteReader in) {
      WideHashSet set = newState();
      set.read(true, in);
      return set;
    }

    @Override
    protected void result(WideHashSet state, ColumnBuilder out) {
      ((Int64Column.Builder) out).add(state.size());
    }

    @Override
    protected long bytes(WideHashSet state) {
      return state.bytes();
    }
  }
}
