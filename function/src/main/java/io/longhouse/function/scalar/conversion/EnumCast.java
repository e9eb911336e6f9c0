package io.longhouse.function.scalar.conversion;

import io.longhouse.column.Column;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.EnumType;
import io.longhouse.column.type.FormatSettings;
import io.longhouse.function.number.LongOperand;
import io.longhouse.function.number.LongSink;
import io.longhouse.function.number.NumberShape;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import org.jspecify.annotations.Nullable;

/** Numbers to an enumeration, checked; an enumeration to numbers or to another one. */
final class EnumCast extends Cast {
  private final NumberShape from;
  private final EnumType to;

  private EnumCast(NumberShape from, EnumType to) {
    this.from = from;
    this.to = to;
  }

  static @Nullable Cast of(DataType from, DataType to, Casts.Mode mode, FormatSettings settings) {
    if (from instanceof EnumType a && to instanceof EnumType b) {
      checkSameValues(a, b);
      return new EnumCast(NumberShape.integer(a.bytes(), true), b);
    }
    if (to instanceof EnumType b) {
      NumberShape shape = NumberShape.of(from);
      return shape == null || !shape.isInteger() || shape.isWide() ? null : new EnumCast(shape, b);
    }
    NumberShape shape = NumberShape.ofStorage(from);
    NumberShape target = NumberShape.of(to);
    return shape == null || target == null ? null : NumberCast.of(shape, target, from, to, mode);
  }

  private static void checkSameValues(EnumType a, EnumType b) {
    a.names()
        .forEach((value, name) -> {
          Integer other = b.valueOf(name);
          if (other != null && !other.equals(value)) {
            throw new LonghouseException(
                ErrorCode.CANNOT_CONVERT_TYPE,
                "Enum conversion changes value for element '"
                    + name
                    + "' from "
                    + value
                    + " to "
                    + other);
          }
        });
  }

  @Override
  protected Column convert(Column source, int rows, byte @Nullable [] failed) {
    var in = new LongOperand(source, from.signed(), rows);
    var out = new LongSink(to.bytes(), rows);
    for (int start = 0; start < rows; start += LongOperand.CHUNK) {
      int n = Math.min(LongOperand.CHUNK, rows - start);
      in.load(start, n);
      for (int k = 0; k < n; k++) {
        long v = in.array()[in.offset() + k];
        if (v != (int) v || to.nameOf((int) v) == null) {
          if (failed == null) {
            throw new LonghouseException(
                ErrorCode.UNKNOWN_ELEMENT_OF_ENUM, "Unexpected value " + v + " in enum");
          }
          failed[start + k] = 1;
          v = to.names().firstKey();
        }
        out.target()[out.offset() + k] = v;
      }
      out.advance(n);
    }
    return out.build();
  }
}
