package io.longhouse.function.scalar.other;

import io.longhouse.column.Column;
import io.longhouse.column.ConstColumn;
import io.longhouse.column.Int8Column;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.IntegerType;
import io.longhouse.function.Argument;
import io.longhouse.function.Arguments;
import io.longhouse.function.FunctionContext;
import io.longhouse.function.FunctionFactory;
import io.longhouse.function.ScalarFunction;
import io.longhouse.registry.Register;
import java.util.List;

/** Functions that hand on their argument, or nothing of it. */
@Register(
    kind = FunctionFactory.class,
    name = "materialize",
    category = "Other",
    doc = "The argument as a full column even when it is constant.")
@Register(
    kind = FunctionFactory.class,
    name = "identity",
    category = "Other",
    doc = "The argument; conditions on it use no index.")
@Register(
    kind = FunctionFactory.class,
    name = "ignore",
    category = "Other",
    doc = "0, whatever the arguments are.")
@Register(
    kind = FunctionFactory.class,
    name = "indexHint",
    category = "Other",
    doc = "1; the condition inside is used for choosing ranges only.")
@Register(
    kind = FunctionFactory.class,
    name = "isConstant",
    category = "Other",
    doc = "Whether the argument is a constant.")
final class Passing implements FunctionFactory {
  private final String name;

  Passing(String name) {
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
  public boolean handlesSimpleAggregates() {
    return true;
  }

  @Override
  public ScalarFunction resolve(List<Argument> arguments, FunctionContext context) {
    switch (name) {
      case "ignore" -> {
        return new Answer((byte) 0);
      }
      case "indexHint" -> {
        return new Answer((byte) 1);
      }
      default -> Arguments.count(name, arguments, 1);
    }
    if (name.equals("isConstant")) {
      return new IsConstant();
    }
    DataType type = arguments.getFirst().type();
    return name.equals("materialize") ? new Materialize(type) : new Identity(type);
  }

  private record Identity(DataType resultType) implements ScalarFunction {
    @Override
    public Column evaluate(Column[] arguments, int rows) {
      return arguments[0];
    }
  }

  private record Materialize(DataType resultType) implements ScalarFunction {
    @Override
    public boolean isConstantInQuery() {
      return false;
    }

    @Override
    public int monotonicity(int argument) {
      return 1;
    }

    @Override
    public Column evaluate(Column[] arguments, int rows) {
      return arguments[0].full();
    }
  }

  private record Answer(byte value) implements ScalarFunction {
    @Override
    public DataType resultType() {
      return IntegerType.UINT8;
    }

    @Override
    public Column evaluate(Column[] arguments, int rows) {
      return new ConstColumn(Int8Column.of(value), rows);
    }
  }

  private record IsConstant() implements ScalarFunction {
    @Override
    public DataType resultType() {
      return IntegerType.UINT8;
    }

    @Override
    public Column evaluate(Column[] arguments, int rows) {
      byte is = (byte) (arguments[0] instanceof ConstColumn ? 1 : 0);
      return new ConstColumn(Int8Column.of(is), rows);
    }
  }
}
