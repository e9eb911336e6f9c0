package io.longhouse.function.scalar.array;

import io.longhouse.column.ArrayColumn;
import io.longhouse.column.Column;
import io.longhouse.column.NullableColumn;
import io.longhouse.column.type.ArrayType;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.NullableType;
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

/** The first elements of a sorted array, without NULLs. */
@Register(
    kind = FunctionFactory.class,
    name = "arrayTopK",
    category = "Array",
    doc = "The k largest elements that are not NULL, the largest first: (k, array).")
@Register(
    kind = FunctionFactory.class,
    name = "arrayBottomK",
    category = "Array",
    doc = "The k smallest elements that are not NULL, the smallest first: (k, array).")
final class ArrayTopK implements FunctionFactory {
  private final String name;

  ArrayTopK(String name) {
    this.name = name;
  }

  @Override
  public ScalarFunction resolve(List<Argument> arguments, FunctionContext context) {
    var s = new Signature(name, arguments).count(2);
    boolean signed = s.integer(0).signed();
    DataType element = s.array(1).element();
    int direction = name.equals("arrayTopK") ? -1 : 1;
    return Resolved.throwing(
        new ArrayType(NullableType.strip(element)),
        (c, rows) -> {
          long[] count = Rows.longs(c[0], signed);
          int mask = Rows.mask(c[0]);
          ArrayColumn a = Rows.array(c[1]);
          Column e = Rows.elements(a).plain();
          int[] o = a.offsets();
          int[] order = new ElementSort(element, e, o[rows], direction).sorted(o, rows);
          byte[] nulls = e instanceof NullableColumn n ? n.nulls() : new byte[0];
          int[] picks = new int[o[rows]];
          int[] ends = new int[rows + 1];
          int at = 0;
          for (int r = 0; r < rows; r++) {
            long k = count[r & mask];
            if (signed && k < 0) {
              throw new LonghouseException(
                  ErrorCode.BAD_ARGUMENTS,
                  "Argument K of function " + name + " must be non-negative, got " + k);
            }
            long left = k < 0 ? Long.MAX_VALUE : k;
            for (int i = o[r]; i < o[r + 1] && left > 0; i++, left--) {
              if (nulls.length > 0 && nulls[order[i]] != 0) {
                break;
              }
              picks[at++] = order[i];
            }
            ends[r + 1] = at;
          }
          Column values = e instanceof NullableColumn n ? n.values() : e;
          return new ArrayColumn(ends, values.gather(picks, at), rows);
        });
  }
}
