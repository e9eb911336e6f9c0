package io.longhouse.function.scalar.nulls;

import io.longhouse.column.Column;
import io.longhouse.column.ConstColumn;
import io.longhouse.column.NullableColumn;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.LowCardinalityType;
import io.longhouse.column.type.NullableType;
import io.longhouse.function.Argument;
import io.longhouse.function.CommonType;
import io.longhouse.function.FunctionContext;
import io.longhouse.function.FunctionFactory;
import io.longhouse.function.ScalarFunction;
import io.longhouse.function.scalar.Resolved;
import io.longhouse.function.scalar.Signature;
import io.longhouse.function.scalar.conditional.Choice;
import io.longhouse.function.scalar.conversion.Cast;
import io.longhouse.function.scalar.conversion.Casts;
import io.longhouse.registry.Register;
import java.util.ArrayList;
import java.util.List;

/** The first argument that is something. */
@Register(
    kind = FunctionFactory.class,
    name = "firstNonDefault",
    category = "Null",
    doc = "The first argument that is neither NULL nor the default of its type, else the last.")
final class FirstNonDefault implements FunctionFactory {
  @Override
  public boolean handlesNulls() {
    return true;
  }

  @Override
  public ScalarFunction resolve(List<Argument> arguments, FunctionContext context) {
    var s = new Signature("firstNonDefault", arguments).atLeast(1);
    List<DataType> types = new ArrayList<>();
    for (int i = 0; i < s.size(); i++) {
      types.add(LowCardinalityType.strip(s.type(i)));
    }
    DataType common = CommonType.of(types);
    DataType plain = NullableType.strip(common);
    List<Cast> casts = new ArrayList<>();
    for (DataType t : types) {
      casts.add(Casts.of(t, common, context));
    }
    return Resolved.throwing(
        common,
        (c, rows) -> {
          Column[] picked = new Column[c.length];
          for (int i = 0; i < picked.length; i++) {
            picked[i] = casts.get(i).apply(c[i], rows).full();
          }
          int[] which = new int[rows];
          java.util.Arrays.fill(which, picked.length - 1);
          for (int i = picked.length - 2; i >= 0; i--) {
            mark(which, i, picked[i], plain, rows);
          }
          return Choice.of(common, picked, which, rows);
        });
  }

  /** Chooses column {@code i} wherever it has neither NULL nor the default. */
  private static void mark(int[] which, int i, Column c, DataType plain, int rows) {
    Column values = c instanceof NullableColumn n ? n.values() : c;
    Column zero = plain.defaultValue();
    Column one = zero instanceof ConstColumn k ? k.value() : zero;
    for (int r = 0; r < rows; r++) {
      if (!c.isNullAt(r) && plain.compare(values, r, one, 0, 1) != 0) {
        which[r] = i;
      }
    }
  }
}
