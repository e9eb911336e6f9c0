package io.longhouse.function.scalar.array;

import io.longhouse.column.ArrayColumn;
import io.longhouse.column.Column;
import io.longhouse.column.type.ArrayType;
import io.longhouse.column.type.DataType;
import io.longhouse.function.Argument;
import io.longhouse.function.FunctionContext;
import io.longhouse.function.FunctionFactory;
import io.longhouse.function.HigherOrderFunction;
import io.longhouse.function.scalar.Rows;
import io.longhouse.registry.Register;
import java.util.List;

/** Elements kept, replaced by neighbours, or cut apart, where a condition holds. */
@Register(
    kind = FunctionFactory.class,
    name = "arrayFilter",
    category = "Array",
    doc = "The elements for which a condition holds.")
@Register(
    kind = FunctionFactory.class,
    name = "arrayFill",
    category = "Array",
    doc = "The array with each element for which a condition fails replaced by the one before it.")
@Register(
    kind = FunctionFactory.class,
    name = "arrayReverseFill",
    category = "Array",
    doc = "The array with each element for which a condition fails replaced by the one behind it.")
@Register(
    kind = FunctionFactory.class,
    name = "arraySplit",
    category = "Array",
    doc = "The array cut in front of each element for which a condition holds.")
@Register(
    kind = FunctionFactory.class,
    name = "arrayReverseSplit",
    category = "Array",
    doc = "The array cut behind each element for which a condition holds.")
final class ArrayFilter extends ArrayLambda {
  ArrayFilter(String name) {
    super(name);
  }

  @Override
  boolean lambdaIsOptional() {
    return false;
  }

  @Override
  public HigherOrderFunction resolve(
      DataType lambdaResult, List<Argument> arguments, FunctionContext context) {
    requireCondition(lambdaResult);
    var type = (ArrayType) arguments.get(0).type();
    boolean split = name.endsWith("Split");
    return new OverElements(
        name,
        split ? new ArrayType(type) : type,
        (results, first, rows) -> {
          byte[] holds = holds(results, first.offsets()[rows]);
          return switch (name) {
            case "arrayFilter" -> filtered(first, holds, type.element(), rows);
            case "arrayFill" -> filled(first, holds, rows);
            case "arrayReverseFill" -> filledFromBehind(first, holds, rows);
            case "arraySplit" -> split(first, holds, 0, rows);
            default -> split(first, holds, 1, rows);
          };
        });
  }

  private static Column filtered(ArrayColumn a, byte[] holds, DataType element, int rows) {
    int[] o = a.offsets();
    var picker = new Picker(rows, o[rows]);
    for (int r = 0; r < rows; r++) {
      for (int i = o[r]; i < o[r + 1]; i++) {
        if (holds[i] != 0) {
          picker.pick(i);
        }
      }
      picker.endRow();
    }
    return picker.build(Rows.elements(a), element);
  }

  private static Column filled(ArrayColumn a, byte[] holds, int rows) {
    int[] o = a.offsets();
    int[] picks = new int[o[rows]];
    for (int r = 0; r < rows; r++) {
      int last = o[r];
      for (int i = o[r]; i < o[r + 1]; i++) {
        last = holds[i] != 0 ? i : last;
        picks[i] = last;
      }
    }
    return new ArrayColumn(o, a.elements().gather(picks, picks.length), rows);
  }

  private static Column filledFromBehind(ArrayColumn a, byte[] holds, int rows) {
    int[] o = a.offsets();
    int[] picks = new int[o[rows]];
    for (int r = 0; r < rows; r++) {
      int last = o[r + 1] - 1;
      for (int i = o[r + 1] - 1; i >= o[r]; i--) {
        last = holds[i] != 0 ? i : last;
        picks[i] = last;
      }
    }
    return new ArrayColumn(o, a.elements().gather(picks, picks.length), rows);
  }

  /** Cuts in front of (0) or behind (1) the elements; the elements stay where they are. */
  private static Column split(ArrayColumn a, byte[] holds, int behind, int rows) {
    int[] o = a.offsets();
    int[] outer = new int[rows + 1];
    int[] inner = new int[o[rows] + 1];
    int parts = 0;
    for (int r = 0; r < rows; r++) {
      for (int i = o[r]; i < o[r + 1]; i++) {
        boolean begins = i == o[r] || holds[i - behind] != 0;
        if (begins) {
          parts++;
        }
        inner[parts] = i + 1;
      }
      outer[r + 1] = parts;
    }
    return new ArrayColumn(
        outer,
        new ArrayColumn(java.util.Arrays.copyOf(inner, parts + 1), Rows.elements(a), parts),
        rows);
  }
}
