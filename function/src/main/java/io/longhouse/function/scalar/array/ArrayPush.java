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

/** An element more at one end of an array. */
@Register(
    kind = FunctionFactory.class,
    name = "arrayPushBack",
    category = "Array",
    doc = "The array with one more element at its end.")
@Register(
    kind = FunctionFactory.class,
    name = "arrayPushFront",
    category = "Array",
    doc = "The array with one more element at its beginning.")
final class ArrayPush implements FunctionFactory {
  private final String name;

  ArrayPush(String name) {
    this.name = name;
  }

  @Override
  public ScalarFunction resolve(List<Argument> arguments, FunctionContext context) {
    var s = new Signature(name, arguments).count(2);
    DataType inside = s.array(0).element();
    DataType pushed = s.type(1);
    DataType element = CommonType.of(inside, pushed);
    boolean front = name.equals("arrayPushFront");
    return Resolved.of(
        new ArrayType(element),
        (c, rows) -> {
          ArrayColumn a = Rows.array(c[0]);
          Column e = Widening.widen(Rows.elements(a), inside, element).full();
          ColumnBuilder all = element.newBuilder(e.size() + rows);
          all.appendRange(e, 0, e.size());
          all.appendRange(Widening.widen(c[1], pushed, element).full(), 0, rows);
          var picker = new Picker(rows, e.size() + rows);
          int[] o = a.offsets();
          for (int r = 0; r < rows; r++) {
            if (front) {
              picker.pick(e.size() + r);
            }
            picker.pickRange(o[r], o[r + 1]);
            if (!front) {
              picker.pick(e.size() + r);
            }
            picker.endRow();
          }
          return picker.build(all.build(), element);
        });
  }

  @Override
  public boolean handlesNulls() {
    return true;
  }
}
