package io.longhouse.function.scalar.map;

import io.longhouse.column.ArrayColumn;
import io.longhouse.column.Column;
import io.longhouse.column.ConstColumn;
import io.longhouse.column.Int8Column;
import io.longhouse.column.type.ArrayType;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.IntegerType;
import io.longhouse.column.type.LowCardinalityType;
import io.longhouse.column.type.MapType;
import io.longhouse.function.Argument;
import io.longhouse.function.FunctionContext;
import io.longhouse.function.FunctionFactory;
import io.longhouse.function.Functions;
import io.longhouse.function.ScalarFunction;
import io.longhouse.function.scalar.Resolved;
import io.longhouse.function.scalar.Signature;
import io.longhouse.function.scalar.array.Picker;
import io.longhouse.registry.Register;
import java.util.List;

/** Keys and values looked for: equal to something, or like a pattern. */
@Register(
    kind = FunctionFactory.class,
    name = "mapContainsKey",
    aliases = "mapContains",
    category = "Map",
    doc = "Whether a map has a key.")
@Register(
    kind = FunctionFactory.class,
    name = "mapContainsValue",
    category = "Map",
    doc = "Whether a map has a value.")
@Register(
    kind = FunctionFactory.class,
    name = "mapContainsKeyLike",
    category = "Map",
    doc = "Whether a map has a key that a LIKE pattern matches.")
@Register(
    kind = FunctionFactory.class,
    name = "mapContainsValueLike",
    category = "Map",
    doc = "Whether a map has a value that a LIKE pattern matches.")
@Register(
    kind = FunctionFactory.class,
    name = "mapExtractKeyLike",
    category = "Map",
    doc = "The entries of a map whose keys a LIKE pattern matches.")
@Register(
    kind = FunctionFactory.class,
    name = "mapExtractValueLike",
    category = "Map",
    doc = "The entries of a map whose values a LIKE pattern matches.")
final class MapContains implements FunctionFactory {
  private final String name;

  MapContains(String name) {
    this.name = name;
  }

  @Override
  public ScalarFunction resolve(List<Argument> arguments, FunctionContext context) {
    var s = new Signature(name, arguments).count(2);
    MapType map = s.map(0);
    boolean keys = name.contains("Key");
    DataType element = keys ? map.key() : map.value();
    if (name.endsWith("Like")) {
      return like(s, map, element, keys, context);
    }
    ScalarFunction has =
        Functions.resolve(
            "has", List.of(Argument.of(new ArrayType(element)), arguments.get(1)), context);
    return Resolved.of(
        IntegerType.UINT8,
        (c, rows) -> {
          Maps m = Maps.of(c[0]);
          var array = new ArrayColumn(m.offsets(), keys ? m.keys() : m.values(), rows);
          return has.evaluate(new Column[] {array, c[1]}, rows);
        });
  }

  private ScalarFunction like(
      Signature s, MapType map, DataType element, boolean keys, FunctionContext context) {
    if (!Signature.isString(LowCardinalityType.strip(element))) {
      throw s.illegal(0, "must have " + (keys ? "keys" : "values") + " of type String");
    }
    if (!Signature.isString(LowCardinalityType.strip(s.type(1)))) {
      throw s.illegal(1, "must be a String");
    }
    ScalarFunction like =
        Functions.resolve("like", List.of(Argument.of(element), s.arguments().get(1)), context);
    boolean extract = name.startsWith("mapExtract");
    return Resolved.throwing(
        extract ? map : IntegerType.UINT8,
        (c, rows) -> {
          Maps m = Maps.of(c[0]);
          int n = m.entries();
          Column pattern =
              c[1] instanceof ConstColumn k
                  ? new ConstColumn(k.value(), n)
                  : c[1].gather(new ArrayColumn(m.offsets(), m.keys(), rows).elementRows(), n);
          Column text = keys ? m.keys() : m.values();
          var hits = ((Int8Column) like.evaluate(new Column[] {text, pattern}, n).plain()).values();
          return extract ? extract(map, m, hits, rows) : any(m.offsets(), hits, rows);
        });
  }

  private static Column any(int[] offsets, byte[] hits, int rows) {
    byte[] out = new byte[rows];
    for (int r = 0; r < rows; r++) {
      int found = 0;
      for (int i = offsets[r]; i < offsets[r + 1]; i++) {
        found |= hits[i];
      }
      out[r] = (byte) found;
    }
    return new Int8Column(out, rows);
  }

  private static Column extract(MapType map, Maps m, byte[] hits, int rows) {
    var picker = new Picker(rows, m.entries());
    for (int r = 0; r < rows; r++) {
      for (int i = m.offsets()[r]; i < m.offsets()[r + 1]; i++) {
        if (hits[i] != 0) {
          picker.pick(i);
        }
      }
      picker.endRow();
    }
    Column entries = Maps.column(m.offsets(), m.keys(), m.values(), rows).elements();
    return picker.build(entries, map.entries().element());
  }

  @Override
  public boolean handlesNulls() {
    return true;
  }
}
