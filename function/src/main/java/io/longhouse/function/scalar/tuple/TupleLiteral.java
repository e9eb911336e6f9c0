package io.longhouse.function.scalar.tuple;

import io.longhouse.column.Column;
import io.longhouse.column.TupleColumn;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.TupleType;
import io.longhouse.function.Argument;
import io.longhouse.function.FunctionContext;
import io.longhouse.function.FunctionFactory;
import io.longhouse.function.ScalarFunction;
import io.longhouse.function.scalar.Resolved;
import io.longhouse.registry.Register;
import java.util.ArrayList;
import java.util.List;

/** {@code tuple(x, y, ...)} and {@code (x, y, ...)}. */
@Register(
    kind = FunctionFactory.class,
    name = "tuple",
    category = "Tuple",
    doc = "A tuple of the arguments, each with its own type.")
final class TupleLiteral implements FunctionFactory {
  @Override
  public boolean handlesSimpleAggregates() {
    return true;
  }

  @Override
  public ScalarFunction resolve(List<Argument> arguments, FunctionContext context) {
    List<DataType> types = arguments.stream().map(Argument::type).toList();
    return Resolved.of(
        new TupleType(types),
        (c, rows) -> {
          List<Column> elements = new ArrayList<>();
          for (Column e : c) {
            elements.add(e.full());
          }
          return new TupleColumn(elements, rows);
        });
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
