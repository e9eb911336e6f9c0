package io.longhouse.function.scalar.nulls;

import io.longhouse.column.Column;
import io.longhouse.column.ConstColumn;
import io.longhouse.column.NullableColumn;
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
import io.longhouse.function.LazyFunction;
import io.longhouse.function.ScalarFunction;
import io.longhouse.function.scalar.conditional.Choice;
import io.longhouse.function.scalar.conversion.Cast;
import io.longhouse.function.scalar.conversion.Casts;
import io.longhouse.registry.Register;
import java.util.ArrayList;
import java.util.List;

/** The first argument that is not NULL. */
@Register(
    kind = FunctionFactory.class,
    name = "coalesce",
    caseInsensitive = true,
    category = "Null",
    doc = "The first argument that is not NULL.")
@Register(
    kind = FunctionFactory.class,
    name = "ifNull",
    caseInsensitive = true,
    category = "Null",
    doc = "The first argument, or the second where the first is NULL.")
final class NullReplacement implements FunctionFactory {
  private final String name;

  NullReplacement(String name) {
    this.name = name;
  }

  @Override
  public boolean handlesNulls() {
    return true;
  }

  @Override
  public boolean handlesLowCardinality() {
    return true;
  }

  @Override
  public ScalarFunction resolve(List<Argument> arguments, FunctionContext context) {
    if (name.equals("ifNull")) {
      Arguments.count(name, arguments, 2);
    }
    List<Integer> places = new ArrayList<>();
    List<DataType> types = new ArrayList<>();
    boolean ends = false;
    for (int i = 0; i < arguments.size() && !ends; i++) {
      DataType t = LowCardinalityType.strip(arguments.get(i).type());
      if (NullableType.strip(t) instanceof NothingType && t instanceof NullableType) {
        continue;
      }
      ends = !(t instanceof NullableType);
      places.add(i);
      types.add(NullableType.strip(t));
    }
    if (places.isEmpty()) {
      return new Nothing();
    }
    if (places.size() == 1 && places.getFirst() == 0 && ends) {
      return new First(arguments.getFirst().type());
    }
    DataType common = CommonType.orVariant(types);
    DataType result = ends ? common : NullableType.orSame(common);
    List<Cast> casts = new ArrayList<>();
    for (int i = 0; i < places.size(); i++) {
      DataType from = LowCardinalityType.strip(arguments.get(places.get(i)).type());
      DataType to = from instanceof NullableType ? NullableType.orSame(common) : common;
      casts.add(Casts.of(from, to, context));
    }
    return new Call(result, common, places, casts);
  }

  private record Nothing() implements ScalarFunction {
    @Override
    public DataType resultType() {
      return NullableType.orSame(NothingType.TYPE);
    }

    @Override
    public Column evaluate(Column[] arguments, int rows) {
      return Functions.nullColumn(resultType(), rows);
    }
  }

  private record First(DataType resultType) implements ScalarFunction {
    @Override
    public Column evaluate(Column[] arguments, int rows) {
      return arguments[0];
    }
  }

  private record Call(DataType resultType, DataType common, List<Integer> places, List<Cast> casts)
      implements LazyFunction {
    @Override
    public Column evaluate(Column[] arguments, int rows) {
      Column[] picked = new Column[casts.size()];
      for (int i = 0; i < picked.length; i++) {
        picked[i] = cast(i, arguments[places.get(i)], rows);
      }
      int[] which = new int[rows];
      java.util.Arrays.fill(which, picked.length - 1);
      for (int i = picked.length - 2; i >= 0; i--) {
        for (int r = 0; r < rows; r++) {
          which[r] = picked[i].isNullAt(r) ? which[r] : i;
        }
      }
      boolean nullable = resultType instanceof NullableType;
      for (int i = 0; i < picked.length; i++) {
        picked[i] = nullable ? asNullable(picked[i]) : values(picked[i]);
      }
      return Choice.of(resultType, picked, which, rows);
    }

    private Column cast(int i, Column c, int rows) {
      Column plain =
          c instanceof ConstColumn k ? new ConstColumn(k.value().plain(), rows) : c.plain();
      return casts.get(i).apply(plain, rows);
    }

    private static Column values(Column c) {
      return switch (c) {
        case NullableColumn n -> n.values();
        case ConstColumn k -> new ConstColumn(values(k.value()), k.size());
        default -> c;
      };
    }

    private static Column asNullable(Column c) {
      return switch (c) {
        case NullableColumn n -> n;
        case ConstColumn k -> new ConstColumn(asNullable(k.value()), k.size());
        default -> new NullableColumn(c, new byte[c.size()]);
      };
    }

    @Override
    public Column evaluateLazily(LazyArgument[] arguments, int rows) {
      int n = casts.size();
      int[] which = new int[rows];
      int[] open = new int[rows];
      for (int r = 0; r < rows; r++) {
        open[r] = r;
      }
      int count = rows;
      Column[] parts = new Column[n];
      for (int i = 0; i < n; i++) {
        Column c =
            count == 0
                ? resultType.newBuilder(0).build()
                : cast(i, arguments[places.get(i)].at(open.clone(), count), count);
        int[] taken = new int[count];
        int takes = 0;
        int still = 0;
        for (int k = 0; k < count; k++) {
          boolean passes = i < n - 1 && c.isNullAt(k);
          int r = open[k];
          which[r] = i;
          if (passes) {
            open[still++] = r;
          } else {
            taken[takes++] = k;
          }
        }
        Column part = c.gather(taken, takes);
        parts[i] = resultType instanceof NullableType ? asNullable(part) : values(part);
        count = still;
      }
      return Choice.scatter(resultType, parts, which, rows);
    }
  }
}
