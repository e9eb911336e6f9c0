package io.longhouse.function.aggregate.state;

import io.longhouse.column.ArrayColumn;
import io.longhouse.column.Column;
import io.longhouse.column.Float32Column;
import io.longhouse.column.Float64Column;
import io.longhouse.column.NullableColumn;
import io.longhouse.column.StringColumn;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.IntegerType;
import io.longhouse.function.Argument;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import java.util.ArrayList;
import java.util.List;

/** Checks of argument types and parameters, with the errors that ClickHouse gives. */
public final class Arguments {
  private Arguments() {}

  /** Requires {@code n} arguments. */
  public static void count(String function, List<DataType> arguments, int n) {
    if (arguments.size() != n) {
      throw new LonghouseException(
          ErrorCode.NUMBER_OF_ARGUMENTS_DOESNT_MATCH,
          n == 1
              ? "Aggregate function " + function + " requires single argument"
              : n == 2
                  ? "Aggregate function " + function + " requires two arguments"
                  : "Aggregate function "
                      + function
                      + " requires "
                      + n
                      + " arguments, found "
                      + arguments.size());
    }
  }

  public static void countAtLeast(String function, List<DataType> arguments, int n) {
    if (arguments.size() < n) {
      throw new LonghouseException(
          ErrorCode.NUMBER_OF_ARGUMENTS_DOESNT_MATCH,
          "Aggregate function " + function + " requires at least " + n + " argument(s)");
    }
  }

  public static void noParameters(String function, List<Argument> parameters) {
    if (!parameters.isEmpty()) {
      throw new LonghouseException(
          ErrorCode.AGGREGATE_FUNCTION_DOESNT_ALLOW_PARAMETERS,
          "Aggregate function " + function + " cannot have parameters");
    }
  }

  public static void parameters(String function, List<Argument> parameters, int min, int max) {
    if (parameters.size() < min || parameters.size() > max) {
      throw new LonghouseException(
          ErrorCode.NUMBER_OF_ARGUMENTS_DOESNT_MATCH,
          "Aggregate function "
              + function
              + " requires "
              + (min == max ? "" + min : min + " to " + max)
              + " parameter(s), found "
              + parameters.size());
    }
  }

  /** The error for an argument of a type that the function does not take. */
  public static LonghouseException illegal(String function, DataType type) {
    return new LonghouseException(
        ErrorCode.ILLEGAL_TYPE_OF_ARGUMENT,
        "Illegal type " + type.name() + " of argument for aggregate function " + function);
  }

  /** The layout of an argument that must be a number in SQL's sense. */
  public static NumberLayout number(String function, DataType type) {
    NumberLayout layout = NumberLayout.of(type);
    if (layout == null || !NumberLayout.isArithmetic(type)) {
      throw illegal(function, type);
    }
    return layout;
  }

  /** A parameter as a number. */
  public static double real(String function, Argument parameter) {
    Column c = constant(function, parameter);
    return switch (c) {
      case Float64Column f -> f.values()[0];
      case Float32Column f -> f.values()[0];
      case StringColumn _, ArrayColumn _ -> throw wrong(function, parameter);
      default -> {
        NumberLayout layout = NumberLayout.of(parameter.type());
        if (layout == null) {
          throw wrong(function, parameter);
        }
        double v = Values.doubles(c, layout, 1)[0];
        yield parameter.type() instanceof io.longhouse.column.type.DecimalType d
            ? v / Math.pow(10, d.scale())
            : v;
      }
    };
  }

  /** A parameter as a whole number. */
  public static long integer(String function, Argument parameter) {
    Column c = constant(function, parameter);
    if (parameter.type() instanceof IntegerType t && t.bytes() <= 8) {
      return Values.longs(c, t.signed(), 1)[0];
    }
    if (parameter.type() instanceof io.longhouse.column.type.BoolType) {
      return Values.longs(c, false, 1)[0];
    }
    throw wrong(function, parameter);
  }

  /** A parameter as a whole number larger than zero. */
  public static long positive(String function, Argument parameter) {
    long v = integer(function, parameter);
    if (v <= 0) {
      throw new LonghouseException(
          ErrorCode.BAD_ARGUMENTS,
          "Parameter for aggregate function " + function + " should be positive number");
    }
    return v;
  }

  /** A parameter as bytes. */
  public static byte[] bytes(String function, Argument parameter) {
    if (constant(function, parameter) instanceof StringColumn s) {
      return s.get(0);
    }
    throw wrong(function, parameter);
  }

  /** A parameter as text. */
  public static String text(String function, Argument parameter) {
    return io.longhouse.sql.ByteText.decode(bytes(function, parameter));
  }

  /** The elements of a parameter that is an array. */
  public static List<Argument> elements(String function, Argument parameter) {
    if (!(constant(function, parameter) instanceof ArrayColumn a)
        || !(parameter.type() instanceof io.longhouse.column.type.ArrayType t)) {
      throw wrong(function, parameter);
    }
    List<Argument> out = new ArrayList<>();
    for (int i = 0; i < a.lengthAt(0); i++) {
      out.add(new Argument(t.element(), a.elements().slice(a.offsets()[0] + i, 1)));
    }
    return out;
  }

  private static Column constant(String function, Argument parameter) {
    Column c = parameter.constant();
    if (c == null) {
      throw new LonghouseException(
          ErrorCode.PARAMETERS_TO_AGGREGATE_FUNCTIONS_MUST_BE_LITERALS,
          "Parameters to aggregate functions must be literals, found another expression for "
              + function);
    }
    Column plain = c.plain();
    return plain instanceof NullableColumn n && !n.isNullAt(0) ? n.values() : plain;
  }

  private static LonghouseException wrong(String function, Argument parameter) {
    return new LonghouseException(
        ErrorCode.BAD_ARGUMENTS,
        "Parameter of type "
            + parameter.type().name()
            + " does not fit aggregate function "
            + function);
  }
}
