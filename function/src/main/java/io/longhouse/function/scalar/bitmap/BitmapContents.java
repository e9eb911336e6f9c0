package io.longhouse.function.scalar.bitmap;

import io.longhouse.column.ArrayColumn;
import io.longhouse.column.Column;
import io.longhouse.column.Int64Column;
import io.longhouse.column.Int8Column;
import io.longhouse.column.type.ArrayType;
import io.longhouse.column.type.IntegerType;
import io.longhouse.function.Argument;
import io.longhouse.function.FunctionContext;
import io.longhouse.function.FunctionFactory;
import io.longhouse.function.ScalarFunction;
import io.longhouse.function.aggregate.bitmap.Bitmap;
import io.longhouse.function.scalar.Resolved;
import io.longhouse.function.scalar.Rows;
import io.longhouse.function.scalar.Signature;
import io.longhouse.registry.Register;
import java.util.List;

/** What one bitmap holds, and parts of it. */
@Register(
    kind = FunctionFactory.class,
    name = "bitmapCardinality",
    category = "Bitmap",
    doc = "How many integers a bitmap has.")
@Register(
    kind = FunctionFactory.class,
    name = "bitmapMin",
    category = "Bitmap",
    doc = "The smallest integer of a bitmap.")
@Register(
    kind = FunctionFactory.class,
    name = "bitmapMax",
    category = "Bitmap",
    doc = "The largest integer of a bitmap.")
@Register(
    kind = FunctionFactory.class,
    name = "bitmapContains",
    category = "Bitmap",
    doc = "Whether a bitmap has an integer.")
@Register(
    kind = FunctionFactory.class,
    name = "bitmapSubsetInRange",
    category = "Bitmap",
    doc = "The integers from a start to before an end.")
@Register(
    kind = FunctionFactory.class,
    name = "bitmapSubsetLimit",
    category = "Bitmap",
    doc = "The integers from a start on, at most a number of them.")
@Register(
    kind = FunctionFactory.class,
    name = "subBitmap",
    category = "Bitmap",
    doc = "The integers behind the first offset ones, at most a number of them.")
@Register(
    kind = FunctionFactory.class,
    name = "bitmapTransform",
    category = "Bitmap",
    doc = "The bitmap with integers of one array replaced by those of another.")
final class BitmapContents implements FunctionFactory {
  private final String name;

  BitmapContents(String name) {
    this.name = name;
  }

  @Override
  public ScalarFunction resolve(List<Argument> arguments, FunctionContext context) {
    int count =
        switch (name) {
          case "bitmapCardinality", "bitmapMin", "bitmapMax" -> 1;
          case "bitmapContains" -> 2;
          default -> 3;
        };
    var s = new Signature(name, arguments).count(count);
    IntegerType value = BitmapArguments.values(s, 0);
    return switch (name) {
      case "bitmapContains" -> {
        boolean signed = s.integer(1).signed();
        yield Resolved.throwing(IntegerType.UINT8, (c, rows) -> contains(c, value, signed, rows));
      }
      case "bitmapTransform" -> transform(s, value);
      case "bitmapCardinality", "bitmapMin", "bitmapMax" ->
          Resolved.throwing(IntegerType.UINT64, (c, rows) -> numbers(c[0], value, rows));
      default -> {
        s.integer(1);
        s.integer(2);
        yield Resolved.throwing(s.type(0), (c, rows) -> subsets(c, value, rows));
      }
    };
  }

  private Column numbers(Column c, IntegerType value, int rows) {
    var bitmaps = new BitmapArguments.Reader(c, value);
    long[] out = new long[rows];
    for (int r = 0; r < rows; r++) {
      Bitmap b = bitmaps.at(r);
      if (name.equals("bitmapCardinality")) {
        out[r] = b.cardinality();
        continue;
      }
      boolean min = name.equals("bitmapMin");
      long[] v = b.sorted();
      out[r] = v.length > 0 ? v[min ? 0 : v.length - 1] : min ? largest(b, value) : 0;
    }
    return new Int64Column(out, rows);
  }

