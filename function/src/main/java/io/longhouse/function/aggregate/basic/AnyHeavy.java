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
import io.longhouse.function.aggregate.state.SingleValue;
import io.longhouse.registry.Register;
import java.util.List;

/**
 * {@code anyHeavy}, by voting: each value equal to the kept one counts up, each other one down, and
 * at zero the next one is kept. State = the value as {@link SingleValue}, UInt64 count.
 */
@Register(
    kind = AggregateFactory.class,
    name = "anyHeavy",
    category = "Aggregate",
    doc = "A value that more than half of the rows have, or any value where there is none.")
final class AnyHeavy implements AggregateFactory {
  @Override
  public AggregateFunction resolve(List<Argument> parameters, List<DataType> arguments) {
    Arguments.noParameters("anyHeavy", parameters);
    Arguments.count("anyHeavy", arguments, 1);
    return new Vote(arguments.get(0));
  }

  /** Words: those of the value, then the count. */
  private static final class Vote implements AggregateFunction {
    private final DataType type;
    private final SingleValue value;

    Vote(DataType type) {
      this.type = type;
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

    private int countAt(GroupStates states, int word, int group) {
      return group * states.stride() + word + value.words();
    }

    @Override
    public void add(
        GroupStates states, int word, int slot, int[] groups, Column[] arguments, int rows) {
      Column c = arguments[0];
      long[] words = states.words();
      for (int r = 0; r < rows; r++) {
        int g = groups[r];
        int at = countAt(states, word, g);
        if (value.has(states, word, slot, g)
            && value.compare(states, word, slot, g, c, r, 1) == 0) {
          words[at]++;
        } else if (words[at] == 0) {
          value.set(states, word, slot, g, c, r);
          words[at] = 1;
        } else {
          words[at]--;
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
        long[] words = states.words();
        int at = countAt(states, word, g);
        long other = from.words()[countAt(from, fromWord, f)];
        boolean has = value.has(states, word, slot, g);
        if (has && value.compareKept(states, word, slot, g, from, fromWord, fromSlot, f, 1) == 0) {
          words[at] += other;
        } else if (!has || Long.compareUnsigned(words[at], other) < 0) {
          value.copy(states, word, slot, g, from, fromWord, fromSlot, f);
          words[at] = other - words[at];
        } else {
          words[at] -= other;
        }
      }
    }

    @Override
    public void serialize(GroupStates states, int word, int slot, int group, ByteWriter out) {
      value.write(states, word, slot, group, out);
      out.writeLong(states.words()[countAt(states, word, group)]);
    }

    @Override
    public void deserialize(GroupStates states, int word, int slot, int group, ByteReader in) {
      value.read(states, word, slot, group, in);
      states.words()[countAt(states, word, group)] = in.readLong();
    }

    @Override
    public void result(
        GroupStates states, int word, int slot, int first, int count, ColumnBuilder out) {
      for (int g = first; g < first + count; g++) {
        value.append(states, word, slot, g, out);
      }
    }
  }
}
