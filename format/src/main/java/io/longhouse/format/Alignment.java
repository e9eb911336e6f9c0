package io.longhouse.format;

import io.longhouse.column.type.BFloat16Type;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.Date32Type;
import io.longhouse.column.type.DateTime64Type;
import io.longhouse.column.type.DateTimeType;
import io.longhouse.column.type.DateType;
import io.longhouse.column.type.DecimalType;
import io.longhouse.column.type.FloatType;
import io.longhouse.column.type.IntegerType;
import io.longhouse.column.type.IntervalType;
import io.longhouse.column.type.LowCardinalityType;
import io.longhouse.column.type.NullableType;
import io.longhouse.column.type.SimpleAggregateFunctionType;

/** What the formats for human eyes want to know of a type. */
final class Alignment {
  private Alignment() {}

  private static DataType bare(DataType type) {
    return NullableType.strip(LowCardinalityType.strip(SimpleAggregateFunctionType.strip(type)));
  }

  /** Whether values stand at the right of their column: numbers and dates. */
  static boolean right(DataType type) {
    return number(type)
        || switch (bare(type)) {
          case DateType _, Date32Type _, DateTimeType _, DateTime64Type _, IntervalType _ -> true;
          default -> false;
        };
  }

  /** Whether values are quantities. */
  static boolean number(DataType type) {
    return switch (bare(type)) {
      case IntegerType _, FloatType _, DecimalType _, BFloat16Type _ -> true;
      default -> false;
    };
  }

  /** Whether values are 64-bit integers, whose largest ones are rather hashes than quantities. */
  static boolean integer64(DataType type) {
    return bare(type) instanceof IntegerType i && i.bytes() == 8;
  }
}
