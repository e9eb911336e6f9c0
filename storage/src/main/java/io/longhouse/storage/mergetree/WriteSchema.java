package io.longhouse.storage.mergetree;

import io.longhouse.column.Block;
import io.longhouse.column.Column;
import io.longhouse.column.ConstColumn;
import io.longhouse.column.Int8Column;
import io.longhouse.column.type.DataType;
import io.longhouse.function.expr.Expr;
import io.longhouse.function.expr.Program;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The columns of a table when an INSERT began. An ALTER does not wait for INSERTs: blocks that come
 * after it are brought into the new columns.
 *
 * @param mutation the last one at that time
 */
public record WriteSchema(MergeTreeMetadata metadata, long mutation) {
  /** A block of these columns as one of the columns that the table has now. */
  Block toCurrent(Block block, MergeTreeData data) {
    MergeTreeMetadata now = data.metadata();
    if (now.columns().equals(metadata.columns())) {
      return block;
    }
    Map<String, String> renames =
        data.mutations().renamesSince(mutation, name -> metadata.place(name) >= 0);
    List<Column> columns = new ArrayList<>();
    List<Integer> missing = new ArrayList<>();
    for (TableColumn c : now.columns()) {
      int place = metadata.place(renames.getOrDefault(c.name(), c.name()));
      if (place < 0) {
        missing.add(columns.size());
        columns.add(new ConstColumn(Int8Column.of((byte) 0), block.rows()));
      } else {
        DataType type = metadata.columns().get(place).type();
        Column values = block.column(place);
        columns.add(type.equals(c.type()) ? values : ColumnCast.of(type, c.type()).apply(values));
      }
    }
    for (int place : missing) {
      TableColumn c = now.columns().get(place);
      Expr value = c.defaultValue();
      Column made =
          value == null
              ? new ConstColumn(c.type().defaultValue(), block.rows())
              : new Program(List.of(value))
                  .evaluateSingle(columns.toArray(Column[]::new), block.rows());
      columns.set(place, made.full());
    }
    return new Block(columns, block.rows());
  }
}
