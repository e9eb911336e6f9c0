package io.longhouse.engine.table.mergetree;

import io.longhouse.column.type.DataType;
import io.longhouse.engine.plan.Exprs;
import io.longhouse.engine.table.ColumnDefinition;
import io.longhouse.function.expr.Expr;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import io.longhouse.storage.mergetree.MergeTreeData;
import io.longhouse.storage.mergetree.MergeTreeMetadata;
import java.util.ArrayList;
import java.util.List;

/** What an ALTER may not do with the columns of a table's keys. */
record KeyColumns(MergeTreeData data) {
  void checkKeyType(ColumnDefinition old, DataType type) {
    MergeTreeMetadata m = data.metadata();
    int place = m.place(old.name());
    if (m.partitionKey().stream().anyMatch(k -> Exprs.inputs(k).contains(place))) {
      throw new LonghouseException(
          ErrorCode.ALTER_OF_COLUMN_IS_FORBIDDEN,
          "ALTER of key column " + old.name() + " is forbidden.");
    }
    if (m.sortingKey().stream().anyMatch(k -> Exprs.inputs(k).contains(place))) {
      throw new LonghouseException(
          ErrorCode.ALTER_OF_COLUMN_IS_FORBIDDEN,
          "ALTER of key column "
              + old.name()
              + " from type "
              + old.type().name()
              + " to type "
              + type.name()
              + " is not safe because it can change the representation of primary key.");
    }
  }

  void checkNotInKey(String column, String what) {
    MergeTreeMetadata m = data.metadata();
    int place = m.place(column);
    List<Expr> keys = new ArrayList<>(m.sortingKey());
    keys.addAll(m.partitionKey());
    for (Expr key : keys) {
      if (Exprs.inputs(key).contains(place)) {
        throw new LonghouseException(
            ErrorCode.ALTER_OF_COLUMN_IS_FORBIDDEN,
            "Trying to ALTER "
                + what.toUpperCase(java.util.Locale.ROOT)
                + " key "
                + column
                + " column which is a part of key expression.");
      }
    }
    if (data.mode().requiredColumns().contains(column)) {
      throw new LonghouseException(
          ErrorCode.ALTER_OF_COLUMN_IS_FORBIDDEN,
          "Trying to ALTER " + what + " column `" + column + "` that the engine needs");
    }
  }
}
