package io.longhouse.function.aggregate.state;

import io.longhouse.column.ByteReader;
import io.longhouse.column.ByteWriter;
import io.longhouse.column.Column;
import io.longhouse.column.ColumnBuilder;
import io.longhouse.column.ConstColumn;
import io.longhouse.column.Float32Column;
import io.longhouse.column.Float64Column;
import io.longhouse.column.Int16Column;
import io.longhouse.column.Int32Column;
import io.longhouse.column.Int64Column;
import io.longhouse.column.Int8Column;
import io.longhouse.function.aggregate.GroupStates;

/** A value of at most 8 bytes: a word of bits and a word that says whether there is one. */
public final class WordValue extends SingleValue {
  private final NumberLayout layout;
  private final long none;

  /**
   * @param none the bits of the type's default value
   */
  WordValue(NumberLayout layout, long none) {
    this.layout = layout;
    this.none = none;
  }

  public NumberLayout layout() {
    return layout;
  }

  @Override
  public int words() {
    return 2;
  }

  @Override
  public int objects() {
    return 0;
  }

  @Override
  public boolean has(GroupStates states, int word, int slot, int group) {
    return states.words()[group * states.stride() + word + 1] != 0;
  }

  private static long bitsAt(Column column, int row) {
    return switch (column) {
      case Int8Column c -> c.values()[row] & 0xFF;
      case Int16Column c -> c.values()[row] & 0xFFFF;
      case Int32Column c -> c.values()[row] & 0xFFFFFFFFL;
      case Int64Column c -> c.values()[row];
      case Float32Column c -> Float.floatToRawIntBits(c.values()[row]) & 0xFFFFFFFFL;
      case Float64Column c -> Double.doubleToRawLongBits(c.values()[row]);
      case ConstColumn k -> bitsAt(k.value(), 0);
      default -> throw new IllegalArgumentException("no words in " + column.getClass());
    };
  }

  @Override
  public void set(GroupStates states, int word, int slot, int group, Column column, int row) {
    int at = group * states.stride() + word;
    states.words()[at] = bitsAt(column, row);
    states.words()[at + 1] = 1;
  }

  @Override
  public int compare(
      GroupStates states, int word, int slot, int group, Column column, int row, int direction) {
    return order(bitsAt(column, row), states.words()[group * states.stride() + word], direction);
  }

  private int order(long a, long b, int direction) {
    if (layout.floating()) {
      double x = Values.floatOfBits(a, layout.bytes());
      double y = Values.floatOfBits(b, layout.bytes());
      if (x < y) {
        return -1;
      }
      if (x > y) {
        return 1;
      }
      boolean nx = Double.isNaN(x);
      boolean ny = Double.isNaN(y);
      return nx == ny ? 0 : nx ? direction : -direction;
    }
    return Long.compare(layout.order(a), layout.order(b));
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
    int at = group * states.stride() + word;
    states.words()[at] = from.words()[fromGroup * from.stride() + fromWord];
    states.words()[at + 1] = 1;
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
    return order(
        from.words()[fromGroup * from.stride() + fromWord],
        states.words()[group * states.stride() + word],
        direction);
  }

  @Override
  public void write(GroupStates states, int word, int slot, int group, ByteWriter out) {
    int at = group * states.stride() + word;
    boolean has = states.words()[at + 1] != 0;
    out.writeByte(has ? 1 : 0);
    if (has) {
      Values.write(states.words()[at], layout.bytes(), out);
    }
  }

  @Override
  public void read(GroupStates states, int word, int slot, int group, ByteReader in) {
    if (in.readByte() != 0) {
      int at = group * states.stride() + word;
      states.words()[at] = Values.read(layout.bytes(), in);
      states.words()[at + 1] = 1;
    }
  }

  @Override
  public void append(GroupStates states, int word, int slot, int group, ColumnBuilder out) {
    int at = group * states.stride() + word;
    Values.append(states.words()[at + 1] == 0 ? none : states.words()[at], out);
  }
}
