package io.longhouse.function;

import io.longhouse.column.Column;
import io.longhouse.column.type.DataType;
import org.jspecify.annotations.Nullable;

/**
 * An argument as it is known before any row is seen.
 *
 * @param constant the value, one row, when it is the same for all rows
 */
public record Argument(DataType type, @Nullable Column constant) {
  public static Argument of(DataType type) {
    return new Argument(type, null);
  }

  public boolean isConstant() {
    return constant != null;
  }
}
