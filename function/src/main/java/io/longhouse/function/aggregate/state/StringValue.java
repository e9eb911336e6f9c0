package io.longhouse.function.aggregate.state;

import io.longhouse.column.ByteReader;
import io.longhouse.column.ByteWriter;
import io.longhouse.column.Column;
import io.longhouse.column.ColumnBuilder;
import io.longhouse.column.ConstColumn;
import io.longhouse.column.StringColumn;
import io.longhouse.function.aggregate.GroupStates;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A string: its bytes as the group's object. */
public final class StringValue extends SingleValue {
  @Override
  public int words() {
    return 0;
  }

  @Override
  public int objects() {
    return 1;
  }

  private static byte @Nullable [] kept(GroupStates states, int slot, int group) {
    return (byte[]) states.objects(slot)[group];
  }

  private static byte[] present(GroupStates states, int slot, int group) {
    return java.util.Objects.requireNonNull(kept(states, slot, group));
  }

  private static void keep(GroupStates states, int slot, int group, byte[] value) {
    byte[] before = kept(states, slot, group);
    states.objects(slot)[group] = value;
    states.addObjectBytes(before == null ? value.length + 16L : value.length - before.length);
  }

  @Override
  public boolean has(GroupStates states, int word, int slot, int group) {
    return kept(states, slot, group) != null;
  }

  @Override
  public void set(GroupStates states, int word, int slot, int group, Column column, int row) {
    if (column instanceof ConstColumn k) {
      set(states, word, slot, group, k.value(), 0);
    } else {
      keep(states, slot, group, ((StringColumn) column).get(row));
    }
  }

  @Override
  public int compare(
      GroupStates states, int word, int slot, int group, Column column, int row, int direction) {
    if (column instanceof ConstColumn k) {
      return compare(states, word, slot, group, k.value(), 0, direction);
    }
    var s = (StringColumn) column;
    byte[] kept = present(states, slot, group);
    return Arrays.compareUnsigned(
        s.bytes(), s.offsets()[row], s.offsets()[row + 1], kept, 0, kept.length);
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
    return Arrays.compareUnsigned(present(from, fromSlot, fromGroup), present(states, slot, group));
  }

  @Override
  public void write(GroupStates states, int word, int slot, int group, ByteWriter out) {
    byte[] v = kept(states, slot, group);
    if (v == null) {
      out.writeInt(-1);
    } else {
      out.writeInt(v.length + 1);
      out.writeBytes(v);
      out.writeByte(0);
    }
  }

  @Override
  public void read(GroupStates states, int word, int slot, int group, ByteReader in) {
    int length = in.readInt();
    if (length >= 0) {
      byte[] v = in.readBytes(Math.max(0, length - 1));
      if (length > 0) {
        in.readByte();
      }
      keep(states, slot, group, v);
    }
  }

  @Override
  public void append(GroupStates states, int word, int slot, int group, ColumnBuilder out) {
    byte[] v = kept(states, slot, group);
    if (v == null) {
      out.appendDefault(1);
    } else {
      ((StringColumn.Builder) out).add(v);
    }
  }
}
