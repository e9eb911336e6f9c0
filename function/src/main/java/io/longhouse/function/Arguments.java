package io.longhouse.function;

import io.longhouse.column.Column;
import io.longhouse.column.ConstColumn;
import io.longhouse.column.NullableColumn;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.FixedStringType;
import io.longhouse.column.type.LowCardinalityType;
import io.longhouse.column.type.NullableType;
import io.longhouse.column.type.StringType;
import io.longhouse.function.number.LongOperand;
import io.longhouse.function.number.NumberShape;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Checks of arguments with ClickHouse's codes and words. */
public final class Arguments {
  private Arguments() {}

  /** There must be exactly {@code n}. */
  public static void count(String function, List<Argument> arguments, int n) {
    if (arguments.size() != n) {
      throw new LonghouseException(
          ErrorCode.NUMBER_OF_ARGUMENTS_DOESNT_MATCH,
          "Number of arguments for function "
              + function
              + " doesn't match: passed "
              + arguments.size()
              + ", should be "
              + n);
    }
  }

  /** There must be from {@code min} to {@code max}. */
  public static void count(String function, List<Argument> arguments, int min, int max) {
    int n = arguments.size();
    if (n < min || n > max) {
      String should =
          max == Integer.MAX_VALUE
              ? "should be at least " + min
              : max == min + 1
                  ? "should be " + min + " or " + max
                  : "should be " + min + " to " + max;
      throw new LonghouseException(
          n < min
              ? ErrorCode.TOO_FEW_ARGUMENTS_FOR_FUNCTION
              : ErrorCode.TOO_MANY_ARGUMENTS_FOR_FUNCTION,
          "Number of arguments for function "
              + function
              + " doesn't match: passed "
              + n
              + ", "
              + should);
    }
  }

  /** The error for an argument whose type does not fit. */
  public static LonghouseException illegalType(String function, DataType type) {
    return new LonghouseException(
        ErrorCode.ILLEGAL_TYPE_OF_ARGUMENT,
        "Illegal type " + type + " of argument of function " + function);
  }

  /** The error for two arguments whose types do not fit together. */
  public static LonghouseException illegalTypes(String function, DataType a, DataType b) {
    return new LonghouseException(
        ErrorCode.ILLEGAL_TYPE_OF_ARGUMENT,
        "Illegal types " + a + " and " + b + " of arguments of function " + function);
  }

  /** The error for an argument that must be constant and is not. */
  public static LonghouseException notConstant(String function, String what) {
    return new LonghouseException(
        ErrorCode.ILLEGAL_COLUMN, what + " of function " + function + " must be constant");
  }

  /** Argument {@code i} as a constant whole number. */
  public static long integer(String function, List<Argument> arguments, int i, String what) {
    Argument a = arguments.get(i);
    NumberShape shape = NumberShape.of(NullableType.strip(LowCardinalityType.strip(a.type())));
    if (shape == null || !shape.isInteger() || shape.isWide()) {
      throw illegalType(function, a.type());
    }
    Column c = a.constant();
    if (c == null || c.isNullAt(0)) {
      throw notConstant(function, what);
    }
    Column plain = c.plain();
    Column value = plain instanceof NullableColumn n ? n.values() : plain;
    return new LongOperand(new ConstColumn(value, 1), shape.signed(), 1).constantValue();
  }

  /** Argument {@code i} as the text of a constant string. */
  public static String text(String function, List<Argument> arguments, int i, String what) {
    Argument a = arguments.get(i);
    DataType type = NullableType.strip(LowCardinalityType.strip(a.type()));
    if (!(type instanceof StringType) && !(type instanceof FixedStringType)) {
      throw illegalType(function, a.type());
    }
    Column c = a.constant();
    if (c == null || c.isNullAt(0)) {
      throw notConstant(function, what);
    }
    return text(c.plain(), 0);
  }

  /**
   * Argument {@code i} as the text of a constant string, or null when there are fewer arguments.
   */
  public static @Nullable String optionalText(
      String function, List<Argument> arguments, int i, String what) {
    return i < arguments.size() ? text(function, arguments, i, what) : null;
  }

  /** The value of a String or FixedString as text. */
  public static String text(Column column, int row) {
    return switch (column) {
      case io.longhouse.column.StringColumn s -> io.longhouse.sql.ByteText.decode(s.get(row));
      case io.longhouse.column.FixedBytesColumn f ->
          io.longhouse.sql.ByteText.decode(
              java.util.Arrays.copyOfRange(
                  f.bytes(), row * f.width(), row * f.width() + f.width()));
      case io.longhouse.column.NullableColumn n -> text(n.values(), row);
      default -> text(column.plain(), row);
    };
  }
}
