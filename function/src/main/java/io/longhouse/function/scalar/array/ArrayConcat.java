package io.longhouse.function.scalar.array;

import io.longhouse.column.ArrayColumn;
import io.longhouse.column.Column;
import io.longhouse.column.ColumnBuilder;
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
import java.util.List;

/** Arrays one behind the other. */
@Register(
    kind = FunctionFactory.class,
    name = "arrayConcat",
    category = "Array",
    doc = "The elements of all arguments, one array behind the other.")
public final class ArrayConcat implements FunctionFactory {
  @Override
  public ScalarFunction resolve(List<Argument> arguments, FunctionContext context) {
    return resolve("arrayConcat", arguments);
  }

  /** The same under the name of another function, for its messages. */
  public static ScalarFunction resolve(String name, List<Argument> arguments) {
    var s = new Signature(name, arguments).atLeast(1);
    DataType common = s.array(0).element();
    for (int i = 1; i < s.size(); i++) {
      common = CommonType.of(common, s.array(i).element());
    }
    DataType element = common;
    return Resolved.of(
        new ArrayType(element),
        (c, rows) -> {
          int n = c.length;
          ArrayColumn[] arrays = new ArrayColumn[n];
          int[] base = new int[n];
          ColumnBuilder all = element.newBuilder(rows);
          for (int k = 0; k < n; k++) {
            arrays[k] = Rows.array(c[k]);
            base[k] = all.size();
            Column e =
                Widening.widen(Rows.elements(arrays[k]), s.array(k).element(), element).full();
            all.appendRange(e, 0, e.size());
          }
          var picker = new Picker(rows, all.size());
          for (int r = 0; r < rows; r++) {
            for (int k = 0; k < n; k++) {
              int[] o = arrays[k].offsets();
              picker.pickRange(base[k] + o[r], base[k] + o[r + 1]);
            }
            picker.endRow();
          }
          return picker.build(all.build(), element);
        });
  }
}
