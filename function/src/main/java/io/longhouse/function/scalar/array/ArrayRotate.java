package io.longhouse.function.scalar.array;

import io.longhouse.column.ArrayColumn;
import io.longhouse.column.Column;
import io.longhouse.column.ColumnBuilder;
import io.longhouse.column.ConstColumn;
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
import java.util.List;

/** Elements moved sideways: around the ends, or out with something else coming in. */
@Register(
    kind = FunctionFactory.class,
    name = "arrayRotateLeft",
    category = "Array",
    doc = "The elements moved n places to the left, those at the beginning coming in at the end.")
@Register(
    kind = FunctionFactory.class,
    name = "arrayRotateRight",
    category = "Array",
    doc = "The elements moved n places to the right, those at the end coming in at the beginning.")
@Register(
    kind = FunctionFactory.class,
    name = "arrayShiftLeft",
    category = "Array",
    doc = "The elements moved n places to the left, a default or given value coming in at the end.")
@Register(
    kind = FunctionFactory.class,
    name = "arrayShiftRight",
    category = "Array",
    doc = "The elements moved n places to the right, a default or given value coming in in front.")
final class ArrayRotate implements FunctionFactory {
  private final String name;

  ArrayRotate(String name) {
    this.name = name;
  }

  @Override
  public ScalarFunction resolve(List<Argument> arguments, FunctionContext context) {
    boolean shift = name.startsWith("arrayShift");
    var s = new Signature(name, arguments).between(2, shift ? 3 : 2);
    DataType element = s.array(0).element();
    if (s.size() == 3 && !CommonType.of(element, s.type(2)).equals(element)) {
      throw s.illegal(2, "must be " + element.name());
    }
    boolean signed = s.integer(1).signed();
    int direction = name.endsWith("Left") ? 1 : -1;
    return Resolved.of(
        s.type(0),
        (c, rows) -> {
          ArrayColumn a = Rows.array(c[0]);
          long[] by = Rows.longs(c[1], signed);
          int mask = Rows.mask(c[1]);
          if (!shift) {
            return rotated(a, by, mask, direction, rows);
          }
          Column e = Rows.elements(a);
          ColumnBuilder all = element.newBuilder(e.size() + 1);
          all.appendRange(e, 0, e.size());
          int fillMask = 0;
          if (c.length == 3) {
            Column x = Widening.widen(c[2], s.type(2), element);
            fillMask = Rows.mask(x);
            Column values = (x instanceof ConstColumn k ? k.value() : x).full();
            all.appendRange(values, 0, values.size());
          } else {
            all.append(element.defaultValue(), 0);
          }
          int[] picks = shifted(a.offsets(), by, mask, direction, e.size(), fillMask, rows);
          return new ArrayColumn(a.offsets(), all.build().gather(picks, picks.length), rows);
        });
  }

  private static Column rotated(ArrayColumn a, long[] by, int mask, int direction, int rows) {
    int[] o = a.offsets();
    int[] picks = new int[o[rows]];
    for (int r = 0; r < rows; r++) {
      int n = o[r + 1] - o[r];
      if (n == 0) {
        continue;
      }
      int at = (int) Math.floorMod(direction * by[r & mask], (long) n);
      for (int i = o[r]; i < o[r + 1]; i++) {
        picks[i] = o[r] + at;
        at = at + 1 == n ? 0 : at + 1;
      }
    }
    return new ArrayColumn(o, a.elements().gather(picks, o[rows]), rows);
  }

  private static int[] shifted(
      int[] o, long[] by, int mask, int direction, int fill, int fillMask, int rows) {
    int[] picks = new int[o[rows]];
    for (int r = 0; r < rows; r++) {
      int n = o[r + 1] - o[r];
      int d = (int) Math.clamp(direction * by[r & mask], -n, n);
      for (int i = 0; i < n; i++) {
        int from = i + d;
        picks[o[r] + i] = from >= 0 && from < n ? o[r] + from : fill + (r & fillMask);
      }
    }
    return picks;
  }
}
