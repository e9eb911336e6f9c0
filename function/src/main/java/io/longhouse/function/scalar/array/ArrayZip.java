package io.longhouse.function.scalar.array;

import io.longhouse.column.ArrayColumn;
import io.longhouse.column.Column;
import io.longhouse.column.TupleColumn;
import io.longhouse.column.type.ArrayType;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.NullableType;
import io.longhouse.column.type.TupleType;
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
import java.util.ArrayList;
import java.util.List;

/** Arrays side by side as one array of tuples. */
@Register(
    kind = FunctionFactory.class,
    name = "arrayZip",
    category = "Array",
    doc =
        "An array of tuples of the elements that stand at equal places of arrays of equal length.")
@Register(
    kind = FunctionFactory.class,
    name = "arrayZipUnaligned",
    category = "Array",
    doc = "As arrayZip, with NULL where an array is shorter.")
final class ArrayZip implements FunctionFactory {
  private final String name;

  ArrayZip(String name) {
    this.name = name;
  }

  @Override
  public ScalarFunction resolve(List<Argument> arguments, FunctionContext context) {
    var s = new Signature(name, arguments);
    boolean unaligned = name.equals("arrayZipUnaligned");
    List<DataType> types = new ArrayList<>();
    for (int i = 0; i < s.size(); i++) {
      DataType e = s.array(i).element();
      types.add(unaligned ? NullableType.orSame(e) : e);
    }
    DataType result = new ArrayType(new TupleType(types));
    if (s.size() == 0) {
      return Resolved.of(result, (_, rows) -> result.defaults(rows));
    }
    return Resolved.throwing(
        result, (c, rows) -> unaligned ? unaligned(s, types, c, rows) : aligned(c, rows));
  }

  private Column aligned(Column[] c, int rows) {
    ArrayColumn first = Rows.array(c[0]);
    List<Column> elements = new ArrayList<>();
    for (int i = 0; i < c.length; i++) {
      ArrayColumn a = Rows.array(c[i]);
      for (int r = 0; r < rows; r++) {
        if (a.offsets()[r + 1] != first.offsets()[r + 1]) {
          throw new LonghouseException(
              ErrorCode.SIZES_OF_ARRAYS_DONT_MATCH,
              "The argument 1 and argument "
                  + (i + 1)
                  + " of function "
                  + name
                  + " have different array sizes");
        }
      }
      elements.add(Rows.elements(a));
    }
    return new ArrayColumn(first.offsets(), new TupleColumn(elements, first.offsets()[rows]), rows);
  }

  private static Column unaligned(Signature s, List<DataType> types, Column[] c, int rows) {
    int[] offsets = new int[rows + 1];
    ArrayColumn[] arrays = new ArrayColumn[c.length];
    for (int k = 0; k < c.length; k++) {
      arrays[k] = Rows.array(c[k]);
    }
    for (int r = 0; r < rows; r++) {
      int longest = 0;
      for (ArrayColumn a : arrays) {
        longest = Math.max(longest, a.lengthAt(r));
      }
      offsets[r + 1] = Math.addExact(offsets[r], longest);
    }
    List<Column> elements = new ArrayList<>();
    for (int k = 0; k < c.length; k++) {
      int[] o = arrays[k].offsets();
      int[] picks = new int[offsets[rows]];
      for (int r = 0; r < rows; r++) {
        for (int i = offsets[r]; i < offsets[r + 1]; i++) {
          int at = o[r] + i - offsets[r];
          picks[i] = at < o[r + 1] ? at : Picker.DEFAULT;
        }
      }
      Column e =
          Widening.widen(Rows.elements(arrays[k]), s.array(k).element(), types.get(k)).full();
      elements.add(Picker.gatherOrDefault(types.get(k), e, picks, picks.length));
    }
    return new ArrayColumn(offsets, new TupleColumn(elements, offsets[rows]), rows);
  }
}
