package io.longhouse.storage.mergetree;

import io.longhouse.column.Block;
import io.longhouse.column.Column;
import io.longhouse.column.ColumnBuilder;
import io.longhouse.function.expr.Program;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a merge on their way out: collects them and hands them on in blocks. Without a
 * combiner, runs of rows of one source are copied whole.
 */
final class MergedRows implements MergeMode.Output {
  private final ColumnBuilder[] builders;
  private final MergeMode.@Nullable RowCombiner combiner;
  private final int blockRows;
  private final Consumer<Block> sink;
  private int rows;

  MergedRows(MergeTreeMetadata metadata, MergeMode mode, int blockRows, Consumer<Block> sink) {
    this.combiner = mode.newCombiner(metadata);
    this.blockRows = blockRows;
    this.sink = sink;
    this.builders =
        metadata.columns().stream().map(c -> c.type().newBuilder(0)).toArray(ColumnBuilder[]::new);
  }

  boolean combines() {
    return combiner != null;
  }

  /** Rows {@code [from, from + length)} of a source come next; for merges without a combiner. */
  void addRun(Column[] source, int from, int length) {
    while (length > 0) {
      int n = Math.min(length, blockRows - rows);
      for (int i = 0; i < builders.length; i++) {
        builders[i].appendRange(source[i], from, n);
      }
      rows += n;
      from += n;
      length -= n;
      handOnIfFull();
    }
  }

  /** One row comes next. */
  void add(Column[] source, int row, boolean sameKey) {
    if (combiner == null) {
      addRun(source, row, 1);
    } else {
      combiner.add(source, row, sameKey, this);
    }
  }

  void end() {
    if (combiner != null) {
      combiner.end(this);
    }
    handOn();
  }

  @Override
  public void copy(Column[] source, int row) {
    for (int i = 0; i < builders.length; i++) {
      builders[i].append(source[i], row);
    }
    endRow();
  }

  @Override
  public ColumnBuilder[] builders() {
    return builders;
  }

  @Override
  public void endRow() {
    rows++;
    handOnIfFull();
  }

  private void handOnIfFull() {
    if (rows >= blockRows) {
      handOn();
    }
  }

  private void handOn() {
    if (rows == 0) {
      return;
    }
    Column[] out = new Column[builders.length];
    for (int i = 0; i < out.length; i++) {
      out[i] = builders[i].build();
    }
    var block = new Block(out, rows);
    rows = 0;
    sink.accept(block);
  }

  /** Sorted rows treated as a merge of them alone would. */
  static Block collapse(
      MergeTreeMetadata metadata, MergeMode mode, Column[] values, Column[] keys, int rows) {
    List<Block> blocks = new ArrayList<>();
    var merged = new MergedRows(metadata, mode, Integer.MAX_VALUE, blocks::add);
    RowOrder order = RowOrder.of(metadata.sortingTypes(), keys);
    for (int r = 0; r < rows; r++) {
      merged.add(values, r, r > 0 && order.compare(r - 1, r, 0) == 0);
    }
    merged.end();
    if (blocks.isEmpty()) {
      Column[] none = new Column[values.length];
      for (int i = 0; i < none.length; i++) {
        none[i] = values[i].slice(0, 0);
      }
      return new Block(none, 0);
    }
    return blocks.getFirst();
  }

  /** The sorting key of a block's rows. */
  static Column[] keys(MergeTreeMetadata metadata, Block block) {
    return new Program(metadata.sortingKey()).evaluate(block);
  }
}
