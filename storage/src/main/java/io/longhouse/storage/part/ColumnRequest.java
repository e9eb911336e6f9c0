package io.longhouse.storage.part;

import org.jspecify.annotations.Nullable;

/**
 * A column to be read, or a part of its type alone: {@code size0} of an array, {@code null} of a
 * Nullable, an element of a tuple.
 */
public record ColumnRequest(String column, @Nullable String subcolumn) {
  public static ColumnRequest of(String column) {
    return new ColumnRequest(column, null);
  }

  @Override
  public String toString() {
    return subcolumn == null ? column : column + "." + subcolumn;
  }
}