  /** What the smallest of no integers is. */
  private static long largest(Bitmap b, IntegerType value) {
    return value.bytes() == 8 ? -1 : b.isSmall() ? (1L << value.bytes() * 8) - 1 : 0xFFFFFFFFL;
  }

  private static Column contains(Column[] c, IntegerType value, boolean signed, int rows) {
    var bitmaps = new BitmapArguments.Reader(c[0], value);
    long[] v = Rows.longs(c[1], signed);
    int mask = Rows.mask(c[1]);
    byte[] out = new byte[rows];
    long max = value.bytes() == 8 ? -1 : (1L << value.bytes() * 8) - 1;
    for (int r = 0; r < rows; r++) {
      long x = v[r & mask];
      // As in ClickHouse, what is looked for is unsigned: negative numbers are never found.
      boolean fits = value.bytes() == 8 || (x & ~max) == 0;
      out[r] = (byte) (fits && bitmaps.at(r).contains(x) ? 1 : 0);
    }
    return new Int8Column(out, rows);
  }

  private Column subsets(Column[] c, IntegerType value, int rows) {
    var bitmaps = new BitmapArguments.Reader(c[0], value);
    long[] first = Rows.longs(c[1], false);
    int firstMask = Rows.mask(c[1]);
    long[] second = Rows.longs(c[2], false);
    int secondMask = Rows.mask(c[2]);
    var out = new BitmapArguments.Writer(rows);
    for (int r = 0; r < rows; r++) {
      Bitmap b = bitmaps.at(r);
      long a = first[r & firstMask];
      long z = second[r & secondMask];
      boolean inRange = name.equals("bitmapSubsetInRange");
      long[] v = name.equals("bitmapSubsetLimit") ? b.sorted() : b.values();
      if (inRange) {
        int n = 0;
        for (long x : v) {
          if (Long.compareUnsigned(x, a) >= 0 && Long.compareUnsigned(x, z) < 0) {
            v[n++] = x;
          }
        }
        out.add(b.like(v, 0, n));
      } else {
        long from = name.equals("subBitmap") ? a : lowerBound(v, a);
        int begin = (int) Math.clamp(from < 0 ? v.length : from, 0, v.length);
        long end = z < 0 || z > v.length - begin ? v.length : begin + z;
        out.add(b.like(v, begin, (int) end));
      }
    }
    return out.build();
  }

  private static int lowerBound(long[] v, long wanted) {
    int i = 0;
    while (i < v.length && Long.compareUnsigned(v[i], wanted) < 0) {
      i++;
    }
    return i;
  }

  private ScalarFunction transform(Signature s, IntegerType value) {
    boolean fits =
        s.type(1) instanceof ArrayType a
            && s.type(2) instanceof ArrayType b
            && a.element() instanceof IntegerType
            && b.element() instanceof IntegerType;
    if (!fits) {
      throw s.illegal(1, "must be an array of integers");
    }
    return Resolved.throwing(
        s.type(0),
        (c, rows) -> {
          var bitmaps = new BitmapArguments.Reader(c[0], value);
          ArrayColumn from = Rows.array(c[1]);
          ArrayColumn to = Rows.array(c[2]);
          long[] x = Rows.longs(Rows.elements(from), false);
          long[] y = Rows.longs(Rows.elements(to), false);
          var out = new BitmapArguments.Writer(rows);
          for (int r = 0; r < rows; r++) {
            out.add(replaced(bitmaps.at(r), value, x, y, from.offsets(), to.offsets(), r));
          }
          return out.build();
        });
  }

  private static Bitmap replaced(
      Bitmap b, IntegerType value, long[] x, long[] y, int[] from, int[] to, int row) {
    Bitmap out = b.xor(new Bitmap(value));
    int n = Math.min(from[row + 1] - from[row], to[row + 1] - to[row]);
    for (int k = 0; k < n; k++) {
      long old = x[from[row] + k];
      long by = y[to[row] + k];
      if (old != by && out.contains(old)) {
        var one = new Bitmap(value);
        one.add(old);
        Bitmap next = out.andNot(one);
        next.add(by);
        out = next;
      }
    }
    return out;
  }
}
