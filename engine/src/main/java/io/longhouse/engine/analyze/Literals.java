package io.longhouse.engine.analyze;

import io.longhouse.column.ArrayColumn;
import io.longhouse.column.Column;
import io.longhouse.column.ColumnBuilder;
import io.longhouse.column.Float64Column;
import io.longhouse.column.Int16Column;
import io.longhouse.column.Int32Column;
import io.longhouse.column.Int64Column;
import io.longhouse.column.Int8Column;
import io.longhouse.column.StringColumn;
import io.longhouse.column.TupleColumn;
import io.longhouse.column.type.ArrayType;
import io.longhouse.column.type.BoolType;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.FloatType;
import io.longhouse.column.type.IntegerType;
import io.longhouse.column.type.NothingType;
import io.longhouse.column.type.NullableType;
import io.longhouse.column.type.StringType;
import io.longhouse.column.type.TupleType;
import io.longhouse.function.Argument;
import io.longhouse.function.CommonType;
import io.longhouse.function.FunctionContext;
import io.longhouse.function.Functions;
import io.longhouse.function.expr.Expr;
import io.longhouse.sql.ByteText;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import io.longhouse.sql.ast.Literal;
import io.longhouse.sql.ast.NumberLiteral;
import java.util.ArrayList;
import java.util.List;

/**
 * Literals as typed constants: integers in the smallest type that holds them, as ClickHouse has it.
 */
final class Literals {
  private Literals() {}

  static Expr.Constant constant(Literal literal) {
    return switch (literal) {
      case NumberLiteral n -> number(n);
      case Literal.StringLiteral s ->
          new Expr.Constant(StringColumn.of(ByteText.encode(s.value())), StringType.TYPE);
      case Literal.BoolLiteral b ->
          new Expr.Constant(Int8Column.of((byte) (b.value() ? 1 : 0)), BoolType.TYPE);
      case Literal.NullLiteral _ -> {
        DataType type = NullableType.orSame(NothingType.TYPE);
        yield new Expr.Constant(type.defaultValue(), type);
      }
      case Literal.ArrayLiteral a -> array(a.elements());
      case Literal.TupleLiteral t -> tuple(t.elements());
      case Literal.MapLiteral _ ->
          throw new LonghouseException(
              ErrorCode.NOT_IMPLEMENTED, "A map literal can only stand in settings");
    };
  }

  private static Expr.Constant number(NumberLiteral n) {
    long v = n.bits();
    return switch (n.kind()) {
      case FLOAT64 -> new Expr.Constant(Float64Column.of(n.doubleValue()), FloatType.FLOAT64);
      case UINT64 ->
          integer(v, v < 0 ? 8 : v <= 0xFF ? 1 : v <= 0xFFFF ? 2 : v <= 0xFFFFFFFFL ? 4 : 8, false);
      case INT64 -> integer(v, v == (byte) v ? 1 : v == (short) v ? 2 : v == (int) v ? 4 : 8, true);
    };
  }

  /** An integer constant of that width. */
  static Expr.Constant integer(long v, int bytes, boolean signed) {
    Column c =
        switch (bytes) {
          case 1 -> Int8Column.of((byte) v);
          case 2 -> Int16Column.of((short) v);
          case 4 -> Int32Column.of((int) v);
          default -> Int64Column.of(v);
        };
    boolean fitsSigned = bytes == 8 && !signed && v >= 0;
    return new Expr.Constant(
        c, fitsSigned ? IntegerType.UINT64_OF_LITERAL : IntegerType.of(bytes, signed));
  }

  private static Expr.Constant array(List<Literal> elements) {
    List<Expr.Constant> values = elements.stream().map(Literals::constant).toList();
    DataType type =
        values.isEmpty()
            ? NothingType.TYPE
            : CommonType.of(values.stream().map(Expr.Constant::type).toList());
    ColumnBuilder b = type.newBuilder(values.size());
    for (Expr.Constant v : values) {
      b.append(cast(v, type, EmptyContext.INSTANCE), 0);
    }
    return new Expr.Constant(
        new ArrayColumn(new int[] {0, values.size()}, b.build(), 1), new ArrayType(type));
  }

  private static Expr.Constant tuple(List<Literal> elements) {
    List<Expr.Constant> values = elements.stream().map(Literals::constant).toList();
    List<Column> columns = new ArrayList<>();
    List<DataType> types = new ArrayList<>();
    values.forEach(v -> {
      columns.add(v.value());
      types.add(v.type());
    });
    return new Expr.Constant(new TupleColumn(columns, 1), new TupleType(types));
  }

  /** The value of a constant as another type, one row. */
  static Column cast(Expr.Constant v, DataType type, FunctionContext context) {
    return v.type().equals(type) ? v.value() : cast("_CAST", v, type, context);
  }

  /**
   * The same with a conversion function of that name: {@code _CAST}, {@code accurateCastOrNull}.
   */
  static Column cast(String function, Expr.Constant v, DataType type, FunctionContext context) {
    Column name = StringColumn.of(ByteText.encode(type.name()));
    var f =
        Functions.resolve(
            function,
            List.of(new Argument(v.type(), v.value()), new Argument(StringType.TYPE, name)),
            context);
    return f.evaluate(
            new Column[] {
              new io.longhouse.column.ConstColumn(v.value(), 1),
              new io.longhouse.column.ConstColumn(name, 1)
            },
            1)
        .full();
  }
}
