package io.longhouse.function.scalar.nulls;

import io.longhouse.column.Column;
import io.longhouse.column.ConstColumn;
import io.longhouse.column.Int8Column;
import io.longhouse.column.LowCardinalityColumn;
import io.longhouse.column.NullableColumn;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.IntegerType;
import io.longhouse.column.type.LowCardinalityType;
import io.longhouse.column.type.NullableType;
import io.longhouse.function.Argument;
import io.longhouse.function.Arguments;
import io.longhouse.function.FunctionContext;
import io.longhouse.function.FunctionFactory;
import io.longhouse.function.ScalarFunction;
import io.longhouse.function.number.NumberShape;
import io.longhouse.function.scalar.logic.Truth;
import io.longhouse.registry.Register;
import java.util.Arrays;
import java.util.List;

/** Whether values are NULL. */
@Register(
    kind = FunctionFactory.class,
    name = "isNull",
    caseInsensitive = true,
    category = "Null",
    doc = "Whether the argument is NULL.")
@Register(
    kind = FunctionFactory.class,
    name = "isNotNull",
    caseInsensitive = true,
    category = "Null",
    doc = "Whether the argument is not NULL.")
@Register(
    kind = FunctionFactory.class,
    name = "isZeroOrNull",
    category = "Null",
    doc = "Whether the argument is zero or NULL.")
@Register(
    kind = FunctionFactory.class,
    name = "isNullable",
    category = "Null",
    doc = "Whether the argument's type admits NULL.")
final class NullTests implements FunctionFactory {
  private final String name;

  NullTests(String name) {
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
    Arguments.count(name, arguments, 1);
    DataType type = arguments.getFirst().type();
    if (name.equals("isNullable")) {
      return new Always(LowCardinalityType.strip(type) instanceof NullableType);
    }
    if (name.equals("isZeroOrNull")) {
      NumberShape shape = Truth.shape(type);
      if (shape == null) {
        throw Arguments.illegalType(name, type);
      }
      return new ZeroOrNull(shape);
    }
    boolean negate = name.equals("isNotNull");
    return LowCardinalityType.strip(type) instanceof NullableType
        ? new Call(negate)
        : new Always(negate);
  }

  private record Always(boolean answer) implements ScalarFunction {
    @Override
    public DataType resultType() {
      return IntegerType.UINT8;
    }

    @Override
    public Column evaluate(Column[] arguments, int rows) {
      return new ConstColumn(Int8Column.of((byte) (answer ? 1 : 0)), rows);
    }
  }

  private record Call(boolean negate) implements ScalarFunction {
    @Override
    public DataType resultType() {
      return IntegerType.UINT8;
    }

    @Override
    public Column evaluate(Column[] arguments, int rows) {
      if (arguments[0] instanceof ConstColumn c) {
        boolean is = c.value().isNullAt(0);
        return new ConstColumn(Int8Column.of((byte) (is != negate ? 1 : 0)), rows);
      }
      byte[] out = nulls(arguments[0], rows);
      if (negate) {
        for (int r = 0; r < rows; r++) {
          out[r] ^= 1;
        }
      }
      return new Int8Column(out, rows);
    }

    private static byte[] nulls(Column c, int rows) {
      return switch (c) {
        case NullableColumn n -> Arrays.copyOf(n.nulls(), rows);
        case LowCardinalityColumn l -> {
          int entries = l.dictionary().size();
          byte[] ofEntry = nulls(l.dictionary(), entries);
          byte[] out = new byte[rows];
          int[] indexes = l.indexes();
          for (int r = 0; r < rows; r++) {
            out[r] = ofEntry[indexes[r]];
          }
          yield out;
        }
        default -> new byte[rows];
      };
    }
  }

  private record ZeroOrNull(NumberShape shape) implements ScalarFunction {
    @Override
    public DataType resultType() {
      return IntegerType.UINT8;
    }

    @Override
    public Column evaluate(Column[] arguments, int rows) {
      byte[] t = Truth.of(arguments[0], shape, rows).values();
      byte[] out = new byte[rows];
      for (int r = 0; r < rows; r++) {
        out[r] = (byte) (t[r] ^ 1);
      }
      return new Int8Column(out, rows);
    }
  }
}
