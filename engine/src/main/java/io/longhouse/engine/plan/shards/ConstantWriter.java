package io.longhouse.engine.plan.shards;

import io.longhouse.column.ArrayColumn;
import io.longhouse.column.Column;
import io.longhouse.column.Float32Column;
import io.longhouse.column.Float64Column;
import io.longhouse.column.Int16Column;
import io.longhouse.column.Int32Column;
import io.longhouse.column.Int64Column;
import io.longhouse.column.Int8Column;
import io.longhouse.column.NullableColumn;
import io.longhouse.column.StringColumn;
import io.longhouse.column.TupleColumn;
import io.longhouse.column.type.ArrayType;
import io.longhouse.column.type.BoolType;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.DateTime64Type;
import io.longhouse.column.type.DateTimeType;
import io.longhouse.column.type.DecimalType;
import io.longhouse.column.type.FloatType;
import io.longhouse.column.type.IntegerType;
import io.longhouse.column.type.IntervalType;
import io.longhouse.column.type.LowCardinalityType;
import io.longhouse.column.type.MapType;
import io.longhouse.column.type.NothingType;
import io.longhouse.column.type.NullableType;
import io.longhouse.column.type.StringType;
import io.longhouse.column.type.TupleType;
import io.longhouse.function.aggregate.type.AggregateFunctionType;
import io.longhouse.sql.ByteText;
import io.longhouse.sql.ast.Expression;
import io.longhouse.sql.ast.FunctionCall;
import io.longhouse.sql.ast.Literal;
import io.longhouse.sql.ast.NumberLiteral;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * Values as SQL that gives the same value of the same type on every server, whatever its time zone
 * and settings are.
 */
final class ConstantWriter {
  private ConstantWriter() {}

  /** The value of one row. */
  static Expression of(Column value, DataType type) {
    Column column = value.plain().full();
    return isNatural(column, type) ? raw(column, 0, type) : cast(raw(column, 0, type), type);
  }

  /** An element of a set, whose type that of the left side says. */
  static Expression element(Column column, int row, DataType type) {
    boolean literal =
        type instanceof IntegerType || type instanceof StringType || type.equals(FloatType.FLOAT64);
    return literal ? raw(column, row, type) : of(column.slice(row, 1), type);
  }

  static Expression cast(Expression value, DataType type) {
    return FunctionCall.call("CAST", value, Literal.of(type.name()));
  }

  /** Whether what is written for it has that type without being cast. */
  private static boolean isNatural(Column column, DataType type) {
    return switch (type) {
      case StringType _, BoolType _, IntervalType _ -> true;
      case FloatType f -> f.equals(FloatType.FLOAT64);
      case IntegerType t -> isNatural(column, t);
      case NullableType n -> n.nested() instanceof NothingType;
      default -> false;
    };
  }

  private static boolean isNatural(Column column, IntegerType type) {
    if (type.bytes() > 8) {
      return false;
    }
    long v = integer(column, 0, type);
    if (type.signed()) {
      return v < 0
          && type.bytes() == (v == (byte) v ? 1 : v == (short) v ? 2 : v == (int) v ? 4 : 8);
    }
    int bytes = v < 0 ? 8 : v <= 0xFF ? 1 : v <= 0xFFFF ? 2 : v <= 0xFFFFFFFFL ? 4 : 8;
    return type.bytes() == bytes;
  }

