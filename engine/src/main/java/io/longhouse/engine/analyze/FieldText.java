package io.longhouse.engine.analyze;

import io.longhouse.column.ArrayColumn;
import io.longhouse.column.Column;
import io.longhouse.column.NullableColumn;
import io.longhouse.column.TupleColumn;
import io.longhouse.column.type.ArrayType;
import io.longhouse.column.type.BoolType;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.Date32Type;
import io.longhouse.column.type.DateTime64Type;
import io.longhouse.column.type.DateTimeType;
import io.longhouse.column.type.DateType;
import io.longhouse.column.type.EnumType;
import io.longhouse.column.type.FloatType;
import io.longhouse.column.type.IntegerType;
import io.longhouse.column.type.IntervalType;
import io.longhouse.column.type.LowCardinalityType;
import io.longhouse.column.type.MapType;
import io.longhouse.column.type.NullableType;
import io.longhouse.column.type.Numbers;
import io.longhouse.column.type.TupleType;
import io.longhouse.sql.Quoting;
import io.longhouse.sql.ast.NumberLiteral;
import io.longhouse.sql.format.ColumnNames;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/** A value as ClickHouse's internal fields print: dates are numbers, decimals quoted digits. */
final class FieldText {
  private FieldText() {}

  /** The text of a column's only value. */
  static String of(Column value, DataType type) {
    return of(value.plain().full(), 0, type);
  }

  private static String of(Column column, int row, DataType type) {
    if (column.isNullAt(row)) {
      return "NULL";
    }
    Column values = column instanceof NullableColumn n ? n.values() : column;
    DataType t = NullableType.strip(LowCardinalityType.strip(type));
    return switch (t) {
      case FloatType _ -> real(values, row);
      case IntegerType i when i.bytes() <= 8 -> t.textOf(values, row);
      case BoolType _, DateType _ -> Long.toString(number(values, row, false));
      case DateTimeType _ -> Long.toString(number(values, row, false));
      case Date32Type _, EnumType _, IntervalType _ -> Long.toString(number(values, row, true));
      case DateTime64Type d -> {
        var ticks = BigDecimal.valueOf(number(values, row, true), d.scale());
        yield "'" + ticks.stripTrailingZeros().toPlainString() + "'";
      }
      case ArrayType a -> "[" + elements((ArrayColumn) values, row, a.element()) + "]";
      case MapType m -> of(values, row, m.entries());
      case TupleType u -> tuple((TupleColumn) values, row, u);
      default -> Quoting.string(t.textOf(values, row));
    };
  }

  private static String real(Column column, int row) {
    double[] value = new double[1];
    Numbers.toDoubles(column, row, 1, true, value);
    return ColumnNames.of(NumberLiteral.of(value[0]));
  }

  private static long number(Column column, int row, boolean signed) {
    long[] value = new long[1];
    Numbers.toLongs(column, row, 1, signed, value);
    return value[0];
  }

  private static String elements(ArrayColumn array, int row, DataType type) {
    List<String> texts = new ArrayList<>();
    Column values = array.elements().plain().full();
    for (int i = array.offsets()[row]; i < array.offsets()[row + 1]; i++) {
      texts.add(of(values, i, type));
    }
    return String.join(", ", texts);
  }

  private static String tuple(TupleColumn tuple, int row, TupleType type) {
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < type.elements().size(); i++) {
      texts.add(of(tuple.elements().get(i).plain().full(), row, type.elements().get(i)));
    }
    return (texts.size() < 2 ? "tuple(" : "(") + String.join(", ", texts) + ")";
  }
}
