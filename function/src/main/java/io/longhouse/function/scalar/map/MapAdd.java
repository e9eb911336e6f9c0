package io.longhouse.function.scalar.map;

import io.longhouse.column.ArrayColumn;
import io.longhouse.column.Column;
import io.longhouse.column.ColumnBuilder;
import io.longhouse.column.TupleColumn;
import io.longhouse.column.type.ArrayType;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.FloatType;
import io.longhouse.column.type.IntegerType;
import io.longhouse.column.type.MapType;
import io.longhouse.column.type.TupleType;
import io.longhouse.function.Argument;
import io.longhouse.function.CommonType;
import io.longhouse.function.FunctionContext;
import io.longhouse.function.FunctionFactory;
import io.longhouse.function.Functions;
import io.longhouse.function.ScalarFunction;
import io.longhouse.function.scalar.Resolved;
import io.longhouse.function.scalar.Rows;
import io.longhouse.function.scalar.Signature;
import io.longhouse.function.scalar.Widening;
import io.longhouse.function.scalar.array.ElementSort;
import io.longhouse.registry.Register;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Maps, or pairs of arrays of keys and values, added or subtracted key by key; the result is in
 * order of keys.
 */
@Register(
    kind = FunctionFactory.class,
    name = "mapAdd",
    category = "Map",
    doc = "The sums of the values of each key over all arguments, in order of keys.")
@Register(
    kind = FunctionFactory.class,
    name = "mapSubtract",
    category = "Map",
    doc = "The first argument's values minus those of the others by key, in order of keys.")
final class MapAdd implements FunctionFactory {
  private final String name;

  MapAdd(String name) {
    this.name = name;
  }

  @Override
  public ScalarFunction resolve(List<Argument> arguments, FunctionContext context) {
    var s = new Signature(name, arguments).atLeast(2);
    boolean maps = s.type(0) instanceof MapType;
    List<DataType> keys = new ArrayList<>();
    List<DataType> values = new ArrayList<>();
    for (int i = 0; i < s.size(); i++) {
      DataType t = s.type(i);
      if (maps && t instanceof MapType m) {
        keys.add(m.key());
        values.add(m.value());
      } else if (!maps
          && t instanceof TupleType p
          && p.elements().size() == 2
          && p.elements().get(0) instanceof ArrayType k
          && p.elements().get(1) instanceof ArrayType v) {
        keys.add(k.element());
        values.add(v.element());
      } else {
        throw new LonghouseException(
            ErrorCode.ILLEGAL_TYPE_OF_ARGUMENT, name + " accepts at least two maps or map tuples");
      }
    }
    DataType key = CommonType.of(keys);
    DataType value = promoted(values.get(0));
    for (DataType v : values) {
      if (!promoted(v).equals(value)) {
        throw new LonghouseException(
            ErrorCode.ILLEGAL_TYPE_OF_ARGUMENT,
            "All value types of " + name + " should be either unsigned, or signed, or float types");
      }
    }
    List<Argument> two = List.of(Argument.of(value), Argument.of(value));
    ScalarFunction plus = Functions.resolve("plus", two, context);
    ScalarFunction minus =
        name.equals("mapSubtract") ? Functions.resolve("minus", two, context) : null;
    DataType result =
        maps
            ? new MapType(key, value)
            : new TupleType(List.of(new ArrayType(key), new ArrayType(value)));
    return Resolved.throwing(
        result, (c, rows) -> evaluate(maps, keys, values, key, value, plus, minus, c, rows));
  }

  private DataType promoted(DataType t) {
    if (t instanceof FloatType) {
      return FloatType.FLOAT64;
    }
    if (t instanceof IntegerType i) {
      return i.bytes() > 8 ? i : IntegerType.of(8, i.signed());
    }
    throw new LonghouseException(
        ErrorCode.ILLEGAL_TYPE_OF_ARGUMENT, name + " cannot add values of type " + t.name());
  }