  /** An expression from which a cast makes exactly that value. */
  private static Expression raw(Column column, int row, DataType type) {
    return switch (type) {
      case NullableType n -> {
        boolean isNull = column.isNullAt(row);
        Column inside = column instanceof NullableColumn c ? c.values() : column;
        yield isNull ? Literal.NULL : raw(inside, row, n.nested());
      }
      case LowCardinalityType l -> raw(column.plain().full(), row, l.nested());
      case IntegerType t when t.bytes() <= 8 -> number(integer(column, row, t), t.signed());
      case BoolType _ -> ((Int8Column) column).values()[row] != 0 ? Literal.TRUE : Literal.FALSE;
      case FloatType _ -> NumberLiteral.of(real(column, row));
      case StringType _ -> text(column, row);
      case IntervalType i ->
          FunctionCall.call(
              "toInterval" + i.unit().title(), number(integer(column, row, 8, true), true));
      case DateTimeType _ -> number(integer(column, row, 4, false), false);
      case DateTime64Type t ->
          cast(Literal.of(decimal(column, row, t.scale())), new DecimalType(38, t.scale()));
      case AggregateFunctionType _ ->
          FunctionCall.call("unhex", Literal.of(HexFormat.of().formatHex(bytes(column, row))));
      case ArrayType a -> array((ArrayColumn) column, row, a.element());
      case MapType m -> map((ArrayColumn) column, row, m.entries().element());
      case TupleType t when !t.elements().isEmpty() -> tuple((TupleColumn) column, row, t);
      default -> Literal.of(type.textOf(column, row));
    };
  }

  private static Literal number(long v, boolean signed) {
    return signed ? Literal.of(v) : NumberLiteral.unsigned(v);
  }

  private static long integer(Column column, int row, IntegerType type) {
    return integer(column, row, type.bytes(), type.signed());
  }

  private static long integer(Column column, int row, int bytes, boolean signed) {
    return switch (column) {
      case Int8Column c -> signed ? c.values()[row] : c.values()[row] & 0xFF;
      case Int16Column c -> signed ? c.values()[row] : c.values()[row] & 0xFFFF;
      case Int32Column c -> signed ? c.values()[row] : c.values()[row] & 0xFFFFFFFFL;
      case Int64Column c -> c.values()[row];
      default -> throw new IllegalStateException("an integer of " + bytes + " bytes: " + column);
    };
  }

  private static double real(Column column, int row) {
    return switch (column) {
      case Float32Column c -> Double.parseDouble(Float.toString(c.values()[row]));
      case Float64Column c -> c.values()[row];
      default -> throw new IllegalStateException("no number: " + column);
    };
  }

  private static String decimal(Column column, int row, int scale) {
    return java.math.BigDecimal.valueOf(((Int64Column) column).values()[row], scale)
        .toPlainString();
  }

  private static byte[] bytes(Column column, int row) {
    return ((StringColumn) column).get(row);
  }

  private static Literal text(Column column, int row) {
    return Literal.of(ByteText.decode(bytes(column, row)));
  }

  private static Expression array(ArrayColumn column, int row, DataType element) {
    int from = column.offsets()[row];
    int to = column.offsets()[row + 1];
    Column elements = column.elements().plain().full();
    List<Expression> all = new ArrayList<>();
    for (int i = from; i < to; i++) {
      all.add(inside(elements, i, element));
    }
    return FunctionCall.operator("array", all);
  }

  /** Keys and values as two arrays. */
  private static Expression map(ArrayColumn column, int row, DataType entry) {
    var one = (ArrayColumn) column.slice(row, 1);
    var entries = (TupleColumn) one.elements().plain().full();
    List<Expression> sides = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      Column side = entries.elements().get(i);
      sides.add(
          array(new ArrayColumn(one.offsets(), side, 1), 0, ((TupleType) entry).elements().get(i)));
    }
    return FunctionCall.call("tuple", sides);
  }

  private static Expression tuple(TupleColumn column, int row, TupleType type) {
    List<Expression> all = new ArrayList<>();
    for (int i = 0; i < type.elements().size(); i++) {
      all.add(inside(column.elements().get(i).plain().full(), row, type.elements().get(i)));
    }
    return FunctionCall.call("tuple", all);
  }

  /**
   * Beside values of the other sign a large integer has no common type, so it is written as text.
   */
  private static Expression inside(Column column, int row, DataType type) {
    boolean isLong =
        NullableType.strip(type) instanceof IntegerType t && t.signed() && t.bytes() == 8;
    return isLong && !column.isNullAt(row)
        ? Literal.of(type.textOf(column, row))
        : raw(column, row, type);
  }
}
