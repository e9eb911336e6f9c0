package io.longhouse.function.aggregate.collect;

import io.longhouse.column.ArrayColumn;
import io.longhouse.column.ByteReader;
import io.longhouse.column.ByteWriter;
import io.longhouse.column.Column;
import io.longhouse.column.ColumnBuilder;
import io.longhouse.column.Float64Column;
import io.longhouse.column.Int32Column;
import io.longhouse.column.Int64Column;
import io.longhouse.column.StringColumn;
import io.longhouse.column.type.ArrayType;
import io.longhouse.column.type.DataType;
import io.longhouse.function.Argument;
import io.longhouse.function.aggregate.AggregateFactory;
import io.longhouse.function.aggregate.AggregateFunction;
import io.longhouse.function.aggregate.GroupStates;
import io.longhouse.function.aggregate.state.Arguments;
import io.longhouse.function.aggregate.state.Collected;
import io.longhouse.function.aggregate.state.ObjectAggregate;
import io.longhouse.registry.Register;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code groupArray}: state = VarUInt size, the values as {@link ArrayValues} writes them. */
@Register(
    kind = AggregateFactory.class,
    name = "groupArray",
    aliases = {"array_agg"},
    caseInsensitive = true,
    category = "Aggregate",
    doc = "All values as an array, at most as many as the parameter says.")
final class GroupArray implements AggregateFactory {
  @Override
  public AggregateFunction resolve(List<Argument> parameters, List<DataType> arguments) {
    Arguments.count("groupArray", arguments, 1);
    Arguments.parameters("groupArray", parameters, 0, 1);
    int max =
        parameters.isEmpty()
            ? Integer.MAX_VALUE
            : (int)
                Math.min(Integer.MAX_VALUE, Arguments.positive("groupArray", parameters.get(0)));
    return new Values(arguments.get(0), max);
  }

  private static final class Values extends ObjectAggregate<Collected, Column> {
    private final DataType type;
    private final ArrayValues form;
    private final int max;

    Values(DataType type, int max) {
      super(new ArrayType(type));
      this.type = type;
      this.form = new ArrayValues(type);
      this.max = max;
    }

    @Override
    protected Collected newState() {
      return new Collected(type.newBuilder(4));
    }

    @Override
    protected Column input(Column[] arguments, int rows) {
      return arguments[0].full();
    }

    @Override
    public void add(
        GroupStates states, int word, int slot, int[] groups, Column[] arguments, int rows) {
      Column c = input(arguments, rows);
      if (max < Integer.MAX_VALUE) {
        super.add(states, word, slot, groups, arguments, rows);
        return;
      }
      @Nullable Object[] objects = states.objects(slot);
      switch (c) {
        case Int64Column v -> {
          for (int r = 0; r < rows; r++) {
            ((Int64Column.Builder) state(objects, groups[r]).builder()).add(v.values()[r]);
          }
          states.addObjectBytes(10L * rows);
        }
        case Int32Column v -> {
          for (int r = 0; r < rows; r++) {
            ((Int32Column.Builder) state(objects, groups[r]).builder()).add(v.values()[r]);
          }
          states.addObjectBytes(5L * rows);
        }
        case Float64Column v -> {
          for (int r = 0; r < rows; r++) {
            ((Float64Column.Builder) state(objects, groups[r]).builder()).add(v.values()[r]);
          }
          states.addObjectBytes(10L * rows);
        }
        case StringColumn v -> {
          for (int r = 0; r < rows; r++) {
            ((StringColumn.Builder) state(objects, groups[r]).builder())
                .add(v.bytes(), v.offsets()[r], v.lengthAt(r));
          }
          states.addObjectBytes(5L * rows + v.offsets()[rows]);
        }
        default -> super.add(states, word, slot, groups, arguments, rows);
      }
    }

    @Override
    protected void addRun(Collected state, Column input, int from, int to) {
      int room = max - state.size();
      state.builder().appendRange(input, from, Math.min(room, to - from));
    }

    @Override
    protected void merge(Collected into, Collected from) {
      int room = max - into.size();
      into.builder().appendRange(from.values(), 0, Math.min(room, from.size()));
    }

    @Override
    protected void write(Collected state, ByteWriter out) {
      Column c = state.values();
      out.writeVarUInt(c.size());
      form.write(c, 0, c.size(), out);
    }

    @Override
    protected Collected read(ByteReader in) {
      int size = in.readLength(1 << 28, "array");
      Collected state = newState();
      form.read(in, size, state.builder());
      return state;
    }

    @Override
    protected void result(Collected state, ColumnBuilder out) {
      var array = (ArrayColumn.Builder) out;
      Column c = state.values();
      array.elements().appendRange(c, 0, c.size());
      array.endRow();
    }

    @Override
    protected long bytes(Collected state) {
      return state.bytes();
    }
  }
}
