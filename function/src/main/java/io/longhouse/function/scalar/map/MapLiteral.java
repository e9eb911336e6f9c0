package io.longhouse.function.scalar.map;

import io.longhouse.column.ArrayColumn;
import io.longhouse.column.Column;
import io.longhouse.column.ColumnBuilder;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.LowCardinalityType;
import io.longhouse.column.type.MapType;
import io.longhouse.column.type.NullableType;
import io.longhouse.function.Argument;
import io.longhouse.function.CommonType;
import io.longhouse.function.FunctionContext;
import io.longhouse.function.FunctionFactory;
import io.longhouse.function.ScalarFunction;
import io.longhouse.function.scalar.Resolved;
import io.longhouse.function.scalar.Rows;
import io.longhouse.function.scalar.Signature;
import io.longhouse.function.scalar.Widening;
import io.longhouse.registry.Register;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import java.util.ArrayList;
import java.util.List;

/** Maps out of single keys and values, or out of two arrays. */
@Register(
    kind = FunctionFactory.class,
    name = "map",
    category = "Map",
    doc = "A map of the arguments, taken as key, value, key, value and so on.")
@Register(
    kind = FunctionFactory.class,
    name = "mapFromArrays",
    aliases = "MAP_FROM_ARRAYS",
    category = "Map",
    doc = "A map of an array of keys and an array of values of the same length.")
final class MapLiteral implements FunctionFactory {
  private final String name;

  MapLiteral(String name) {
    this.name = name;
  }

  @Override
  public ScalarFunction resolve(List<Argument> arguments, FunctionContext context) {
    var s = new Signature(name, arguments);
    return name.equals("map") ? literal(s) : fromArrays(s.count(2));
  }

  private ScalarFunction literal(Signature s) {
    if (s.size() % 2 != 0) {
      throw new LonghouseException(
          ErrorCode.NUMBER_OF_ARGUMENTS_DOESNT_MATCH,
          "Function map requires an even number of arguments, but " + s.size() + " given");
    }
    List<DataType> keys = new ArrayList<>();
    List<DataType> values = new ArrayList<>();
    for (int i = 0; i < s.size(); i += 2) {
      keys.add(s.type(i));
      values.add(s.type(i + 1));
    }
    DataType key = checkedKey(CommonType.of(keys));
    DataType value = CommonType.orVariant(values);
    int n = keys.size();
    return Resolved.of(
        new MapType(key, value),
        (c, rows) -> {
          int[] offsets = new int[rows + 1];
          int[] picks = new int[n * rows];
          for (int r = 0; r < rows; r++) {
            offsets[r + 1] = (r + 1) * n;
            for (int k = 0; k < n; k++) {
              picks[r * n + k] = k * rows + r;
            }
          }
          return Maps.column(
              offsets,
              stacked(c, keys, key, 0, rows).gather(picks, n * rows),
              stacked(c, values, value, 1, rows).gather(picks, n * rows),
              rows);
        });
  }

  static DataType checkedKey(DataType key) {
    if (LowCardinalityType.strip(key) instanceof NullableType) {
      throw new LonghouseException(
          ErrorCode.BAD_ARGUMENTS, "Map cannot have a key of type " + key.name());
    }
    return key;
  }

  /** Every second argument from {@code first} on, one behind the other. */
  private static Column stacked(
      Column[] c, List<DataType> types, DataType to, int first, int rows) {
    ColumnBuilder all = to.newBuilder(Math.multiplyExact(types.size(), rows));
    for (int i = 0; i < types.size(); i++) {
      all.appendRange(Widening.widen(c[2 * i + first], types.get(i), to).full(), 0, rows);
    }
    return all.build();
  }

  private static ScalarFunction fromArrays(Signature s) {
    DataType key = s.type(0) instanceof MapType m ? m.entries().element() : s.array(0).element();
    DataType value = s.type(1) instanceof MapType m ? m.entries().element() : s.array(1).element();
    return Resolved.throwing(
        new MapType(checkedKey(key), value),
        (c, rows) -> {
          ArrayColumn keys = Rows.array(c[0]);
          ArrayColumn values = Rows.array(c[1]);
          for (int r = 0; r < rows; r++) {
            if (keys.offsets()[r + 1] != values.offsets()[r + 1]) {
              throw new LonghouseException(
                  ErrorCode.SIZES_OF_ARRAYS_DONT_MATCH,
                  "Key and value arguments should have same amount of elements");
            }
          }
          return Maps.column(keys.offsets(), Rows.elements(keys), Rows.elements(values), rows);
        });
  }

  @Override
  public boolean handlesNulls() {
    return true;
  }

  @Override
  public boolean handlesLowCardinality() {
    return true;
  }
}
