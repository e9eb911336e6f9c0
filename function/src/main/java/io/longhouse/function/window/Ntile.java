package io.longhouse.function.window;

import io.longhouse.column.Column;
import io.longhouse.column.Int64Column;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.IntegerType;
import io.longhouse.column.type.Numbers;
import io.longhouse.function.Argument;
import io.longhouse.registry.Register;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Cuts a partition into buckets of nearly equal size; the first ones have the rows left over. */
@Register(
    kind = WindowFunctionFactory.class,
    name = "ntile",
    caseInsensitive = true,
    category = "Window",
    doc = "The number of the row's bucket when the partition is cut into so many, from 1 on.")
final class Ntile implements WindowFunctionFactory {
  @Override
  public WindowFunction resolve(
      List<Argument> parameters,
      List<Argument> arguments,
      boolean ordered,
      @Nullable WindowFrame frame) {
    if (arguments.size() != 1) {
      throw new LonghouseException(
          ErrorCode.NUMBER_OF_ARGUMENTS_DOESNT_MATCH, "Function ntile takes exactly one argument");
    }
    Argument a = arguments.getFirst();
    if (!(a.type() instanceof IntegerType t) || t.signed() || t.bytes() > 8) {
      throw bad(
          "'ntile' argument type must be an unsigned integer (not larger than 64-bit), got "
              + a.type());
    }
    if (frame != null && (frame.unit() != WindowFrame.Unit.ROWS || !frame.isWhole())) {
      throw bad("Unsupported window frame type for function 'ntile'");
    }
    if (!ordered) {
      throw bad("Unsupported window frame type for function 'ntile'");
    }
    Column constant = a.constant();
    if (constant == null) {
      throw bad("Argument of 'ntile' function must be a constant");
    }
    long[] buckets = new long[1];
    Numbers.toLongs(constant.plain(), 0, 1, false, buckets);
    if (buckets[0] == 0) {
      throw bad("Argument of 'ntile' function must be greater than zero");
    }
    return new Buckets(buckets[0] < 0 ? Long.MAX_VALUE : buckets[0], a.type());
  }

  private static LonghouseException bad(String message) {
    return new LonghouseException(ErrorCode.BAD_ARGUMENTS, message);
  }

  private record Buckets(long count, DataType argument) implements WindowFunction {
    @Override
    public DataType resultType() {
      return IntegerType.UINT64;
    }

    @Override
    public List<DataType> argumentTypes() {
      return List.of(argument);
    }

    @Override
    public Column evaluate(WindowRows rows, Column[] arguments) {
      long[] out = new long[rows.rows()];
      int[] partitions = rows.partitions();
      for (int p = 0; p + 1 < partitions.length; p++) {
        int begin = partitions[p];
        int size = partitions[p + 1] - begin;
        int small = (int) (size / count);
        int large = (int) (size % count);
        int at = begin;
        for (long bucket = 1; at < begin + size; bucket++) {
          int end = at + small + (bucket <= large ? 1 : 0);
          java.util.Arrays.fill(out, at, end, bucket);
          at = end;
        }
      }
      return new Int64Column(out, out.length);
    }
  }
}