  /**
   * All entries of a row, in order of keys and of arguments, are taken pair by pair: round k
   * combines the k-th further entry of each key with what the key has so far.
   */
  private Column evaluate(
      boolean maps,
      List<DataType> keyTypes,
      List<DataType> valueTypes,
      DataType key,
      DataType value,
      ScalarFunction plus,
      @Nullable ScalarFunction minus,
      Column[] c,
      int rows) {
    int n = c.length;
    ColumnBuilder allKeys = key.newBuilder(rows);
    ColumnBuilder allValues = value.newBuilder(rows);
    int[][] offsets = new int[n][];
    int[] base = new int[n];
    for (int k = 0; k < n; k++) {
      Maps m = maps ? Maps.of(c[k]) : pair(c[k], rows);
      base[k] = allKeys.size();
      offsets[k] = m.offsets();
      allKeys.appendRange(Widening.widen(m.keys(), keyTypes.get(k), key).full(), 0, m.entries());
      Column more = Widening.widen(m.values(), valueTypes.get(k), value).full();
      if (minus != null && k > 0) {
        // Subtracting is adding what is negated, so that a key of a later argument alone is too.
        Column[] fromZero = {value.defaults(m.entries()), more};
        more = widthKept(minus.evaluate(fromZero, m.entries()), minus.resultType(), value);
      }
      allValues.appendRange(more.full(), 0, m.entries());
    }
    Column keys = allKeys.build();
    int[] joined = new int[rows + 1];
    int[] entries = new int[keys.size()];
    int at = 0;
    for (int r = 0; r < rows; r++) {
      for (int k = 0; k < n; k++) {
        for (int i = base[k] + offsets[k][r]; i < base[k] + offsets[k][r + 1]; i++) {
          entries[at++] = i;
        }
      }
      joined[r + 1] = at;
    }
    Column rowKeys = keys.gather(entries, at);
    Column rowValues = allValues.build().gather(entries, at);
    int[] order = new ElementSort(key, rowKeys, at, 1).sorted(joined, rows);
    rowKeys = rowKeys.gather(order, at);
    rowValues = rowValues.gather(order, at);
    return folded(maps, key, plus, rowKeys, rowValues, joined, rows);
  }

  /** A difference of unsigned numbers is signed and has the same bits. */
  private static Column widthKept(Column c, DataType from, DataType to) {
    return from.equals(to) || to instanceof IntegerType ? c : Widening.widen(c, from, to);
  }

  private static Maps pair(Column c, int rows) {
    TupleColumn t = Rows.tuple(c);
    var keys = (ArrayColumn) t.elements().get(0).full();
    var values = (ArrayColumn) t.elements().get(1).full();
    for (int r = 0; r < rows; r++) {
      if (keys.offsets()[r + 1] != values.offsets()[r + 1]) {
        throw new LonghouseException(
            ErrorCode.BAD_ARGUMENTS, "Keys and values arrays should have same amount of elements");
      }
    }
    return new Maps(keys.offsets(), Rows.elements(keys), Rows.elements(values), rows);
  }

  private static Column folded(
      boolean maps,
      DataType key,
      ScalarFunction combine,
      Column keys,
      Column values,
      int[] joined,
      int rows) {
    int total = joined[rows];
    int[] offsets = new int[rows + 1];
    int[] firsts = new int[total];
    int[] lasts = new int[total];
    int groups = 0;
    for (int r = 0; r < rows; r++) {
      for (int i = joined[r]; i < joined[r + 1]; i++) {
        boolean same = i > joined[r] && key.compare(keys, i, keys, i - 1, 1) == 0;
        if (!same) {
          firsts[groups++] = i;
        }
        lasts[groups - 1] = i;
      }
      offsets[r + 1] = groups;
    }
    Column sums = values.gather(firsts, groups);
    int[] live = new int[groups];
    int[] next = new int[groups];
    for (int step = 1; ; step++) {
      int count = 0;
      for (int g = 0; g < groups; g++) {
        if (firsts[g] + step <= lasts[g]) {
          live[count] = g;
          next[count++] = firsts[g] + step;
        }
      }
      if (count == 0) {
        break;
      }
      Column combined =
          combine
              .evaluate(new Column[] {sums.gather(live, count), values.gather(next, count)}, count)
              .full();
      sums = replaced(sums, combined, live, count);
    }
    Column resultKeys = keys.gather(firsts, groups);
    return maps
        ? Maps.column(offsets, resultKeys, sums, rows)
        : new TupleColumn(
            List.of(
                new ArrayColumn(offsets, resultKeys, rows), new ArrayColumn(offsets, sums, rows)),
            rows);
  }

  /** {@code column} with the values of {@code by} at {@code places}. */
  private static Column replaced(Column column, Column by, int[] places, int count) {
    int n = column.size();
    int[] picks = Rows.identity(n);
    for (int i = 0; i < count; i++) {
      picks[places[i]] = n + i;
    }
    ColumnBuilder both = column.newBuilder(n + count);
    both.appendRange(column, 0, n);
    both.appendRange(by, 0, count);
    return both.build().gather(picks, n);
  }
}
