package io.longhouse.storage.mergetree;

import io.longhouse.column.Block;
import io.longhouse.column.Column;
import io.longhouse.column.ColumnBuilder;
import io.longhouse.column.type.DataType;
import io.longhouse.function.expr.Program;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a merge on their way out: collects them and hands them on in blocks. Rows that follow
 * each other in a source are copied together.
 */
final class MergedRows implements MergeMode.Output {
  private final ColumnBuilder[] builders;
  private final MergeMode.@Nullable RowCombiner combiner;
  private final int blockRows;
  private final Consumer<Block> sink;
  private int rows;
  private Column @Nullable [] pending;
  private int pendingFrom;
  private int pendingTo;

  MergedRows(
      MergeColumns columns,
      MergeMode mode,
      MergeMode.Purpose purpose,
      int blockRows,
      Consumer<Block> sink) {
    this.combiner = mode.newCombiner(columns, purpose);
    this.blockRows = blockRows;
    this.sink = sink;
    this.builders =
        columns.types().stream().map((DataType t) -> t.newBuilder(0)).toArray(ColumnBuilder[]::new);
  }

  /** Whether {@link #add} has to know which rows have equal keys. */
  boolean combines() {
    return combiner != null;
  }

  /** Rows {@code [from, from + length)} of a source come next. */
  void add(Column[] source, int from, int length, boolean[] sameKey) {
    if (combiner == null) {
      copy(source, from, length);
    } else {
      combiner.add(source, from, length, sameKey, this);
    }
  }

  void end() {
    if (combiner != null) {
      combiner.end(this);
    }
    flush();
    handOn();
  }

  @Override
  public void copy(Column[] source, int from, int length) {
    if (source == pending && from == pendingTo) {
      pendingTo += length;
    } else {
      flush();
      pending = source;
      pendingFrom = from;
      pendingTo = from + length;
    }
    if (rows + pendingTo - pendingFrom >= blockRows) {
      flush();
    }
  }

  private void flush() {
    Column[] source = pending;
    if (source == null) {
      return;
    }
    while (pendingFrom < pendingTo) {
      int n = Math.min(pendingTo - pendingFrom, blockRows - rows);
      for (int i = 0; i < builders.length; i++) {
        builders[i].appendRange(source[i], pendingFrom, n);
      }
      rows += n;
      pendingFrom += n;
      if (rows >= blockRows) {
        handOn();
      }
    }
    pending = null;
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
      MergeColumns columns, MergeMode mode, Column[] values, Column[] keys, int rows) {
    List<Block> blocks = new ArrayList<>();
    var merged =
        new MergedRows(columns, mode, MergeMode.Purpose.INSERT, Integer.MAX_VALUE, blocks::add);
    RowOrder order = RowOrder.of(columns.sortingTypes(), keys);
    boolean[] same = new boolean[rows];
    for (int r = 1; r < rows; r++) {
      same[r] = order.compare(r - 1, r, 0) == 0;
    }
    merged.add(values, 0, rows, same);
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
