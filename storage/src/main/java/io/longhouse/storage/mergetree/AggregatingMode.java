package io.longhouse.storage.mergetree;

import io.longhouse.column.type.DataType;
import io.longhouse.function.aggregate.AggregateFunction;
import io.longhouse.function.aggregate.type.CombiningFunctions;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code AggregatingMergeTree}: the rows of one key become one. States of aggregate functions are
 * merged, simple ones computed, of other columns the first value stays.
 */
public record AggregatingMode() implements MergeMode {
  @Override
  public String engine() {
    return "AggregatingMergeTree";
  }

  @Override
  public boolean makesValues() {
    return true;
  }

  @Override
  public RowCombiner newCombiner(MergeColumns columns, Purpose purpose) {
    List<GroupedColumns> parts = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      DataType type = columns.types().get(i);
      boolean isKey = columns.sortColumns().contains(columns.names().get(i));
      AggregateFunction f = isKey ? null : CombiningFunctions.of(type);
      parts.add(
          f == null
              ? new FirstValues(i, type)
              : new AggregatedColumns(List.of(i), List.of(type), f));
    }
    return new GroupingCombiner(columns.types(), parts, List.of());
  }
}
