package io.longhouse.function.scalar.comparison;

import io.longhouse.column.Column;
import io.longhouse.column.ConstColumn;
import io.longhouse.column.Int8Column;
import io.longhouse.column.TupleColumn;
import io.longhouse.column.type.ArrayType;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.DateTime64Type;
import io.longhouse.column.type.DateTimeType;
import io.longhouse.column.type.EnumType;
import io.longhouse.column.type.FixedStringType;
import io.longhouse.column.type.IntegerType;
import io.longhouse.column.type.IntervalType;
import io.longhouse.column.type.Ipv4Type;
import io.longhouse.column.type.LowCardinalityType;
import io.longhouse.column.type.NothingType;
import io.longhouse.column.type.NullableType;
import io.longhouse.column.type.StringType;
import io.longhouse.column.type.TupleType;
import io.longhouse.column.type.UuidType;
import io.longhouse.function.Argument;
import io.longhouse.function.Arguments;
import io.longhouse.function.CommonType;
import io.longhouse.function.FunctionContext;
import io.longhouse.function.FunctionFactory;
import io.longhouse.function.ScalarFunction;
import io.longhouse.function.number.NumberShape;
import io.longhouse.function.scalar.conversion.Cast;
import io.longhouse.function.scalar.conversion.Casts;
import io.longhouse.registry.Register;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The six comparisons over every pair of types that can be compared. */
@Register(
    kind = FunctionFactory.class,
    name = "equals",
    category = "Comparison",
    doc = "Whether two values are equal.")
@Register(
    kind = FunctionFactory.class,
    name = "notEquals",
    category = "Comparison",
    doc = "Whether two values differ.")
@Register(
    kind = FunctionFactory.class,
    name = "less",
    category = "Comparison",
    doc = "Whether the first value stands before the second.")
@Register(
    kind = FunctionFactory.class,
    name = "greater",
    category = "Comparison",
    doc = "Whether the first value stands behind the second.")
@Register(
    kind = FunctionFactory.class,
    name = "lessOrEquals",
    category = "Comparison",
    doc = "Whether the first value does not stand behind the second.")
@Register(
    kind = FunctionFactory.class,
    name = "greaterOrEquals",
    category = "Comparison",
    doc = "Whether the first value does not stand before the second.")
public final class Comparison implements FunctionFactory {
  private final CompareOp op;

  Comparison(String name) {
    this.op = CompareOp.of(name);
  }

  @Override
  public ScalarFunction resolve(List<Argument> arguments, FunctionContext context) {
    Arguments.count(op.function(), arguments, 2);
    return of(op, arguments.get(0), arguments.get(1), context);
  }

  private static boolean isText(DataType t) {
    return t instanceof StringType || t instanceof FixedStringType;
  }

  static ScalarFunction of(CompareOp op, Argument x, Argument y, FunctionContext context) {
    DataType a = x.type();
    DataType b = y.type();
    if (isText(a) && isText(b)) {
      return new StringComparison(op, a instanceof FixedStringType || b instanceof FixedStringType);
    }
    NumberShape p = shape(a, b);
    NumberShape q = shape(b, a);
    if (p != null && q != null) {
      return new NumberComparison(op, p, q);
    }
    if (y.constant() != null && isText(b)) {
      return withConstantText(op, a, y, false, context);
    }
    if (x.constant() != null && isText(a)) {
      return withConstantText(op, b, x, true, context);
    }
    if (a instanceof TupleType s && b instanceof TupleType t) {
      return TupleComparison.of(op, s, t, x, y, context);
    }
    if (a.equals(b) && a.isComparable()) {
      return new Generic(op, a);
    }
    return overCommonType(op, a, b, context);
  }

  /** The shape in which {@code type} can be compared with {@code other} as a number, or null. */
  private static @Nullable NumberShape shape(DataType type, DataType other) {
    NumberShape number = NumberShape.of(type);
    if (number != null) {
      return number;
    }
    if (type.equals(other)) {
      return type instanceof UuidType ? null : NumberShape.ofStorage(type);
    }
    return switch (type) {
      case DateTimeType _ ->
          NumberShape.of(other) != null || other instanceof DateTimeType
              ? NumberShape.ofStorage(type)
              : null;
      case DateTime64Type t ->
          NumberShape.of(other) != null
                  || other instanceof DateTime64Type
                  || other instanceof DateTimeType
              ? NumberShape.decimal(8, t.scale())
              : null;
      case IntervalType _, Ipv4Type _ ->
          NumberShape.of(other) != null ? NumberShape.ofStorage(type) : null;
      case EnumType _ ->
          NumberShape.of(other) != null || other instanceof EnumType
              ? NumberShape.ofStorage(type)
              : null;
      default -> null;
    };
  }

