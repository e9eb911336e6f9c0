package io.longhouse.function.scalar;

import io.longhouse.column.Column;
import io.longhouse.column.FixedBytesColumn;
import io.longhouse.column.StringColumn;
import io.longhouse.column.type.ArrayType;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.FixedStringType;
import io.longhouse.column.type.IntegerType;
import io.longhouse.column.type.MapType;
import io.longhouse.column.type.Numbers;
import io.longhouse.column.type.StringType;
import io.longhouse.function.Argument;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import java.util.List;

/** What a function was called with, checked as it is taken. */
public record Signature(String function, List<Argument> arguments) {
  public int size() {
    return arguments.size();
  }

  public DataType type(int i) {
    return arguments.get(i).type();
  }

  /** There must be exactly {@code n} arguments. */
  public Signature count(int n) {
    return between(n, n);
  }

  /** There must be {@code min} to {@code max} arguments. */
  public Signature between(int min, int max) {
    if (size() < min || size() > max) {
      throw new LonghouseException(
          ErrorCode.NUMBER_OF_ARGUMENTS_DOESNT_MATCH,
          "Number of arguments for function "
              + function
              + " doesn't match: passed "
              + size()
              + ", should be "
              + (min == max
                  ? "" + min
                  : max == Integer.MAX_VALUE ? "at least " + min : min + " or " + max));
    }
    return this;
  }

  public Signature atLeast(int min) {
    return between(min, Integer.MAX_VALUE);
  }

  public ArrayType array(int i) {
    if (type(i) instanceof ArrayType a) {
      return a;
    }
    throw illegal(i, "must be an array");
  }

  public MapType map(int i) {
    if (type(i) instanceof MapType m) {
      return m;
    }
    throw illegal(i, "must be a map");
  }

  /** Argument {@code i} must be String or FixedString. */
  public Signature string(int i) {
    if (!isString(type(i))) {
      throw illegal(i, "must be String");
    }
    return this;
  }

  public static boolean isString(DataType t) {
    return t instanceof StringType || t instanceof FixedStringType;
  }

  /** Argument {@code i} must be an integer of at most 64 bits. */
  public IntegerType integer(int i) {
    if (type(i) instanceof IntegerType t && t.bytes() <= 8) {
      return t;
    }
    throw illegal(i, "must be an integer");
  }

  /** The bytes of a constant string argument. */
  public byte[] constantBytes(int i) {
    return switch (constant(i)) {
      case StringColumn s -> s.get(0);
      case FixedBytesColumn f -> java.util.Arrays.copyOf(f.bytes(), f.width());
      default -> throw illegal(i, "must be a constant string");
    };
  }

  public String constantText(int i) {
    return io.longhouse.sql.ByteText.decode(constantBytes(i));
  }

  /** The value of a constant integer argument. */
  public long constantInteger(int i) {
    IntegerType t = integer(i);
    long[] out = new long[1];
    Numbers.toLongs(constant(i), 0, 1, t.signed(), out);
    return out[0];
  }

  /** The one row of an argument that must be constant. */
  public Column constant(int i) {
    Column c = arguments.get(i).constant();
    if (c == null) {
      throw new LonghouseException(
          ErrorCode.ILLEGAL_COLUMN,
          "Argument " + (i + 1) + " of function " + function + " must be constant");
    }
    return c.plain();
  }

  /** Argument {@code i} has a type that the function does not take. */
  public LonghouseException illegal(int i, String expected) {
    return new LonghouseException(
        ErrorCode.ILLEGAL_TYPE_OF_ARGUMENT,
        "Illegal type "
            + type(i).name()
            + " of argument "
            + (i + 1)
            + " of function "
            + function
            + ": it "
            + expected);
  }
}
