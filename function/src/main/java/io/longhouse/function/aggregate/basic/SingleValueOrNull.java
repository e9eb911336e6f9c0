package io.longhouse.function.aggregate.basic;

import io.longhouse.column.ByteReader;
import io.longhouse.column.ByteWriter;
import io.longhouse.column.Column;
import io.longhouse.column.ColumnBuilder;
import io.longhouse.column.NullableColumn;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.NullableType;
import io.longhouse.function.Argument;
import io.longhouse.function.aggregate.AggregateFactory;
import io.longhouse.function.aggregate.AggregateFunction;
import io.longhouse.function.aggregate.GroupStates;
import io.longhouse.function.aggregate.state.Arguments;
import io.longhouse.function.aggregate.state.SingleValue;
import io.longhouse.registry.Register;
import java.util.List;

/**
 * {@code singleValueOrNull}: state = {@link SingleValue}. That values differed is not in the state
 * but in a word of memory: 0 nothing yet, 1 one value, 2 several.
 */
@Register(
    kind = AggregateFactory.class,
    name = "singleValueOrNull",
    category = "Aggregate",
    doc = "The value when all are equal, NULL otherwise.")
final class SingleValueOrNull implements AggregateFactory {
  @Override
  public AggregateFunction resolve(List<Argument> parameters, List<DataType> arguments) {
    Arguments.noParameters("singleValueOrNull", parameters);
    Arguments.count("singleValueOrNull", arguments, 1);
    return new Single(arguments.get(0));
  }

  private static final class Single implements AggregateFunction {
    private final DataType type;
    private final SingleValue value;

    Single(DataType type) {
      this.type = NullableType.orSame(type);
      this.value = SingleValue.of(type);
    }

    @Override
    public DataType resultType() {
      return type;
    }

    @Override
    public int stateWords() {
      return value.words() + 1;
    }

    @Override
    public int stateObjects() {
      return value.objects();
    }

    private int flag(GroupStates states, int word, int group) {
      return group * states.stride() + word + value.words();
    }

    @Override
    public void add(
        GroupStates states, int word, int slot, int[] groups, Column[] arguments, int rows) {
      Column c = arguments[0];
      for (int r = 0; r < rows; r++) {
        int g = groups[r];
        int flag = flag(states, word, g);
        if (!value.has(states, word, slot, g)) {
          value.set(states, word, slot, g, c, r);
          states.words()[flag] = 1;
        } else if (value.compare(states, word, slot, g, c, r, 1) != 0) {
          states.words()[flag] = 2;
        }
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
      for (int i = 0; i < count; i++) {
        int g = groups[i];
        int f = fromGroups[i];
        if (!value.has(from, fromWord, fromSlot, f)) {
          continue;
        }
        long theirs = from.words()[flag(from, fromWord, f)];
        int flag = flag(states, word, g);
        if (!value.has(states, word, slot, g)) {
          value.copy(states, word, slot, g, from, fromWord, fromSlot, f);
          states.words()[flag] = theirs;
        } else if (theirs == 2
            || value.compareKept(states, word, slot, g, from, fromWord, fromSlot, f, 1) != 0) {
          states.words()[flag] = 2;
        }
      }
    }

    @Override
    public void serialize(GroupStates states, int word, int slot, int group, ByteWriter out) {
      value.write(states, word, slot, group, out);
    }

    @Override
    public void deserialize(GroupStates states, int word, int slot, int group, ByteReader in) {
      value.read(states, word, slot, group, in);
      states.words()[flag(states, word, group)] = value.has(states, word, slot, group) ? 1 : 0;
    }

    @Override
    public void result(
        GroupStates states, int word, int slot, int first, int count, ColumnBuilder out) {
      for (int g = first; g < first + count; g++) {
        if (states.words()[flag(states, word, g)] != 1) {
          out.appendDefault(1);
        } else if (out instanceof NullableColumn.Builder n) {
          value.append(states, word, slot, g, n.values());
          n.addedValue();
        } else {
          value.append(states, word, slot, g, out);
        }
      }
    }
  }
}
