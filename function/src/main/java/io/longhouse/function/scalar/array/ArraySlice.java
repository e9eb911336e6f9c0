package io.longhouse.function.scalar.array;

import io.longhouse.column.ArrayColumn;
import io.longhouse.column.Column;
import io.longhouse.column.ConstColumn;
import io.longhouse.column.NullableColumn;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.IntegerType;
import io.longhouse.column.type.NothingType;
import io.longhouse.column.type.NullableType;
import io.longhouse.function.Argument;
import io.longhouse.function.FunctionContext;
import io.longhouse.function.FunctionFactory;
import io.longhouse.function.ScalarFunction;
import io.longhouse.function.scalar.Resolved;
import io.longhouse.function.scalar.Rows;
import io.longhouse.function.scalar.Signature;
import io.longhouse.registry.Register;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code arraySlice(a, offset [, length])}, either of them negative: counted from the end. */
@Register(
    kind = FunctionFactory.class,
    name = "arraySlice",
    category = "Array",
    doc =
        "The elements from an offset on, at most length of them; negative ones count from the end.")
final class ArraySlice implements FunctionFactory {
  @Override
  public ScalarFunction resolve(List<Argument> arguments, FunctionContext context) {
    var s = new Signature("arraySlice", arguments).between(2, 3);
    DataType element = s.array(0).element();
    Bound offset = Bound.of(s, 1);
    Bound length = s.size() < 3 ? null : Bound.of(s, 2);
    return Resolved.of(
        s.type(0),
        (c, rows) ->
            slice(
                Rows.array(c[0]),
                element,
                offset.at(c[1]),
                length == null ? null : length.at(c[2]),
                rows));
  }

  private static Column slice(
      ArrayColumn a, DataType element, Bound.At offset, Bound.@Nullable At length, int rows) {
    int[] o = a.offsets();
    var picker = new Picker(rows, o[rows]);
    for (int r = 0; r < rows; r++) {
      long n = o[r + 1] - o[r];
      long skip = offset.isNull(r) ? 1 : offset.value(r);
      if (skip != 0) {
        long take = length == null || length.isNull(r) ? Integer.MAX_VALUE : length.value(r);
        long from = skip > 0 ? skip - 1 : n + skip;
        long to = take >= 0 ? clampedSum(from, take) : n + take;
        picker.pickRange(o[r] + (int) Math.clamp(from, 0, n), o[r] + (int) Math.clamp(to, 0, n));
      }
      picker.endRow();
    }
    return picker.build(Rows.elements(a), element);
  }

  private static long clampedSum(long from, long take) {
    return take >= Integer.MAX_VALUE ? Integer.MAX_VALUE : from + take;
  }

  /** A number that may be NULL, for which an end of the array is taken. */
  record Bound(boolean signed, boolean alwaysNull) {
    static Bound of(Signature s, int i) {
      DataType t = NullableType.strip(s.type(i));
      if (t instanceof NothingType) {
        return new Bound(true, true);
      }
      if (t instanceof IntegerType n && n.bytes() <= 8) {
        return new Bound(n.signed(), false);
      }
      throw s.illegal(i, "must be an integer");
    }

    At at(Column c) {
      Column one = c instanceof ConstColumn k ? k.value() : c;
      if (alwaysNull) {
        return new At(new long[1], new byte[] {1}, 0);
      }
      Column values = one instanceof NullableColumn n ? n.values() : one;
      byte[] nulls = one instanceof NullableColumn n ? n.nulls() : null;
      return new At(Rows.longs(values, signed), nulls, Rows.mask(c));
    }

    /** The numbers of one block. */
    record At(long[] values, byte @Nullable [] nulls, int mask) {
      long value(int row) {
        return values[row & mask];
      }

      boolean isNull(int row) {
        return nulls != null && nulls[row & mask] != 0;
      }
    }
  }

  @Override
  public boolean handlesNulls() {
    return true;
  }
}
