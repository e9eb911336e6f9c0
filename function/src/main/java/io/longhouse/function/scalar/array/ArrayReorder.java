package io.longhouse.function.scalar.array;

import io.longhouse.column.ArrayColumn;
import io.longhouse.column.type.DataType;
import io.longhouse.function.Argument;
import io.longhouse.function.FunctionContext;
import io.longhouse.function.FunctionFactory;
import io.longhouse.function.ScalarFunction;
import io.longhouse.function.scalar.Resolved;
import io.longhouse.function.scalar.Rows;
import io.longhouse.function.scalar.Signature;
import io.longhouse.registry.Register;
import java.util.List;

/** An array reversed, or without its first or last element. */
@Register(
    kind = FunctionFactory.class,
    name = "arrayReverse",
    category = "Array",
    doc = "The elements in the opposite order.")
@Register(
    kind = FunctionFactory.class,
    name = "arrayPopBack",
    category = "Array",
    doc = "The array without its last element.")
@Register(
    kind = FunctionFactory.class,
    name = "arrayPopFront",
    category = "Array",
    doc = "The array without its first element.")
public final class ArrayReorder implements FunctionFactory {
  private final String name;

  ArrayReorder(String name) {
    this.name = name;
  }

  @Override
  public ScalarFunction resolve(List<Argument> arguments, FunctionContext context) {
    var s = new Signature(name, arguments).count(1);
    if (name.equals("arrayReverse")) {
      return reversed(s);
    }
    DataType element = s.array(0).element();
    int front = name.equals("arrayPopFront") ? 1 : 0;
    return Resolved.of(
        s.type(0),
        (c, rows) -> {
          ArrayColumn a = Rows.array(c[0]);
          int[] o = a.offsets();
          var picker = new Picker(rows, o[rows]);
          for (int r = 0; r < rows; r++) {
            picker.pickRange(o[r] + front, o[r + 1] - 1 + front);
            picker.endRow();
          }
          return picker.build(Rows.elements(a), element);
        });
  }

  /** {@code reverse} of an array. */
  public static ScalarFunction reversed(Signature s) {
    s.array(0);
    return Resolved.of(
        s.type(0),
        (c, rows) -> {
          ArrayColumn a = Rows.array(c[0]);
          int[] o = a.offsets();
          int[] picks = new int[o[rows]];
          for (int r = 0; r < rows; r++) {
            for (int i = o[r], j = o[r + 1] - 1; i < o[r + 1]; i++, j--) {
              picks[i] = j;
            }
          }
          return new ArrayColumn(o, a.elements().gather(picks, o[rows]), rows);
        });
  }
}