  private static ScalarFunction withConstantText(
      CompareOp op, DataType type, Argument text, boolean textFirst, FunctionContext context) {
    Column parsed = ConstantText.parse(type, text, op, context);
    if (parsed == null) {
      return new Always(op == CompareOp.NOT_EQUALS);
    }
    Argument other = Argument.of(type);
    Argument constant = new Argument(type, parsed);
    ScalarFunction inner =
        textFirst ? of(op, constant, other, context) : of(op, other, constant, context);
    return new WithConstant(inner, parsed, textFirst);
  }

  private static ScalarFunction overCommonType(
      CompareOp op, DataType a, DataType b, FunctionContext context) {
    if (NumberShape.of(a) != null || NumberShape.of(b) != null) {
      if (!isText(a) && !isText(b)) {
        throw illegal(op, a, b);
      }
    }
    DataType common = CommonType.of(a, b);
    if (common instanceof NothingType || !common.isComparable()) {
      throw illegal(op, a, b);
    }
    ScalarFunction inner =
        LowCardinalityType.strip(common) instanceof NullableType || common instanceof ArrayType
            ? new Generic(op, common)
            : of(op, Argument.of(common), Argument.of(common), context);
    return new OverCommonType(inner, Casts.of(a, common, context), Casts.of(b, common, context));
  }

  static LonghouseException illegal(CompareOp op, DataType a, DataType b) {
    return new LonghouseException(
        ErrorCode.ILLEGAL_TYPE_OF_ARGUMENT,
        "Illegal types of arguments (`"
            + a
            + "`, `"
            + b
            + "`) of function `"
            + op.function()
            + "`");
  }

  /** The same answer for every row. */
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

  /** One side is a constant of the other's type, whatever column comes. */
  private record WithConstant(ScalarFunction inner, Column constant, boolean first)
      implements ScalarFunction {
    @Override
    public DataType resultType() {
      return inner.resultType();
    }

    @Override
    public boolean mayThrow() {
      return inner.mayThrow();
    }

    @Override
    public Column evaluate(Column[] arguments, int rows) {
      Column c = new ConstColumn(constant, rows);
      Column[] pair = first ? new Column[] {c, arguments[1]} : new Column[] {arguments[0], c};
      return inner.evaluate(pair, rows);
    }
  }

  /** Both sides are turned into their common type first. */
  private record OverCommonType(ScalarFunction inner, Cast left, Cast right)
      implements ScalarFunction {
    @Override
    public DataType resultType() {
      return inner.resultType();
    }

    @Override
    public boolean mayThrow() {
      return true;
    }

    @Override
    public Column evaluate(Column[] arguments, int rows) {
      return inner.evaluate(
          new Column[] {left.apply(arguments[0], rows), right.apply(arguments[1], rows)}, rows);
    }
  }

  /** Two values of one type in the type's own order. */
  private record Generic(CompareOp op, DataType type) implements ScalarFunction {
    @Override
    public DataType resultType() {
      return IntegerType.UINT8;
    }

    @Override
    public Column evaluate(Column[] arguments, int rows) {
      byte[] out = new byte[rows];
      Column x = value(arguments[0]);
      Column y = value(arguments[1]);
      int p = arguments[0] instanceof ConstColumn ? 0 : 1;
      int q = arguments[1] instanceof ConstColumn ? 0 : 1;
      for (int r = 0; r < rows; r++) {
        out[r] = (byte) (op.test(type.compare(x, r * p, y, r * q, 1)) ? 1 : 0);
      }
      return new Int8Column(out, rows);
    }

    private static Column value(Column c) {
      return c instanceof ConstColumn k ? k.value().full() : c.full();
    }
  }

  /** An element of a tuple column as a column. */
  static Column element(Column tuple, int i) {
    return tuple instanceof ConstColumn c
        ? new ConstColumn(((TupleColumn) c.value()).elements().get(i).full(), c.size())
        : ((TupleColumn) tuple.full()).elements().get(i);
  }
}
