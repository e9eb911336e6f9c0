package io.longhouse.function.scalar.array;

import io.longhouse.column.ArrayColumn;
import io.longhouse.column.Column;
import io.longhouse.column.NullableColumn;
import io.longhouse.column.type.ArrayType;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.LowCardinalityType;
import io.longhouse.column.type.NullableType;
import io.longhouse.function.Argument;
import io.longhouse.function.FunctionContext;
import io.longhouse.function.FunctionFactory;
import io.longhouse.function.ScalarFunction;
import io.longhouse.function.scalar.Resolved;
import io.longhouse.function.scalar.Rows;
import io.longhouse.function.scalar.Signature;
import io.longhouse.registry.Register;
import java.util.Arrays;
import java.util.List;

/** Each value once, in order of first appearance; NULLs are left out. */
@Register(
    kind = FunctionFactory.class,
    name = "arrayDistinct",
    category = "Array",
    doc = "The different values of an array without NULLs, in order of first appearance.")
final class ArrayDistinct implements FunctionFactory {
  @Override
  public ScalarFunction resolve(List<Argument> arguments, FunctionContext context) {
    var s = new Signature("arrayDistinct", arguments).count(1);
    DataType element = LowCardinalityType.strip(s.array(0).element());
    DataType distinct = NullableType.strip(element);
    return Resolved.of(
        new ArrayType(distinct),
        (c, rows) -> {
          ArrayColumn a = Rows.array(c[0]);
          int[] o = a.offsets();
          Column e = Rows.elements(a).plain();
          ValueIds ids = ValueIds.of(e);
          int[] seenIn = new int[ids.distinct()];
          Arrays.fill(seenIn, -1);
          var picker = new Picker(rows, e.size());
          for (int r = 0; r < rows; r++) {
            for (int i = o[r]; i < o[r + 1]; i++) {
              int id = ids.ids()[i];
              if (seenIn[id] != r && !e.isNullAt(i)) {
                seenIn[id] = r;
                picker.pick(i);
              }
            }
            picker.endRow();
          }
          return picker.build(e instanceof NullableColumn n ? n.values() : e, distinct);
        });
  }
}
