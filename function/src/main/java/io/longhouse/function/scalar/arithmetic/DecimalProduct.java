package io.longhouse.function.scalar.arithmetic;

import io.longhouse.column.Column;
import io.longhouse.column.WideColumn;
import io.longhouse.column.type.DecimalType;
import io.longhouse.function.Argument;
import io.longhouse.function.FunctionContext;
import io.longhouse.function.FunctionFactory;
import io.longhouse.function.ScalarFunction;
import io.longhouse.function.number.LongOperand;
import io.longhouse.function.number.WideOperand;
import io.longhouse.function.number.WideWords;
import io.longhouse.function.scalar.Resolved;
import io.longhouse.function.scalar.Signature;
import io.longhouse.registry.Register;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import java.math.BigInteger;
import java.util.List;

/** Products and quotients of decimals at a scale that the caller chooses. */
@Register(
    kind = FunctionFactory.class,
    name = "multiplyDecimal",
    category = "Arithmetic",
    doc = "The product of two decimals as Decimal(76, scale), the scale being argument 3.")
@Register(
    kind = FunctionFactory.class,
    name = "divideDecimal",
    category = "Arithmetic",
    doc = "The quotient of two decimals as Decimal(76, scale), the scale being argument 3.")
final class DecimalProduct implements FunctionFactory {
  private static final int WORDS = 4;
  private static final int PRECISION = 76;
  private static final BigInteger LIMIT = BigInteger.TEN.pow(PRECISION);

  private final String name;

  DecimalProduct(String name) {
    this.name = name;
  }

  @Override
  public ScalarFunction resolve(List<Argument> arguments, FunctionContext context) {
    var s = new Signature(name, arguments).between(2, 3);
    if (!(s.type(0) instanceof DecimalType a)) {
      throw s.illegal(0, "must be Decimal");
    }
    if (!(s.type(1) instanceof DecimalType b)) {
      throw s.illegal(1, "must be Decimal");
    }
    long scale = s.size() > 2 ? s.constantInteger(2) : Math.max(a.scale(), b.scale());
    if (scale < 0 || scale > PRECISION) {
      throw new LonghouseException(
          ErrorCode.ARGUMENT_OUT_OF_BOUND, "Scale of function " + name + " must be 0 to 76");
    }
    boolean divide = name.equals("divideDecimal");
    int power = (int) scale + (divide ? b.scale() - a.scale() : -a.scale() - b.scale());
    BigInteger factor = BigInteger.TEN.pow(Math.abs(power));
    return Resolved.throwing(
        DecimalType.ofBytes(WORDS * 8, (int) scale),
        (c, rows) -> run(divide, power >= 0, factor, c, rows));
  }

  private static Column run(boolean divide, boolean up, BigInteger factor, Column[] c, int rows) {
    var left = new WideOperand(c[0], true, WORDS, rows);
    var right = new WideOperand(c[1], true, WORDS, rows);
    long[] out = new long[rows * WORDS];
    for (int from = 0; from < rows; from += LongOperand.CHUNK) {
      int n = Math.min(LongOperand.CHUNK, rows - from);
      left.load(from, n);
      right.load(from, n);
      for (int i = 0; i < n; i++) {
        BigInteger x = WideWords.value(left.array(), left.offset() + i * WORDS, WORDS, true);
        BigInteger y = WideWords.value(right.array(), right.offset() + i * WORDS, WORDS, true);
        if (divide && y.signum() == 0) {
          throw new LonghouseException(ErrorCode.ILLEGAL_DIVISION, "Division by zero");
        }
        BigInteger z;
        if (divide) {
          z = up ? x.multiply(factor).divide(y) : x.divide(y.multiply(factor));
        } else {
          z = up ? x.multiply(y).multiply(factor) : x.multiply(y).divide(factor);
        }
        if (z.abs().compareTo(LIMIT) >= 0) {
          throw new LonghouseException(
              ErrorCode.DECIMAL_OVERFLOW, "Numeric overflow: result bigger that Decimal256");
        }
        WideWords.set(out, (from + i) * WORDS, WORDS, z);
      }
    }
    return new WideColumn(out, WORDS, rows);
  }
}
