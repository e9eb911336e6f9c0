package io.longhouse.function.scalar.array;

import io.longhouse.column.ArrayColumn;
import io.longhouse.column.Column;
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

/** An array without one value. */
@Register(
    kind = FunctionFactory.class,
    name = "arrayRemove",
    aliases = "array_remove",
    category = "Array",
    doc = "The elements that do not equal a value; NULL equals NULL.")
final class ArrayRemove implements FunctionFactory {
  @Override
  public ScalarFunction resolve(List<Argument> arguments, FunctionContext context) {
    var s = new Signature("arrayRemove", arguments).count(2);
    DataType element = s.array(0).element();
    var match = ElementMatch.of(element, s.type(1), context);
    return Resolved.of(
        s.type(0),
        (c, rows) -> {
          ArrayColumn a = Rows.array(c[0]);
          Column e = Rows.elements(a);
          int[] o = a.offsets();
          byte[] hits = match.hits(e, o, c[1], rows);
          var picker = new Picker(rows, e.size());
          for (int r = 0; r < rows; r++) {
            for (int i = o[r]; i < o[r + 1]; i++) {
              if (hits[i] == 0) {
                picker.pick(i);
              }
            }
            picker.endRow();
          }
          return picker.build(e, element);
        });
  }

  @Override
  public boolean handlesNulls() {
    return true;
  }
}
