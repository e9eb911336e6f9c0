package io.longhouse.function.aggregate.state;

import io.longhouse.column.ByteReader;
import io.longhouse.column.ByteWriter;
import io.longhouse.column.Column;
import io.longhouse.column.ColumnBuilder;
import io.longhouse.column.ConstColumn;
import io.longhouse.column.type.DataType;
import io.longhouse.function.aggregate.GroupStates;
import org.jspecify.annotations.Nullable;

/** A value of any type: a column of one row as the group's object. */
public final class ColumnValue extends SingleValue {
  private final DataType type;

  ColumnValue(DataType type) {
    this.type = type;
  }

  @Override
  public int words() {
    return 0;
  }

  @Override
  public int objects() {
    return 1;
  }

  private static @Nullable Column kept(GroupStates states, int slot, int group) {
    return (Column) states.objects(slot)[group];
  }

  private static Column present(GroupStates states, int slot, int group) {
    return java.util.Objects.requireNonNull(kept(states, slot, group));
  }

  private static void keep(GroupStates states, int slot, int group, Column value) {
    Column before = kept(states, slot, group);
    states.objects(slot)[group] = value;
    states.addObjectBytes(value.retainedBytes() - (before == null ? 0 : before.retainedBytes()));
  }

  @Override
  public boolean has(GroupStates states, int word, int slot, int group) {
    return kept(states, slot, group) != null;
  }

  @Override
  public void set(GroupStates states, int word, int slot, int group, Column column, int row) {
    keep(
        states,
        slot,
        group,
        column instanceof ConstColumn k ? k.value() : column.slice(row, 1).full());
  }

  @Override
  public int compare(
      GroupStates states, int word, int slot, int group, Column column, int row, int direction) {
    return column instanceof ConstColumn k
        ? type.compare(k.value(), 0, present(states, slot, group), 0, direction)
        : type.compare(column, row, present(states, slot, group), 0, direction);
  }

  @Override
  public void copy(
      GroupStates states,
      int word,
      int slot,
      int group,
      GroupStates from,
      int fromWord,
      int fromSlot,
      int fromGroup) {
    keep(states, slot, group, present(from, fromSlot, fromGroup));
  }

  @Override
  public int compareKept(
      GroupStates states,
      int word,
      int slot,
      int group,
      GroupStates from,
      int fromWord,
      int fromSlot,
      int fromGroup,
      int direction) {
    return type.compare(
        present(from, fromSlot, fromGroup), 0, present(states, slot, group), 0, direction);
  }

  @Override
  public void write(GroupStates states, int word, int slot, int group, ByteWriter out) {
    Column v = kept(states, slot, group);
    out.writeByte(v == null ? 0 : 1);
    if (v != null) {
      BinaryValues.write(v, 0, false, out);
    }
  }

  @Override
  public void read(GroupStates states, int word, int slot, int group, ByteReader in) {
    if (in.readByte() != 0) {
      ColumnBuilder b = type.newBuilder(1);
      BinaryValues.read(in, false, b);
      keep(states, slot, group, b.build());
    }
  }

  @Override
  public void append(GroupStates states, int word, int slot, int group, ColumnBuilder out) {
    Column v = kept(states, slot, group);
    if (v == null) {
      out.append(type.defaultValue(), 0);
    } else {
      out.append(v, 0);
    }
  }
}
