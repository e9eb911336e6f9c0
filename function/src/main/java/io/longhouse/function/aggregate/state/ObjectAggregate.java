package io.longhouse.function.aggregate.state;

import io.longhouse.column.ByteReader;
import io.longhouse.column.ByteWriter;
import io.longhouse.column.Column;
import io.longhouse.column.ColumnBuilder;
import io.longhouse.column.type.DataType;
import io.longhouse.function.aggregate.AggregateFunction;
import io.longhouse.function.aggregate.GroupStates;
import org.jspecify.annotations.Nullable;

/**
 * An aggregate function whose state is one object for a group, null while the group is empty. Rows
 * are handed on in runs of the same group; functions for which runs are short and rows cheap have
 * loops of their own.
 *
 * @param <S> the state
 * @param <I> what the arguments are turned into once for a block, for example widened arrays
 */
public abstract class ObjectAggregate<S, I> implements AggregateFunction {
  private final DataType resultType;

  protected ObjectAggregate(DataType resultType) {
    this.resultType = resultType;
  }

  protected abstract S newState();

  protected abstract I input(Column[] arguments, int rows);

  /** Adds rows {@code [from, to)}. */
  protected abstract void addRun(S state, I input, int from, int to);

  protected abstract void merge(S into, S from);

  protected abstract void write(S state, ByteWriter out);

  protected abstract S read(ByteReader in);

  /** Appends one result. */
  protected abstract void result(S state, ColumnBuilder out);

  /** Heap bytes of a state; for memory limits, so roughly. */
  protected abstract long bytes(S state);

  @Override
  public final DataType resultType() {
    return resultType;
  }

  @Override
  public final int stateWords() {
    return 0;
  }

  @Override
  public final int stateObjects() {
    return 1;
  }

  /** The state of a group, made when there is none yet. */
  protected final S state(@Nullable Object[] objects, int group) {
    S state = cast(objects[group]);
    if (state == null) {
      state = newState();
      objects[group] = state;
    }
    return state;
  }

  @SuppressWarnings("unchecked")
  protected final @Nullable S cast(@Nullable Object state) {
    return (S) state;
  }

  @Override
  public void add(
      GroupStates states, int word, int slot, int[] groups, Column[] arguments, int rows) {
    I input = input(arguments, rows);
    @Nullable Object[] objects = states.objects(slot);
    long grown = 0;
    for (int r = 0; r < rows; ) {
      int group = groups[r];
      int end = r + 1;
      while (end < rows && groups[end] == group) {
        end++;
      }
      S state = cast(objects[group]);
      if (state == null) {
        state = newState();
        objects[group] = state;
      } else {
        grown -= bytes(state);
      }
      addRun(state, input, r, end);
      grown += bytes(state);
      r = end;
    }
    states.addObjectBytes(grown);
  }

  @Override
  public void addToOne(
      GroupStates states, int word, int slot, int group, Column[] arguments, int rows) {
    if (rows == 0) {
      return;
    }
    S state = state(states.objects(slot), group);
    long before = bytes(state);
    addRun(state, input(arguments, rows), 0, rows);
    states.addObjectBytes(bytes(state) - before);
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
    @Nullable Object[] to = states.objects(slot);
    @Nullable Object[] source = from.objects(fromSlot);
    long grown = 0;
    for (int i = 0; i < count; i++) {
      S other = cast(source[fromGroups[i]]);
      if (other == null) {
        continue;
      }
      S state = state(to, groups[i]);
      long before = bytes(state);
      merge(state, other);
      grown += bytes(state) - before;
    }
    states.addObjectBytes(grown);
  }

  @Override
  public void serialize(GroupStates states, int word, int slot, int group, ByteWriter out) {
    S state = cast(states.objects(slot)[group]);
    write(state == null ? newState() : state, out);
  }

  @Override
  public void deserialize(GroupStates states, int word, int slot, int group, ByteReader in) {
    S state = read(in);
    states.objects(slot)[group] = state;
    states.addObjectBytes(bytes(state));
  }

  @Override
  public void result(
      GroupStates states, int word, int slot, int first, int count, ColumnBuilder out) {
    @Nullable Object[] objects = states.objects(slot);
    for (int g = first; g < first + count; g++) {
      S state = cast(objects[g]);
      result(state == null ? newState() : state, out);
    }
  }
}
