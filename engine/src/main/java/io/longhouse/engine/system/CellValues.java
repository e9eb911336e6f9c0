package io.longhouse.engine.system;

import io.longhouse.column.ArrayColumn;
import io.longhouse.column.ByteReader;
import io.longhouse.column.ColumnBuilder;
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
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.DateTimeType;
import io.longhouse.column.type.EnumType;
import io.longhouse.column.type.FormatSettings;
import io.longhouse.column.type.MapType;
import io.longhouse.column.type.NullableType;
import io.longhouse.column.type.SimpleAggregateFunctionType;
import io.longhouse.column.type.TextForm;
import io.longhouse.column.type.TupleType;
import io.longhouse.sql.ByteText;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Values of Java's as values of a column, for the small tables that are made of objects. */
public final class CellValues {
  private CellValues() {}

  /**
   * Appends one value: a Number for numbers, a String for text and enums (and for any other type in
   * its text form), a Boolean, an Instant for DateTime, a List for arrays and tuples, a Map, null
   * for NULL or the type's default.
   */
  public static void append(@Nullable Object value, DataType named, ColumnBuilder out) {
    DataType type = SimpleAggregateFunctionType.strip(named);
    if (value == null) {
      out.appendDefault(1);
      return;
    }
    switch (out) {
      case StringColumn.Builder b -> b.add(ByteText.encode(value.toString()));
      case NullableColumn.Builder b -> {
        append(value, ((NullableType) type).nested(), b.values());
        b.addedValue();
      }
      case ArrayColumn.Builder b -> {
        array(value, type, b);
        b.endRow();
      }
      case TupleColumn.Builder b -> tuple((List<?>) value, (TupleType) type, b);
      default -> number(value, type, out);
    }
  }

  private static void array(Object value, DataType written, ArrayColumn.Builder out) {
    DataType type = SimpleAggregateFunctionType.strip(written);
    if (type instanceof MapType m) {
      var entry = (TupleColumn.Builder) out.elements();
      TupleType types = (TupleType) m.entries().element();
      for (Map.Entry<?, ?> e : ((Map<?, ?>) value).entrySet()) {
        tuple(List.of(e.getKey(), e.getValue()), types, entry);
      }
      return;
    }
    DataType element = ((ArrayType) type).element();
    for (Object o : (Iterable<?>) value) {
      append(o, element, out.elements());
    }
  }

  private static void tuple(List<?> values, TupleType type, TupleColumn.Builder out) {
    for (int i = 0; i < values.size(); i++) {
      append(values.get(i), type.elements().get(i), out.elements().get(i));
    }
    out.addedRow();
  }

  private static void number(Object value, DataType type, ColumnBuilder out) {
    Number n =
        switch (value) {
          case Boolean b -> b ? 1 : 0;
          case Instant t when type instanceof DateTimeType -> t.getEpochSecond();
          case Number x when !(type instanceof EnumType) -> x;
          default -> null;
        };
    if (n == null) {
      read(value.toString(), type, out);
      return;
    }
    switch (out) {
      case Int8Column.Builder b -> b.add(n.byteValue());
      case Int16Column.Builder b -> b.add(n.shortValue());
      case Int32Column.Builder b -> b.add(n.intValue());
      case Int64Column.Builder b -> b.add(n.longValue());
      case Float32Column.Builder b -> b.add(n.floatValue());
      case Float64Column.Builder b -> b.add(n.doubleValue());
      default -> read(value.toString(), type, out);
    }
  }

  private static void read(String text, DataType type, ColumnBuilder out) {
    type.readText(new ByteReader(ByteText.encode(text)), TextForm.RAW, FormatSettings.DEFAULT, out);
  }
}
