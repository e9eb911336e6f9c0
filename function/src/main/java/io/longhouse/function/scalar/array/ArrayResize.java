package io.longhouse.function.scalar.array;

import io.longhouse.column.ArrayColumn;
import io.longhouse.column.Column;
import io.longhouse.column.ColumnBuilder;
import io.longhouse.column.ConstColumn;
import io.longhouse.column.type.ArrayType;
import io.longhouse.column.type.DataType;
import io.longhouse.function.Argument;
import io.longhouse.function.CommonType;
import io.longhouse.function.FunctionContext;
import io.longhouse.function.FunctionFactory;
import io.longhouse.function.ScalarFunction;
import io.longhouse.function.scalar.Resolved;
import io.longhouse.function.scalar.Rows;
import io.longhouse.function.scalar.Signature;
import io.longhouse.function.scalar.Widening;
import io.longhouse.registry.Register;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import java.util.List;

/** {@code arrayResize(a, size [, extender])}; a negative size works at the beginning. */
@Register(
    kind = FunctionFactory.class,
    name = "arrayResize",
    category = "Array",
    doc = "The array cut or extended to a size; a negative size cuts or extends at its beginning.")
final class ArrayResize implements FunctionFactory {
  /** As in ClickHouse, so that a typing error cannot take all memory. */
  private static final long SIZE_MAX = 1 << 30;

  @Override
  public ScalarFunction resolve(List<Argument> arguments, FunctionContext context) {
    var s = new Signature("arrayResize", arguments).between(2, 3);
    DataType inside = s.array(0).element();
    DataType element = s.size() == 3 ? CommonType.of(inside, s.type(2)) : inside;
    boolean signed = s.integer(1).signed();
    return Resolved.throwing(
        new ArrayType(element),
        (c, rows) -> {
          ArrayColumn a = Rows.array(c[0]);
          Column e = Widening.widen(Rows.elements(a), inside, element).full();
          ColumnBuilder all = element.newBuilder(e.size() + rows);
          all.appendRange(e, 0, e.size());
          int extenderMask = 0;
          if (c.length == 3) {
            Column x = Widening.widen(c[2], s.type(2), element);
            extenderMask = Rows.mask(x);
            all.appendRange(
                (x instanceof ConstColumn k ? k.value() : x).full(),
                0,
                x instanceof ConstColumn ? 1 : rows);
          } else {
            all.append(element.defaultValue(), 0);
          }
          return resized(a, e.size(), extenderMask, Rows.longs(c[1], signed), Rows.mask(c[1]), rows)
              .build(all.build(), element);
        });
  }

  private static Picker resized(
      ArrayColumn a, int extenders, int extenderMask, long[] sizes, int sizeMask, int rows) {
    int[] o = a.offsets();
    var picker = new Picker(rows, o[rows]);
    for (int r = 0; r < rows; r++) {
      long wanted = sizes[r & sizeMask];
      if (wanted > SIZE_MAX || wanted < -SIZE_MAX) {
        throw new LonghouseException(
            ErrorCode.TOO_LARGE_ARRAY_SIZE, "Too large array size: " + wanted);
      }
      int n = o[r + 1] - o[r];
      int target = (int) Math.abs(wanted);
      int extender = extenders + (r & extenderMask);
      if (wanted >= 0) {
        picker.pickRange(o[r], o[r] + Math.min(n, target));
        picker.repeat(extender, target - n);
      } else {
        picker.repeat(extender, target - n);
        picker.pickRange(o[r + 1] - Math.min(n, target), o[r + 1]);
      }
      picker.endRow();
    }
    return picker;
  }

  @Override
  public boolean handlesNulls() {
    return true;
  }
}
