package io.longhouse.function.aggregate.basic;

import io.longhouse.column.ByteReader;
import io.longhouse.column.ByteWriter;
import io.longhouse.column.Column;
import io.longhouse.column.ColumnBuilder;
import io.longhouse.column.TupleColumn;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.TupleType;
import io.longhouse.function.Argument;
import io.longhouse.function.aggregate.AggregateFactory;
import io.longhouse.function.aggregate.AggregateFunction;
import io.longhouse.function.aggregate.GroupStates;
import io.longhouse.function.aggregate.state.Arguments;
import io.longhouse.function.aggregate.state.SingleValue;
import io.longhouse.registry.Register;
import java.util.List;

/**
 * {@code argMin} and {@code argMax}, and those that give the value beside the argument: state = the
 * argument, then the value that chose it, each as {@link SingleValue}.
 */
@Register(
    kind = AggregateFactory.class,
    name = "argMin",
    aliases = "min_by",
    category = "Aggregate",
    doc = "The first argument at the smallest second one.")
@Register(
    kind = AggregateFactory.class,
    name = "argMax",
    aliases = "max_by",
    category = "Aggregate",
    doc = "The first argument at the largest second one.")
@Register(
    kind = AggregateFactory.class,
    name = "argAndMin",
    category = "Aggregate",
    doc = "The first argument at the smallest second one, and that one.")
@Register(
    kind = AggregateFactory.class,
    name = "argAndMax",
    category = "Aggregate",
    doc = "The first argument at the largest second one, and that one.")
final class ArgExtreme implements AggregateFactory {
  private final String name;

  ArgExtreme(String name) {
    this.name = name;
  }

  @Override
  public AggregateFunction resolve(List<Argument> parameters, List<DataType> arguments) {
    Arguments.noParameters(name, parameters);
    Arguments.count(name, arguments, 2);
    return new Chosen(
        arguments.get(0),
        arguments.get(1),
        name.endsWith("Min") ? 1 : -1,
        name.startsWith("argAnd"));
  }

  private static final class Chosen implements AggregateFunction {
    private final DataType type;
    private final boolean both;
    private final SingleValue result;
    private final SingleValue value;
    private final int direction;

    Chosen(DataType type, DataType by, int direction, boolean both) {
      this.type = both ? new TupleType(List.of(type, by)) : type;
      this.both = both;
      this.result = SingleValue.of(type);
      this.value = SingleValue.of(by);
      this.direction = direction;
    }

    @Override
    public DataType resultType() {
      return type;
    }

    @Override
    public int stateWords() {
      return result.words() + value.words();
    }

    @Override
    public int stateObjects() {
      return result.objects() + value.objects();
    }

    @Override
    public void add(
        GroupStates states, int word, int slot, int[] groups, Column[] arguments, int rows) {
      for (int r = 0; r < rows; r++) {
        addRow(states, word, slot, groups[r], arguments, r);
      }
    }

    @Override
    public void addToOne(
        GroupStates states, int word, int slot, int group, Column[] arguments, int rows) {
      for (int r = 0; r < rows; r++) {
        addRow(states, word, slot, group, arguments, r);
      }
    }

    private void addRow(
        GroupStates states, int word, int slot, int group, Column[] arguments, int r) {
      int w = word + result.words();
      int s = slot + result.objects();
      if (!value.has(states, w, s, group)
          || direction * value.compare(states, w, s, group, arguments[1], r, direction) < 0) {
        value.set(states, w, s, group, arguments[1], r);
        result.set(states, word, slot, group, arguments[0], r);
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
      int w = word + result.words();
      int s = slot + result.objects();
      int fw = fromWord + result.words();
      int fs = fromSlot + result.objects();
      for (int i = 0; i < count; i++) {
        int g = groups[i];
        int f = fromGroups[i];
        if (value.has(from, fw, fs, f)
            && (!value.has(states, w, s, g)
                || direction * value.compareKept(states, w, s, g, from, fw, fs, f, direction)
                    < 0)) {
          value.copy(states, w, s, g, from, fw, fs, f);
          result.copy(states, word, slot, g, from, fromWord, fromSlot, f);
        }
      }
    }

    @Override
    public void serialize(GroupStates states, int word, int slot, int group, ByteWriter out) {
      result.write(states, word, slot, group, out);
      value.write(states, word + result.words(), slot + result.objects(), group, out);
    }

    @Override
    public void deserialize(GroupStates states, int word, int slot, int group, ByteReader in) {
      result.read(states, word, slot, group, in);
      value.read(states, word + result.words(), slot + result.objects(), group, in);
    }

    @Override
    public void result(
        GroupStates states, int word, int slot, int first, int count, ColumnBuilder out) {
      for (int g = first; g < first + count; g++) {
        if (!both) {
          result.append(states, word, slot, g, out);
          continue;
        }
        var tuple = (TupleColumn.Builder) out;
        int w = word + result.words();
        result.append(states, word, slot, g, tuple.elements().get(0));
        value.append(states, w, slot + result.objects(), g, tuple.elements().get(1));
        tuple.addedRow();
      }
    }
  }
}
