package io.longhouse.function.scalar.arithmetic;

import io.longhouse.column.Column;
import io.longhouse.column.ConstColumn;
import io.longhouse.column.Int16Column;
import io.longhouse.column.Int32Column;
import io.longhouse.column.Int64Column;
import io.longhouse.column.Int8Column;
import io.longhouse.column.NullableColumn;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.NullableType;
import io.longhouse.column.type.Numbers;
import io.longhouse.function.ScalarFunction;
import io.longhouse.function.number.DoubleKernel;
import io.longhouse.function.number.DoubleOperand;
import io.longhouse.function.number.Kernels;
import io.longhouse.function.number.LongKernel;
import io.longhouse.function.number.LongOperand;
import io.longhouse.function.number.NumberShape;
import io.longhouse.function.number.WideKernel;
import io.longhouse.function.number.WideOperand;
import org.jspecify.annotations.Nullable;

/**
 * An operation on two whole or floating-point numbers.
 *
 * @param safeDivisor whether the second operand is a constant that everything can be divided by
 */
record NumericCall(
    ArithmeticOp op,
    ArithmeticOp.OnError onError,
    NumberShape a,
    NumberShape b,
    NumberShape result,
    boolean safeDivisor)
    implements ScalarFunction {

  /** The call for these shapes, none of them decimal, or null where there is no result type. */
  static @Nullable NumericCall of(
      ArithmeticOp op, ArithmeticOp.OnError onError, NumberShape a, NumberShape b) {
    NumberShape result = op.result(a, b);
    return result == null ? null : new NumericCall(op, onError, a, b, result, false);
  }

  /** The same where the second operand may be known. */
  NumericCall by(@Nullable Column constant) {
    boolean isWhole =
        constant instanceof Int8Column
            || constant instanceof Int16Column
            || constant instanceof Int32Column
            || constant instanceof Int64Column;
    boolean isDivision = op.isDivision() && op != ArithmeticOp.GCD && op != ArithmeticOp.LCM;
    if (constant == null || !isWhole || !isDivision || a.isFloat() || a.isWide()) {
      return this;
    }
    long[] divisor = new long[1];
    Numbers.toLongs(constant, 0, 1, b.signed(), divisor);
    boolean safe = divisor[0] != 0 && divisor[0] != -1;
    return new NumericCall(op, onError, a, b, result, safe);
  }

  @Override
  public DataType resultType() {
    return onError == ArithmeticOp.OnError.NULL
        ? NullableType.orSame(result.type())
        : result.type();
  }

  /** Only where nothing can overflow and the sign of the other number is known. */
  @Override
  public int monotonicity(int argument) {
    if (a.isFloat() || b.isFloat() || onError != ArithmeticOp.OnError.THROW) {
      return 0;
    }
    boolean fits = result.bytes() > Math.max(a.bytes(), b.bytes());
    boolean unsigned = !a.signed() && !b.signed();
    return switch (op) {
      case PLUS -> fits ? 1 : 0;
      case MINUS -> fits ? argument == 0 ? 1 : -1 : 0;
      case MULTIPLY -> fits && unsigned ? 1 : 0;
      case INT_DIV -> unsigned && argument == 0 ? 1 : 0;
      default -> 0;
    };
  }

  @Override
  public boolean mayThrow() {
    return op.isDivision()
        && !safeDivisor
        && op != ArithmeticOp.DIVIDE
        && onError == ArithmeticOp.OnError.THROW;
  }

  @Override
  public Column evaluate(Column[] arguments, int rows) {
    Column values = compute(arguments, rows);
    if (onError != ArithmeticOp.OnError.NULL) {
      return values;
    }
    return new NullableColumn(values, withoutResult(arguments, rows));
  }

  private Column compute(Column[] arguments, int rows) {
    Column x = arguments[0];
    Column y = arguments[1];
    if (result.isFloat()) {
      return Kernels.doubles(
          doubleKernel(),
          new DoubleOperand(x, a, rows),
          new DoubleOperand(y, b, rows),
          result.bytes(),
          rows);
    }
    if (a.isFloat() || b.isFloat()) {
      return FloatQuotient.compute(a, b, result, zeroOnError(), x, y, rows);
    }
    if (a.isWide() || b.isWide()) {
      return wide(x, y, rows);
    }
    if (op.isDivision()) {
      var kernel = LongDivision.of(op, zeroOnError(), a, b);
      LongKernel fast = null;
      if (y instanceof ConstColumn && !(x instanceof ConstColumn)) {
        fast = kernel.by(new LongOperand(y, kernel.bSigned(), 1).constantValue());
      }
      return longs(fast != null ? fast : kernel, x, kernel.aSigned(), y, kernel.bSigned(), rows);
    }
    return longs(longKernel(), x, a.signed(), y, b.signed(), rows);
  }

  private Column longs(
      LongKernel kernel, Column x, boolean xSigned, Column y, boolean ySigned, int rows) {
    return Kernels.longs(
        kernel,
        new LongOperand(x, xSigned, rows),
        new LongOperand(y, ySigned, rows),
        result.bytes(),
        rows);
  }

  private boolean zeroOnError() {
    return onError != ArithmeticOp.OnError.THROW;
  }

  private LongKernel longKernel() {
    return switch (op) {
      case PLUS -> LongArithmetic::plus;
      case MINUS -> LongArithmetic::minus;
      default -> LongArithmetic::multiply;
    };
  }

  private DoubleKernel doubleKernel() {
    return switch (op) {
      case PLUS -> DoubleArithmetic::plus;
      case MINUS -> DoubleArithmetic::minus;
      case MULTIPLY -> DoubleArithmetic::multiply;
      case DIVIDE -> DoubleArithmetic::divide;
      case POSITIVE_MODULO -> DoubleArithmetic::positiveRemainder;
      default -> DoubleArithmetic::remainder;
    };
  }

  private Column wide(Column x, Column y, int rows) {
    int words = Math.max(result.words(), Math.max(a.words(), b.words()));
    boolean signed = a.signed() || b.signed();
    if (op.isModulo()) {
      signed =
          a.bytes() == b.bytes()
              ? a.signed() && b.signed()
              : (a.bytes() > b.bytes() ? a : b).signed();
    }
    WideKernel kernel =
        switch (op) {
          case PLUS -> WideArithmetic::plus;
          case MINUS -> WideArithmetic::minus;
          case MULTIPLY -> WideArithmetic::multiply;
          default -> WideArithmetic.division(op, zeroOnError(), signed);
        };
    long[] out =
        Kernels.wide(
            kernel,
            new WideOperand(x, a.signed(), words, rows),
            new WideOperand(y, b.signed(), words, rows),
            words,
            rows);
    return Kernels.narrowed(out, words, result.bytes(), rows);
  }

  /** 1 where the division has no result. */
  private byte[] withoutResult(Column[] arguments, int rows) {
    byte[] nulls = new byte[rows];
    if (a.isWide() || b.isWide() || b.isFloat()) {
      var divisor = new DoubleOperand(arguments[1], b, rows);
      for (int from = 0; from < rows; from += LongOperand.CHUNK) {
        int n = Math.min(LongOperand.CHUNK, rows - from);
        divisor.load(from, n);
        for (int k = 0; k < n; k++) {
          nulls[from + k] = (byte) (divisor.array()[divisor.offset() + k] == 0 ? 1 : 0);
        }
      }
      return nulls;
    }
    boolean checked = op != ArithmeticOp.DIVIDE && !a.isFloat() && a.signed() && b.signed();
    long minimum = checked ? -1L << a.bytes() * 8 - 1 : 0;
    var dividend = a.isFloat() ? null : new LongOperand(arguments[0], a.signed(), rows);
    var divisor = new LongOperand(arguments[1], b.signed(), rows);
    for (int from = 0; from < rows; from += LongOperand.CHUNK) {
      int n = Math.min(LongOperand.CHUNK, rows - from);
      divisor.load(from, n);
      for (int k = 0; k < n; k++) {
        nulls[from + k] = (byte) (divisor.array()[divisor.offset() + k] == 0 ? 1 : 0);
      }
      if (minimum != 0 && dividend != null) {
        dividend.load(from, n);
        for (int k = 0; k < n; k++) {
          if (dividend.array()[dividend.offset() + k] == minimum
              && divisor.array()[divisor.offset() + k] == -1) {
            nulls[from + k] = 1;
          }
        }
      }
    }
    return nulls;
  }
}
