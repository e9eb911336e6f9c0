package io.longhouse.function.aggregate.quantile;

import io.longhouse.column.type.ArrayType;
import io.longhouse.column.type.DataType;
import io.longhouse.function.Argument;
import io.longhouse.function.aggregate.state.Arguments;
import io.longhouse.function.aggregate.state.NumberLayout;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import java.util.List;

/**
 * Which quantiles are asked for.
 *
 * @param many whether the result is an array, {@code quantiles(...)}
 */
record Levels(double[] levels, boolean many) {
  /** The levels of a function, whose name begins with {@code quantiles} when there are many. */
  static Levels of(String function, List<Argument> parameters) {
    boolean many = function.startsWith("quantiles");
    if (many && parameters.isEmpty()) {
      throw new LonghouseException(
          ErrorCode.NUMBER_OF_ARGUMENTS_DOESNT_MATCH,
          "Aggregate function " + function + " requires at least one parameter");
    }
    if (!many && parameters.size() > 1) {
      throw new LonghouseException(
          ErrorCode.NUMBER_OF_ARGUMENTS_DOESNT_MATCH,
          "Aggregate function " + function + " requires one level parameter or less");
    }
    double[] levels = new double[Math.max(1, parameters.size())];
    levels[0] = 0.5;
    for (int i = 0; i < parameters.size(); i++) {
      levels[i] = Arguments.real(function, parameters.get(i));
      if (!(levels[i] >= 0 && levels[i] <= 1)) {
        throw new LonghouseException(
            ErrorCode.PARAMETER_OUT_OF_BOUND,
            "Quantile level is out of range [0..1] in aggregate function " + function);
      }
    }
    return new Levels(levels, many);
  }

  /** The type of the result, given that of one quantile. */
  DataType resultType(DataType one) {
    return many ? new ArrayType(one) : one;
  }

  /** The layout of a number, date or decimal of at most 8 bytes. */
  static NumberLayout layout(String function, DataType type) {
    NumberLayout layout = NumberLayout.of(type);
    if (layout == null || type instanceof io.longhouse.column.type.EnumType) {
      throw Arguments.illegal(function, type);
    }
    if (!layout.fitsWord()) {
      throw new LonghouseException(
          ErrorCode.NOT_IMPLEMENTED,
          "Aggregate function " + function + " is not implemented for " + type.name());
    }
    return layout;
  }

  /** Whether quantiles of the type are of the type itself and not numbers: dates and decimals. */
  static boolean keepsType(DataType type) {
    return !(NumberLayout.isArithmetic(type))
        || type instanceof io.longhouse.column.type.DecimalType;
  }
}
