package io.longhouse.storage.mergetree;

import io.longhouse.column.Column;
import io.longhouse.column.Int8Column;
import io.longhouse.column.type.DataType;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * {@code ReplacingMergeTree}: of the rows of one key that of the highest version stays, of equal
 * versions the last one.
 *
 * @param version the column to compare; null for the last row
 * @param isDeleted the column that marks a key as gone, null without one
 */
public record ReplacingMode(@Nullable String version, @Nullable String isDeleted)
    implements MergeMode {
  @Override
  public String engine() {
    return "ReplacingMergeTree";
  }

  @Override
  public List<String> requiredColumns() {
    return Stream.of(version, isDeleted).filter(java.util.Objects::nonNull).toList();
  }

  @Override
  public RowCombiner newCombiner(MergeColumns columns, Purpose purpose) {
    int versionAt = version == null ? -1 : columns.place(version);
    return new Combiner(
        versionAt,
        isDeleted == null ? -1 : columns.place(isDeleted),
        versionAt < 0 ? null : columns.types().get(versionAt),
        purpose == Purpose.FINAL || purpose == Purpose.CLEANUP);
  }

  private static final class Combiner implements RowCombiner {
    private final int version;
    private final int isDeleted;
    private final @Nullable DataType versionType;
    private final boolean cleans;
    private Column @Nullable [] best;
    private int bestRow;

    Combiner(int version, int isDeleted, @Nullable DataType versionType, boolean cleans) {
      this.version = version;
      this.isDeleted = isDeleted;
      this.versionType = versionType;
      this.cleans = cleans;
    }

    @Override
    public void add(Column[] source, int from, int length, boolean[] sameKey, Output out) {
      if (isDeleted >= 0) {
        checkMarks((Int8Column) source[isDeleted], from, length);
      }
      for (int i = 0; i < length; i++) {
        Column[] now = best;
        if (!sameKey[i] || now == null) {
          end(out);
        } else if (versionType != null
            && versionType.compare(now[version], bestRow, source[version], from + i, 1) > 0) {
          continue;
        }
        best = source;
        bestRow = from + i;
      }
    }

    private static void checkMarks(Int8Column marks, int from, int length) {
      byte[] values = marks.values();
      for (int i = from; i < from + length; i++) {
        if ((values[i] & 0xFE) != 0) {
          throw new LonghouseException(
              ErrorCode.INCORRECT_DATA,
              "Incorrect data: is_deleted = " + (values[i] & 0xFF) + " (must be 1 or 0).");
        }
      }
    }

    @Override
    public void end(Output out) {
      Column[] now = best;
      if (now == null) {
        return;
      }
      boolean gone =
          cleans && isDeleted >= 0 && ((Int8Column) now[isDeleted]).values()[bestRow] != 0;
      if (!gone) {
        out.copy(now, bestRow, 1);
      }
      best = null;
    }
  }
}
