package io.longhouse.function.scalar.other;

import io.longhouse.column.Column;
import io.longhouse.column.ConstColumn;
import io.longhouse.column.Int16Column;
import io.longhouse.column.Int8Column;
import io.longhouse.column.StringColumn;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.DataTypes;
import io.longhouse.column.type.EnumType;
import io.longhouse.column.type.IntegerType;
import io.longhouse.column.type.StringType;
import io.longhouse.function.Argument;
import io.longhouse.function.Arguments;
import io.longhouse.function.FunctionContext;
import io.longhouse.function.FunctionFactory;
import io.longhouse.function.ScalarFunction;
import io.longhouse.registry.Register;
import io.longhouse.sql.ByteText;
import java.util.List;

/** What an argument's type and column are. */
@Register(
    kind = FunctionFactory.class,
    name = "toTypeName",
    category = "Other",
    doc = "The name of the argument's type.")
@Register(
    kind = FunctionFactory.class,
    name = "toColumnTypeName",
    category = "Other",
    doc = "The name of the argument's column in memory.")
@Register(
    kind = FunctionFactory.class,
    name = "dumpColumnStructure",
    category = "Other",
    doc = "The argument's type and the columns in memory with their sizes.")
@Register(
    kind = FunctionFactory.class,
    name = "defaultValueOfArgumentType",
    category = "Other",
    doc = "The default value of the argument's type.")
@Register(
    kind = FunctionFactory.class,
    name = "defaultValueOfTypeName",
    category = "Other",
    doc = "The default value of the type with that name.")
@Register(
    kind = FunctionFactory.class,
    name = "getSizeOfEnumType",
    category = "Other",
    doc = "How many names the argument's enumeration has.")
final class TypeFacts implements FunctionFactory {
  private final String name;

  TypeFacts(String name) {
    this.name = name;
  }

  @Override
  public boolean handlesNulls() {
    return !name.equals("getSizeOfEnumType");
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
    Arguments.count(name, arguments, 1);
    DataType type = arguments.getFirst().type();
    return switch (name) {
      case "toTypeName" -> {
        boolean plain = "0".equals(context.setting("print_pretty_type_names"));
        yield new Fixed(StringType.TYPE, text(plain ? type.name() : TypeNames.pretty(type)), true);
      }
      case "defaultValueOfArgumentType" -> new Fixed(type, type.defaultValue(), true);
      case "defaultValueOfTypeName" -> {
        DataType named = DataTypes.parse(Arguments.text(name, arguments, 0, "Type name"));
        yield new Fixed(named, named.defaultValue(), true);
      }
      case "getSizeOfEnumType" -> {
        if (!(type instanceof EnumType e)) {
          throw Arguments.illegalType(name, type);
        }
        int n = e.names().size();
        yield e.bytes() == 1
            ? new Fixed(IntegerType.UINT8, Int8Column.of((byte) n), true)
            : new Fixed(IntegerType.UINT16, Int16Column.of((short) n), true);
      }
      default -> new Structure(type, name.startsWith("dump"));
    };
  }

  private static Column text(String s) {
    return StringColumn.of(ByteText.encode(s));
  }

  /** One value, known from the types alone. */
  record Fixed(DataType resultType, Column value, boolean isDeterministic, boolean isOfServer)
      implements ScalarFunction {
    Fixed(DataType resultType, Column value, boolean isDeterministic) {
      this(resultType, value, isDeterministic, false);
    }

    @Override
    public boolean isConstantInQuery() {
      return true;
    }

    @Override
    public Column evaluate(Column[] arguments, int rows) {
      return new ConstColumn(value, rows);
    }
  }

  private record Structure(DataType type, boolean dump) implements ScalarFunction {
    @Override
    public DataType resultType() {
      return StringType.TYPE;
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
      String shown =
          dump
              ? type.name() + ", " + TypeNames.structure(type, arguments[0])
              : TypeNames.column(type, arguments[0]);
      return new ConstColumn(text(shown), rows);
    }
  }
}
