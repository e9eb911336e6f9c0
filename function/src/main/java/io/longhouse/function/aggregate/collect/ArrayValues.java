package io.longhouse.function.aggregate.collect;

import io.longhouse.column.ByteReader;
import io.longhouse.column.ByteWriter;
import io.longhouse.column.Column;
import io.longhouse.column.ColumnBuilder;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.Date32Type;
import io.longhouse.column.type.DateTime64Type;
import io.longhouse.column.type.DecimalType;
import io.longhouse.column.type.StringType;
import io.longhouse.column.type.UuidType;
import io.longhouse.function.aggregate.state.BinaryValues;
import io.longhouse.function.aggregate.state.NumberLayout;

/**
 * Values of arrays as states hold them.
 *
 * <pre>
 * number   = its bytes
 * String   = VarUInt length, bytes
 * the rest = VarUInt length of what follows, the value in arena form
 * </pre>
 */
public final class ArrayValues {
  private final boolean plain;
  private final boolean number;

  public ArrayValues(DataType type) {
    this.number = isNumber(type);
    this.plain = number || type instanceof StringType;
  }

  /** Whether states hold values of the type as bare numbers: not those with a scale. */
  public static boolean isNumber(DataType type) {
    return NumberLayout.of(type) != null
        && !(type instanceof DecimalType
            || type instanceof DateTime64Type
            || type instanceof Date32Type
            || type instanceof UuidType);
  }

  /** Whether values are numbers. */
  public boolean isNumber() {
    return number;
  }

  /** Writes {@code count} values. */
  public void write(Column c, int from, int count, ByteWriter out) {
    if (plain) {
      for (int i = from; i < from + count; i++) {
        BinaryValues.write(c, i, false, out);
      }
      return;
    }
    var one = new ByteWriter(64);
    for (int i = from; i < from + count; i++) {
      one.reset();
      BinaryValues.write(c, i, true, one);
      out.writeVarUInt(one.position());
      out.writeBytes(one.buffer(), 0, one.position());
    }
  }

  /** Reads {@code count} values. */
  public void read(ByteReader in, int count, ColumnBuilder out) {
    for (int i = 0; i < count; i++) {
      if (plain) {
        BinaryValues.read(in, false, out);
      } else {
        in.readLength(1 << 30, "value");
        BinaryValues.read(in, true, out);
      }
    }
  }
}
