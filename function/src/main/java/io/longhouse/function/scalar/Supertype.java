package io.longhouse.function.scalar;

import io.longhouse.column.type.ArrayType;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.FloatType;
import io.longhouse.column.type.IntegerType;
import io.longhouse.column.type.LowCardinalityType;
import io.longhouse.column.type.MapType;
import io.longhouse.column.type.NothingType;
import io.longhouse.column.type.NullableType;
import io.longhouse.column.type.StringType;
import io.longhouse.column.type.TupleType;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import java.util.ArrayList;
import java.util.List;

/** The smallest type that holds the values of several. */
public final class Supertype {
  private Supertype() {}

  /**
   * @throws LonghouseException NO_COMMON_TYPE (386)
   */
  public static DataType of(List<DataType> types) {
    DataType common = NothingType.TYPE;
    for (DataType t : types) {
      common = of(common, t);
    }
    return common;
  }

  public static DataType of(DataType a, DataType b) {
    if (a.equals(b)) {
      return a;
    }
    if (a instanceof NothingType) {
      return b;
    }
    if (b instanceof NothingType) {
      return a;
    }
    if (a instanceof LowCardinalityType || b instanceof LowCardinalityType) {
      return of(LowCardinalityType.strip(a), LowCardinalityType.strip(b));
    }
    if (a instanceof NullableType || b instanceof NullableType) {
      return NullableType.orSame(of(NullableType.strip(a), NullableType.strip(b)));
    }
    if (a instanceof ArrayType x && b instanceof ArrayType y) {
      return new ArrayType(of(x.element(), y.element()));
    }
    if (a instanceof MapType x && b instanceof MapType y) {
      return new MapType(of(x.key(), y.key()), of(x.value(), y.value()));
    }
    if (a instanceof TupleType x
        && b instanceof TupleType y
        && x.elements().size() == y.elements().size()) {
      List<DataType> elements = new ArrayList<>();
      for (int i = 0; i < x.elements().size(); i++) {
        elements.add(of(x.elements().get(i), y.elements().get(i)));
      }
      return new TupleType(elements, x.names().equals(y.names()) ? x.names() : List.of());
    }
    if (Signature.isString(a) && Signature.isString(b)) {
      return StringType.TYPE;
    }
    if (a instanceof IntegerType x && b instanceof IntegerType y) {
      return integers(x, y);
    }
    if (a instanceof FloatType && b instanceof FloatType) {
      return FloatType.FLOAT64;
    }
    if (a instanceof FloatType f && b instanceof IntegerType i) {
      return floating(f, i);
    }
    if (b instanceof FloatType f && a instanceof IntegerType i) {
      return floating(f, i);
    }
    throw none(a, b);
  }

  private static DataType integers(IntegerType x, IntegerType y) {
    if (x.signed() == y.signed()) {
      return x.bytes() > y.bytes() ? x : y;
    }
    IntegerType s = x.signed() ? x : y;
    IntegerType u = x.signed() ? y : x;
    if (s.bytes() > u.bytes()) {
      return s;
    }
    if (u.bytes() >= 8 && u.bytes() < 16 || u.bytes() == 32) {
      throw none(x, y);
    }
    return IntegerType.of(u.bytes() * 2, true);
  }

  private static DataType floating(FloatType f, IntegerType i) {
    if (i.bytes() >= 8) {
      throw none(f, i);
    }
    return i.bytes() <= 2 ? f : FloatType.FLOAT64;
  }

  private static LonghouseException none(DataType a, DataType b) {
    return new LonghouseException(
        ErrorCode.NO_COMMON_TYPE, "There is no supertype for types " + a.name() + ", " + b.name());
  }
}
