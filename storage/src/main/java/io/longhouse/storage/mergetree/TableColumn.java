package io.longhouse.storage.mergetree;

import io.longhouse.column.compress.Codec;
import io.longhouse.column.type.DataType;
import io.longhouse.function.expr.Expr;
import org.jspecify.annotations.Nullable;

/**
 * A stored column of a table.
 *
 * @param codec null for the table's default
 * @param defaultValue for rows of parts that were written before the column was added, over the
 *     table's columns and in the column's type; null for the type's default
 */
public record TableColumn(
    String name, DataType type, @Nullable Codec codec, @Nullable Expr defaultValue) {
  public static TableColumn of(String name, DataType type) {
    return new TableColumn(name, type, null, null);
  }
}
