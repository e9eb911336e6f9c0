package io.longhouse.function.aggregate.basic;

import io.longhouse.column.ByteReader;
import io.longhouse.column.ByteWriter;
import io.longhouse.column.Column;
import io.longhouse.column.ColumnBuilder;
import io.longhouse.column.type.DataType;
import io.longhouse.function.Argument;
import io.longhouse.function.aggregate.AggregateFactory;
import io.longhouse.function.aggregate.AggregateFunction;
import io.longhouse.function.aggregate.GroupStates;
import io.longhouse.function.aggregate.state.Arguments;
import io.longhouse.function.aggregate.state.BinaryValues;
import io.longhouse.registry.Register;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code any_respect_nulls} and {@code anyLast_respect_nulls}: state = UInt8 1 for nothing, 2 for
 * NULL, 3 for a value, which follows in its type's binary form.
 */
@Register(
    kind = AggregateFactory.class,
    name = "any_respect_nulls",
    aliases = {
      "any_value_respect_nulls",
      "first_value_respect_nulls",
      "anyRespectNulls",
      "firstValueRespectNulls",
      "anyValueRespectNulls"
    },
    category = "Aggregate",
    doc = "The first value met, NULL included.")
@Register(
    kind = AggregateFactory.class,
    name = "anyLast_respect_nulls",
    aliases = {"last_value_respect_nulls", "anyLastRespectNulls", "lastValueRespectNulls"},
    category = "Aggregate",
    doc = "The last value met, NULL included.")
final class RespectingNulls implements AggregateFactory {
  private final String name;

  RespectingNulls(String name) {
    this.name = name;
  }

  @Override
  public boolean handlesNulls() {
    return true;
  }

  @Override
  public AggregateFunction resolve(List<Argument> parameters, List<DataType> arguments) {
    Arguments.noParameters(name, parameters);
    Arguments.count(name, arguments, 1);
    return new Kept(arguments.get(0), name.startsWith("anyLast"));
  }

  private static final class Kept implements AggregateFunction {
    private final DataType type;
    private final boolean last;

    Kept(DataType type, boolean last) {
      this.type = type;
      this.last = last;
    }

    @Override
    public DataType resultType() {
      return type;
    }

    @Override
    public int stateWords() {
      return 0;
    }

    @Override
    public int stateObjects() {
      return 1;
    }

    @Override
    public void add(
        GroupStates states, int word, int slot, int[] groups, Column[] arguments, int rows) {
      Column c = arguments[0].full();
      @Nullable Object[] objects = states.objects(slot);
      for (int r = 0; r < rows; r++) {
        if (last || objects[groups[r]] == null) {
          objects[groups[r]] = c.slice(r, 1);
        }
      }
    }

    @Override
    public void addToOne(
        GroupStates states, int word, int slot, int group, Column[] arguments, int rows) {
      @Nullable Object[] objects = states.objects(slot);
      if (rows > 0 && (last || objects[group] == null)) {
        objects[group] = arguments[0].slice(last ? rows - 1 : 0, 1).full();
      }
    }

    @Override
    public void merge(
        GroupStates states,
        int word,
        int slot,
        int[] groups,
        GroupStates from,
        int fromWord,
        int fromSlot,
        int[] fromGroups,
        int count) {
      @Nullable Object[] objects = states.objects(slot);
      for (int i = 0; i < count; i++) {
        Object v = from.objects(fromSlot)[fromGroups[i]];
        if (v != null && (last || objects[groups[i]] == null)) {
          objects[groups[i]] = v;
        }
      }
    }

    @Override
    public void serialize(GroupStates states, int word, int slot, int group, ByteWriter out) {
      Column v = (Column) states.objects(slot)[group];
      out.writeByte(v == null ? 1 : v.isNullAt(0) ? 2 : 3);
      if (v != null && !v.isNullAt(0)) {
        BinaryValues.write(v, 0, false, out);
      }
    }

    @Override
    public void deserialize(GroupStates states, int word, int slot, int group, ByteReader in) {
      int form = in.readByte();
      if (form == 1) {
        return;
      }
      ColumnBuilder one = type.newBuilder(1);
      if (form == 2) {
        one.appendDefault(1);
      } else {
        BinaryValues.read(in, false, one);
      }
      states.objects(slot)[group] = one.build();
    }

    @Override
    public void result(
        GroupStates states, int word, int slot, int first, int count, ColumnBuilder out) {
      for (int g = first; g < first + count; g++) {
        Column v = (Column) states.objects(slot)[g];
        out.append(v == null ? type.defaultValue() : v, 0);
      }
    }
  }
}
