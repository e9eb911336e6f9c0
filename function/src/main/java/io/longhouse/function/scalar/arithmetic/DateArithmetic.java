package io.longhouse.function.scalar.arithmetic;

import io.longhouse.column.Column;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.Date32Type;
import io.longhouse.column.type.DateTime64Type;
import io.longhouse.column.type.DateTimeType;
import io.longhouse.column.type.DateType;
import io.longhouse.function.Argument;
import io.longhouse.function.FunctionContext;
import io.longhouse.function.ScalarFunction;
import io.longhouse.function.number.Kernels;
import io.longhouse.function.number.LongKernel;
import io.longhouse.function.number.LongOperand;
import io.longhouse.function.number.NumberShape;
import io.longhouse.function.number.WideWords;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Dates and times with numbers, and the distance of two of a kind. */
final class DateArithmetic {
  private DateArithmetic() {}

  /** The call, or null when the arguments are none of these. */
  static @Nullable ScalarFunction of(
      ArithmeticOp op, List<Argument> arguments, FunctionContext context) {
    DataType a = arguments.get(0).type();
    DataType b = arguments.get(1).type();
    if (op.isModulo()) {
      return modulo(op, a, b);
    }
    if (op != ArithmeticOp.PLUS && op != ArithmeticOp.MINUS) {
      return null;
    }
    ScalarFunction withInterval = IntervalArithmetic.of(op, arguments, context);
    if (withInterval != null) {
      return withInterval;
    }
    if (op == ArithmeticOp.MINUS && isMoment(a) && isMoment(b)) {
      return Distance.of(a, b);
    }
    if (isMoment(a) && isStep(b)) {
      return new Shift(a, Objects.requireNonNull(NumberShape.of(b)), false, op);
    }
    if (isStep(a) && isMoment(b)) {
      if (op == ArithmeticOp.MINUS) {
        throw new LonghouseException(
            ErrorCode.ILLEGAL_TYPE_OF_ARGUMENT,
            "Wrong order of arguments for function minus: argument of type Interval cannot be"
                + " first");
      }
      return new Shift(b, Objects.requireNonNull(NumberShape.of(a)), true, op);
    }
    return null;
  }

  private static boolean isMoment(DataType t) {
    return t instanceof DateType
        || t instanceof Date32Type
        || t instanceof DateTimeType
        || t instanceof DateTime64Type;
  }

  private static boolean isStep(DataType t) {
    NumberShape s = NumberShape.of(t);
    return s != null && !s.isDecimal() && !s.isWide();
  }

  private static @Nullable ScalarFunction modulo(ArithmeticOp op, DataType a, DataType b) {
    NumberShape y = NumberShape.of(b);
    boolean moment = a instanceof DateType || a instanceof DateTimeType;
    NumberShape x = moment ? NumberShape.ofStorage(a) : null;
    return x == null || y == null || y.isDecimal()
        ? null
        : NumericCall.of(op, ArithmeticOp.OnError.THROW, x, y);
  }

  /** A date and days, or a time and seconds; the storage wraps around. */
  private record Shift(DataType moment, NumberShape step, boolean stepFirst, ArithmeticOp op)
      implements ScalarFunction {
    @Override
    public DataType resultType() {
      return moment;
    }

    @Override
    public int monotonicity(int argument) {
      return 0;
    }

    @Override
    public Column evaluate(Column[] arguments, int rows) {
      NumberShape shape = Objects.requireNonNull(NumberShape.ofStorage(moment));
      Column moments = arguments[stepFirst ? 1 : 0];
      Column steps = WholeSteps.of(arguments[stepFirst ? 0 : 1], step, rows);
      long unit = moment instanceof DateTime64Type t ? WideWords.powerOfTen(t.scale()) : 1;
      long factor = op == ArithmeticOp.MINUS ? -unit : unit;
      LongKernel kernel =
          (a, i, b, j, out, o, n) -> {
            for (int k = 0; k < n; k++) {
              out[o + k] = a[i + k] + b[j + k] * factor;
            }
          };
      return Kernels.longs(
          kernel,
          new LongOperand(moments, shape.signed(), rows),
          new LongOperand(steps, step.signed(), rows),
          shape.bytes(),
          rows);
    }
  }

  /** How far apart two dates are in days, or two times in seconds. */
  private record Distance(DataType a, DataType b, NumberShape result, long aFactor, long bFactor)
      implements ScalarFunction {
    static @Nullable Distance of(DataType a, DataType b) {
      if (a instanceof DateType && b instanceof DateType
          || a instanceof DateTimeType && b instanceof DateTimeType) {
        return new Distance(a, b, NumberShape.integer(4, true), 1, 1);
      }
      int x = scale(a);
      int y = scale(b);
      if (x < 0 || y < 0) {
        return null;
      }
      int scale = Math.max(x, y);
      return new Distance(
          a,
          b,
          NumberShape.decimal(8, scale),
          WideWords.powerOfTen(scale - x),
          WideWords.powerOfTen(scale - y));
    }

    private static int scale(DataType t) {
      return t instanceof DateTime64Type d ? d.scale() : t instanceof DateTimeType ? 0 : -1;
    }

    @Override
    public DataType resultType() {
      return result.type();
    }

    @Override
    public Column evaluate(Column[] arguments, int rows) {
      NumberShape x = Objects.requireNonNull(NumberShape.ofStorage(a));
      NumberShape y = Objects.requireNonNull(NumberShape.ofStorage(b));
      LongKernel kernel =
          (p, i, q, j, out, o, n) -> {
            for (int k = 0; k < n; k++) {
              out[o + k] = p[i + k] * aFactor - q[j + k] * bFactor;
            }
          };
      return Kernels.longs(
          kernel,
          new LongOperand(arguments[0], x.signed(), rows),
          new LongOperand(arguments[1], y.signed(), rows),
          result.bytes(),
          rows);
    }
  }
}
