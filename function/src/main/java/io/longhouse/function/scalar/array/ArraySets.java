package io.longhouse.function.scalar.array;

import io.longhouse.column.ArrayColumn;
import io.longhouse.column.Column;
import io.longhouse.column.ColumnBuilder;
import io.longhouse.column.type.ArrayType;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.LowCardinalityType;
import io.longhouse.column.type.NothingType;
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
import java.util.Arrays;
import java.util.List;

/** Arrays as sets; the results keep the order of first appearance. */
@Register(
    kind = FunctionFactory.class,
    name = "arrayIntersect",
    category = "Array",
    doc = "The values that all arrays have.")
@Register(
    kind = FunctionFactory.class,
    name = "arrayUnion",
    category = "Array",
    doc = "The values that any of the arrays has.")
@Register(
    kind = FunctionFactory.class,
    name = "arraySymmetricDifference",
    category = "Array",
    doc = "The values that some of the arrays have and not all.")
@Register(
    kind = FunctionFactory.class,
    name = "arrayExcept",
    category = "Array",
    doc = "The elements of the first array that are not in the second, repetitions kept.")
final class ArraySets implements FunctionFactory {
  private final String name;

  ArraySets(String name) {
    this.name = name;
  }

  @Override
  public ScalarFunction resolve(List<Argument> arguments, FunctionContext context) {
    boolean except = name.equals("arrayExcept");
    var s = new Signature(name, arguments).between(except ? 2 : 1, except ? 2 : Integer.MAX_VALUE);
    DataType common = LowCardinalityType.strip(s.array(0).element());
    for (int i = 1; i < s.size(); i++) {
      common = CommonType.of(common, s.array(i).element());
    }
    boolean empty =
        name.equals("arrayIntersect")
            && arguments.stream().anyMatch(a -> isArrayOfNothing(a.type()));
    DataType element = common;
    if (empty) {
      DataType nothing = new ArrayType(NothingType.TYPE);
      return Resolved.of(nothing, (_, rows) -> nothing.defaults(rows));
    }
    return Resolved.of(
        new ArrayType(except ? LowCardinalityType.strip(s.array(0).element()) : element),
        (c, rows) -> evaluate(s, element, c, rows));
  }

  private static boolean isArrayOfNothing(DataType t) {
    return t instanceof ArrayType a && a.element() instanceof NothingType;
  }

  private Column evaluate(Signature s, DataType element, Column[] c, int rows) {
    int n = c.length;
    int[][] offsets = new int[n][];
    int[] base = new int[n];
    ColumnBuilder all = element.newBuilder(rows);
    for (int k = 0; k < n; k++) {
      ArrayColumn a = Rows.array(c[k]);
      offsets[k] = a.offsets();
      base[k] = all.size();
      Column e = Widening.widen(Rows.elements(a), s.array(k).element(), element).full();
      all.appendRange(e, 0, e.size());
    }
    Column values = all.build();
    ValueIds ids = ValueIds.of(values);
    var picker = new Picker(rows, offsets[0][rows]);
    if (name.equals("arrayExcept")) {
      except(ids, offsets, base, picker, rows);
      ArrayColumn first = Rows.array(c[0]);
      return picker.build(
          Rows.elements(first).plain(), LowCardinalityType.strip(s.array(0).element()));
    }
    int wantedMin = name.equals("arrayIntersect") ? n : 1;
    int wantedMax = name.equals("arraySymmetricDifference") ? n - 1 : n;
    pickByCount(ids, offsets, base, picker, rows, wantedMin, wantedMax);
    return picker.build(values, element);
  }

  private static void except(ValueIds ids, int[][] offsets, int[] base, Picker picker, int rows) {
    int[] seenIn = new int[ids.distinct()];
    Arrays.fill(seenIn, -1);
    for (int r = 0; r < rows; r++) {
      for (int i = base[1] + offsets[1][r]; i < base[1] + offsets[1][r + 1]; i++) {
        seenIn[ids.ids()[i]] = r;
      }
      for (int i = offsets[0][r]; i < offsets[0][r + 1]; i++) {
        if (seenIn[ids.ids()[i]] != r) {
          picker.pick(i);
        }
      }
      picker.endRow();
    }
  }

  /** Picks each value once that is in at least {@code min} and at most {@code max} arrays. */
  private static void pickByCount(
      ValueIds ids, int[][] offsets, int[] base, Picker picker, int rows, int min, int max) {
    int n = offsets.length;
    long[] lastSeen = new long[ids.distinct()];
    Arrays.fill(lastSeen, -1);
    int[] arrays = new int[ids.distinct()];
    int[] pickedIn = new int[ids.distinct()];
    Arrays.fill(pickedIn, -1);
    for (int r = 0; r < rows; r++) {
      for (int k = 0; k < n; k++) {
        long turn = (long) r * n + k;
        for (int i = base[k] + offsets[k][r]; i < base[k] + offsets[k][r + 1]; i++) {
          int id = ids.ids()[i];
          if (lastSeen[id] != turn) {
            arrays[id] = lastSeen[id] >= (long) r * n ? arrays[id] + 1 : 1;
            lastSeen[id] = turn;
          }
        }
      }
      for (int k = 0; k < n; k++) {
        for (int i = base[k] + offsets[k][r]; i < base[k] + offsets[k][r + 1]; i++) {
          int id = ids.ids()[i];
          if (pickedIn[id] != r && arrays[id] >= min && arrays[id] <= max) {
            pickedIn[id] = r;
            picker.pick(i);
          }
        }
      }
      picker.endRow();
    }
  }
}
