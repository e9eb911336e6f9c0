package io.longhouse.storage.mergetree;

import io.longhouse.column.Block;
import io.longhouse.column.Column;
import io.longhouse.column.serial.WireForm;
import io.longhouse.function.expr.Program;
import io.longhouse.storage.index.MarkRange;
import io.longhouse.storage.part.DataPart;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/** The rows of one part on their way into a merge: a block of them and a place in it. */
final class MergeSource {
  private static final int BLOCK_ROWS = 16_384;

  private final MergeColumns layout;
  private final Program key;
  private final ScanReader reader;
  private final Iterator<Morsel> morsels;
  private final LongConsumer onRows;
  final int number;
  private Column[] columns = new Column[0];
  private @Nullable RowOrder order;
  private int rows;
  private int row;

  /**
   * @param reader reads the columns of the merge
   * @param range what of the part is read
   * @param number place of the part among the sources: of equal keys the lower one comes first
   * @param onRows told how many rows were read, may throw to end the merge
   */
  MergeSource(
      MergeColumns layout, ScanReader reader, PartRange range, int number, LongConsumer onRows) {
    this.layout = layout;
    this.key = new Program(layout.sortingKey());
    this.reader = reader;
    this.number = number;
    this.onRows = onRows;
    this.morsels = Morsel.of(List.of(range), BLOCK_ROWS).iterator();
  }

  /** All rows of a part. */
  static PartRange all(DataPart part) {
    return new PartRange(part, 0, 0, List.of(new MarkRange(0, part.granularity().count())));
  }

  /** Goes to the next block; false at the end of the part. */
  boolean nextBlock() {
    while (morsels.hasNext()) {
      Morsel m = morsels.next();
      Block block = reader.read(m);
      onRows.accept(m.rows());
      if (block == null || block.rows() == 0) {
        continue;
      }
      columns = block.columns();
      for (int i = 0; i < columns.length; i++) {
        columns[i] = WireForm.inLayout(layout.types().get(i), columns[i]);
      }
      rows = block.rows();
      row = 0;
      order = RowOrder.acrossBlocks(layout.sortingTypes(), key.evaluate(new Block(columns, rows)));
      return true;
    }
    rows = 0;
    return false;
  }

  Column[] columns() {
    return columns;
  }

  RowOrder order() {
    return Objects.requireNonNull(order);
  }

  int row() {
    return row;
  }

  int rowsLeft() {
    return rows - row;
  }

  /** Steps over rows; false when the part has no more. */
  boolean advance(int count) {
    row += count;
    return row < rows || nextBlock();
  }

  /** Whether this source's row comes before another's. */
  boolean comesBefore(MergeSource other) {
    int c = order().compare(row, other.order(), other.row);
    return c < 0 || c == 0 && number < other.number;
  }

  /** How many rows from the current one on come before the current row of another source. */
  int rowsBefore(MergeSource other) {
    int end = rows;
    if (isBefore(rows - 1, other)) {
      return end - row;
    }
    // The current row does come before; double the step until one does not, then halve.
    int low = row;
    int step = 1;
    while (low + step < end && isBefore(low + step, other)) {
      low += step;
      step *= 2;
    }
    int high = Math.min(end - 1, low + step);
    while (low + 1 < high) {
      int middle = low + high >>> 1;
      if (isBefore(middle, other)) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return low + 1 - row;
  }

  private boolean isBefore(int at, MergeSource other) {
    int c = order().compare(at, other.order(), other.row);
    return c < 0 || c == 0 && number < other.number;
  }
}
