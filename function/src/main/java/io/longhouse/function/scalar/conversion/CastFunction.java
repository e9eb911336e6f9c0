package io.longhouse.function.scalar.conversion;

import io.longhouse.column.Column;
import io.longhouse.column.NullableColumn;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.DataTypes;
import io.longhouse.column.type.LowCardinalityType;
import io.longhouse.column.type.NullableType;
import io.longhouse.column.type.StringType;
import io.longhouse.function.Argument;
import io.longhouse.function.Arguments;
import io.longhouse.function.FunctionContext;
import io.longhouse.function.FunctionFactory;
import io.longhouse.function.ScalarFunction;
import io.longhouse.function.scalar.conditional.Choice;
import io.longhouse.registry.Register;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import java.util.List;
import java.util.Objects;

/** To a type that is named by text. */
@Register(
    kind = FunctionFactory.class,
    name = "CAST",
    caseInsensitive = true,
    category = "Type Conversion",
    doc = "The value in another type.")
@Register(
    kind = FunctionFactory.class,
    name = "_CAST",
    caseInsensitive = true,
    category = "Internal",
    doc = "The value in another type, whatever the settings about NULL say.")
@Register(
    kind = FunctionFactory.class,
    name = "accurateCast",
    category = "Type Conversion",
    doc = "The value in another type; throws where it would change.")
@Register(
    kind = FunctionFactory.class,
    name = "accurateCastOrNull",
    category = "Type Conversion",
    doc = "The value in another type, NULL where it would change.")
@Register(
    kind = FunctionFactory.class,
    name = "accurateCastOrDefault",
    category = "Type Conversion",
    doc = "The value in another type, a default where it would change.")
final class CastFunction implements FunctionFactory {
  private final String name;

  CastFunction(String name) {
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
    boolean orDefault = name.equals("accurateCastOrDefault");
    if (orDefault) {
      Arguments.count(name, arguments, 2, 3);
    } else {
      Arguments.count(name, arguments, 2);
    }
    Argument named = arguments.get(1);
    if (named.constant() == null || !(named.type() instanceof StringType)) {
      throw new LonghouseException(
          ErrorCode.ILLEGAL_TYPE_OF_ARGUMENT,
          "Second argument to "
              + name
              + " must be a constant string describing type. Instead there is non-constant column"
              + " of type "
              + named.type());
    }
    DataType to = DataTypes.parse(Arguments.text(Objects.requireNonNull(named.constant()), 0));
    DataType from = arguments.getFirst().type();
    if (name.equals("CAST") && context.isOn("cast_keep_nullable") && from instanceof NullableType) {
      to = NullableType.orSame(to);
    }
    if (!name.startsWith("accurate")) {
      return new Call(Casts.of(from, to, context), to);
    }
    Cast cast = Casts.of(from, to, Casts.Mode.ACCURATE, context);
    if (name.equals("accurateCast")) {
      return new Call(cast, to);
    }
    if (!orDefault) {
      boolean nullable = LowCardinalityType.strip(to) instanceof NullableType;
      if (!nullable && !to.canBeInsideNullable()) {
        throw new LonghouseException(
            ErrorCode.ILLEGAL_TYPE_OF_ARGUMENT,
            "Type "
                + to
                + " is not supported for "
                + name
                + " because it cannot be inside Nullable");
      }
      return new OrNull(cast, NullableType.orSame(to));
    }
    if (arguments.size() == 3 && !arguments.get(2).type().equals(to)) {
      throw new LonghouseException(
          ErrorCode.ILLEGAL_TYPE_OF_ARGUMENT,
          "Default value type should be same as cast type. Expected "
              + to
              + ". Actual "
              + arguments.get(2).type());
    }
    return new OrDefault(cast, to, arguments.size() == 3);
  }

  private record Call(Cast cast, DataType resultType) implements ScalarFunction {
    @Override
    public boolean mayThrow() {
      return cast.mayThrow();
    }

    @Override
    public Column evaluate(Column[] arguments, int rows) {
      return cast.apply(arguments[0], rows);
    }
  }

  private record OrNull(Cast cast, DataType resultType) implements ScalarFunction {
    @Override
    public Column evaluate(Column[] arguments, int rows) {
      byte[] failed = new byte[rows];
      Column values = cast.apply(arguments[0], rows, failed).full();
      if (!(LowCardinalityType.strip(resultType) instanceof NullableType)) {
        return values;
      }
      Column plain = values.plain();
      if (!(plain instanceof NullableColumn n)) {
        return new NullableColumn(plain, failed);
      }
      for (int r = 0; r < rows; r++) {
        failed[r] |= n.nulls()[r];
      }
      return new NullableColumn(n.values(), failed);
    }
  }

  private record OrDefault(Cast cast, DataType resultType, boolean given)
      implements ScalarFunction {
    @Override
    public Column evaluate(Column[] arguments, int rows) {
      byte[] failed = new byte[rows];
      Column values = cast.apply(arguments[0], rows, failed);
      Column other = given ? arguments[2] : resultType.defaults(rows);
      int[] which = new int[rows];
      for (int r = 0; r < rows; r++) {
        which[r] = failed[r];
      }
      return Choice.of(resultType, new Column[] {values, other}, which, rows);
    }
  }
}
