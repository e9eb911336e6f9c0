package io.longhouse.function.scalar.conversion;

import io.longhouse.column.Column;
import io.longhouse.column.StringColumn;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.DecimalType;
import io.longhouse.column.type.FloatType;
import io.longhouse.column.type.IntegerType;
import io.longhouse.column.type.StringType;
import io.longhouse.function.Argument;
import io.longhouse.function.FunctionContext;
import io.longhouse.function.FunctionFactory;
import io.longhouse.function.ScalarFunction;
import io.longhouse.function.scalar.Resolved;
import io.longhouse.function.scalar.Rows;
import io.longhouse.function.scalar.Signature;
import io.longhouse.registry.Register;
import io.longhouse.sql.ByteText;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.List;

/** Numbers with a chosen number of fractional digits. */
@Register(
    kind = FunctionFactory.class,
    name = "toDecimalString",
    caseInsensitive = true,
    category = "Type Conversion",
    doc = "The number as text with that many fractional digits.")
final class ToDecimalString implements FunctionFactory {
  private static final String NAME = "toDecimalString";
  private static final int MAX_DIGITS = 77;
  private static final int MAX_FLOAT_DIGITS = 60;
  private static final double FLOAT_LIMIT = 1e60;

  @Override
  public ScalarFunction resolve(List<Argument> arguments, FunctionContext context) {
    var s = new Signature(NAME, arguments).count(2);
    DataType type = s.type(0);
    boolean number =
        type instanceof IntegerType || type instanceof FloatType || type instanceof DecimalType;
    if (!number) {
      throw s.illegal(0, "must be a number");
    }
    if (!(s.type(1) instanceof IntegerType t) || t.signed() || t.bytes() != 1) {
      throw new LonghouseException(
          ErrorCode.ILLEGAL_COLUMN, "Illegal second argument of function " + NAME);
    }
    int digits = (int) s.constantInteger(1);
    int most = type instanceof FloatType ? MAX_FLOAT_DIGITS : MAX_DIGITS;
    if (digits > most) {
      throw new LonghouseException(
          ErrorCode.CANNOT_PRINT_FLOAT_OR_DOUBLE_NUMBER,
          "Too many fractional digits requested, must not be more than " + most);
    }
    return Resolved.throwing(StringType.TYPE, (c, rows) -> run(type, digits, c[0], rows));
  }

  private static Column run(DataType type, int digits, Column column, int rows) {
    int mask = Rows.mask(column);
    Column c = column instanceof io.longhouse.column.ConstColumn k ? k.value() : column;
    Column plain = c.plain();
    double[] reals = type instanceof FloatType ? Rows.doubles(column, true) : new double[0];
    var out = new StringColumn.Builder(rows);
    for (int r = 0; r < rows; r++) {
      String text =
          type instanceof FloatType
              ? real(reals[r & mask], digits)
              : exact(type.textOf(plain, r & mask), digits);
      out.add(ByteText.encode(text));
    }
    return out.build();
  }

  private static String real(double v, int digits) {
    if (Double.isNaN(v)) {
      return "nan";
    }
    if (Double.isInfinite(v)) {
      return v > 0 ? "inf" : "-inf";
    }
    if (Math.abs(v) >= FLOAT_LIMIT) {
      throw new LonghouseException(
          ErrorCode.CANNOT_PRINT_FLOAT_OR_DOUBLE_NUMBER, "Error processing number: " + v);
    }
    String text = new BigDecimal(v).setScale(digits, RoundingMode.HALF_UP).toPlainString();
    boolean negative = v < 0 || v == 0 && 1 / v < 0;
    return negative && !text.startsWith("-") ? "-" + text : text;
  }

  /** Integers and decimals: fractional digits are rounded, but never carry into the whole. */
  private static String exact(String text, int digits) {
    int dot = text.indexOf('.');
    String whole = dot < 0 ? text : text.substring(0, dot);
    String fraction = dot < 0 ? "" : text.substring(dot + 1);
    if (fraction.length() <= digits) {
      String zeros = "0".repeat(digits - fraction.length());
      return digits == 0 ? whole : whole + "." + fraction + zeros;
    }
    boolean up = fraction.charAt(digits) >= '5';
    String kept = fraction.substring(0, digits);
    if (!up || digits == 0) {
      return whole + "." + kept;
    }
    String next = new BigInteger(kept).add(BigInteger.ONE).toString();
    String padded = "0".repeat(Math.max(0, digits - next.length())) + next;
    return whole + "." + padded.substring(padded.length() - digits);
  }
}
