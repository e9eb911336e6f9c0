package io.longhouse.function.scalar.array;

import io.longhouse.column.ArrayColumn;
import io.longhouse.column.Column;
import io.longhouse.column.ConstColumn;
import io.longhouse.column.TupleColumn;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.MapType;
import io.longhouse.column.type.NullableType;
import io.longhouse.function.Argument;
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
import java.util.List;

/** {@code a[i]}: counted from 1, or from the end when negative; of a map, by key. */
@Register(
    kind = FunctionFactory.class,
    name = "arrayElement",
    category = "Array",
    doc = "The element at an index from 1, or from the end when negative; the default outside.")
@Register(
    kind = FunctionFactory.class,
    name = "arrayElementOrNull",
    category = "Array",
    doc = "The element at an index from 1, or from the end when negative; NULL outside.")
final class ArrayElement implements FunctionFactory {
  private final String name;

  ArrayElement(String name) {
    this.name = name;
  }

  @Override
  public ScalarFunction resolve(List<Argument> arguments, FunctionContext context) {
    var s = new Signature(name, arguments).count(2);
    boolean orNull = name.endsWith("OrNull");
    if (s.type(0) instanceof MapType map) {
      DataType result = orNull ? NullableType.orSame(map.value()) : map.value();
      var match = ElementMatch.of(map.key(), s.type(1), context);
      return Resolved.of(result, (c, rows) -> mapValue(map, result, match, c, rows));
    }
    DataType element = s.array(0).element();
    DataType result = orNull ? NullableType.orSame(element) : element;
    boolean signed = s.integer(1).signed();
    return Resolved.throwing(result, (c, rows) -> element(element, result, signed, c, rows));
  }

  private static Column element(
      DataType type, DataType result, boolean signed, Column[] c, int rows) {
    long[] index = Rows.longs(c[1], signed);
    int mask = Rows.mask(c[1]);
    boolean constantArray = c[0] instanceof ConstColumn;
    if (mask == 0 && !constantArray && index[0] == 0) {
      throw new LonghouseException(
          ErrorCode.ZERO_ARRAY_OR_TUPLE_INDEX, "Array indices are 1-based");
    }
    var a = (ArrayColumn) (constantArray ? ((ConstColumn) c[0]).value() : c[0]);
    int arrayMask = constantArray ? 0 : -1;
    int[] offsets = a.offsets();
    int[] picks = new int[rows];
    int outside = 0;
    for (int r = 0; r < rows; r++) {
      int from = offsets[r & arrayMask];
      int length = offsets[(r & arrayMask) + 1] - from;
      long i = index[r & mask];
      // An unsigned index above 2^63 is as far outside as a large negative one.
      long at = i > 0 ? i - 1 : i + length;
      boolean inside = i != 0 && at >= 0 && at < length && (signed || i > 0);
      picks[r] = inside ? from + (int) at : Picker.DEFAULT;
      outside |= picks[r];
    }
    Column elements = Widening.widen(a.elements(), type, result);
    return outside >= 0
        ? elements.gather(picks, rows)
        : Picker.gatherOrDefault(result, elements, picks, rows);
  }

  private static Column mapValue(
      MapType map, DataType result, ElementMatch match, Column[] c, int rows) {
    ArrayColumn a = Rows.array(c[0]);
    var entries = (TupleColumn) Rows.elements(a);
    byte[] hits = match.hits(entries.elements().get(0).full(), a.offsets(), c[1], rows);
    int[] picks = new int[rows];
    int[] offsets = a.offsets();
    for (int r = 0; r < rows; r++) {
      int i = offsets[r];
      int end = offsets[r + 1];
      while (i < end && hits[i] == 0) {
        i++;
      }
      picks[r] = i < end ? i : Picker.DEFAULT;
    }
    Column values = Widening.widen(entries.elements().get(1).full(), map.value(), result);
    return Picker.gatherOrDefault(result, values, picks, rows);
  }
}
