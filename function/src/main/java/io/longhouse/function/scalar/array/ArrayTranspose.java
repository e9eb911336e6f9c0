package io.longhouse.function.scalar.array;

import io.longhouse.column.ArrayColumn;
import io.longhouse.column.type.ArrayType;
import io.longhouse.function.Argument;
import io.longhouse.function.FunctionContext;
import io.longhouse.function.FunctionFactory;
import io.longhouse.function.ScalarFunction;
import io.longhouse.function.scalar.Resolved;
import io.longhouse.function.scalar.Rows;
import io.longhouse.function.scalar.Signature;
import io.longhouse.registry.Register;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import java.util.List;

/** A matrix with rows for columns. */
@Register(
    kind = FunctionFactory.class,
    name = "arrayTranspose",
    category = "Array",
    doc = "The array of arrays with rows and columns exchanged.")
final class ArrayTranspose implements FunctionFactory {
  @Override
  public ScalarFunction resolve(List<Argument> arguments, FunctionContext context) {
    var s = new Signature("arrayTranspose", arguments).count(1);
    if (!(s.array(0).element() instanceof ArrayType)) {
      throw s.illegal(0, "must be Array(Array(T))");
    }
    return Resolved.throwing(
        s.type(0),
        (c, rows) -> {
          ArrayColumn a = Rows.array(c[0]);
          ArrayColumn inner = (ArrayColumn) Rows.elements(a);
          int[] o = a.offsets();
          int[] i = inner.offsets();
          int[] outer = new int[rows + 1];
          for (int r = 0; r < rows; r++) {
            int width = o[r] == o[r + 1] ? 0 : inner.lengthAt(o[r]);
            for (int k = o[r]; k < o[r + 1]; k++) {
              if (inner.lengthAt(k) != width) {
                throw new LonghouseException(
                    ErrorCode.SIZES_OF_ARRAYS_DONT_MATCH,
                    "All inner arrays in argument of function arrayTranspose must have equal"
                        + " sizes, but row "
                        + r
                        + " has inner arrays of size "
                        + width
                        + " and "
                        + inner.lengthAt(k));
              }
            }
            outer[r + 1] = outer[r] + width;
          }
          int[] ends = new int[outer[rows] + 1];
          int[] picks = new int[i[o[rows]]];
          int at = 0;
          for (int r = 0; r < rows; r++) {
            for (int column = 0; column < outer[r + 1] - outer[r]; column++) {
              for (int k = o[r]; k < o[r + 1]; k++) {
                picks[at++] = i[k] + column;
              }
              ends[outer[r] + column + 1] = at;
            }
          }
          var columns = new ArrayColumn(ends, inner.elements().gather(picks, at), outer[rows]);
          return new ArrayColumn(outer, columns, rows);
        });
  }
}
