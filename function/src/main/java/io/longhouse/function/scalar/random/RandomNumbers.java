package io.longhouse.function.scalar.random;

import io.longhouse.column.Column;
import io.longhouse.column.ConstColumn;
import io.longhouse.column.Float64Column;
import io.longhouse.column.Int32Column;
import io.longhouse.column.Int64Column;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.FloatType;
import io.longhouse.column.type.IntegerType;
import io.longhouse.function.Argument;
import io.longhouse.function.Arguments;
import io.longhouse.function.FunctionContext;
import io.longhouse.function.FunctionFactory;
import io.longhouse.function.ScalarFunction;
import io.longhouse.registry.Register;
import java.util.List;
import java.util.SplittableRandom;

/** Evenly distributed numbers. An argument only makes calls differ from each other. */
@Register(
    kind = FunctionFactory.class,
    name = "rand",
    aliases = "rand32",
    caseInsensitive = true,
    category = "Random Number",
    doc = "A random UInt32.")
@Register(
    kind = FunctionFactory.class,
    name = "rand64",
    category = "Random Number",
    doc = "A random UInt64.")
@Register(
    kind = FunctionFactory.class,
    name = "randConstant",
    category = "Random Number",
    doc = "A random UInt32, the same in all rows.")
@Register(
    kind = FunctionFactory.class,
    name = "randCanonical",
    category = "Random Number",
    doc = "A random number from 0 up to 1.")
final class RandomNumbers implements FunctionFactory {
  private final String name;

  RandomNumbers(String name) {
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
  public boolean handlesConstants() {
    return true;
  }

  @Override
  public ScalarFunction resolve(List<Argument> arguments, FunctionContext context) {
    Arguments.count(name, arguments, 0, 1);
    if (name.equals("randConstant")) {
      return new Constant(new SplittableRandom().nextInt());
    }
    return new Call(
        switch (name) {
          case "rand" -> IntegerType.UINT32;
          case "rand64" -> IntegerType.UINT64;
          default -> FloatType.FLOAT64;
        });
  }

  private record Constant(int value) implements ScalarFunction {
    @Override
    public DataType resultType() {
      return IntegerType.UINT32;
    }

    @Override
    public boolean isDeterministic() {
      return false;
    }

    @Override
    public boolean isConstantInQuery() {
      return true;
    }

    @Override
    public Column evaluate(Column[] arguments, int rows) {
      return new ConstColumn(Int32Column.of(value), rows);
    }
  }

  private record Call(DataType resultType) implements ScalarFunction {
    @Override
    public boolean isDeterministic() {
      return false;
    }

    @Override
    public boolean isConstantInQuery() {
      return false;
    }

    @Override
    public Column evaluate(Column[] arguments, int rows) {
      var random = new SplittableRandom();
      if (resultType instanceof FloatType) {
        double[] out = new double[rows];
        for (int r = 0; r < rows; r++) {
          out[r] = random.nextDouble();
        }
        return new Float64Column(out, rows);
      }
      if (resultType instanceof IntegerType t && t.bytes() == 4) {
        int[] out = new int[rows];
        for (int r = 0; r < rows; r++) {
          out[r] = random.nextInt();
        }
        return new Int32Column(out, rows);
      }
      long[] out = new long[rows];
      for (int r = 0; r < rows; r++) {
        out[r] = random.nextLong();
      }
      return new Int64Column(out, rows);
    }
  }
}
