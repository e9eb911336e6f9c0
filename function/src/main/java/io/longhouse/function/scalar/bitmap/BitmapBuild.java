package io.longhouse.function.scalar.bitmap;

import io.longhouse.column.ArrayColumn;
import io.longhouse.column.Column;
import io.longhouse.column.type.ArrayType;
import io.longhouse.column.type.IntegerType;
import io.longhouse.function.Argument;
import io.longhouse.function.FunctionContext;
import io.longhouse.function.FunctionFactory;
import io.longhouse.function.ScalarFunction;
import io.longhouse.function.aggregate.bitmap.Bitmap;
import io.longhouse.function.scalar.NumberColumns;
import io.longhouse.function.scalar.Resolved;
import io.longhouse.function.scalar.Rows;
import io.longhouse.function.scalar.Signature;
import io.longhouse.registry.Register;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import java.util.Arrays;
import java.util.List;

/** Bitmaps out of arrays and back. */
@Register(
    kind = FunctionFactory.class,
    name = "bitmapBuild",
    category = "Bitmap",
    doc = "A bitmap of an array's integers.")
@Register(
    kind = FunctionFactory.class,
    name = "bitmapToArray",
    category = "Bitmap",
    doc = "A bitmap's integers as an array.")
final class BitmapBuild implements FunctionFactory {
  private final String name;

  BitmapBuild(String name) {
    this.name = name;
  }

  @Override
  public ScalarFunction resolve(List<Argument> arguments, FunctionContext context) {
    var s = new Signature(name, arguments).count(1);
    if (name.equals("bitmapToArray")) {
      IntegerType value = BitmapArguments.values(s, 0);
      return Resolved.throwing(new ArrayType(value), (c, rows) -> toArrays(c[0], value, rows));
    }
    if (!(s.array(0).element() instanceof IntegerType value) || value.bytes() > 8) {
      throw new LonghouseException(
          ErrorCode.ILLEGAL_TYPE_OF_ARGUMENT,
          "Unexpected type " + s.type(0).name() + " of argument of function " + name);
    }
    return Resolved.throwing(
        BitmapArguments.type(value), (c, rows) -> build(Rows.array(c[0]), value, rows));
  }

  private static Column build(ArrayColumn a, IntegerType value, int rows) {
    long[] v = Rows.longs(Rows.elements(a), value.signed());
    var out = new BitmapArguments.Writer(rows);
    for (int r = 0; r < rows; r++) {
      var b = new Bitmap(value);
      for (int i = a.offsets()[r]; i < a.offsets()[r + 1]; i++) {
        b.add(v[i]);
      }
      out.add(b);
    }
    return out.build();
  }

  private static Column toArrays(Column c, IntegerType value, int rows) {
    var bitmaps = new BitmapArguments.Reader(c, value);
    int[] offsets = new int[rows + 1];
    long[] all = new long[Math.max(8, rows * 4)];
    int count = 0;
    for (int r = 0; r < rows; r++) {
      long[] v = bitmaps.at(r).values();
      if (count + v.length > all.length) {
        all = Arrays.copyOf(all, Math.max(count + v.length, all.length * 2));
      }
      System.arraycopy(v, 0, all, count, v.length);
      count += v.length;
      offsets[r + 1] = count;
    }
    return new ArrayColumn(offsets, NumberColumns.narrowed(all, count, value.bytes()), rows);
  }
}
