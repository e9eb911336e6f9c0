package io.longhouse.function.aggregate;

import io.longhouse.column.ByteReader;
import io.longhouse.column.ByteWriter;
import io.longhouse.column.Column;
import io.longhouse.column.ColumnBuilder;
import io.longhouse.column.type.DataType;
import org.jspecify.annotations.Nullable;

/** An aggregate function around another one; everything not overridden is the inner function's. */
public abstract class ForwardingAggregate implements AggregateFunction {
  protected final AggregateFunction nested;

  protected ForwardingAggregate(AggregateFunction nested) {
    this.nested = nested;
  }

  public final AggregateFunction nested() {
    return nested;
  }

  @Override
  public DataType resultType() {
    return nested.resultType();
  }

  @Override
  public @Nullable DataType stateType() {
    return nested.stateType();
  }

  @Override
  public int stateWords() {
    return nested.stateWords();
  }

  @Override
  public int stateObjects() {
    return nested.stateObjects();
  }

  @Override
  public void add(
      GroupStates states, int word, int slot, int[] groups, Column[] arguments, int rows) {
    nested.add(states, word, slot, groups, arguments, rows);
  }

  @Override
  public void addToOne(
      GroupStates states, int word, int slot, int group, Column[] arguments, int rows) {
    nested.addToOne(states, word, slot, group, arguments, rows);
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
  }

  @Override
  public void serialize(GroupStates states, int word, int slot, int group, ByteWriter out) {
    nested.serialize(states, word, slot, group, out);
  }

  @Override
  public void deserialize(GroupStates states, int word, int slot, int group, ByteReader in) {
    nested.deserialize(states, word, slot, group, in);
  }

  @Override
  public void result(
      GroupStates states, int word, int slot, int first, int count, ColumnBuilder out) {
    nested.result(states, word, slot, first, count, out);
  }
}
