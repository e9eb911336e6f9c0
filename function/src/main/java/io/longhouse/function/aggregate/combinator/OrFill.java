package io.longhouse.function.aggregate.combinator;

import io.longhouse.column.ByteReader;
import io.longhouse.column.ByteWriter;
import io.longhouse.column.Column;
import io.longhouse.column.ColumnBuilder;
import io.longhouse.column.NullableColumn;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.NullableType;
import io.longhouse.function.Argument;
import io.longhouse.function.aggregate.AggregateFunction;
import io.longhouse.function.aggregate.Combinator;
import io.longhouse.function.aggregate.ForwardingAggregate;
import io.longhouse.function.aggregate.GroupStates;
import io.longhouse.function.aggregate.Signature;
import io.longhouse.registry.Register;
import java.util.List;

/**
 * NULL, or the type's default, for groups without rows: state = inner state, UInt8 whether there
 * was a row. In memory that is a word behind the inner function's.
 */
@Register(
    kind = Combinator.class,
    name = "OrNull",
    category = "Combinator",
    doc = "NULL when there are no rows.")
@Register(
    kind = Combinator.class,
    name = "OrDefault",
    category = "Combinator",
    doc = "The default value of the result's type when there are no rows.")
final class OrFill implements Combinator {
  private final boolean isNull;

  OrFill(String name) {
    this.isNull = name.equals("OrNull");
  }

  @Override
  public List<DataType> nestedArguments(List<DataType> arguments) {
    return arguments;
  }

  @Override
  public AggregateFunction wrap(
      AggregateFunction nested,
      Signature inside,
      List<Argument> parameters,
      List<DataType> arguments) {
    return new Filled(nested, isNull);
  }

  private static final class Filled extends ForwardingAggregate {
    private final DataType type;

    Filled(AggregateFunction nested, boolean isNull) {
      super(nested);
      this.type = isNull ? NullableType.orSame(nested.resultType()) : nested.resultType();
    }

    @Override
    public DataType resultType() {
      return type;
    }

    @Override
    public int stateWords() {
      return nested.stateWords() + 1;
    }

    @Override
    public void add(
        GroupStates states, int word, int slot, int[] groups, Column[] arguments, int rows) {
      nested.add(states, word, slot, groups, arguments, rows);
      long[] words = states.words();
      int flag = word + nested.stateWords();
      for (int r = 0; r < rows; r++) {
        words[groups[r] * states.stride() + flag] = 1;
      }
    }

    @Override
    public void addToOne(
        GroupStates states, int word, int slot, int group, Column[] arguments, int rows) {
      if (rows > 0) {
        nested.addToOne(states, word, slot, group, arguments, rows);
        states.words()[group * states.stride() + word + nested.stateWords()] = 1;
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
      nested.merge(states, word, slot, groups, from, fromWord, fromSlot, fromGroups, count);
      int flag = nested.stateWords();
      for (int i = 0; i < count; i++) {
        states.words()[groups[i] * states.stride() + word + flag] |=
            from.words()[fromGroups[i] * from.stride() + fromWord + flag];
      }
    }

    @Override
    public void serialize(GroupStates states, int word, int slot, int group, ByteWriter out) {
      nested.serialize(states, word, slot, group, out);
      out.writeByte((int) states.words()[group * states.stride() + word + nested.stateWords()]);
    }

    @Override
    public void deserialize(GroupStates states, int word, int slot, int group, ByteReader in) {
      nested.deserialize(states, word, slot, group, in);
      states.words()[group * states.stride() + word + nested.stateWords()] = in.readByte();
    }

    @Override
    public void result(
        GroupStates states, int word, int slot, int first, int count, ColumnBuilder out) {
      boolean wraps =
          out instanceof NullableColumn.Builder && !(nested.resultType() instanceof NullableType);
      for (int g = first; g < first + count; g++) {
        if (states.words()[g * states.stride() + word + nested.stateWords()] == 0) {
          out.appendDefault(1);
        } else if (wraps) {
          var nullable = (NullableColumn.Builder) out;
          nested.result(states, word, slot, g, 1, nullable.values());
          nullable.addedValue();
        } else {
          nested.result(states, word, slot, g, 1, out);
        }
      }
    }
  }
}
