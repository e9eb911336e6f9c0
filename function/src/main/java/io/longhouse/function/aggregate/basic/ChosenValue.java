package io.longhouse.function.aggregate.basic;

import io.longhouse.column.ByteReader;
import io.longhouse.column.ByteWriter;
import io.longhouse.column.Column;
import io.longhouse.column.ColumnBuilder;
import io.longhouse.column.type.DataType;
import io.longhouse.function.aggregate.AggregateFunction;
import io.longhouse.function.aggregate.GroupStates;
import io.longhouse.function.aggregate.state.SingleValue;
import io.longhouse.function.aggregate.state.Values;
import io.longhouse.function.aggregate.state.WordValue;

/** The first, last, smallest or largest value of a group. */
final class ChosenValue implements AggregateFunction {
  private final DataType type;
  private final SingleValue value;
  private final Choice choice;

  ChosenValue(DataType type, SingleValue value, Choice choice) {
    this.type = type;
    this.value = value;
    this.choice = choice;
  }

  @Override
  public DataType resultType() {
    return type;
  }

  @Override
  public int stateWords() {
    return value.words();
  }

  @Override
  public int stateObjects() {
    return value.objects();
  }

  @Override
  public void add(
      GroupStates states, int word, int slot, int[] groups, Column[] arguments, int rows) {
    Column c = arguments[0];
    switch (choice) {
      case FIRST -> {
        for (int r = 0; r < rows; r++) {
          if (!value.has(states, word, slot, groups[r])) {
            value.set(states, word, slot, groups[r], c, r);
          }
        }
      }
      case LAST -> {
        if (value instanceof WordValue) {
          keepLastBits(states, word, groups, Values.bits(c, rows), rows);
        } else {
          for (int r = 0; r < rows; r++) {
            value.set(states, word, slot, groups[r], c, r);
          }
        }
      }
      case MIN, MAX -> {
        int direction = choice == Choice.MIN ? 1 : -1;
        for (int r = 0; r < rows; r++) {
          addExtreme(states, word, slot, groups[r], c, r, direction);
        }
      }
    }
  }

  private static void keepLastBits(GroupStates states, int word, int[] groups, long[] v, int rows) {
    long[] words = states.words();
    int stride = states.stride();
    for (int r = 0; r < rows; r++) {
      int at = groups[r] * stride + word;
      words[at] = v[r];
      words[at + 1] = 1;
    }
  }

  private void addExtreme(
      GroupStates states, int word, int slot, int group, Column c, int row, int direction) {
    if (!value.has(states, word, slot, group)
        || direction * value.compare(states, word, slot, group, c, row, direction) < 0) {
      value.set(states, word, slot, group, c, row);
    }
  }

  @Override
  public void addToOne(
      GroupStates states, int word, int slot, int group, Column[] arguments, int rows) {
    if (rows == 0) {
      return;
    }
    Column c = arguments[0];
    switch (choice) {
      case FIRST -> {
        if (!value.has(states, word, slot, group)) {
          value.set(states, word, slot, group, c, 0);
        }
      }
      case LAST -> value.set(states, word, slot, group, c, rows - 1);
      case MIN, MAX -> {
        int direction = choice == Choice.MIN ? 1 : -1;
        for (int r = 0; r < rows; r++) {
          addExtreme(states, word, slot, group, c, r, direction);
        }
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
      if (value.has(from, fromWord, fromSlot, f)
          && takes(states, word, slot, g, from, fromWord, fromSlot, f)) {
        value.copy(states, word, slot, g, from, fromWord, fromSlot, f);
      }
    }
  }

  private boolean takes(
      GroupStates states,
      int word,
      int slot,
      int g,
      GroupStates from,
      int fromWord,
      int fromSlot,
      int f) {
    return !value.has(states, word, slot, g)
        || switch (choice) {
          case FIRST -> false;
          case LAST -> true;
          case MIN -> value.compareKept(states, word, slot, g, from, fromWord, fromSlot, f, 1) < 0;
          case MAX -> value.compareKept(states, word, slot, g, from, fromWord, fromSlot, f, -1) > 0;
        };
  }

  @Override
  public void serialize(GroupStates states, int word, int slot, int group, ByteWriter out) {
    value.write(states, word, slot, group, out);
  }

  @Override
  public void deserialize(GroupStates states, int word, int slot, int group, ByteReader in) {
    value.read(states, word, slot, group, in);
  }

  @Override
  public void result(
      GroupStates states, int word, int slot, int first, int count, ColumnBuilder out) {
    for (int g = first; g < first + count; g++) {
      value.append(states, word, slot, g, out);
    }
  }
}
