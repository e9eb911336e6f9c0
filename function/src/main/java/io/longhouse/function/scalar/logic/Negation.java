package io.longhouse.function.scalar.logic;

import io.longhouse.column.Column;
import io.longhouse.column.Int8Column;
import io.longhouse.column.type.BoolType;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.IntegerType;
import io.longhouse.column.type.NothingType;
import io.longhouse.function.Argument;
import io.longhouse.function.Arguments;
import io.longhouse.function.FunctionContext;
import io.longhouse.function.FunctionFactory;
import io.longhouse.function.ScalarFunction;
import io.longhouse.function.number.NumberShape;
import io.longhouse.registry.Register;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import java.util.List;

/** NOT and XOR: NULL in, NULL out. */
@Register(
    kind = FunctionFactory.class,
    name = "not",
    caseInsensitive = true,
    category = "Logical",
    doc = "Whether the operand is false.")
@Register(
    kind = FunctionFactory.class,
    name = "xor",
    category = "Logical",
    doc = "Whether an odd number of operands is true.")
final class Negation implements FunctionFactory {
  private final String name;

  Negation(String name) {
    this.name = name;
  }

  @Override
  public ScalarFunction resolve(List<Argument> arguments, FunctionContext context) {
    boolean bools = arguments.stream().allMatch(a -> a.type() instanceof BoolType);
    DataType result = bools ? BoolType.TYPE : IntegerType.UINT8;
    if (name.equals("xor")) {
      return new Xor(Connective.shapes(name, arguments), result);
    }
    Arguments.count(name, arguments, 1);
    DataType type = arguments.getFirst().type();
    NumberShape shape = type instanceof NothingType ? null : Truth.shape(type);
    if (shape == null) {
      throw new LonghouseException(
          ErrorCode.ILLEGAL_TYPE_OF_ARGUMENT,
          "Illegal type (" + type + ") of argument of function not");
    }
    return new Not(shape, result);
  }

  private record Not(NumberShape shape, DataType resultType) implements ScalarFunction {
    @Override
    public Column evaluate(Column[] arguments, int rows) {
      byte[] v = Truth.of(arguments[0], shape, rows).values();
      byte[] out = new byte[rows];
      for (int r = 0; r < rows; r++) {
        out[r] = (byte) (v[r] ^ 1);
      }
      return new Int8Column(out, rows);
    }
  }

  private record Xor(List<NumberShape> shapes, DataType resultType) implements ScalarFunction {
    @Override
    public Column evaluate(Column[] arguments, int rows) {
      byte[] out = new byte[rows];
      for (int i = 0; i < arguments.length; i++) {
        byte[] v = Truth.of(arguments[i], shapes.get(i), rows).values();
        for (int r = 0; r < rows; r++) {
          out[r] ^= v[r];
        }
      }
      return new Int8Column(out, rows);
    }
  }
}
