package io.longhouse.function.scalar.map;

import io.longhouse.column.ArrayColumn;
import io.longhouse.column.Column;
import io.longhouse.column.TupleColumn;
import io.longhouse.column.type.ArrayType;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.IntegerType;
import io.longhouse.column.type.MapType;
import io.longhouse.column.type.TupleType;
import io.longhouse.function.Argument;
import io.longhouse.function.FunctionContext;
import io.longhouse.function.FunctionFactory;
import io.longhouse.function.ScalarFunction;
import io.longhouse.function.scalar.NumberColumns;
import io.longhouse.function.scalar.Resolved;
import io.longhouse.function.scalar.Rows;
import io.longhouse.function.scalar.Signature;
import io.longhouse.function.scalar.array.Picker;
import io.longhouse.registry.Register;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import java.util.Arrays;
import java.util.List;

/** Integer keys without gaps, up to a largest key that may be given. */
@Register(
    kind = FunctionFactory.class,
    name = "mapPopulateSeries",
    category = "Map",
    doc =
        "A map, or arrays of keys and values, with the integer keys between filled in with zeros.")
final class MapPopulateSeries implements FunctionFactory {
  private static final long KEYS_MAX = 1 << 24;

  @Override
  public ScalarFunction resolve(List<Argument> arguments, FunctionContext context) {
    boolean map = !arguments.isEmpty() && arguments.get(0).type() instanceof MapType;
    int parts = map ? 1 : 2;
    var s = new Signature("mapPopulateSeries", arguments).between(parts, parts + 1);
    DataType key = map ? s.map(0).key() : s.array(0).element();
    DataType value = map ? s.map(0).value() : s.array(1).element();
    if (!(key instanceof IntegerType k) || k.bytes() > 8 || !(value instanceof IntegerType)) {
      throw s.illegal(0, "must have integer keys and values");
    }
    boolean limited = s.size() > parts;
    boolean signedLimit = limited && s.integer(parts).signed();
    DataType result =
        map ? s.type(0) : new TupleType(List.of(new ArrayType(key), new ArrayType(value)));
    return Resolved.throwing(
        result,
        (c, rows) -> {
          Maps m = map ? Maps.of(c[0]) : arrays(c, rows);
          long[] limit = limited ? Rows.longs(c[parts], signedLimit) : new long[1];
          int mask = limited ? Rows.mask(c[parts]) : 0;
          return populate(map, m, k, value, limited, limit, mask, rows);
        });
  }

  private static Maps arrays(Column[] c, int rows) {
    ArrayColumn keys = Rows.array(c[0]);
    ArrayColumn values = Rows.array(c[1]);
    for (int r = 0; r < rows; r++) {
      if (keys.offsets()[r + 1] != values.offsets()[r + 1]) {
        throw new LonghouseException(
            ErrorCode.SIZES_OF_ARRAYS_DONT_MATCH,
            "Keys and values arrays should have same amount of elements");
      }
    }
    return new Maps(keys.offsets(), Rows.elements(keys), Rows.elements(values), rows);
  }

  private static Column populate(
      boolean map,
      Maps m,
      IntegerType key,
      DataType value,
      boolean limited,
      long[] limits,
      int mask,
      int rows) {
    long[] keys = Rows.longs(m.keys(), key.signed());
    int[] o = m.offsets();
    var values = new Picker(rows, m.entries());
    int[] offsets = new int[rows + 1];
    long[] series = new long[Math.max(8, m.entries())];
    int count = 0;
    for (int r = 0; r < rows; r++) {
      if (o[r] < o[r + 1]) {
        long min = keys[o[r]];
        long max = min;
        for (int i = o[r]; i < o[r + 1]; i++) {
          min = Math.min(min, keys[i]);
          max = Math.max(max, keys[i]);
        }
        max = limited ? limits[r & mask] : max;
        long n = max < min ? 0 : max - min + 1;
        if (n < 0 || n > KEYS_MAX) {
          throw new LonghouseException(
              ErrorCode.TOO_LARGE_ARRAY_SIZE, "Max array size in the result map is exceeded");
        }
        int[] places = new int[(int) n];
        Arrays.fill(places, Picker.DEFAULT);
        for (int i = o[r + 1] - 1; i >= o[r]; i--) {
          if (keys[i] <= max) {
            places[(int) (keys[i] - min)] = i;
          }
        }
        series = Arrays.copyOf(series, Math.max(series.length, (count + (int) n) * 2));
        for (int k = 0; k < n; k++) {
          values.pick(places[k]);
          series[count++] = min + k;
        }
      }
      values.endRow();
      offsets[r + 1] = count;
    }
    ArrayColumn v = values.build(m.values(), value);
    Column k = NumberColumns.narrowed(series, count, key.bytes());
    return map
        ? Maps.column(offsets, k, v.elements(), rows)
        : new TupleColumn(List.of(new ArrayColumn(offsets, k, rows), v), rows);
  }
}
