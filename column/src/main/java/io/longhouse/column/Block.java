package io.longhouse.column;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Columns of equal length that travel together. A filter does not copy: it leaves a selection, and
 * a column is gathered when it is first asked for, so a column nobody asks for is never copied.
 *
 * <p>A block belongs to one thread at a time.
 */
public final class Block {
  private final Column[] columns;
  private final boolean[] gathered;
  private final int rows;
  private final int @Nullable [] selection;

  private Block(Column[] columns, boolean[] gathered, int rows, int @Nullable [] selection) {
    this.columns = columns;
    this.gathered = gathered;
    this.rows = rows;
    this.selection = selection;
  }

  public Block(Column[] columns, int rows) {
    this(columns, new boolean[columns.length], rows, null);
    for (int i = 0; i < columns.length; i++) {
      if (columns[i].size() != rows) {
        throw new IllegalArgumentException(
            "column " + i + " has " + columns[i].size() + " rows of " + rows);
      }
    }
  }

  public Block(List<Column> columns, int rows) {
    this(columns.toArray(new Column[0]), rows);
  }

  /** Rows after the selection. */
  public int rows() {
    return rows;
  }

  public int columnCount() {
    return columns.length;
  }

  /** Column {@code i} with the selection applied. */
  public Column column(int i) {
    if (selection != null && !gathered[i]) {
      columns[i] = columns[i].gather(selection, rows);
      gathered[i] = true;
    }
    return columns[i];
  }

  public Column[] columns() {
    for (int i = 0; i < columns.length; i++) {
      column(i);
    }
    return columns.clone();
  }

  /** Only the rows {@code rows[0..count)}, which ascend; gathering is put off. */
  public Block select(int[] selected, int count) {
    if (count == rows) {
      return this;
    }
    if (selection == null) {
      return new Block(columns.clone(), new boolean[columns.length], count, selected);
    }
    Column[] out = new Column[columns.length];
    boolean[] done = new boolean[columns.length];
    int[] composed = new int[count];
    for (int i = 0; i < count; i++) {
      composed[i] = selection[selected[i]];
    }
    for (int i = 0; i < out.length; i++) {
      done[i] = gathered[i];
      out[i] = gathered[i] ? columns[i].gather(selected, count) : columns[i];
    }
    return new Block(out, done, count, composed);
  }

  /** The columns at {@code places}, in that order; what was not gathered yet stays so. */
  public Block project(int[] places) {
    Column[] out = new Column[places.length];
    boolean[] done = new boolean[places.length];
    for (int i = 0; i < places.length; i++) {
      out[i] = columns[places[i]];
      done[i] = gathered[places[i]];
    }
    return new Block(out, done, rows, selection);
  }

  public Block slice(int from, int length) {
    if (from == 0 && length == rows) {
      return this;
    }
    Column[] out = new Column[columns.length];
    for (int i = 0; i < out.length; i++) {
      out[i] = column(i).slice(from, length);
    }
    return new Block(out, length);
  }

  public long retainedBytes() {
    long sum = 0;
    for (Column c : columns) {
      sum += c.retainedBytes();
    }
    return sum;
  }
}
