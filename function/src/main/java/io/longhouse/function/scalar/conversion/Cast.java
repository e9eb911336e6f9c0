package io.longhouse.function.scalar.conversion;

import io.longhouse.column.Column;
import io.longhouse.column.ConstColumn;
import org.jspecify.annotations.Nullable;

/** Turns columns of one type into columns of another. */
public abstract class Cast {
  /** Leaves everything as it is. */
  public static final Cast IDENTITY =
      new Cast() {
        @Override
        protected Column convert(Column source, int rows, byte @Nullable [] failed) {
          return source;
        }

        @Override
        public boolean mayThrow() {
          return false;
        }
      };

  /**
   * Converts all rows.
   *
   * @param source a full column of the source type
   * @param failed null to throw at the first value that cannot be converted; otherwise such rows
   *     get a zero value and a 1 here
   */
  protected abstract Column convert(Column source, int rows, byte @Nullable [] failed);

  /** Whether a value can make it throw. */
  public boolean mayThrow() {
    return true;
  }

  /** The converted column; a constant stays one. */
  public final Column apply(Column source, int rows) {
    return apply(source, rows, null);
  }

  /** The same, with failures noted: see {@link #convert}. */
  public final Column apply(Column source, int rows, byte @Nullable [] failed) {
    if (this == IDENTITY) {
      return source;
    }
    if (source instanceof ConstColumn c) {
      byte[] one = failed == null ? null : new byte[1];
      Column value = convert(c.value().full(), 1, one).full();
      if (one != null && failed != null && one[0] != 0) {
        java.util.Arrays.fill(failed, 0, rows, (byte) 1);
      }
      return new ConstColumn(value, rows);
    }
    return convert(source.full(), rows, failed);
  }
}
