package io.longhouse.function.scalar.comparison;

import io.longhouse.column.Column;
import io.longhouse.column.ConstColumn;
import io.longhouse.column.Int8Column;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.IntegerType;
import io.longhouse.column.type.LowCardinalityType;
import io.longhouse.column.type.NothingType;
import io.longhouse.column.type.NullableType;
import io.longhouse.function.Argument;
import io.longhouse.function.Arguments;
import io.longhouse.function.CommonType;
import io.longhouse.function.FunctionContext;
import io.longhouse.function.FunctionFactory;
import io.longhouse.function.ScalarFunction;
import io.longhouse.function.scalar.conversion.Cast;
import io.longhouse.function.scalar.conversion.Casts;
import io.longhouse.registry.Register;
import java.util.List;

/** Comparison in which NULL is a value that equals itself. */
@Register(
    kind = FunctionFactory.class,
    name = "isDistinctFrom",
    category = "Comparison",
    doc = "Whether two values differ, where NULL is a value like others.")
@Register(
    kind = FunctionFactory.class,
    name = "isNotDistinctFrom",
    category = "Comparison",
    doc = "Whether two values are equal, where NULL is a value like others.")
final class Distinctness implements FunctionFactory {
  private final String name;

  Distinctness(String name) {
    this.name = name;
  }

  @Override
  public boolean handlesNulls() {
    return true;
  }

  @Override
  public ScalarFunction resolve(List<Argument> arguments, FunctionContext context) {
    Arguments.count(name, arguments, 2);
    DataType a = LowCardinalityType.strip(arguments.get(0).type());
    DataType b = LowCardinalityType.strip(arguments.get(1).type());
    DataType common = CommonType.of(a, b);
    if (!common.isComparable()) {
      throw Arguments.illegalTypes(name, a, b);
    }
    return new Call(
        name.equals("isDistinctFrom"),
        common,
        Casts.of(a, common, context),
        Casts.of(b, common, context));
  }

  private record Call(boolean distinct, DataType common, Cast left, Cast right)
      implements ScalarFunction {
    @Override
    public DataType resultType() {
      return IntegerType.UINT8;
    }

    @Override
    public Column evaluate(Column[] arguments, int rows) {
      Column x = left.apply(arguments[0], rows);
      Column y = right.apply(arguments[1], rows);
      int p = x instanceof ConstColumn ? 0 : 1;
      int q = y instanceof ConstColumn ? 0 : 1;
      Column u = x instanceof ConstColumn c ? c.value() : x;
      Column v = y instanceof ConstColumn c ? c.value() : y;
      byte[] out = new byte[rows];
      if (isNothing(common)) {
        return new ConstColumn(Int8Column.of((byte) (distinct ? 0 : 1)), rows);
      }
      for (int r = 0; r < rows; r++) {
        boolean equal = common.compare(u, r * p, v, r * q, 1) == 0;
        out[r] = (byte) (equal == distinct ? 0 : 1);
      }
      return new Int8Column(out, rows);
    }

    private static boolean isNothing(DataType t) {
      return NullableType.strip(t) instanceof NothingType;
    }
  }
}
