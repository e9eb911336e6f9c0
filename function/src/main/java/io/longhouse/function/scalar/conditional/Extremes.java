package io.longhouse.function.scalar.conditional;

import io.longhouse.column.Column;
import io.longhouse.column.ConstColumn;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.LowCardinalityType;
import io.longhouse.column.type.NothingType;
import io.longhouse.column.type.NullableType;
import io.longhouse.function.Argument;
import io.longhouse.function.Arguments;
import io.longhouse.function.CommonType;
import io.longhouse.function.FunctionContext;
import io.longhouse.function.FunctionFactory;
import io.longhouse.function.Functions;
import io.longhouse.function.ScalarFunction;
import io.longhouse.function.number.NumberShape;
import io.longhouse.function.scalar.conversion.Cast;
import io.longhouse.function.scalar.conversion.Casts;
import io.longhouse.registry.Register;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import java.util.ArrayList;
import java.util.List;

/** The least or the greatest of several values; NULLs are left out. */
@Register(
    kind = FunctionFactory.class,
    name = "least",
    caseInsensitive = true,
    category = "Conditional",
    doc = "The least argument that is not NULL.")
@Register(
    kind = FunctionFactory.class,
    name = "greatest",
    caseInsensitive = true,
    category = "Conditional",
    doc = "The greatest argument that is not NULL.")
final class Extremes implements FunctionFactory {
  private final String name;

  Extremes(String name) {
    this.name = name;
  }

  @Override
  public boolean handlesNulls() {
    return true;
  }

  @Override
  public ScalarFunction resolve(List<Argument> arguments, FunctionContext context) {
    Arguments.count(name, arguments, 1, Integer.MAX_VALUE);
    List<DataType> types = new ArrayList<>();
    for (Argument a : arguments) {
      types.add(LowCardinalityType.strip(a.type()));
    }
    DataType result = CommonType.find(types);
    boolean numbers = types.stream().allMatch(t -> NumberShape.of(t) != null);
    if (result == null && (!numbers || types.stream().noneMatch(Extremes::isWide))) {
      result = CommonType.of(types);
    }
    if (result == null || !result.isComparable()) {
      throw new LonghouseException(
          ErrorCode.ILLEGAL_TYPE_OF_ARGUMENT,
          "Illegal types " + types + " of arguments of function " + name);
    }
    List<Cast> casts = new ArrayList<>();
    for (DataType t : types) {
      casts.add(Casts.of(t, result, context));
    }
    return new Call(name.equals("greatest"), result, casts);
  }

  private static boolean isWide(DataType type) {
    NumberShape shape = NumberShape.of(type);
    return shape != null && shape.isWide();
  }

  private record Call(boolean greatest, DataType resultType, List<Cast> casts)
      implements ScalarFunction {
    @Override
    public boolean mayThrow() {
      return casts.stream().anyMatch(Cast::mayThrow);
    }

    @Override
    public Column evaluate(Column[] arguments, int rows) {
      if (rows == 0) {
        return resultType.newBuilder(0).build();
      }
      if (NullableType.strip(resultType) instanceof NothingType) {
        return Functions.nullColumn(resultType, rows);
      }
      int n = arguments.length;
      Column[] sources = new Column[n];
      for (int i = 0; i < n; i++) {
        sources[i] = casts.get(i).apply(arguments[i], rows);
      }
      int[] which = new int[rows];
      if (resultType.hasOrderLongs()) {
        byOrder(sources, which, rows);
      } else {
        byComparison(sources, which, rows);
      }
      return Choice.of(resultType, sources, which, rows);
    }

    private void byOrder(Column[] sources, int[] which, int rows) {
      long flip = greatest ? -1 : 0;
      long[] best = new long[rows];
      long[] next = new long[rows];
      for (int i = 0; i < sources.length; i++) {
        long[] to = i == 0 ? best : next;
        if (sources[i] instanceof ConstColumn c) {
          resultType.orderLongs(c.value().full(), 0, 1, to);
          java.util.Arrays.fill(to, 0, rows, rows == 0 ? 0 : to[0]);
        } else {
          resultType.orderLongs(sources[i].full(), 0, rows, to);
        }
        if (i > 0) {
          for (int r = 0; r < rows; r++) {
            boolean better = (next[r] ^ flip) < (best[r] ^ flip);
            which[r] = better ? i : which[r];
            best[r] = better ? next[r] : best[r];
          }
        }
      }
    }

    private void byComparison(Column[] sources, int[] which, int rows) {
      Column[] values = new Column[sources.length];
      int[] masks = new int[sources.length];
      for (int i = 0; i < sources.length; i++) {
        boolean constant = sources[i] instanceof ConstColumn;
        values[i] = constant ? ((ConstColumn) sources[i]).value().full() : sources[i].full();
        masks[i] = constant ? 0 : -1;
      }
      int sign = greatest ? -1 : 1;
      for (int i = 1; i < sources.length; i++) {
        for (int r = 0; r < rows; r++) {
          int w = which[r];
          int order = resultType.compare(values[i], r & masks[i], values[w], r & masks[w], sign);
          if (order * sign < 0) {
            which[r] = i;
          }
        }
      }
    }
  }
}
