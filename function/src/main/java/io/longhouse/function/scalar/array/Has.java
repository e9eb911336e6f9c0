package io.longhouse.function.scalar.array;

import io.longhouse.column.ArrayColumn;
import io.longhouse.column.Column;
import io.longhouse.column.Int64Column;
import io.longhouse.column.Int8Column;
import io.longhouse.column.TupleColumn;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.IntegerType;
import io.longhouse.column.type.MapType;
import io.longhouse.function.Argument;
import io.longhouse.function.FunctionContext;
import io.longhouse.function.FunctionFactory;
import io.longhouse.function.ScalarFunction;
import io.longhouse.function.scalar.Resolved;
import io.longhouse.function.scalar.Rows;
import io.longhouse.function.scalar.Signature;
import io.longhouse.registry.Register;
import java.util.List;

/** Whether, where and how often an array holds a value. */
@Register(
    kind = FunctionFactory.class,
    name = "has",
    category = "Array",
    doc = "Whether an array holds a value, or a map a key.")
@Register(
    kind = FunctionFactory.class,
    name = "indexOf",
    category = "Array",
    doc = "The index from 1 of a value's first occurrence in an array; 0 when there is none.")
@Register(
    kind = FunctionFactory.class,
    name = "indexOfAssumeSorted",
    category = "Array",
    doc = "As indexOf, for an array in ascending order.")
@Register(
    kind = FunctionFactory.class,
    name = "countEqual",
    category = "Array",
    doc = "How many elements of an array equal a value.")
final class Has implements FunctionFactory {
  private final String name;

  Has(String name) {
    this.name = name;
  }

  @Override
  public ScalarFunction resolve(List<Argument> arguments, FunctionContext context) {
    var s = new Signature(name, arguments).count(2);
    boolean ofMap = name.equals("has") && s.type(0) instanceof MapType;
    DataType element = s.type(0) instanceof MapType m && ofMap ? m.key() : s.array(0).element();
    var match = ElementMatch.of(element, s.type(1), context);
    return Resolved.of(
        name.equals("has") ? IntegerType.UINT8 : IntegerType.UINT64,
        (c, rows) -> {
          ArrayColumn a = Rows.array(c[0]);
          Column elements = Rows.elements(a);
          if (ofMap) {
            elements = ((TupleColumn) elements).elements().get(0).full();
          }
          byte[] hits = match.hits(elements, a.offsets(), c[1], rows);
          return switch (name) {
            case "has" -> any(hits, a.offsets(), rows);
            case "countEqual" -> count(hits, a.offsets(), rows);
            default -> first(hits, a.offsets(), rows);
          };
        });
  }

  private static Column any(byte[] hits, int[] offsets, int rows) {
    byte[] out = new byte[rows];
    for (int r = 0; r < rows; r++) {
      int found = 0;
      for (int i = offsets[r], end = offsets[r + 1]; i < end; i++) {
        found |= hits[i];
      }
      out[r] = (byte) found;
    }
    return new Int8Column(out, rows);
  }

  private static Column count(byte[] hits, int[] offsets, int rows) {
    long[] out = new long[rows];
    for (int r = 0; r < rows; r++) {
      int n = 0;
      for (int i = offsets[r], end = offsets[r + 1]; i < end; i++) {
        n += hits[i];
      }
      out[r] = n;
    }
    return new Int64Column(out, rows);
  }

  private static Column first(byte[] hits, int[] offsets, int rows) {
    long[] out = new long[rows];
    for (int r = 0; r < rows; r++) {
      int i = offsets[r];
      int end = offsets[r + 1];
      while (i < end && hits[i] == 0) {
        i++;
      }
      out[r] = i < end ? i - offsets[r] + 1 : 0;
    }
    return new Int64Column(out, rows);
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
