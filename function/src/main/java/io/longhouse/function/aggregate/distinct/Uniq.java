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
import io.longhouse.function.aggregate.GroupStates;
import io.longhouse.function.aggregate.state.Arguments;
import io.longhouse.function.aggregate.state.NumberLayout;
import io.longhouse.function.aggregate.state.ObjectAggregate;
import io.longhouse.function.aggregate.state.Values;
import io.longhouse.registry.Register;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code uniq}: state = {@link UniquesHashSet}. */
@Register(
    kind = AggregateFactory.class,
    name = "uniq",
    category = "Aggregate",
    doc = "An estimate of the number of different values, good to about one percent.")
final class Uniq implements AggregateFactory {
  @Override
  public boolean zeroWithoutRows() {
    return true;
  }

  @Override
  public AggregateFunction resolve(List<Argument> parameters, List<DataType> arguments) {
    Arguments.noParameters("uniq", parameters);
    Arguments.countAtLeast("uniq", arguments, 1);
    NumberLayout layout = arguments.size() == 1 ? RowHashes.number(arguments.getFirst()) : null;
    return new Sets(
        RowHashes.approximate(arguments),
        RowHashes.hashed(arguments),
        layout != null && layout.fitsWord() ? layout : null);
  }

  private static final class Sets extends ObjectAggregate<UniquesHashSet, long[]> {
    private final RowHashes.Words words;
    private final boolean hashed;
    private final @Nullable NumberLayout layout;

    /**
     * @param layout of single numbers that are words; null for all else
     */
    Sets(RowHashes.Words words, boolean hashed, @Nullable NumberLayout layout) {
      super(IntegerType.UINT64);
      this.words = words;
      this.hashed = hashed;
      this.layout = layout;
    }

    @Override
    public boolean keepsArguments() {
      return false;
    }

    @Override
    protected UniquesHashSet newState() {
      return new UniquesHashSet();
    }

    @Override
    protected long[] input(Column[] arguments, int rows) {
      return words.of(arguments, rows);
    }

    @Override
    public void add(
        GroupStates states, int word, int slot, int[] groups, Column[] arguments, int rows) {
      long[] v = words.of(arguments, rows);
      @Nullable Object[] objects = states.objects(slot);
      long grown = 0;
      for (int r = 0; r < rows; r++) {
        UniquesHashSet set = (UniquesHashSet) objects[groups[r]];
        if (set == null) {
          set = new UniquesHashSet();
          objects[groups[r]] = set;
          grown += set.bytes();
        }
        long before = set.bytes();
        set.add(hashed ? (int) v[r] : RowHashes.mixed(v[r]));
        grown += set.bytes() - before;
      }
      states.addObjectBytes(grown);
    }

    @Override
    public void addToOne(
        GroupStates states, int word, int slot, int group, Column[] arguments, int rows) {
      NumberLayout l = layout;
      if (l == null || rows == 0) {
        super.addToOne(states, word, slot, group, arguments, rows);
        return;
      }
      UniquesHashSet set = state(states.objects(slot), group);
      long before = set.bytes();
      Values.eachPiece(arguments[0], l.signed() && !l.floating(), rows, set::addMixed);
      states.addObjectBytes(set.bytes() - before);
    }

    @Override
    protected void addRun(UniquesHashSet state, long[] v, int from, int to) {
      if (hashed) {
        for (int r = from; r < to; r++) {
          state.add((int) v[r]);
        }
      } else {
        state.addMixed(v, from, to);
      }
    }

    @Override
    protected void merge(UniquesHashSet into, UniquesHashSet from) {
      into.merge(from);
    }

    @Override
    protected void write(UniquesHashSet state, ByteWriter out) {
      state.write(out);
    }

    @Override
    protected UniquesHashSet read(ByteReader in) {
      return UniquesHashSet.read(in);
    }

    @Override
    protected void result(UniquesHashSet state, ColumnBuilder out) {
      ((io.longhouse.column.Int64Column.Builder) out).add(state.count());
    }

    @Override
    protected long bytes(UniquesHashSet state) {
      return state.bytes();
    }
  }
}
