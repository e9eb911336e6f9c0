package io.longhouse.function.aggregate.combinator;

import io.longhouse.column.ArrayColumn;
import io.longhouse.column.ByteReader;
import io.longhouse.column.ByteWriter;
import io.longhouse.column.Column;
import io.longhouse.column.ColumnBuilder;
import io.longhouse.column.type.ArrayType;
import io.longhouse.column.type.DataType;
import io.longhouse.function.Argument;
import io.longhouse.function.aggregate.AggregateFunction;
import io.longhouse.function.aggregate.Combinator;
import io.longhouse.function.aggregate.GroupStates;
import io.longhouse.function.aggregate.Signature;
import io.longhouse.function.aggregate.state.ObjectAggregate;
import io.longhouse.registry.Register;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import java.util.List;

/**
 * Arrays element by element: state = UInt64 n, n inner states. In memory an object with states of
 * its own, one group for each position.
 */
@Register(
    kind = Combinator.class,
    name = "ForEach",
    category = "Combinator",
    doc = "Aggregates the elements at each position of arrays on their own.")
final class ForEach implements Combinator {
  @Override
  public List<DataType> nestedArguments(List<DataType> arguments) {
    return OverArrays.elements("ForEach", arguments);
  }

  @Override
  public AggregateFunction wrap(
      AggregateFunction nested,
      Signature inside,
      List<Argument> parameters,
      List<DataType> arguments) {
    return new Positions(nested);
  }

  private static final class Positions extends ObjectAggregate<GroupStates, ArrayColumn[]> {
    private static final int POSITIONS_MAX = 0xFFFFFF;
    private final AggregateFunction nested;

    Positions(AggregateFunction nested) {
      super(new ArrayType(nested.resultType()));
      this.nested = nested;
    }

    @Override
    protected GroupStates newState() {
      return GroupStates.of(nested, 0);
    }

    @Override
    protected ArrayColumn[] input(Column[] arguments, int rows) {
      ArrayColumn[] arrays = OverArrays.arrays(arguments);
      OverArrays.elementColumns(arrays, rows);
      return arrays;
    }

    @Override
    protected void addRun(GroupStates state, ArrayColumn[] arrays, int from, int to) {
      int[] offsets = arrays[0].offsets();
      int first = offsets[from];
      int total = offsets[to] - first;
      int[] positions = new int[total];
      int longest = 0;
      for (int r = from; r < to; r++) {
        int length = offsets[r + 1] - offsets[r];
        longest = Math.max(longest, length);
        for (int k = 0; k < length; k++) {
          positions[offsets[r] - first + k] = k;
        }
      }
      if (longest > POSITIONS_MAX) {
        throw new LonghouseException(
            ErrorCode.TOO_LARGE_ARRAY_SIZE,
            "Suspiciously large array size (" + longest + ") in -ForEach aggregate function");
      }
      state.ensure(longest);
      if (total == 0) {
        return;
      }
      Column[] elements = new Column[arrays.length];
      for (int i = 0; i < elements.length; i++) {
        Column all = arrays[i].elements();
        elements[i] = first == 0 && total == all.size() ? all : all.slice(first, total);
      }
      nested.add(state, 0, 0, positions, elements, total);
    }

    @Override
    protected void merge(GroupStates into, GroupStates from) {
      into.ensure(from.groups());
      int[] groups = NestedStates.iota(from.groups());
      nested.merge(into, 0, 0, groups, from, 0, 0, groups, groups.length);
    }

    @Override
    protected void write(GroupStates state, ByteWriter out) {
      out.writeLong(state.groups());
      for (int g = 0; g < state.groups(); g++) {
        nested.serialize(state, 0, 0, g, out);
      }
    }

    @Override
    protected GroupStates read(ByteReader in) {
      long n = in.readLong();
      if (n < 0 || n > POSITIONS_MAX) {
        throw new LonghouseException(
            ErrorCode.TOO_LARGE_ARRAY_SIZE,
            "Suspiciously large array size (" + n + ") in -ForEach aggregate function");
      }
      GroupStates state = GroupStates.of(nested, (int) n);
      for (int g = 0; g < n; g++) {
        nested.deserialize(state, 0, 0, g, in);
      }
      return state;
    }

    @Override
    protected void result(GroupStates state, ColumnBuilder out) {
      var array = (ArrayColumn.Builder) out;
      nested.result(state, 0, 0, 0, state.groups(), array.elements());
      array.endRow();
    }

    @Override
    protected long bytes(GroupStates state) {
      return state.retainedBytes();
    }
  }
}
