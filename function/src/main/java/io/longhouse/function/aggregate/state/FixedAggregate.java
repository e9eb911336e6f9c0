package io.longhouse.function.aggregate.state;

import io.longhouse.column.ByteReader;
import io.longhouse.column.ByteWriter;
import io.longhouse.column.ColumnBuilder;
import io.longhouse.column.type.DataType;
import io.longhouse.function.aggregate.AggregateFunction;
import io.longhouse.function.aggregate.GroupStates;

/**
 * An aggregate function whose state is a few words. Subclasses work on the words of one group at
 * {@code at}, which is where they begin in the array.
 */
public abstract class FixedAggregate implements AggregateFunction {
  private final DataType resultType;
  private final int stateWords;

  protected FixedAggregate(DataType resultType, int stateWords) {
    this.resultType = resultType;
    this.stateWords = stateWords;
  }

  protected abstract void merge(long[] words, int at, long[] from, int fromAt);

  protected abstract void write(long[] words, int at, ByteWriter out);

  protected abstract void read(long[] words, int at, ByteReader in);

  /** Appends one result. */
  protected abstract void result(long[] words, int at, ColumnBuilder out);

  @Override
  public final DataType resultType() {
    return resultType;
  }

  @Override
  public final int stateWords() {
    return stateWords;
  }

  @Override
  public final int stateObjects() {
    return 0;
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
    long[] to = states.words();
    long[] source = from.words();
    for (int i = 0; i < count; i++) {
      merge(
          to, groups[i] * states.stride() + word, source, fromGroups[i] * from.stride() + fromWord);
    }
  }

  @Override
  public final void serialize(GroupStates states, int word, int slot, int group, ByteWriter out) {
    write(states.words(), group * states.stride() + word, out);
  }

  @Override
  public final void deserialize(GroupStates states, int word, int slot, int group, ByteReader in) {
    read(states.words(), group * states.stride() + word, in);
  }

  @Override
  public void result(
      GroupStates states, int word, int slot, int first, int count, ColumnBuilder out) {
    long[] words = states.words();
    for (int g = first; g < first + count; g++) {
      result(words, g * states.stride() + word, out);
    }
  }
}
