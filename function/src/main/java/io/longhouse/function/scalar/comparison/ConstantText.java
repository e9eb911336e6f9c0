package io.longhouse.function.scalar.comparison;

import io.longhouse.column.Column;
import io.longhouse.column.Int16Column;
import io.longhouse.column.Int8Column;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.Date32Type;
import io.longhouse.column.type.DateType;
import io.longhouse.column.type.EnumType;
import io.longhouse.column.type.IntegerType;
import io.longhouse.function.Argument;
import io.longhouse.function.Arguments;
import io.longhouse.function.FunctionContext;
import io.longhouse.function.scalar.conversion.Casts;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import java.math.BigInteger;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A constant string beside a value of another type stands for a value of that type. */
final class ConstantText {
  private ConstantText() {}

  /** The value, one row, or null when no value of the type can equal it. */
  static @Nullable Column parse(
      DataType type, Argument text, CompareOp op, FunctionContext context) {
    Column constant = Objects.requireNonNull(text.constant()).plain();
    String s = Arguments.text(constant, 0);
    if (type instanceof EnumType e) {
      Integer value = e.valueOf(s);
      if (value == null) {
        if (op.isEquality()) {
          return null;
        }
        throw new LonghouseException(
            ErrorCode.UNKNOWN_ELEMENT_OF_ENUM, "Unknown element '" + s + "' for enum");
      }
      return e.bytes() == 1
          ? Int8Column.of((byte) (int) value)
          : Int16Column.of((short) (int) value);
    }
    if (type instanceof IntegerType t && op.isEquality() && isOutside(s, t)) {
      return null;
    }
    boolean date = type instanceof DateType || type instanceof Date32Type;
    if (date && s.length() > 10) {
      throw new LonghouseException(
          ErrorCode.TYPE_MISMATCH, "Cannot convert string '" + s + "' to type " + type);
    }
    try {
      return Casts.ofText(type, context).apply(constant, 1).full();
    } catch (LonghouseException e) {
      if (e.errorCode() != ErrorCode.CANNOT_PARSE_TEXT) {
        throw e;
      }
      throw new LonghouseException(
          ErrorCode.TYPE_MISMATCH, "Cannot convert string '" + s + "' to type " + type, e);
    }
  }

  private static boolean isOutside(String s, IntegerType t) {
    if (s.isEmpty() || s.length() > 80) {
      return false;
    }
    for (int i = s.charAt(0) == '-' && s.length() > 1 ? 1 : 0; i < s.length(); i++) {
      if (s.charAt(i) < '0' || s.charAt(i) > '9') {
        return false;
      }
    }
    var value = new BigInteger(s);
    int bits = t.bytes() * 8;
    return t.signed() ? value.bitLength() >= bits : value.signum() < 0 || value.bitLength() > bits;
  }
}
