package io.longhouse.function.scalar.bitmap;

import io.longhouse.column.Column;
import io.longhouse.column.Int64Column;
import io.longhouse.column.Int8Column;
import io.longhouse.column.type.IntegerType;
import io.longhouse.function.Argument;
import io.longhouse.function.FunctionContext;
import io.longhouse.function.FunctionFactory;
import io.longhouse.function.ScalarFunction;
import io.longhouse.function.aggregate.bitmap.Bitmap;
import io.longhouse.function.scalar.Resolved;
import io.longhouse.function.scalar.Signature;
import io.longhouse.registry.Register;
import java.util.List;

/** Two bitmaps combined, or compared. */
@Register(
    kind = FunctionFactory.class,
    name = "bitmapAnd",
    category = "Bitmap",
    doc = "The integers that both bitmaps have.")
@Register(
    kind = FunctionFactory.class,
    name = "bitmapOr",
    category = "Bitmap",
    doc = "The integers that either bitmap has.")
@Register(
    kind = FunctionFactory.class,
    name = "bitmapXor",
    category = "Bitmap",
    doc = "The integers that exactly one of the bitmaps has.")
@Register(
    kind = FunctionFactory.class,
    name = "bitmapAndnot",
    category = "Bitmap",
    doc = "The integers of the first bitmap that the second has not.")
@Register(
    kind = FunctionFactory.class,
    name = "bitmapAndCardinality",
    category = "Bitmap",
    doc = "How many integers both bitmaps have.")
@Register(
    kind = FunctionFactory.class,
    name = "bitmapOrCardinality",
    category = "Bitmap",
    doc = "How many integers either bitmap has.")
@Register(
    kind = FunctionFactory.class,
    name = "bitmapXorCardinality",
    category = "Bitmap",
    doc = "How many integers exactly one of the bitmaps has.")
@Register(
    kind = FunctionFactory.class,
    name = "bitmapAndnotCardinality",
    category = "Bitmap",
    doc = "How many integers of the first bitmap the second has not.")
@Register(
    kind = FunctionFactory.class,
    name = "bitmapHasAny",
    category = "Bitmap",
    doc = "Whether the bitmaps have an integer in common.")
@Register(
    kind = FunctionFactory.class,
    name = "bitmapHasAll",
    category = "Bitmap",
    doc = "Whether the first bitmap has all integers of the second.")
final class BitmapSets implements FunctionFactory {
  private final String name;
  private final String operation;

  BitmapSets(String name) {
    this.name = name;
    this.operation = name.substring("bitmap".length()).replace("Cardinality", "");
  }

  @Override
  public ScalarFunction resolve(List<Argument> arguments, FunctionContext context) {
    var s = new Signature(name, arguments).count(2);
    IntegerType value = BitmapArguments.commonValues(s);
    if (operation.startsWith("Has")) {
      return Resolved.throwing(IntegerType.UINT8, (c, rows) -> has(c, value, rows));
    }
    return name.endsWith("Cardinality")
        ? Resolved.throwing(IntegerType.UINT64, (c, rows) -> cardinalities(c, value, rows))
        : Resolved.throwing(s.type(0), (c, rows) -> combined(c, value, rows));
  }

  private Bitmap combine(Bitmap a, Bitmap b) {
    return switch (operation) {
      case "And" -> a.and(b);
      case "Xor" -> a.xor(b);
      case "Andnot" -> a.andNot(b);
      default -> {
        long[] v = a.values();
        Bitmap out = a.like(v, 0, v.length);
        out.or(b);
        yield out;
      }
    };
  }

  private Column combined(Column[] c, IntegerType value, int rows) {
    var left = new BitmapArguments.Reader(c[0], value);
    var right = new BitmapArguments.Reader(c[1], value);
    var out = new BitmapArguments.Writer(rows);
    for (int r = 0; r < rows; r++) {
      out.add(combine(left.at(r), right.at(r)));
    }
    return out.build();
  }

  private Column cardinalities(Column[] c, IntegerType value, int rows) {
    var left = new BitmapArguments.Reader(c[0], value);
    var right = new BitmapArguments.Reader(c[1], value);
    long[] out = new long[rows];
    for (int r = 0; r < rows; r++) {
      long a = left.at(r).cardinality();
      long b = right.at(r).cardinality();
      long both = left.at(r).and(right.at(r)).cardinality();
      out[r] =
          switch (operation) {
            case "And" -> both;
            case "Or" -> a + b - both;
            case "Xor" -> a + b - 2 * both;
            default -> a - both;
          };
    }
    return new Int64Column(out, rows);
  }

  private Column has(Column[] c, IntegerType value, int rows) {
    var left = new BitmapArguments.Reader(c[0], value);
    var right = new BitmapArguments.Reader(c[1], value);
    byte[] out = new byte[rows];
    for (int r = 0; r < rows; r++) {
      long both = left.at(r).and(right.at(r)).cardinality();
      boolean yes = operation.equals("HasAny") ? both > 0 : both == right.at(r).cardinality();
      out[r] = (byte) (yes ? 1 : 0);
    }
    return new Int8Column(out, rows);
  }
}
