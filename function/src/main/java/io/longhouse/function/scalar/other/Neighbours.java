package io.longhouse.function.scalar.other;

import io.longhouse.column.Column;
import io.longhouse.column.ColumnBuilder;
import io.longhouse.column.ConstColumn;
import io.longhouse.column.NullableColumn;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.LowCardinalityType;
import io.longhouse.column.type.NullableType;
import io.longhouse.function.Argument;
import io.longhouse.function.Arguments;
import io.longhouse.function.CommonType;
import io.longhouse.function.FunctionContext;
import io.longhouse.function.FunctionFactory;
import io.longhouse.function.Functions;
import io.longhouse.function.ScalarFunction;
import io.longhouse.function.number.LongOperand;
import io.longhouse.function.number.NumberShape;
import io.longhouse.function.scalar.conversion.Cast;
import io.longhouse.function.scalar.conversion.Casts;
import io.longhouse.registry.Register;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import java.util.List;

/** Functions of rows before and behind, within one block. */
@Register(
    kind = FunctionFactory.class,
    name = "runningDifference",
    category = "Other",
    doc = "The difference to the row before; 0 in the first row.")
@Register(
    kind = FunctionFactory.class,
    name = "runningDifferenceStartingWithFirstValue",
    category = "Other",
    doc = "The difference to the row before; the value itself in the first row.")
@Register(
    kind = FunctionFactory.class,
    name = "neighbor",
    category = "Other",
    doc = "The value a number of rows away, or a default.")
final class Neighbours implements FunctionFactory {
  private final String name;

  Neighbours(String name) {
    this.name = name;
  }

  @Override
  public boolean handlesNulls() {
    return true;
  }

  @Override
  public ScalarFunction resolve(List<Argument> arguments, FunctionContext context) {
    if (!context.isOn("allow_deprecated_error_prone_window_functions")) {
      throw new LonghouseException(
          ErrorCode.DEPRECATED_FUNCTION,
          "Function "
              + name
              + " is deprecated since its usage is error-prone (see docs).Please use proper window"
              + " function or set `allow_deprecated_error_prone_window_functions` setting to enable"
              + " it");
    }
    if (name.equals("neighbor")) {
      return neighbor(arguments, context);
    }
    Arguments.count(name, arguments, 1);
    DataType type = arguments.getFirst().type();
    DataType plain = NullableType.strip(type);
    ScalarFunction minus =
        Functions.resolve("minus", List.of(Argument.of(plain), Argument.of(plain)), context);
    boolean zero = name.equals("runningDifference");
    DataType difference = minus.resultType();
    return new Difference(
        minus,
        type instanceof NullableType ? NullableType.orSame(difference) : difference,
        zero,
        zero ? Cast.IDENTITY : Casts.of(plain, difference, context));
  }

  private ScalarFunction neighbor(List<Argument> arguments, FunctionContext context) {
    Arguments.count(name, arguments, 2, 3);
    NumberShape steps = NumberShape.of(NullableType.strip(arguments.get(1).type()));
    if (steps == null
        || !steps.isInteger()
        || steps.isWide()
        || arguments.get(1).type() instanceof NullableType) {
      throw Arguments.illegalType(name, arguments.get(1).type());
    }
    DataType type = LowCardinalityType.strip(arguments.getFirst().type());
    DataType result =
        arguments.size() == 3
            ? CommonType.of(type, LowCardinalityType.strip(arguments.get(2).type()))
            : type;
    return new Neighbor(
        result,
        steps.signed(),
        Casts.of(type, result, context),
        arguments.size() == 3
            ? Casts.of(LowCardinalityType.strip(arguments.get(2).type()), result, context)
            : Cast.IDENTITY);
  }

  private record Difference(ScalarFunction minus, DataType resultType, boolean zero, Cast first)
      implements ScalarFunction {
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
      Column full = arguments[0].full();
      if (rows == 0) {
        return resultType.newBuilder(0).build();
      }
      Column values = full instanceof NullableColumn n ? n.values() : full;
      Column before = values.slice(0, rows - 1);
      Column after = values.slice(1, rows - 1);
      Column differences = minus.evaluate(new Column[] {after, before}, rows - 1);
      ColumnBuilder out = minus.resultType().newBuilder(rows);
      if (zero) {
        out.appendDefault(1);
      } else {
        out.append(first.apply(values.slice(0, 1), 1).full(), 0);
      }
      out.appendRange(differences, 0, rows - 1);
      if (!(full instanceof NullableColumn n)) {
        return out.build();
      }
      byte[] nulls = new byte[rows];
      nulls[0] = n.nulls()[0];
      for (int r = 1; r < rows; r++) {
        nulls[r] = (byte) (n.nulls()[r] | n.nulls()[r - 1]);
      }
      return new NullableColumn(out.build(), nulls);
    }
  }

  private record Neighbor(DataType resultType, boolean signed, Cast values, Cast otherwise)
      implements ScalarFunction {
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
      Column source = values.apply(arguments[0], rows).full();
      Column other =
          arguments.length == 3
              ? otherwise.apply(arguments[2], rows).full()
              : resultType.defaults(rows).full();
      Column steps = arguments[1] instanceof ConstColumn c ? c : arguments[1].full();
      var by = new LongOperand(steps, signed, rows);
      ColumnBuilder all = resultType.newBuilder(2 * rows);
      all.appendRange(source, 0, rows);
      all.appendRange(other, 0, rows);
      int[] from = new int[rows];
      for (int start = 0; start < rows; start += LongOperand.CHUNK) {
        int n = Math.min(LongOperand.CHUNK, rows - start);
        by.load(start, n);
        for (int k = 0; k < n; k++) {
          int r = start + k;
          long at = r + by.array()[by.offset() + k];
          from[r] = at >= 0 && at < rows ? (int) at : rows + r;
        }
      }
      return all.build().gather(from, rows);
    }
  }
}
