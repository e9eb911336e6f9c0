package io.longhouse.function.window;

import io.longhouse.column.Column;
import io.longhouse.column.ConstColumn;
import io.longhouse.column.Float64Column;
import io.longhouse.column.Int64Column;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.DateTime64Type;
import io.longhouse.column.type.DateTimeType;
import io.longhouse.column.type.FloatType;
import io.longhouse.column.type.IntervalType;
import io.longhouse.column.type.Numbers;
import io.longhouse.function.Argument;
import io.longhouse.registry.Register;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How fast a metric grows from the row before to this one; what falls counts as 0. */
@Register(
    kind = WindowFunctionFactory.class,
    name = "nonNegativeDerivative",
    category = "Window",
    doc = "Growth of a metric since the row before, per interval (a second), at least 0.")
final class NonNegativeDerivative implements WindowFunctionFactory {
  @Override
  public WindowFunction resolve(
      List<Argument> parameters,
      List<Argument> arguments,
      boolean ordered,
      @Nullable WindowFrame frame) {
    if (!parameters.isEmpty()) {
      throw bad("Function nonNegativeDerivative cannot be parameterized");
    }
    if (arguments.size() != 2 && arguments.size() != 3) {
      throw new LonghouseException(
          ErrorCode.NUMBER_OF_ARGUMENTS_DOESNT_MATCH,
          "Function nonNegativeDerivative takes 2 or 3 arguments");
    }
    List<DataType> types = arguments.stream().map(Argument::type).toList();
    if (!TimeDecay.isNumber(types.getFirst())) {
      throw bad("Argument 0 must be a number, '" + types.getFirst() + "' given");
    }
    if (!(types.get(1) instanceof DateTimeType) && !(types.get(1) instanceof DateTime64Type)) {
      throw bad("Argument 1 must be DateTime or DateTime64, '" + types.get(1) + "' given");
    }
    double unit = 1;
    if (types.size() == 3) {
      if (!(types.get(2) instanceof IntervalType interval)) {
        throw bad("Argument 2 must be an INTERVAL, '" + types.get(2) + "' given");
      }
      unit = seconds(interval);
    }
    return new Derivative(types, unit);
  }

  private static double seconds(IntervalType type) {
    return switch (type.unit()) {
      case NANOSECOND -> 1e-9;
      case MICROSECOND -> 1e-6;
      case MILLISECOND -> 1e-3;
      case SECOND -> 1;
      case MINUTE -> 60;
      case HOUR -> 3600;
      case DAY -> 86_400;
      case WEEK -> 604_800;
      case MONTH, QUARTER, YEAR ->
          throw new LonghouseException(
              ErrorCode.ILLEGAL_TYPE_OF_ARGUMENT,
              "The INTERVAL must be a week or shorter, '" + type + "' given");
    };
  }

  private static LonghouseException bad(String message) {
    return new LonghouseException(ErrorCode.BAD_ARGUMENTS, message);
  }

  private record Derivative(List<DataType> argumentTypes, double unitSeconds)
      implements WindowFunction {
    @Override
    public DataType resultType() {
      return FloatType.FLOAT64;
    }

    @Override
    public Column evaluate(WindowRows rows, Column[] arguments) {
      int n = rows.rows();
      double[] metric = TimeDecay.doubles(arguments[0], argumentTypes.getFirst(), n);
      double[] time = new double[n];
      Numbers.toDoubles(
          arguments[1].full(), 0, n, argumentTypes.get(1) instanceof DateTime64Type, time);
      double ticks = argumentTypes.get(1) instanceof DateTime64Type t ? Math.pow(10, t.scale()) : 1;
      double interval = interval(arguments);
      double[] out = new double[n];
      int[] partitions = rows.partitions();
      for (int p = 0; p + 1 < partitions.length; p++) {
        for (int i = partitions[p] + 1; i < partitions[p + 1]; i++) {
          double elapsed = time[i] - time[i - 1];
          double grown = (metric[i] - metric[i - 1]) * ticks / elapsed * interval;
          out[i] = elapsed > 0 && grown > 0 ? grown : 0;
        }
      }
      return new Float64Column(out, n);
    }

    private double interval(Column[] arguments) {
      if (arguments.length < 3 || arguments[2].size() == 0) {
        return 1;
      }
      Column c = arguments[2] instanceof ConstColumn k ? k.value() : arguments[2].full();
      return unitSeconds * ((Int64Column) c).values()[0];
    }
  }
}
