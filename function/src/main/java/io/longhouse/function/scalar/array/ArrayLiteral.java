package io.longhouse.function.scalar.array;

import io.longhouse.column.ArrayColumn;
import io.longhouse.column.Column;
import io.longhouse.column.ColumnBuilder;
import io.longhouse.column.type.ArrayType;
import io.longhouse.column.type.DataType;
import io.longhouse.function.Argument;
import io.longhouse.function.CommonType;
import io.longhouse.function.FunctionContext;
import io.longhouse.function.FunctionFactory;
import io.longhouse.function.ScalarFunction;
import io.longhouse.function.scalar.Resolved;
import io.longhouse.function.scalar.Widening;
import io.longhouse.registry.Register;
import java.util.List;

/** {@code array(x, y, ...)} and {@code [x, y, ...]}. */
@Register(
    kind = FunctionFactory.class,
    name = "array",
    category = "Array",
    doc = "An array of the arguments, brought to their least common type.")
final class ArrayLiteral implements FunctionFactory {
  @Override
  public boolean handlesSimpleAggregates() {
    return true;
  }

  @Override
  public ScalarFunction resolve(List<Argument> arguments, FunctionContext context) {
    List<DataType> types = arguments.stream().map(Argument::type).toList();
    DataType element = CommonType.orVariant(types);
    return Resolved.of(
        new ArrayType(element),
        (columns, rows) -> {
          int n = columns.length;
          ColumnBuilder all = element.newBuilder(Math.multiplyExact(n, rows));
          for (int k = 0; k < n; k++) {
            all.appendRange(Widening.widen(columns[k], types.get(k), element).full(), 0, rows);
          }
          return interleaved(all.build(), n, rows);
        });
  }

  /** Arrays of n elements, element k of row r standing at {@code k * rows + r}. */
  private static ArrayColumn interleaved(Column columnwise, int n, int rows) {
    int[] offsets = new int[rows + 1];
    int[] picks = new int[n * rows];
    for (int r = 0; r < rows; r++) {
      offsets[r + 1] = (r + 1) * n;
      for (int k = 0; k < n; k++) {
        picks[r * n + k] = k * rows + r;
      }
    }
    return new ArrayColumn(
        offsets, rows == 1 ? columnwise : columnwise.gather(picks, n * rows), rows);
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
