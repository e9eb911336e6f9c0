package io.longhouse.function.scalar.array;

import io.longhouse.column.ArrayColumn;
import io.longhouse.column.Column;
import io.longhouse.column.type.ArrayType;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.IntegerType;
import io.longhouse.function.Argument;
import io.longhouse.function.CommonType;
import io.longhouse.function.FunctionContext;
import io.longhouse.function.FunctionFactory;
import io.longhouse.function.ScalarFunction;
import io.longhouse.function.scalar.NumberColumns;
import io.longhouse.function.scalar.Resolved;
import io.longhouse.function.scalar.Rows;
import io.longhouse.function.scalar.Signature;
import io.longhouse.registry.Register;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import java.util.List;

/** {@code range([start,] end [, step])}. */
@Register(
    kind = FunctionFactory.class,
    name = "range",
    category = "Array",
    doc = "Numbers from start (0) to before end by step (1).")
final class Range implements FunctionFactory {
  @Override
  public ScalarFunction resolve(List<Argument> arguments, FunctionContext context) {
    var s = new Signature("range", arguments).between(1, 3);
    boolean[] signed = new boolean[s.size()];
    for (int i = 0; i < s.size(); i++) {
      signed[i] = s.integer(i).signed();
    }
    DataType element = CommonType.of(arguments.stream().map(Argument::type).toList());
    long max = context.number("function_range_max_elements_in_block", 500_000_000);
    return Resolved.throwing(
        new ArrayType(element), (c, rows) -> range(c, signed, rows, element, max));
  }

  private static Column range(
      Column[] c, boolean[] signed, int rows, DataType element, long maxElements) {
    boolean onlyEnd = c.length == 1;
    long[] end = Rows.longs(c[onlyEnd ? 0 : 1], signed[onlyEnd ? 0 : 1]);
    int endMask = Rows.mask(c[onlyEnd ? 0 : 1]);
    long[] start = onlyEnd ? new long[1] : Rows.longs(c[0], signed[0]);
    int startMask = onlyEnd ? 0 : Rows.mask(c[0]);
    long[] step = c.length < 3 ? new long[] {1} : Rows.longs(c[2], signed[2]);
    int stepMask = c.length < 3 ? 0 : Rows.mask(c[2]);
    int[] offsets = new int[rows + 1];
    long total = 0;
    for (int r = 0; r < rows; r++) {
      long n = count(start[r & startMask], end[r & endMask], step[r & stepMask], onlyEnd, signed);
      total = n > Long.MAX_VALUE - total ? Long.MAX_VALUE : total + n;
      if (total > maxElements || total > Integer.MAX_VALUE - 8) {
        throw outOfBound(
            "A call to function range would produce "
                + total
                + " array elements, which is greater than the allowed maximum of "
                + maxElements);
      }
      offsets[r + 1] = (int) total;
    }
    long[] values = new long[(int) total];
    for (int r = 0; r < rows; r++) {
      long v = start[r & startMask];
      long by = step[r & stepMask];
      for (int i = offsets[r]; i < offsets[r + 1]; i++) {
        values[i] = v;
        v += by;
      }
    }
    return new ArrayColumn(
        offsets,
        NumberColumns.narrowed(values, values.length, ((IntegerType) element).bytes()),
        rows);
  }

  private static long count(long start, long end, long step, boolean onlyEnd, boolean[] signed) {
    if (onlyEnd && signed[0] && end < 0) {
      throw outOfBound(
          "A call to function range overflows, only support positive values when only end is"
              + " provided");
    }
    if (step == 0) {
      throw outOfBound(
          "A call to function range underflows, the 3rd argument step can't be less or equal to"
              + " zero");
    }
    boolean anySigned = false;
    for (boolean b : signed) {
      anySigned |= b;
    }
    int order = anySigned ? Long.compare(start, end) : Long.compareUnsigned(start, end);
    boolean falls = anySigned && step < 0;
    if (falls ? order <= 0 : order >= 0) {
      return 0;
    }
    long distance = falls ? start - end : end - start;
    long by = falls ? -step : step;
    return Long.divideUnsigned(distance - 1, by) + 1;
  }

  private static LonghouseException outOfBound(String message) {
    return new LonghouseException(ErrorCode.ARGUMENT_OUT_OF_BOUND, message);
  }
}
