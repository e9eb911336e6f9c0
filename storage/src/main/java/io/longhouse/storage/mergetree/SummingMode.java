package io.longhouse.storage.mergetree;

import io.longhouse.column.serial.FileNames;
import io.longhouse.column.type.ArrayType;
import io.longhouse.column.type.BoolType;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.DateTimeType;
import io.longhouse.column.type.DateType;
import io.longhouse.column.type.DecimalType;
import io.longhouse.column.type.EnumType;
import io.longhouse.column.type.FixedStringType;
import io.longhouse.column.type.FloatType;
import io.longhouse.column.type.IntegerType;
import io.longhouse.column.type.Ipv4Type;
import io.longhouse.column.type.Ipv6Type;
import io.longhouse.column.type.LowCardinalityType;
import io.longhouse.column.type.NullableType;
import io.longhouse.column.type.StringType;
import io.longhouse.column.type.UuidType;
import io.longhouse.function.aggregate.AggregateFunction;
import io.longhouse.function.aggregate.Aggregates;
import io.longhouse.function.aggregate.type.CombiningFunctions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * {@code SummingMergeTree}: the rows of one key become one with the sums of the numbers. Of a
 * Nested whose name ends in Map the values of equal keys are summed. A row whose sums are all zero
 * goes.
 *
 * @param columns to be summed, none for all that can be
 */
public record SummingMode(List<String> columns) implements MergeMode {
  public SummingMode {
    columns = List.copyOf(columns);
  }

  @Override
  public String engine() {
    return "SummingMergeTree";
  }

  @Override
  public boolean makesValues() {
    return true;
  }

  @Override
  public RowCombiner newCombiner(MergeColumns all, Purpose purpose) {
    List<GroupedColumns> parts = new ArrayList<>();
    List<Integer> sums = new ArrayList<>();
    boolean onlySums = true;
    Map<String, List<Integer>> maps = new LinkedHashMap<>();
    for (int i = 0; i < all.size(); i++) {
      String name = all.names().get(i);
      DataType type = all.types().get(i);
      String nested = FileNames.nestedTable(name);
      boolean isKey = all.sortColumns().contains(name) || all.keyInputs().contains(name);
      AggregateFunction declared = isKey ? null : CombiningFunctions.of(type);
      if (type instanceof ArrayType && nested.endsWith("Map") && !nested.equals(name)) {
        maps.computeIfAbsent(nested, _ -> new ArrayList<>()).add(i);
      } else if (isKey || !isWanted(name) || declared == null && !isSummable(type)) {
        parts.add(new FirstValues(i, type));
      } else if (declared != null) {
        parts.add(new AggregatedColumns(List.of(i), List.of(type), declared));
        onlySums = false;
      } else {
        AggregateFunction sum = Aggregates.resolve("sumWithOverflow", List.of(), List.of(type));
        parts.add(new AggregatedColumns(List.of(i), List.of(type), sum));
        sums.add(i);
      }
    }
    for (List<Integer> map : maps.values()) {
      onlySums &= !addMap(map, all, parts);
    }
    return new GroupingCombiner(all.types(), parts, onlySums ? sums : List.of());
  }

  private boolean isWanted(String name) {
    return columns.isEmpty() || columns.contains(name);
  }

  /** The columns of a Nested as a map where they are one; whether they are. */
  private static boolean addMap(List<Integer> map, MergeColumns all, List<GroupedColumns> parts) {
    List<DataType> types = map.stream().map(all.types()::get).toList();
    List<Integer> keys = new ArrayList<>();
    List<Integer> values = new ArrayList<>();
    boolean fits = map.size() > 1;
    for (int i : map) {
      String name = all.names().get(i);
      DataType element = ((ArrayType) all.types().get(i)).element();
      boolean isKey =
          i == map.getFirst()
              || name.endsWith("ID")
              || name.endsWith("Key")
              || name.endsWith("Type");
      (isKey ? keys : values).add(i);
      fits &= isKey ? canBeMapKey(element) : isSummable(element);
      fits &= !all.sortColumns().contains(name);
    }
    if (!fits || values.isEmpty()) {
      map.forEach(i -> parts.add(new FirstValues(i, all.types().get(i))));
      return false;
    }
    if (keys.size() == 1) {
      AggregateFunction f = Aggregates.resolve("sumMapWithOverflow", List.of(), types);
      parts.add(new AggregatedColumns(map, types, f));
    } else {
      parts.add(new CompositeMaps(keys, values, all.types()));
    }
    return true;
  }

  private static boolean isSummable(DataType type) {
    return switch (NullableType.strip(LowCardinalityType.strip(type))) {
      case IntegerType _, FloatType _, DecimalType _, BoolType _ -> true;
      case io.longhouse.column.type.BFloat16Type _ -> true;
      default -> false;
    };
  }

  private static boolean canBeMapKey(DataType type) {
    return switch (type) {
      case IntegerType _,
          BoolType _,
          DateType _,
          DateTimeType _,
          EnumType _,
          Ipv4Type _,
          Ipv6Type _,
          UuidType _,
          StringType _,
          FixedStringType _ ->
          true;
      default -> false;
    };
  }
}
