package io.longhouse.function.scalar.bitmap;

import io.longhouse.column.ByteReader;
import io.longhouse.column.ByteWriter;
import io.longhouse.column.Column;
import io.longhouse.column.ConstColumn;
import io.longhouse.column.StringColumn;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.IntegerType;
import io.longhouse.function.aggregate.bitmap.Bitmap;
import io.longhouse.function.aggregate.type.AggregateFunctionType;
import io.longhouse.function.scalar.Signature;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import java.util.List;

/** Bitmaps in and out of columns. */
final class BitmapArguments {
  private BitmapArguments() {}

  /** The type of bitmaps of these integers. */
  static DataType type(IntegerType value) {
    return AggregateFunctionType.of(
        new io.longhouse.function.aggregate.Signature("groupBitmap", List.of(), List.of(value)));
  }

  /** The integers that the bitmap in argument {@code i} holds. */
  static IntegerType values(Signature s, int i) {
    if (s.type(i) instanceof AggregateFunctionType t
        && t.signature().name().equals("groupBitmap")
        && t.signature().arguments().get(0) instanceof IntegerType value) {
      return value;
    }
    throw new LonghouseException(
        ErrorCode.ILLEGAL_TYPE_OF_ARGUMENT,
        (i == 0 ? "First" : "Second")
            + " argument for function "
            + s.function()
            + " must be a bitmap but it has type "
            + s.type(i).name());
  }

  /** The integers of two bitmaps that must hold the same. */
  static IntegerType commonValues(Signature s) {
    IntegerType a = values(s, 0);
    IntegerType b = values(s, 1);
    if (!a.equals(b)) {
      throw new LonghouseException(
          ErrorCode.ILLEGAL_TYPE_OF_ARGUMENT,
          "The nested type in bitmaps must be the same, but one is "
              + a.name()
              + ", and the other is "
              + b.name());
    }
    return a;
  }

  /** Reads bitmaps row by row; a constant is read once. */
  static final class Reader {
    private final StringColumn states;
    private final int mask;
    private final IntegerType value;
    private final ByteReader reader = new ByteReader(new byte[0]);
    private int last = -1;
    private Bitmap current;

    Reader(Column c, IntegerType value) {
      this.states = (StringColumn) (c instanceof ConstColumn k ? k.value() : c).full();
      this.mask = c instanceof ConstColumn ? 0 : -1;
      this.value = value;
      this.current = new Bitmap(value);
    }

    /** The bitmap of a row; not to be changed. */
    Bitmap at(int row) {
      int r = row & mask;
      if (r != last) {
        last = r;
        int length = states.lengthAt(r);
        reader.reset(states.bytes(), states.offsets()[r], length);
        current = length == 0 ? new Bitmap(value) : Bitmap.read(value, reader);
      }
      return current;
    }
  }

  /** Builds a column of bitmaps. */
  static final class Writer {
    private final StringColumn.Builder out;
    private final ByteWriter one = new ByteWriter(64);

    Writer(int rows) {
      this.out = new StringColumn.Builder(rows);
    }

    void add(Bitmap b) {
      one.reset();
      b.write(one);
      out.add(one.buffer(), 0, one.position());
    }

    Column build() {
      return out.build();
    }
  }
}
