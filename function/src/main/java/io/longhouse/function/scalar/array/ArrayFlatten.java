package io.longhouse.function.scalar.array;

import io.longhouse.column.ArrayColumn;
import io.longhouse.column.Column;
import io.longhouse.column.type.ArrayType;
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

/** Arrays of arrays as one array; only offsets change. */
@Register(
    kind = FunctionFactory.class,
    name = "arrayFlatten",
    aliases = "flatten",
    category = "Array",
    doc = "All elements of arrays nested to any depth as one array.")
final class ArrayFlatten implements FunctionFactory {
  @Override
  public ScalarFunction resolve(List<Argument> arguments, FunctionContext context) {
    var s = new Signature("arrayFlatten", arguments).count(1);
    DataType type = s.array(0);
    while (type instanceof ArrayType t && t.element() instanceof ArrayType inner) {
      type = inner;
    }
    return Resolved.of(
        type,
        (c, rows) -> {
          ArrayColumn a = Rows.array(c[0]);
          int[] o = a.offsets();
          Column e = Rows.elements(a);
          for (DataType t = s.array(0).element(); t instanceof ArrayType n; t = n.element()) {
            var inner = (ArrayColumn) e;
            int[] flat = new int[rows + 1];
            for (int r = 0; r <= rows; r++) {
              flat[r] = inner.offsets()[o[r]];
            }
            o = flat;
            e = Rows.elements(inner);
          }
          return new ArrayColumn(o, e, rows);
        });
  }
}
