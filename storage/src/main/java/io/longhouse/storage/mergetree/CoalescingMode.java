package io.longhouse.storage.mergetree;

import io.longhouse.column.type.DataType;
import io.longhouse.function.aggregate.AggregateFunction;
import io.longhouse.function.aggregate.Aggregates;
import io.longhouse.function.aggregate.type.CombiningFunctions;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code CoalescingMergeTree}: the rows of one key become one with the last value of each column
 * that is not NULL.
 *
 * @param columns to treat so, none for all; of others the first value stays
 */
public record CoalescingMode(List<String> columns) implements MergeMode {
  public CoalescingMode {
    columns = List.copyOf(columns);
  }

  @Override
  public String engine() {
    return "CoalescingMergeTree";
  }

  @Override
  public boolean makesValues() {
    return true;
  }

  @Override
  public RowCombiner newCombiner(MergeColumns all, Purpose purpose) {
    List<GroupedColumns> parts = new ArrayList<>();
    for (int i = 0; i < all.size(); i++) {
      DataType type = all.types().get(i);
      String name = all.names().get(i);
      boolean isKey = all.sortColumns().contains(name) || all.keyInputs().contains(name);
      if (isKey || !columns.isEmpty() && !columns.contains(name)) {
        parts.add(new FirstValues(i, type));
        continue;
      }
      AggregateFunction declared = CombiningFunctions.of(type);
      AggregateFunction f =
          declared != null ? declared : Aggregates.resolve("last_value", List.of(), List.of(type));
      parts.add(new AggregatedColumns(List.of(i), List.of(type), f));
    }
    return new GroupingCombiner(all.types(), parts, List.of());
  }
}
