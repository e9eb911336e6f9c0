package io.longhouse.function.scalar.nulls;

import io.longhouse.column.Column;
import io.longhouse.column.ConstColumn;
import io.longhouse.column.LowCardinalityColumn;
import io.longhouse.column.NullableColumn;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.LowCardinalityType;
import io.longhouse.column.type.NothingType;
import io.longhouse.column.type.NullableType;
import io.longhouse.function.Argument;
import io.longhouse.function.Arguments;
import io.longhouse.function.FunctionContext;
import io.longhouse.function.FunctionFactory;
import io.longhouse.function.Functions;
import io.longhouse.function.ScalarFunction;
import io.longhouse.function.number.NumberShape;
import io.longhouse.function.scalar.logic.Truth;
import io.longhouse.registry.Register;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import java.util.List;

/** Adds and takes away Nullable, and makes NULL of chosen values. */
@Register(
    kind = FunctionFactory.class,
    name = "toNullable",
    category = "Null",
    doc = "The argument in a type that admits NULL.")
@Register(
    kind = FunctionFactory.class,
    name = "assumeNotNull",
    category = "Null",
    doc = "The argument in a type without NULL; what stands under a NULL is any value.")
@Register(
    kind = FunctionFactory.class,
    name = "nullIf",
    caseInsensitive = true,
    category = "Null",
    doc = "NULL where the arguments are equal, the first argument elsewhere.")
final class NullConversions implements FunctionFactory {
  private final String name;

  NullConversions(String name) {
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
    Arguments.count(name, arguments, name.equals("nullIf") ? 2 : 1);
    DataType type = arguments.getFirst().type();
    if (name.equals("assumeNotNull")) {
      return new AssumeNotNull(type, withoutNull(type));
    }
    DataType nullable = NullableType.orSame(type);
    if (!(LowCardinalityType.strip(nullable) instanceof NullableType)) {
      throw new LonghouseException(
          ErrorCode.ILLEGAL_TYPE_OF_ARGUMENT,
          "Nested type " + type + " cannot be inside Nullable type");
    }
    if (name.equals("toNullable")) {
      return new ToNullable(nullable);
    }
    if (NullableType.strip(type) instanceof NothingType) {
      return new NullIf(null, nullable);
    }
    return new NullIf(
        Functions.resolve("equals", arguments, context),
        NullableType.orSame(LowCardinalityType.strip(type)));
  }

  private static DataType withoutNull(DataType type) {
    return type instanceof LowCardinalityType l
        ? new LowCardinalityType(NullableType.strip(l.nested()))
        : NullableType.strip(type);
  }

  private record AssumeNotNull(DataType from, DataType resultType) implements ScalarFunction {
    @Override
    public Column evaluate(Column[] arguments, int rows) {
      if (resultType instanceof NothingType && rows > 0) {
        throw new LonghouseException(
            ErrorCode.ILLEGAL_COLUMN, "Cannot create non-empty column with type Nothing");
      }
      return values(arguments[0]);
    }

    private static Column values(Column c) {
      return switch (c) {
        case NullableColumn n -> n.values();
        case ConstColumn k -> new ConstColumn(values(k.value()), k.size());
        case LowCardinalityColumn l -> l.withDictionary(values(l.dictionary()));
        default -> c;
      };
    }
  }

  private record ToNullable(DataType resultType) implements ScalarFunction {
    @Override
    public Column evaluate(Column[] arguments, int rows) {
      return nullable(arguments[0]);
    }
  }

  private static Column nullable(Column c) {
    return switch (c) {
      case NullableColumn n -> n;
      case ConstColumn k -> new ConstColumn(nullable(k.value()), k.size());
      case LowCardinalityColumn l -> l.withDictionary(nullable(l.dictionary()));
      default -> new NullableColumn(c, new byte[c.size()]);
    };
  }

  private record NullIf(
      @org.jspecify.annotations.Nullable ScalarFunction equals, DataType resultType)
      implements ScalarFunction {
    @Override
    public boolean mayThrow() {
      return equals != null && equals.mayThrow();
    }

    @Override
    public Column evaluate(Column[] arguments, int rows) {
      if (equals == null) {
        return arguments[0];
      }
      byte[] same = Truth.of(equals.evaluate(arguments, rows), NumberShape.UINT8, rows).values();
      Column full = arguments[0] instanceof ConstColumn k ? k.full().plain() : arguments[0].plain();
      var n = (NullableColumn) nullable(full);
      byte[] nulls = new byte[rows];
      for (int r = 0; r < rows; r++) {
        nulls[r] = (byte) (n.nulls()[r] | same[r]);
      }
      return new NullableColumn(n.values(), nulls);
    }
  }
}
