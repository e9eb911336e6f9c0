package io.longhouse.function.aggregate.combinator;

import io.longhouse.column.ByteReader;
import io.longhouse.column.ByteWriter;
import io.longhouse.column.Column;
import io.longhouse.column.type.DataType;
import io.longhouse.function.Argument;
import io.longhouse.function.aggregate.AggregateFunction;
import io.longhouse.function.aggregate.Combinator;
import io.longhouse.function.aggregate.ForwardingAggregate;
import io.longhouse.function.aggregate.GroupStates;
import io.longhouse.function.aggregate.Signature;
import io.longhouse.function.aggregate.state.SingleValue;
import io.longhouse.registry.Register;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import java.util.Arrays;
import java.util.List;

/**
 * Only the rows where an additional last argument is smallest, or largest: state = inner state,
 * that argument's value as {@link SingleValue}.
 */
@Register(
    kind = Combinator.class,
    name = "ArgMin",
    category = "Combinator",
    doc = "Takes only the rows where an additional last argument is smallest.")
@Register(
    kind = Combinator.class,
    name = "ArgMax",
    category = "Combinator",
    doc = "Takes only the rows where an additional last argument is largest.")
final class ArgExtremes implements Combinator {
  private final int direction;

  ArgExtremes(String name) {
    this.direction = name.equals("ArgMin") ? 1 : -1;
  }

  @Override
  public List<DataType> nestedArguments(List<DataType> arguments) {
    if (arguments.isEmpty()) {
      throw new LonghouseException(
          ErrorCode.NUMBER_OF_ARGUMENTS_DOESNT_MATCH,
          "Aggregate function with ArgMin or ArgMax suffix requires at least one argument");
    }
    return arguments.subList(0, arguments.size() - 1);
  }

  @Override
  public AggregateFunction wrap(
      AggregateFunction nested,
      Signature inside,
      List<Argument> parameters,
      List<DataType> arguments) {
    return new AtExtreme(nested, SingleValue.of(arguments.get(arguments.size() - 1)), direction);
  }

  /** The value's words and objects lie behind the inner function's. */
  private static final class AtExtreme extends ForwardingAggregate {
    private final SingleValue value;
    private final int direction;

    AtExtreme(AggregateFunction nested, SingleValue value, int direction) {
      super(nested);
      this.value = value;
      this.direction = direction;
    }

    @Override
    public int stateWords() {
      return nested.stateWords() + value.words();
    }

    @Override
    public int stateObjects() {
      return nested.stateObjects() + value.objects();
    }

    private void clear(GroupStates states, int word, int slot, int group) {
      int at = group * states.stride() + word;
      Arrays.fill(states.words(), at, at + nested.stateWords(), 0);
      for (int s = 0; s < nested.stateObjects(); s++) {
        states.objects(slot + s)[group] = null;
      }
    }

    @Override
    public void add(
        GroupStates states, int word, int slot, int[] groups, Column[] arguments, int rows) {
      for (int r = 0; r < rows; ) {
        int end = r + 1;
        while (end < rows && groups[end] == groups[r]) {
          end++;
        }
        addRun(states, word, slot, groups[r], arguments, r, end);
        r = end;
      }
    }

    @Override
    public void addToOne(
        GroupStates states, int word, int slot, int group, Column[] arguments, int rows) {
      addRun(states, word, slot, group, arguments, 0, rows);
    }

    private void addRun(
        GroupStates states, int word, int slot, int group, Column[] arguments, int from, int to) {
      Column by = arguments[arguments.length - 1];
      int w = word + nested.stateWords();
      int s = slot + nested.stateObjects();
      int[] chosen = new int[to - from];
      int count = 0;
      for (int r = from; r < to; r++) {
        int order = -1;
        if (value.has(states, w, s, group)) {
          order = direction * value.compare(states, w, s, group, by, r, direction);
        }
        if (order < 0) {
          clear(states, word, slot, group);
          count = 0;
          value.set(states, w, s, group, by, r);
        }
        if (order <= 0) {
          chosen[count++] = r;
        }
      }
      if (count > 0) {
        Column[] inner = new Column[arguments.length - 1];
        for (int i = 0; i < inner.length; i++) {
          inner[i] = arguments[i].gather(chosen, count);
        }
        nested.addToOne(states, word, slot, group, inner, count);
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
      int w = word + nested.stateWords();
      int s = slot + nested.stateObjects();
      int fw = fromWord + nested.stateWords();
      int fs = fromSlot + nested.stateObjects();
      int[] to = new int[1];
      int[] source = new int[1];
      for (int i = 0; i < count; i++) {
        int g = groups[i];
        int f = fromGroups[i];
        if (!value.has(from, fw, fs, f)) {
          continue;
        }
        int order = -1;
        if (value.has(states, w, s, g)) {
          order = direction * value.compareKept(states, w, s, g, from, fw, fs, f, direction);
        }
        if (order < 0) {
          clear(states, word, slot, g);
          value.copy(states, w, s, g, from, fw, fs, f);
        }
        if (order <= 0) {
          to[0] = g;
          source[0] = f;
          nested.merge(states, word, slot, to, from, fromWord, fromSlot, source, 1);
        }
      }
    }

    @Override
    public void serialize(GroupStates states, int word, int slot, int group, ByteWriter out) {
      nested.serialize(states, word, slot, group, out);
      value.write(states, word + nested.stateWords(), slot + nested.stateObjects(), group, out);
    }

    @Override
    public void deserialize(GroupStates states, int word, int slot, int group, ByteReader in) {
      nested.deserialize(states, word, slot, group, in);
      value.read(states, word + nested.stateWords(), slot + nested.stateObjects(), group, in);
    }
  }
}
