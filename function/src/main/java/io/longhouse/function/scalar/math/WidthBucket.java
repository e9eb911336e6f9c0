package io.longhouse.function.scalar.math;

import io.longhouse.column.Column;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.FloatType;
import io.longhouse.column.type.IntegerType;
import io.longhouse.function.Argument;
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

/** Which bar of a histogram a number belongs to. */
@Register(
    kind = FunctionFactory.class,
    name = "widthBucket",
    aliases = "width_bucket",
    caseInsensitive = true,
    category = "Mathematical",
    doc = "The number of the bucket a value falls into: (value, low, high, buckets).")
final class WidthBucket implements FunctionFactory {
  private static final String NAME = "widthBucket";

  @Override
  public ScalarFunction resolve(List<Argument> arguments, FunctionContext context) {
    var s = new Signature(NAME, arguments).count(4);
    boolean[] signed = new boolean[3];
    for (int i = 0; i < 3; i++) {
      DataType t = s.type(i);
      boolean number = t instanceof FloatType || t instanceof IntegerType n && n.bytes() <= 8;
      if (!number) {
        throw s.illegal(i, "must be a native number");
      }
      signed[i] = !(t instanceof IntegerType n) || n.signed();
    }
    if (s.integer(3).signed()) {
      throw s.illegal(3, "must be an unsigned integer");
    }
    int bytes = Math.min(8, s.integer(3).bytes() * 2);
    return Resolved.throwing(
        IntegerType.of(bytes, false), (c, rows) -> run(c, signed, bytes, rows));
  }

  private static Column run(Column[] c, boolean[] signed, int bytes, int rows) {
    double[] value = Rows.doubles(c[0], signed[0]);
    double[] low = Rows.doubles(c[1], signed[1]);
    double[] high = Rows.doubles(c[2], signed[2]);
    long[] count = Rows.longs(c[3], false);
    int valueMask = Rows.mask(c[0]);
    int lowMask = Rows.mask(c[1]);
    int highMask = Rows.mask(c[2]);
    int countMask = Rows.mask(c[3]);
    long[] out = new long[rows];
    for (int r = 0; r < rows; r++) {
      out[r] =
          bucket(value[r & valueMask], low[r & lowMask], high[r & highMask], count[r & countMask]);
    }
    return NumberColumns.narrowed(out, rows, bytes);
  }

  private static long bucket(double value, double low, double high, long count) {
    if (Double.isNaN(value) || Double.isNaN(low) || Double.isNaN(high)) {
      throw bad("The first three arguments (operand, low, high) cannot be NaN in function ");
    }
    if (Double.isInfinite(low) || Double.isInfinite(high)) {
      throw bad("The second and third arguments (low, high) cannot be Inf function ");
    }
    if (count == 0) {
      throw bad("Last argument (count) cannot be 0 in function ");
    }
    if (value < low || low >= high) {
      return 0;
    }
    if (value >= high) {
      return count + 1;
    }
    return (long) ((value - low) * (count / (high - low)) + 1);
  }

  private static LonghouseException bad(String message) {
    return new LonghouseException(ErrorCode.BAD_ARGUMENTS, message + NAME);
  }
}
