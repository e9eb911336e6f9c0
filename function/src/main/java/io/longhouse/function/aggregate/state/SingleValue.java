package io.longhouse.function.aggregate.state;

import io.longhouse.column.ByteReader;
import io.longhouse.column.ByteWriter;
import io.longhouse.column.Column;
import io.longhouse.column.ColumnBuilder;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.StringType;
import io.longhouse.function.aggregate.GroupStates;

/**
 * One value of a group or none: the state of {@code min}, {@code any}, and the two halves of {@code
 * argMin}.
 *
 * <pre>
 * number, anything else: UInt8 has, [the value in binary form]
 * String:                Int32 length + 1 or -1 for none, [bytes, 0]
 * </pre>
 */
public abstract sealed class SingleValue permits WordValue, StringValue, ColumnValue {
  /** How values of a type are kept. Words keep the value's bits. */
  public static SingleValue of(DataType type) {
    NumberLayout layout = NumberLayout.of(type);
    if (layout != null && layout.fitsWord()) {
      return new WordValue(layout, Values.bits(type.defaultValue(), 1)[0]);
    }
    return type instanceof StringType ? new StringValue() : new ColumnValue(type);
  }

  public abstract int words();

  public abstract int objects();

  public abstract boolean has(GroupStates states, int word, int slot, int group);

  /** Keeps the value of a row, whatever was there. */
  public abstract void set(
      GroupStates states, int word, int slot, int group, Column column, int row);

  /**
   * The order of a row's value against the kept one: negative when the row's is smaller. NaN is
   * larger than all numbers for direction 1 and smaller for -1.
   */
  public abstract int compare(
      GroupStates states, int word, int slot, int group, Column column, int row, int direction);

  /** Keeps what another group keeps, which has a value. */
  public abstract void copy(
      GroupStates states,
      int word,
      int slot,
      int group,
      GroupStates from,
      int fromWord,
      int fromSlot,
      int fromGroup);

  /** The order of another group's value against the kept one. */
  public abstract int compareKept(
      GroupStates states,
      int word,
      int slot,
      int group,
      GroupStates from,
      int fromWord,
      int fromSlot,
      int fromGroup,
      int direction);

  public abstract void write(GroupStates states, int word, int slot, int group, ByteWriter out);

  public abstract void read(GroupStates states, int word, int slot, int group, ByteReader in);

  /** Appends the value, or the type's zero. */
  public abstract void append(GroupStates states, int word, int slot, int group, ColumnBuilder out);
}
