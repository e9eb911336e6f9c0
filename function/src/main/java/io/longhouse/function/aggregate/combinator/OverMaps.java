package io.longhouse.function.aggregate.combinator;

import io.longhouse.column.ArrayColumn;
import io.longhouse.column.ByteReader;
import io.longhouse.column.ByteWriter;
import io.longhouse.column.Column;
import io.longhouse.column.ColumnBuilder;
import io.longhouse.column.TupleColumn;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.MapType;
import io.longhouse.function.Argument;
import io.longhouse.function.aggregate.AggregateFunction;
import io.longhouse.function.aggregate.Combinator;
import io.longhouse.function.aggregate.GroupStates;
import io.longhouse.function.aggregate.Signature;
import io.longhouse.function.aggregate.state.BinaryValues;
import io.longhouse.function.aggregate.state.KeyNumbers;
import io.longhouse.function.aggregate.state.ObjectAggregate;
import io.longhouse.registry.Register;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Maps key by key: state = VarUInt n, n * (key, inner state), here in the keys' order. Arrays of
 * keys and of values are left to the functions that have Mapped in their names.
 */
@Register(
    kind = Combinator.class,
    name = "Map",
    category = "Combinator",
    doc = "Aggregates the values of each key of maps on their own.")
final class OverMaps implements Combinator {
  @Override
  public List<DataType> nestedArguments(List<DataType> arguments) {
    if (arguments.size() != 1 || !(arguments.get(0) instanceof MapType m)) {
      throw new LonghouseException(
          arguments.isEmpty()
              ? ErrorCode.NUMBER_OF_ARGUMENTS_DOESNT_MATCH
              : ErrorCode.ILLEGAL_TYPE_OF_ARGUMENT,
          "Aggregate function with Map suffix takes one argument of type Map");
    }
    return List.of(m.value());
  }

  @Override
  public @Nullable String redirect(String inner, List<DataType> arguments) {
    if (arguments.isEmpty() || arguments.get(0) instanceof MapType) {
      return null;
    }
    return switch (inner) {
      case "sum", "min", "max" -> inner + "MappedArrays";
      default -> null;
    };
  }

  @Override
  public AggregateFunction wrap(
      AggregateFunction nested,
      Signature inside,
      List<Argument> parameters,
      List<DataType> arguments) {
    return new Keys(nested, ((MapType) arguments.get(0)).key());
  }

  /** Keys with their numbers, which are the groups of the inner states. */
  private record State(KeyNumbers keys, GroupStates states) {}

  private static final class Keys extends ObjectAggregate<State, ArrayColumn> {
    private final AggregateFunction nested;
    private final DataType keyType;

    Keys(AggregateFunction nested, DataType keyType) {
      super(new MapType(keyType, nested.resultType()));
      this.nested = nested;
      this.keyType = keyType;
    }

    @Override
    protected State newState() {
      return new State(new KeyNumbers(keyType), GroupStates.of(nested, 0));
    }

    @Override
    protected ArrayColumn input(Column[] arguments, int rows) {
      return (ArrayColumn) arguments[0].full();
    }

    @Override
    protected void addRun(State state, ArrayColumn maps, int from, int to) {
      var entries = (TupleColumn) maps.elements();
      Column keys = entries.elements().get(0).full();
      int first = maps.offsets()[from];
      int total = maps.offsets()[to] - first;
      int[] groups = new int[total];
      for (int i = 0; i < total; i++) {
        groups[i] = state.keys.of(keys, first + i);
      }
      state.states.ensure(state.keys.size());
      if (total > 0) {
        Column values = entries.elements().get(1).full().slice(first, total);
        nested.add(state.states, 0, 0, groups, new Column[] {values}, total);
      }
    }

    @Override
    protected void merge(State into, State from) {
      Column keys = from.keys.values();
      int[] groups = new int[from.keys.size()];
      for (int i = 0; i < groups.length; i++) {
        groups[i] = into.keys.of(keys, i);
      }
      into.states.ensure(into.keys.size());
      nested.merge(
          into.states,
          0,
          0,
          groups,
          from.states,
          0,
          0,
          NestedStates.iota(groups.length),
          groups.length);
    }

    @Override
    protected void write(State state, ByteWriter out) {
      out.writeVarUInt(state.keys.size());
      Column keys = state.keys.values();
      for (int k : state.keys.sorted()) {
        BinaryValues.write(keys, k, false, out);
        nested.serialize(state.states, 0, 0, k, out);
      }
    }

    @Override
    protected State read(ByteReader in) {
      State state = newState();
      int n = in.readLength(1 << 27, "map");
      ColumnBuilder key = keyType.newBuilder(1);
      for (int i = 0; i < n; i++) {
        BinaryValues.read(in, false, key);
        int group = state.keys.of(key.build(), 0);
        state.states.ensure(group + 1);
        nested.deserialize(state.states, 0, 0, group, in);
      }
      return state;
    }

    @Override
    protected void result(State state, ColumnBuilder out) {
      var map = (ArrayColumn.Builder) out;
      var entry = (TupleColumn.Builder) map.elements();
      Column keys = state.keys.values();
      for (int k : state.keys.sorted()) {
        entry.elements().get(0).append(keys, k);
        nested.result(state.states, 0, 0, k, 1, entry.elements().get(1));
        entry.addedRow();
      }
      map.endRow();
    }

    @Override
    protected long bytes(State state) {
      return state.keys.bytes() + state.states.retainedBytes();
    }
  }
}
