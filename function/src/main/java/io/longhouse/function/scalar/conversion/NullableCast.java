package io.longhouse.function.scalar.conversion;

import io.longhouse.column.Column;
import io.longhouse.column.NullableColumn;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.FixedStringType;
import io.longhouse.column.type.FormatSettings;
import io.longhouse.column.type.NothingType;
import io.longhouse.column.type.NullableType;
import io.longhouse.column.type.StringType;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import org.jspecify.annotations.Nullable;

/**
 * From or to Nullable. Values under a NULL are not converted.
 *
 * @see Casts
 */
final class NullableCast extends Cast {
  private final Cast inner;
  private final DataType innerTarget;
  private final boolean targetIsNullable;
  private final boolean failureIsNull;

  private NullableCast(
      Cast inner, DataType innerTarget, boolean targetIsNullable, boolean failureIsNull) {
    this.inner = inner;
    this.innerTarget = innerTarget;
    this.targetIsNullable = targetIsNullable;
    this.failureIsNull = failureIsNull;
  }

  static Cast of(DataType from, DataType to, Casts.Mode mode, FormatSettings settings) {
    DataType a = NullableType.strip(from);
    DataType b = NullableType.strip(to);
    boolean nullable = to instanceof NullableType;
    if (a instanceof NothingType && from instanceof NullableType && !nullable) {
      throw new LonghouseException(
          ErrorCode.CANNOT_CONVERT_TYPE, "Cannot convert NULL to a non-nullable type");
    }
    boolean text = a instanceof StringType || a instanceof FixedStringType;
    boolean reading = text && !(b instanceof StringType) && !(b instanceof FixedStringType);
    return new NullableCast(Casts.of(a, b, mode, settings), b, nullable, reading && nullable);
  }

  @Override
  protected Column convert(Column source, int rows, byte @Nullable [] failed) {
    byte[] nulls = new byte[rows];
    Column values = source;
    boolean any = false;
    if (source instanceof NullableColumn n) {
      values = n.values();
      System.arraycopy(n.nulls(), 0, nulls, 0, rows);
      any = n.hasNulls();
    }
    if (any && !targetIsNullable) {
      if (failed == null) {
        throw new LonghouseException(
            ErrorCode.CANNOT_INSERT_NULL_IN_ORDINARY_COLUMN,
            "Cannot convert NULL value to non-Nullable type");
      }
      for (int r = 0; r < rows; r++) {
        failed[r] |= nulls[r];
      }
    }
    byte[] misses = failed != null ? failed : failureIsNull ? nulls : null;
    Column out =
        any && inner.mayThrow()
            ? whereNotNull(values, nulls.clone(), rows, misses)
            : inner.apply(values, rows, misses).full();
    if (!targetIsNullable) {
      return out;
    }
    return out instanceof NullableColumn n ? n : new NullableColumn(out, nulls);
  }

  /** Converts only the rows that are not NULL, and puts zero values between them. */
  private Column whereNotNull(Column values, byte[] nulls, int rows, byte @Nullable [] failed) {
    int[] selected = new int[rows];
    int count = 0;
    for (int r = 0; r < rows; r++) {
      if (nulls[r] == 0) {
        selected[count++] = r;
      }
    }
    byte[] some = failed == null ? null : new byte[count];
    Column converted = inner.apply(values.gather(selected, count), count, some).full();
    var out = innerTarget.newBuilder(rows);
    int at = 0;
    for (int r = 0; r < rows; r++) {
      if (nulls[r] != 0) {
        out.appendDefault(1);
      } else {
        if (some != null && failed != null) {
          failed[r] |= some[at];
        }
        out.append(converted, at++);
      }
    }
    return out.build();
  }
}
