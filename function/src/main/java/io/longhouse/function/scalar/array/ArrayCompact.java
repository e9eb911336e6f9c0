package io.longhouse.function.scalar.array;

import io.longhouse.column.type.ArrayType;
import io.longhouse.column.type.DataType;
import io.longhouse.function.Argument;
import io.longhouse.function.FunctionContext;
import io.longhouse.function.FunctionFactory;
import io.longhouse.function.HigherOrderFunction;
import io.longhouse.function.scalar.Rows;
import io.longhouse.registry.Register;
import java.util.List;

/** The first of each run of equal neighbours. */
@Register(
    kind = FunctionFactory.class,
    name = "arrayCompact",
    category = "Array",
    doc = "The array without elements that equal the one before them, or for which a lambda does.")
final class ArrayCompact extends ArrayLambda {
  ArrayCompact() {
    super("arrayCompact");
  }

  @Override
  public HigherOrderFunction resolve(
      DataType lambdaResult, List<Argument> arguments, FunctionContext context) {
    DataType element = ((ArrayType) arguments.get(0).type()).element();
    return new OverElements(
        name,
        arguments.get(0).type(),
        (results, first, rows) -> {
          int[] o = first.offsets();
          int[] ids = ValueIds.of(results).ids();
          var picker = new Picker(rows, o[rows]);
          for (int r = 0; r < rows; r++) {
            for (int i = o[r]; i < o[r + 1]; i++) {
              if (i == o[r] || ids[i] != ids[i - 1]) {
                picker.pick(i);
              }
            }
            picker.endRow();
          }
          return picker.build(Rows.elements(first), element);
        });
  }
}
