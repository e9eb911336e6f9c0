package io.longhouse.function.scalar.array;

import io.longhouse.column.ArrayColumn;
import io.longhouse.column.Column;
import io.longhouse.column.ConstColumn;
import io.longhouse.column.FixedBytesColumn;
import io.longhouse.column.Int64Column;
import io.longhouse.column.Int8Column;
import io.longhouse.column.StringColumn;
import io.longhouse.column.WideColumn;
import io.longhouse.column.type.ArrayType;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.IntegerType;
import io.longhouse.column.type.Ipv6Type;
import io.longhouse.column.type.MapType;
import io.longhouse.column.type.UuidType;
import io.longhouse.function.Argument;
import io.longhouse.function.FunctionContext;
import io.longhouse.function.FunctionFactory;
import io.longhouse.function.ScalarFunction;
import io.longhouse.function.scalar.Resolved;
import io.longhouse.function.scalar.Signature;
import io.longhouse.registry.Register;
import java.util.List;

/** The length of strings in bytes, of arrays and maps in elements, and whether it is zero. */
@Register(
    kind = FunctionFactory.class,
    name = "length",
    aliases = {"CARDINALITY", "OCTET_LENGTH"},
    caseInsensitive = true,
    category = "Array",
    doc = "Bytes of a string; elements of an array or map.")
@Register(
    kind = FunctionFactory.class,
    name = "empty",
    category = "Array",
    doc = "Whether a string, array or map is empty, or a UUID or IPv6 is all zeros.")
@Register(
    kind = FunctionFactory.class,
    name = "notEmpty",
    category = "Array",
    doc = "Whether a string, array or map is not empty, or a UUID or IPv6 is not all zeros.")
final class ArrayLength implements FunctionFactory {
  private final String name;

  ArrayLength(String name) {
    this.name = name;
  }

  @Override
  public ScalarFunction resolve(List<Argument> arguments, FunctionContext context) {
    var s = new Signature(name, arguments).count(1);
    DataType t = s.type(0);
    boolean isLength = name.equals("length");
    boolean fits =
        Signature.isString(t)
            || t instanceof ArrayType
            || t instanceof MapType
            || !isLength && (t instanceof UuidType || t instanceof Ipv6Type);
    if (!fits) {
      throw s.illegal(0, "must be a string, array or map");
    }
    if (isLength) {
      return Resolved.of(IntegerType.UINT64, (c, rows) -> length(c[0], rows));
    }
    byte whenEmpty = (byte) (name.equals("empty") ? 1 : 0);
    return Resolved.of(IntegerType.UINT8, (c, rows) -> isEmpty(c[0], whenEmpty, rows));
  }

  private static Column length(Column c, int rows) {
    long[] out = new long[rows];
    switch (c) {
      case StringColumn s -> lengths(s.offsets(), rows, out);
      case ArrayColumn a -> lengths(a.offsets(), rows, out);
      case FixedBytesColumn f -> java.util.Arrays.fill(out, f.width());
      case ConstColumn k -> {
        Column one = length(k.value().plain(), 1);
        return new ConstColumn(one, rows);
      }
      default -> throw new IllegalArgumentException("no length in " + c.getClass());
    }
    return new Int64Column(out, rows);
  }

  private static void lengths(int[] offsets, int rows, long[] out) {
    for (int i = 0; i < rows; i++) {
      out[i] = offsets[i + 1] - offsets[i];
    }
  }

  private static Column isEmpty(Column c, byte whenEmpty, int rows) {
    byte[] out = new byte[rows];
    switch (c) {
      case StringColumn s -> empties(s.offsets(), whenEmpty, rows, out);
      case ArrayColumn a -> empties(a.offsets(), whenEmpty, rows, out);
      case FixedBytesColumn f -> {
        for (int i = 0; i < rows; i++) {
          int any = 0;
          for (int k = i * f.width(); k < (i + 1) * f.width(); k++) {
            any |= f.bytes()[k];
          }
          out[i] = (byte) (any == 0 ? whenEmpty : 1 - whenEmpty);
        }
      }
      case WideColumn w -> {
        for (int i = 0; i < rows; i++) {
          long any = w.words()[2 * i] | w.words()[2 * i + 1];
          out[i] = (byte) (any == 0 ? whenEmpty : 1 - whenEmpty);
        }
      }
      case ConstColumn k -> {
        return new ConstColumn(isEmpty(k.value().plain(), whenEmpty, 1), rows);
      }
      default -> throw new IllegalArgumentException("no length in " + c.getClass());
    }
    return new Int8Column(out, rows);
  }

  private static void empties(int[] offsets, byte whenEmpty, int rows, byte[] out) {
    for (int i = 0; i < rows; i++) {
      out[i] = (byte) (offsets[i + 1] == offsets[i] ? whenEmpty : 1 - whenEmpty);
    }
  }
}
