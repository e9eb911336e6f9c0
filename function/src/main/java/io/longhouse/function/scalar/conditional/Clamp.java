package io.longhouse.function.scalar.conditional;

import io.longhouse.column.Column;
import io.longhouse.column.ConstColumn;
import io.longhouse.column.type.DataType;
import io.longhouse.function.Argument;
import io.longhouse.function.Arguments;
import io.longhouse.function.CommonType;
import io.longhouse.function.FunctionContext;
import io.longhouse.function.FunctionFactory;
import io.longhouse.function.ScalarFunction;
import io.longhouse.function.scalar.conversion.Cast;
import io.longhouse.function.scalar.conversion.Casts;
import io.longhouse.registry.Register;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import java.util.ArrayList;
import java.util.List;

/** A value kept between two bounds. */
@Register(
    kind = FunctionFactory.class,
    name = "clamp",
    category = "Conditional",
    doc = "The value, or the bound that it goes beyond.")
final class Clamp implements FunctionFactory {
  @Override
  public ScalarFunction resolve(List<Argument> arguments, FunctionContext context) {
    Arguments.count("clamp", arguments, 3);
    DataType common = CommonType.of(arguments.stream().map(Argument::type).toList());
    List<Cast> casts = new ArrayList<>();
    for (Argument a : arguments) {
      casts.add(Casts.of(a.type(), common, context));
    }
    return new Call(common, casts);
  }

  private record Call(DataType resultType, List<Cast> casts) implements ScalarFunction {
    @Override
    public boolean mayThrow() {
      return true;
    }

    @Override
    public Column evaluate(Column[] arguments, int rows) {
      Column[] in = new Column[3];
      Column[] values = new Column[3];
      int[] masks = new int[3];
      for (int i = 0; i < 3; i++) {
        in[i] = casts.get(i).apply(arguments[i], rows);
        boolean constant = in[i] instanceof ConstColumn;
        values[i] = constant ? ((ConstColumn) in[i]).value().full() : in[i].full();
        masks[i] = constant ? 0 : -1;
      }
      int[] which = new int[rows];
      for (int r = 0; r < rows; r++) {
        if (compare(values, masks, 1, 2, r) > 0) {
          throw new LonghouseException(
              ErrorCode.BAD_ARGUMENTS,
              "The minimum value cannot be greater than the maximum value for function clamp");
        }
        if (compare(values, masks, 0, 1, r) < 0) {
          which[r] = 1;
        } else if (compare(values, masks, 0, 2, r) > 0) {
          which[r] = 2;
        }
      }
      return Choice.of(resultType, in, which, rows);
    }

    private int compare(Column[] values, int[] masks, int a, int b, int row) {
      return resultType.compare(values[a], row & masks[a], values[b], row & masks[b], 1);
    }
  }
}
