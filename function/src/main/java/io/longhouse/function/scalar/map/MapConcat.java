package io.longhouse.function.scalar.map;

import io.longhouse.column.Column;
import io.longhouse.column.ColumnBuilder;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.MapType;
import io.longhouse.function.Argument;
import io.longhouse.function.CommonType;
import io.longhouse.function.FunctionContext;
import io.longhouse.function.FunctionFactory;
import io.longhouse.function.ScalarFunction;
import io.longhouse.function.scalar.Resolved;
import io.longhouse.function.scalar.Signature;
import io.longhouse.function.scalar.Widening;
import io.longhouse.function.scalar.array.Picker;
import io.longhouse.function.scalar.array.ValueIds;
import io.longhouse.registry.Register;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Maps put together. */
@Register(
    kind = FunctionFactory.class,
    name = "mapConcat",
    category = "Map",
    doc = "The entries of all arguments, one map behind the other; keys may repeat.")
@Register(
    kind = FunctionFactory.class,
    name = "mapUpdate",
    category = "Map",
    doc = "The first map with the values of the second for its keys, and the second's other keys.")
final class MapConcat implements FunctionFactory {
  private final String name;

  MapConcat(String name) {
    this.name = name;
  }

  @Override
  public ScalarFunction resolve(List<Argument> arguments, FunctionContext context) {
    boolean update = name.equals("mapUpdate");
    var s = new Signature(name, arguments).between(update ? 2 : 1, update ? 2 : Integer.MAX_VALUE);
    List<MapType> maps = new ArrayList<>();
    for (int i = 0; i < s.size(); i++) {
      maps.add(s.map(i));
    }
    DataType key = CommonType.of(maps.stream().map(MapType::key).toList());
    DataType value = CommonType.of(maps.stream().map(MapType::value).toList());
    return Resolved.of(
        new MapType(key, value),
        (c, rows) -> {
          ColumnBuilder keys = key.newBuilder(rows);
          ColumnBuilder values = value.newBuilder(rows);
          int[][] offsets = new int[c.length][];
          int[] base = new int[c.length];
          for (int k = 0; k < c.length; k++) {
            Maps m = Maps.of(c[k]);
            offsets[k] = m.offsets();
            base[k] = keys.size();
            int n = m.entries();
            keys.appendRange(Widening.widen(m.keys(), maps.get(k).key(), key).full(), 0, n);
            values.appendRange(Widening.widen(m.values(), maps.get(k).value(), value).full(), 0, n);
          }
          Column allKeys = keys.build();
          var picker = new Picker(rows, allKeys.size());
          if (update) {
            update(ValueIds.of(allKeys), offsets, base, picker, rows);
          } else {
            for (int r = 0; r < rows; r++) {
              for (int k = 0; k < c.length; k++) {
                picker.pickRange(base[k] + offsets[k][r], base[k] + offsets[k][r + 1]);
              }
              picker.endRow();
            }
          }
          var type = new MapType(key, value);
          Column entries = Maps.column(new int[1], allKeys, values.build(), 0).elements();
          return picker.build(entries, type.entries().element());
        });
  }

  /** Keeps the places of the first map's keys; what the second has for them replaces theirs. */
  private static void update(ValueIds ids, int[][] offsets, int[] base, Picker picker, int rows) {
    int[] inFirst = new int[ids.distinct()];
    int[] inSecond = new int[ids.distinct()];
    int[] place = new int[ids.distinct()];
    Arrays.fill(inFirst, -1);
    Arrays.fill(inSecond, -1);
    for (int r = 0; r < rows; r++) {
      int from = base[1] + offsets[1][r];
      int to = base[1] + offsets[1][r + 1];
      for (int i = from; i < to; i++) {
        inSecond[ids.ids()[i]] = r;
        place[ids.ids()[i]] = i;
      }
      for (int i = offsets[0][r]; i < offsets[0][r + 1]; i++) {
        int id = ids.ids()[i];
        inFirst[id] = r;
        picker.pick(inSecond[id] == r ? place[id] : i);
      }
      for (int i = from; i < to; i++) {
        if (inFirst[ids.ids()[i]] != r) {
          picker.pick(i);
        }
      }
      picker.endRow();
    }
  }
}
