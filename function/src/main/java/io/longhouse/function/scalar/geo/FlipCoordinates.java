package io.longhouse.function.scalar.geo;

import io.longhouse.column.ArrayColumn;
import io.longhouse.column.Column;
import io.longhouse.column.TupleColumn;
import io.longhouse.column.type.ArrayType;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.FloatType;
import io.longhouse.column.type.TupleType;
import io.longhouse.function.Argument;
import io.longhouse.function.FunctionContext;
import io.longhouse.function.FunctionFactory;
import io.longhouse.function.ScalarFunction;
import io.longhouse.function.scalar.Resolved;
import io.longhouse.function.scalar.Rows;
import io.longhouse.function.scalar.Signature;
import io.longhouse.registry.Register;
import java.util.List;

/** x and y of every point exchanged. */
@Register(
    kind = FunctionFactory.class,
    name = "flipCoordinates",
    category = "Other",
    doc = "The geometry with x and y of every point exchanged.")
final class FlipCoordinates implements FunctionFactory {
  @Override
  public ScalarFunction resolve(List<Argument> arguments, FunctionContext context) {
    var s = new Signature("flipCoordinates", arguments).count(1);
    DataType t = s.type(0);
    while (t instanceof ArrayType a) {
      t = a.element();
    }
    boolean point =
        t instanceof TupleType tuple
            && tuple.elements().size() == 2
            && tuple.elements().stream().allMatch(FloatType.FLOAT64::equals);
    if (!point) {
      throw s.illegal(0, "must be a geometry whose points are tuples of two Float64");
    }
    return Resolved.of(s.type(0), (c, rows) -> flip(c[0].full()));
  }

  private static Column flip(Column c) {
    if (c instanceof ArrayColumn a) {
      return new ArrayColumn(a.offsets(), flip(Rows.elements(a)), a.size());
    }
    var t = (TupleColumn) c;
    return new TupleColumn(List.of(t.elements().get(1), t.elements().get(0)), t.size());
  }
}
