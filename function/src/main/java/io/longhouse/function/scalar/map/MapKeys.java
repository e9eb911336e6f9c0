package io.longhouse.function.scalar.map;

import io.longhouse.column.ArrayColumn;
import io.longhouse.column.type.ArrayType;
import io.longhouse.column.type.MapType;
import io.longhouse.function.Argument;
import io.longhouse.function.FunctionContext;
import io.longhouse.function.FunctionFactory;
import io.longhouse.function.ScalarFunction;
import io.longhouse.function.scalar.Resolved;
import io.longhouse.function.scalar.Signature;
import io.longhouse.registry.Register;
import java.util.List;

/** A map's keys or values as an array; nothing is copied. */
@Register(
    kind = FunctionFactory.class,
    name = "mapKeys",
    category = "Map",
    doc = "The keys of a map as an array.")
@Register(
    kind = FunctionFactory.class,
    name = "mapValues",
    category = "Map",
    doc = "The values of a map as an array.")
final class MapKeys implements FunctionFactory {
  private final String name;

  MapKeys(String name) {
    this.name = name;
  }

  @Override
  public ScalarFunction resolve(List<Argument> arguments, FunctionContext context) {
    MapType map = new Signature(name, arguments).count(1).map(0);
    boolean keys = name.equals("mapKeys");
    return Resolved.of(
        new ArrayType(keys ? map.key() : map.value()),
        (c, rows) -> {
          Maps m = Maps.of(c[0]);
          return new ArrayColumn(m.offsets(), keys ? m.keys() : m.values(), rows);
        });
  }
}
