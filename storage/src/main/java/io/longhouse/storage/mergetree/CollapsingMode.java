package io.longhouse.storage.mergetree;

import io.longhouse.column.Column;
import io.longhouse.column.Int8Column;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code CollapsingMergeTree}: rows with sign 1 say what is, rows with sign -1 take one back. Of
 * the rows of one key the first that takes back and the last that says what is remain, or less if
 * they cancel each other out. Rows with another sign, which are refused on INSERT, go.
 *
 * @param sign a column of type Int8
 */
public record CollapsingMode(String sign) implements MergeMode {
  @Override
  public String engine() {
    return "CollapsingMergeTree";
  }

  @Override
  public List<String> requiredColumns() {
    return List.of(sign);
  }

  @Override
  public RowCombiner newCombiner(MergeColumns columns, Purpose purpose) {
    return new Combiner(columns.place(sign), purpose);
  }

  private static final class Combiner implements RowCombiner {
    private final int sign;
    private final boolean onlyPositive;
    private final boolean refuses;
    private long positive;
    private long negative;
    private boolean lastIsPositive;
    private Column @Nullable [] firstNegative;
    private int firstNegativeRow;
    private Column @Nullable [] lastPositive;
    private int lastPositiveRow;

    Combiner(int sign, Purpose purpose) {
      this.sign = sign;
      this.onlyPositive = purpose == Purpose.FINAL;
      this.refuses = purpose == Purpose.INSERT;
    }

    @Override
    public void add(Column[] source, int from, int length, boolean[] sameKey, Output out) {
      for (int i = 0; i < length; i++) {
        if (!sameKey[i]) {
          end(out);
        }
        int row = from + i;
        byte value = ((Int8Column) source[sign]).values()[row];
        if (value == 1) {
          positive++;
          lastIsPositive = true;
          lastPositive = source;
          lastPositiveRow = row;
        } else if (value == -1) {
          if (negative++ == 0) {
            firstNegative = source;
            firstNegativeRow = row;
          }
          lastIsPositive = false;
        } else if (refuses) {
          throw new LonghouseException(
              ErrorCode.INCORRECT_DATA, "Incorrect data: Sign = " + value + " (must be 1 or -1).");
        }
      }
    }

    @Override
    public void end(Output out) {
      Column[] before = firstNegative;
      Column[] after = lastPositive;
      if (lastIsPositive || positive != negative) {
        if (positive <= negative && !onlyPositive && before != null) {
          out.copy(before, firstNegativeRow, 1);
        }
        if (positive >= negative && after != null) {
          out.copy(after, lastPositiveRow, 1);
        }
      }
      positive = 0;
      negative = 0;
      lastIsPositive = false;
      firstNegative = null;
      lastPositive = null;
    }
  }
}
