package io.longhouse.function.window;

import io.longhouse.column.Column;
import io.longhouse.column.ConstColumn;
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

/** The value some rows before or behind, in the frame or in the partition. */
@Register(
    kind = WindowFunctionFactory.class,
    name = "lagInFrame",
    category = "Window",
    doc = "The value of the row an offset before the current one, if it is in the frame.")
@Register(
    kind = WindowFunctionFactory.class,
    name = "leadInFrame",
    category = "Window",
    doc = "The value of the row an offset behind the current one, if it is in the frame.")
@Register(
    kind = WindowFunctionFactory.class,
    name = "lag",
    caseInsensitive = true,
    category = "Window",
    doc = "The value of the row an offset before the current one in the partition.")
@Register(
    kind = WindowFunctionFactory.class,
    name = "lead",
    caseInsensitive = true,
    category = "Window",
    doc = "The value of the row an offset behind the current one in the partition.")
final class Shift implements WindowFunctionFactory {
  private final String name;

  Shift(String name) {
    this.name = name;
  }

  @Override
  public WindowFunction resolve(
      List<Argument> parameters,
      List<Argument> arguments,
      boolean ordered,
      @Nullable WindowFrame frame) {
    boolean inFrame = name.endsWith("InFrame");
    if (!inFrame && frame != null) {
      throw bad(
          "Window function '" + name + "' does not expect window frame to be explicitly specified");
    }
    int n = arguments.size();
    if (n == 0) {
      throw new LonghouseException(
          ErrorCode.TOO_FEW_ARGUMENTS_FOR_FUNCTION,
          "Function " + name + " takes at least one argument");
    }
    if (n > 3) {
      throw new LonghouseException(
          ErrorCode.TOO_MANY_ARGUMENTS_FOR_FUNCTION,
          "Function '" + name + "' accepts at most 3 arguments, " + n + " given");
    }
    DataType type = arguments.getFirst().type();
    List<DataType> types = new ArrayList<>(List.of(type));
    if (n > 1) {
      types.add(offsetType(arguments.get(1).type()));
    }
    if (n > 2) {
      checkDefault(type, arguments.get(2).type());
      types.add(type);
    }
    return new Shifted(name, type, types, name.startsWith("lead"), inFrame);
  }

  static DataType offsetType(DataType type) {
    if (!(type instanceof IntegerType t) || t.bytes() > 8) {
      throw bad("Offset must be an integer, '" + type + "' given");
    }
    return type;
  }

  private static void checkDefault(DataType type, DataType given) {
    DataType common;
    try {
      common = io.longhouse.function.CommonType.of(List.of(type, given));
    } catch (LonghouseException e) {
      throw new LonghouseException(
          ErrorCode.BAD_ARGUMENTS,
          "There is no supertype for the argument type '"
              + type
              + "' and the default value type '"
              + given
              + "'",
          e);
    }
    if (!common.equals(type)) {
      throw bad(
          "The supertype '"
              + common
              + "' for the argument type '"
              + type
              + "' and the default value type '"
              + given
              + "' is not the same as the argument type");
    }
  }

  private static LonghouseException bad(String message) {
    return new LonghouseException(ErrorCode.BAD_ARGUMENTS, message);
  }

  private record Shifted(
      String name,
      DataType resultType,
      List<DataType> argumentTypes,
      boolean forward,
      boolean inFrame)
      implements WindowFunction {
    @Override
    public Column evaluate(WindowRows rows, Column[] arguments) {
      int n = rows.rows();
      int[] at = new int[n];
      int[] offsets = offsets(arguments, n);
      if (inFrame) {
        WindowRows.Frames f = rows.frames();
        for (int i = 0; i < n; i++) {
          at[i] = place(i, offsets[offsets.length == 1 ? 0 : i], f.begin()[i], f.end()[i]);
        }
      } else {
        int[] partitions = rows.partitions();
        for (int p = 0; p + 1 < partitions.length; p++) {
          for (int i = partitions[p]; i < partitions[p + 1]; i++) {
            int offset = offsets[offsets.length == 1 ? 0 : i];
            at[i] = place(i, offset, partitions[p], partitions[p + 1]);
          }
        }
      }
      Column values = arguments[0].full();
      if (arguments.length < 3) {
        return Picks.of(values, resultType, at, n);
      }
      return arguments[2] instanceof ConstColumn c
          ? Picks.of(values, resultType, at, c.value(), false)
          : Picks.of(values, resultType, at, arguments[2], true);
    }

    private int place(int row, int offset, int begin, int end) {
      long p = forward ? (long) row + offset : (long) row - offset;
      return p >= begin && p < end ? (int) p : -1;
    }

    /** One offset, or one for each row. */
    private int[] offsets(Column[] arguments, int n) {
      if (arguments.length < 2) {
        return new int[] {1};
      }
      boolean signed = ((IntegerType) argumentTypes.get(1)).signed();
      Column c = arguments[1] instanceof ConstColumn k ? k.value() : arguments[1];
      int count = arguments[1] instanceof ConstColumn ? 1 : n;
      long[] longs = new long[count];
      Numbers.toLongs(c.full(), 0, count, signed, longs);
      int[] out = new int[count];
      for (int i = 0; i < count; i++) {
        out[i] = Picks.offset(name, longs[i], signed, 0);
      }
      return out;
    }
  }
}
