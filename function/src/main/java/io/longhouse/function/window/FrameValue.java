package io.longhouse.function.window;

import io.longhouse.column.Column;
import io.longhouse.column.ConstColumn;
import io.longhouse.column.NullableColumn;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.IntegerType;
import io.longhouse.column.type.Numbers;
import io.longhouse.function.Argument;
import io.longhouse.registry.Register;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A value of the frame by its place. The first and the last value are aggregate functions too; as
 * such they skip NULLs unless told otherwise.
 */
@Register(
    kind = WindowFunctionFactory.class,
    name = "nth_value",
    caseInsensitive = true,
    category = "Window",
    doc = "The value of the frame's row of that number, from 1 on.")
@Register(
    kind = WindowFunctionFactory.class,
    name = "first_value",
    aliases = {"any", "any_value"},
    caseInsensitive = true,
    category = "Window",
    doc = "The frame's first value that is not NULL.")
@Register(
    kind = WindowFunctionFactory.class,
    name = "last_value",
    aliases = {"anyLast"},
    caseInsensitive = true,
    category = "Window",
    doc = "The frame's last value that is not NULL.")
@Register(
    kind = WindowFunctionFactory.class,
    name = "first_value_respect_nulls",
    aliases = {"any_respect_nulls", "firstValueRespectNulls", "any_value_respect_nulls"},
    caseInsensitive = true,
    category = "Window",
    doc = "The frame's first value.")
@Register(
    kind = WindowFunctionFactory.class,
    name = "last_value_respect_nulls",
    aliases = {"anyLast_respect_nulls", "lastValueRespectNulls"},
    caseInsensitive = true,
    category = "Window",
    doc = "The frame's last value.")
final class FrameValue implements WindowFunctionFactory {
  private final String name;

  FrameValue(String name) {
    this.name = name;
  }

  @Override
  public WindowFunction resolve(
      List<Argument> parameters,
      List<Argument> arguments,
      boolean ordered,
      @Nullable WindowFrame frame) {
    boolean nth = name.equals("nth_value");
    if (arguments.size() != (nth ? 2 : 1)) {
      throw new LonghouseException(
          ErrorCode.NUMBER_OF_ARGUMENTS_DOESNT_MATCH,
          nth
              ? "Function nth_value takes exactly two arguments"
              : "Number of arguments for function "
                  + name
                  + " doesn't match: passed "
                  + arguments.size()
                  + ", should be 1");
    }
    List<DataType> types = new ArrayList<>(List.of(arguments.getFirst().type()));
    if (nth) {
      types.add(Shift.offsetType(arguments.get(1).type()));
      return new Nth(types);
    }
    return new End(types, name.startsWith("last"), name.endsWith("_respect_nulls"));
  }

  private record Nth(List<DataType> argumentTypes) implements WindowFunction {
    @Override
    public DataType resultType() {
      return argumentTypes.getFirst();
    }

    @Override
    public Column evaluate(WindowRows rows, Column[] arguments) {
      int n = rows.rows();
      WindowRows.Frames f = rows.frames();
      boolean signed = ((IntegerType) argumentTypes.get(1)).signed();
      boolean constant = arguments[1] instanceof ConstColumn;
      Column c = arguments[1] instanceof ConstColumn k ? k.value() : arguments[1];
      long[] numbers = new long[constant ? 1 : n];
      Numbers.toLongs(c.full(), 0, numbers.length, signed, numbers);
      int[] at = new int[n];
      for (int i = 0; i < n; i++) {
        int number = Picks.offset("nth_value", numbers[constant ? 0 : i], signed, 1);
        int begin = f.begin()[i];
        at[i] = number <= f.end()[i] - begin ? begin + number - 1 : -1;
      }
      return Picks.of(arguments[0].full(), resultType(), at, n);
    }
  }

  private record End(List<DataType> argumentTypes, boolean last, boolean respectNulls)
      implements WindowFunction {
    @Override
    public DataType resultType() {
      return argumentTypes.getFirst();
    }

    @Override
    public Column evaluate(WindowRows rows, Column[] arguments) {
      int n = rows.rows();
      Column values = arguments[0].full();
      WindowRows.Frames f = rows.frames();
      int[] at = new int[n];
      if (!respectNulls && values instanceof NullableColumn c && c.hasNulls()) {
        int[] near = nearestValues(c.nulls(), n);
        for (int i = 0; i < n; i++) {
          int begin = f.begin()[i];
          int end = f.end()[i];
          int p = begin == end ? -1 : near[last ? end - 1 : begin];
          at[i] = p >= begin && p < end ? p : -1;
        }
      } else {
        for (int i = 0; i < n; i++) {
          int begin = f.begin()[i];
          int end = f.end()[i];
          at[i] = begin == end ? -1 : last ? end - 1 : begin;
        }
      }
      return Picks.of(values, resultType(), at, n);
    }

    /** For each row the nearest one before it, or behind it, that is not NULL; -1 for none. */
    private int[] nearestValues(byte[] nulls, int n) {
      int[] near = new int[n];
      int found = -1;
      for (int k = 0; k < n; k++) {
        int i = last ? k : n - 1 - k;
        found = nulls[i] == 0 ? i : found;
        near[i] = found;
      }
      return near;
    }
  }
}
