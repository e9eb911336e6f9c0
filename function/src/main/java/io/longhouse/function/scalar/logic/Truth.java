package io.longhouse.function.scalar.logic;

import io.longhouse.column.Column;
import io.longhouse.column.ConstColumn;
import io.longhouse.column.Int8Column;
import io.longhouse.column.NullableColumn;
import io.longhouse.column.Scratch;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.LowCardinalityType;
import io.longhouse.column.type.NothingType;
import io.longhouse.column.type.NullableType;
import io.longhouse.function.number.NumberShape;
import io.longhouse.function.scalar.conversion.BoolCast;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A column read as truth values.
 *
 * @param values 1 for true, 0 for false and for NULL
 * @param nulls 1 for NULL, or null when nothing is NULL
 */
public record Truth(byte[] values, byte @Nullable [] nulls) {
  /**
   * The shape of a type whose values can be true or false, or null. Dictionaries and NULL are
   * looked through; NULL itself counts as a number.
   */
  public static @Nullable NumberShape shape(DataType type) {
    DataType t = NullableType.strip(LowCardinalityType.strip(type));
    if (t instanceof NothingType) {
      return NumberShape.UINT8;
    }
    NumberShape shape = NumberShape.of(t);
    return shape == null || shape.isDecimal() || shape.isWide() ? null : shape;
  }

  /** Reads {@code rows} rows of a column of that shape. */
  public static Truth of(Column column, NumberShape shape, int rows) {
    if (column instanceof ConstColumn c) {
      Truth one = of(c.value(), shape, 1);
      byte[] values = new byte[rows];
      Arrays.fill(values, one.values[0]);
      byte[] nulls = null;
      if (one.nulls != null && one.nulls[0] != 0) {
        nulls = new byte[rows];
        Arrays.fill(nulls, (byte) 1);
      }
      return new Truth(values, nulls);
    }
    Column plain = column.plain();
    if (plain instanceof NullableColumn n) {
      Truth inside = of(n.values(), shape, rows);
      if (!n.hasNulls()) {
        return inside;
      }
      byte[] values = new byte[rows];
      byte[] nulls = n.nulls();
      for (int r = 0; r < rows; r++) {
        values[r] = (byte) (inside.values[r] & ~-nulls[r]);
      }
      return new Truth(values, nulls);
    }
    if (plain instanceof Int8Column b) {
      byte[] v = b.values();
      byte[] values = Scratch.bytes(rows);
      for (int r = 0; r < rows; r++) {
        values[r] = (byte) ((v[r] | -v[r]) >>> 31);
      }
      return new Truth(values, null);
    }
    return new Truth(((Int8Column) new BoolCast(shape).apply(plain, rows)).values(), null);
  }
}
