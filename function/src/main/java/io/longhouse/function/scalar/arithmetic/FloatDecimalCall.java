package io.longhouse.function.scalar.arithmetic;

import io.longhouse.column.Column;
import io.longhouse.column.type.DataType;
import io.longhouse.function.ScalarFunction;
import io.longhouse.function.number.DoubleOperand;
import io.longhouse.function.number.Kernels;
import io.longhouse.function.number.NumberShape;

/** A decimal and a floating-point number: the decimal becomes one as well. */
record FloatDecimalCall(
    ArithmeticOp op, boolean zeroOnError, NumberShape a, NumberShape b, NumberShape result)
    implements ScalarFunction {

  static FloatDecimalCall of(
      ArithmeticOp op, ArithmeticOp.OnError onError, NumberShape a, NumberShape b) {
    return new FloatDecimalCall(
        op,
        onError != ArithmeticOp.OnError.THROW,
        a,
        b,
        op == ArithmeticOp.INT_DIV ? NumberShape.integer(a.bytes(), true) : NumberShape.FLOAT64);
  }

  @Override
  public DataType resultType() {
    return result.type();
  }

  @Override
  public boolean mayThrow() {
    return op == ArithmeticOp.INT_DIV;
  }

  @Override
  public Column evaluate(Column[] arguments, int rows) {
    if (op == ArithmeticOp.INT_DIV) {
      return FloatQuotient.compute(a, b, result, zeroOnError, arguments[0], arguments[1], rows);
    }
    return Kernels.doubles(
        switch (op) {
          case PLUS -> DoubleArithmetic::plus;
          case MINUS -> DoubleArithmetic::minus;
          case MULTIPLY -> DoubleArithmetic::multiply;
          case DIVIDE -> DoubleArithmetic::divide;
          case POSITIVE_MODULO -> DoubleArithmetic::positiveRemainder;
          default -> DoubleArithmetic::remainder;
        },
        new DoubleOperand(arguments[0], a, rows),
        new DoubleOperand(arguments[1], b, rows),
        8,
        rows);
  }
}
