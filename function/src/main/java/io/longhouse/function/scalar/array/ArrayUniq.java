package io.longhouse.function.scalar.array;

import io.longhouse.column.ArrayColumn;
import io.longhouse.column.Column;
import io.longhouse.column.Int32Column;
import io.longhouse.column.type.ArrayType;
import io.longhouse.column.type.IntegerType;
import io.longhouse.function.Argument;
import io.longhouse.function.FunctionContext;
import io.longhouse.function.FunctionFactory;
import io.longhouse.function.ScalarFunction;
import io.longhouse.function.scalar.Resolved;
import io.longhouse.function.scalar.Rows;
import io.longhouse.function.scalar.Signature;
import io.longhouse.registry.Register;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import java.util.Arrays;
import java.util.List;

/** Different elements of one array, or of several side by side as tuples, counted or numbered. */
@Register(
    kind = FunctionFactory.class,
    name = "arrayUniq",
    category = "Array",
    doc = "How many different elements an array has; of several arrays, different tuples.")
@Register(
    kind = FunctionFactory.class,
    name = "arrayEnumerateUniq",
    category = "Array",
    doc = "For each element, its how-many-th occurrence it is, counted from 1.")
@Register(
    kind = FunctionFactory.class,
    name = "arrayEnumerateDense",
    category = "Array",
    doc = "For each element, the number of its value, values numbered from 1 as they appear.")
final class ArrayUniq implements FunctionFactory {
  private final String name;

  ArrayUniq(String name) {
    this.name = name;
  }

  @Override
  public ScalarFunction resolve(List<Argument> arguments, FunctionContext context) {
    var s = new Signature(name, arguments).atLeast(1);
    for (int i = 0; i < s.size(); i++) {
      s.array(i);
    }
    if (name.equals("arrayUniq")) {
      return Resolved.throwing(
          IntegerType.UINT32,
          (c, rows) -> {
            ArrayColumn a = Rows.array(c[0]);
            return count(idsOfTuples(name, c, rows), a.offsets(), rows);
          });
    }
    boolean dense = name.equals("arrayEnumerateDense");
    return Resolved.throwing(
        new ArrayType(IntegerType.UINT32),
        (c, rows) -> {
          int[] o = Rows.array(c[0]).offsets();
          ValueIds ids = idsOfTuples(name, c, rows);
          int[] out = dense ? dense(ids, o, rows) : occurrences(ids, o, rows);
          return new ArrayColumn(o, new Int32Column(out, out.length), rows);
        });
  }

  /** Numbers of the tuples that arrays of equal lengths make side by side. */
  static ValueIds idsOfTuples(String function, Column[] c, int rows) {
    ArrayColumn first = Rows.array(c[0]);
    ValueIds ids = ValueIds.of(Rows.elements(first));
    for (int i = 1; i < c.length; i++) {
      ArrayColumn next = Rows.array(c[i]);
      requireEqualLengths(function, first, next, i, rows);
      ids = ids.paired(ValueIds.of(Rows.elements(next)));
    }
    return ids;
  }

  static void requireEqualLengths(
      String function, ArrayColumn first, ArrayColumn other, int argument, int rows) {
    for (int r = 0; r < rows; r++) {
      if (first.offsets()[r + 1] != other.offsets()[r + 1]) {
        throw new LonghouseException(
            ErrorCode.SIZES_OF_ARRAYS_DONT_MATCH,
            "Arrays passed to "
                + function
                + " must have equal size. Argument "
                + (argument + 1)
                + " has size "
                + other.lengthAt(r)
                + " which differs with the size of another argument, "
                + first.lengthAt(r));
      }
    }
  }

  private static Column count(ValueIds ids, int[] o, int rows) {
    int[] seenIn = new int[ids.distinct()];
    Arrays.fill(seenIn, -1);
    int[] out = new int[rows];
    for (int r = 0; r < rows; r++) {
      int n = 0;
      for (int i = o[r]; i < o[r + 1]; i++) {
        int id = ids.ids()[i];
        n += seenIn[id] == r ? 0 : 1;
        seenIn[id] = r;
      }
      out[r] = n;
    }
    return new Int32Column(out, rows);
  }

  private static int[] occurrences(ValueIds ids, int[] o, int rows) {
    int[] seenIn = new int[ids.distinct()];
    Arrays.fill(seenIn, -1);
    int[] times = new int[ids.distinct()];
    int[] out = new int[o[rows]];
    for (int r = 0; r < rows; r++) {
      for (int i = o[r]; i < o[r + 1]; i++) {
        int id = ids.ids()[i];
        times[id] = seenIn[id] == r ? times[id] + 1 : 1;
        seenIn[id] = r;
        out[i] = times[id];
      }
    }
    return out;
  }

  private static int[] dense(ValueIds ids, int[] o, int rows) {
    int[] seenIn = new int[ids.distinct()];
    Arrays.fill(seenIn, -1);
    int[] number = new int[ids.distinct()];
    int[] out = new int[o[rows]];
    for (int r = 0; r < rows; r++) {
      int next = 1;
      for (int i = o[r]; i < o[r + 1]; i++) {
        int id = ids.ids()[i];
        if (seenIn[id] != r) {
          seenIn[id] = r;
          number[id] = next++;
        }
        out[i] = number[id];
      }
    }
    return out;
  }
}
