package io.longhouse.storage.mergetree;

import io.longhouse.column.Block;
import io.longhouse.column.Column;
import io.longhouse.column.serial.WireForm;
import io.longhouse.storage.index.MarkRange;
import io.longhouse.storage.part.DataPart;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The rows of one part on their way into a merge: a block of them and a place in it. */
final class MergeSource {
  private static final int BLOCK_ROWS = 16_384;

  private final MergeTreeMetadata metadata;
  private final ScanReader reader;
  private final Iterator<Morsel> morsels;
  private final MergeProgress progress;
  final int number;
  private Column[] columns = new Column[0];
  private @Nullable RowOrder order;
  private int rows;
  private int row;

  /**
   * @param number place of the part among the sources: of equal keys the lower one comes first
   */
  MergeSource(
      MergeTreeMetadata metadata,
      DataPart part,
      int number,
      MergeProgress progress,
      Map<String, String> renames) {
    this.metadata = metadata;
    this.number = number;
    this.progress = progress;
    List<String> names = metadata.columns().stream().map(TableColumn::name).toList();
    this.reader =
        new ScanReader(metadata, ScanColumns.resolve(metadata, names), null, _ -> renames, true);
    var all = new PartRange(part, 0, 0, List.of(new MarkRange(0, part.granularity().count())));
    this.morsels = Morsel.of(List.of(all), BLOCK_ROWS).iterator();
  }

  /** Goes to the next block; false at the end of the part. */
  boolean nextBlock() {
    while (morsels.hasNext()) {
      progress.check();
      Morsel m = morsels.next();
      Block block = reader.read(m);
      progress.read(m.rows());
      if (block == null || block.rows() == 0) {
        continue;
      }
      columns = block.columns();
      for (int i = 0; i < columns.length; i++) {
        columns[i] = WireForm.inLayout(metadata.columns().get(i).type(), columns[i]);
      }
      rows = block.rows();
      row = 0;
      order =
          RowOrder.acrossBlocks(
              metadata.sortingTypes(), MergedRows.keys(metadata, new Block(columns, rows)));
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
