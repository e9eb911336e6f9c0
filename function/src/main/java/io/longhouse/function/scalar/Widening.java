package io.longhouse.function.scalar;

import io.longhouse.column.Column;
import io.longhouse.column.type.DataType;
import io.longhouse.function.scalar.conversion.Casts;

/** From a type to one that holds all its values: how elements of arrays are brought together. */
public final class Widening {
  private Widening() {}

  /** The values of a column of {@code from} as a column of {@code to}; constants stay constants. */
  public static Column widen(Column c, DataType from, DataType to) {
    return from.equals(to) ? c : Casts.widening(from, to).apply(c, c.size());
  }
}
