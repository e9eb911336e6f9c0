package io.longhouse.function.scalar.map;

import io.longhouse.column.ArrayColumn;
import io.longhouse.column.Column;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.MapType;
import io.longhouse.function.Argument;
import io.longhouse.function.FunctionContext;
import io.longhouse.function.FunctionFactory;
import io.longhouse.function.HigherOrderFactory;
import io.longhouse.function.HigherOrderFunction;
import io.longhouse.function.Lambda;
import io.longhouse.function.ScalarFunction;
import io.longhouse.function.scalar.Resolved;
import io.longhouse.function.scalar.Signature;
import io.longhouse.function.scalar.array.ElementSort;
import io.longhouse.registry.Register;
import java.util.List;

/** Entries in order of their keys, or of what a lambda gives for them. */
@Register(
    kind = FunctionFactory.class,
    name = "mapSort",
    category = "Map",
    doc = "The entries in ascending order of their keys, or of what a lambda gives.")
@Register(
    kind = FunctionFactory.class,
    name = "mapReverseSort",
    category = "Map",
    doc = "The entries in descending order of their keys, or of what a lambda gives.")
@Register(
    kind = FunctionFactory.class,
    name = "mapPartialSort",
    category = "Map",
    doc = "As mapSort, with the order promised for the first entries up to a limit only.")
@Register(
    kind = FunctionFactory.class,
    name = "mapPartialReverseSort",
    category = "Map",
    doc = "As mapReverseSort, with the order promised for the first entries up to a limit only.")
final class MapSort implements HigherOrderFactory {
  private final String name;

  MapSort(String name) {
    this.name = name;
  }

  private int leading() {
    return name.startsWith("mapPartial") ? 1 : 0;
  }

  private int direction() {
    return name.contains("Reverse") ? -1 : 1;
  }

  @Override
  public List<DataType> lambdaParameters(List<Argument> arguments, int parameterCount) {
    MapType m = new Signature(name, arguments).count(leading() + 1).map(leading());
    return List.of(m.key(), m.value());
  }

  @Override
  public ScalarFunction resolve(List<Argument> arguments, FunctionContext context) {
    int at = leading();
    MapType map = new Signature(name, arguments).count(at + 1).map(at);
    int direction = direction();
    return Resolved.of(
        map, (c, rows) -> sorted(c[at], Maps.of(c[at]).keys(), map.key(), direction, rows));
  }

  @Override
  public HigherOrderFunction resolve(
      DataType lambdaResult, List<Argument> arguments, FunctionContext context) {
    return new Sorting(arguments.get(leading()).type(), lambdaResult, direction(), leading());
  }

  private static Column sorted(Column map, Column keys, DataType key, int direction, int rows) {
    Maps m = Maps.of(map);
    int[] order = new ElementSort(key, keys, m.entries(), direction).sorted(m.offsets(), rows);
    return Maps.column(
        m.offsets(),
        m.keys().gather(order, order.length),
        m.values().gather(order, order.length),
        rows);
  }

  private record Sorting(DataType resultType, DataType key, int direction, int at)
      implements HigherOrderFunction {
    @Override
    public Column evaluate(Lambda lambda, Column[] arguments, int rows) {
      Maps m = Maps.of(arguments[at]);
      int[] outer = new ArrayColumn(m.offsets(), m.keys(), rows).elementRows();
      Column keys = lambda.apply(new Column[] {m.keys(), m.values()}, outer, m.entries()).full();
      return sorted(arguments[at], keys.plain(), key, direction, rows);
    }
  }
}
