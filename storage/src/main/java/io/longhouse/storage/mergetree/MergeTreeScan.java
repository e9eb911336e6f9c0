package io.longhouse.storage.mergetree;

import io.longhouse.column.Header;
import io.longhouse.function.expr.Expr;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A read of some columns of a table's parts. Cut into {@link Morsel}s that threads take one after
 * another; each thread has a {@link ScanReader} of its own. Close it when all are done.
 */
public final class MergeTreeScan implements AutoCloseable {
  private final SnapshotLease lease;
  private final Mutations mutations;
  private final MergeTreeMetadata metadata;
  private final Selection selection;
  private final List<ScanColumns.Target> targets;
  private final Header header;
  private final @Nullable Expr prewhere;
  private final Set<Integer> prewhereOnly;
  private int firstOperands;

  private MergeTreeScan(
      SnapshotLease lease,
      Mutations mutations,
      MergeTreeMetadata metadata,
      Selection selection,
      List<String> columns,
      @Nullable Expr prewhere,
      Set<Integer> prewhereOnly) {
    this.lease = lease;
    this.mutations = mutations;
    this.metadata = metadata;
    this.selection = selection;
    this.targets = ScanColumns.resolve(metadata, columns);
    this.header = ScanColumns.header(columns, targets);
    this.prewhere = prewhere;
    this.prewhereOnly = prewhere == null ? Set.of() : prewhereOnly;
  }

  /** Decides what to read of all parts. */
  public static MergeTreeScan of(
      MergeTreeData data,
      List<String> columns,
      @Nullable Expr condition,
      @Nullable Expr prewhere,
      Set<Integer> prewhereOnly) {
    SnapshotLease lease = data.lease();
    try {
      return of(data, lease, columns, condition, prewhere, prewhereOnly);
    } catch (RuntimeException | Error e) {
      lease.close();
      throw e;
    }
  }

  /**
   * Decides what to read.
   *
   * @param lease closed with the scan
   * @param columns of the table, parts of their types ({@code a.size0}), or virtual ones
   * @param condition over the table's stored columns, for the indexes alone; null for all rows
   * @param prewhere rows for which it is not true are left out; over {@code columns}: its columns
   *     are read first and the others only in granules where rows are left; null for all rows
   * @param prewhereOnly places of columns whose values nobody else looks at; blocks have defaults
   *     there
   */
  public static MergeTreeScan of(
      MergeTreeData data,
      SnapshotLease lease,
      List<String> columns,
      @Nullable Expr condition,
      @Nullable Expr prewhere,
      Set<Integer> prewhereOnly) {
    MergeTreeMetadata metadata = data.metadata();
    Selection selection = Selection.of(lease.snapshot(), metadata, condition);
    return new MergeTreeScan(
        lease, data.mutations(), metadata, selection, columns, prewhere, prewhereOnly);
  }

  /** Names and types of the columns of the blocks. */
  public Header header() {
    return header;
  }

  public Selection selection() {
    return selection;
  }

  /**
   * Has the rows counted that the first operands of the condition leave, see {@link
   * ScanReader#rowsPassed}.
   */
  public void countAfter(int operands) {
    firstOperands = operands;
  }

  /** What is to be read, in the order of parts and rows. */
  public List<Morsel> morsels() {
    return Morsel.of(selection.parts(), Morsel.ROWS_MAX);
  }

  /** The same in pieces of at most {@code rowsMax} rows, but at least a granule. */
  public List<Morsel> morsels(int rowsMax) {
    return Morsel.of(selection.parts(), rowsMax);
  }

  /** A reader for one thread. */
  public ScanReader newReader() {
    var reader =
        new ScanReader(metadata, targets, prewhere, prewhereOnly, mutations::renamesFor, true);
    reader.countAfter(firstOperands);
    return reader;
  }

  /** A reader of further columns of rows that were read before; the scan must still be open. */
  public RowReader rowReader(List<String> columns) {
    return new RowReader(
        metadata, selection.parts(), ScanColumns.resolve(metadata, columns), mutations::renamesFor);
  }

  @Override
  public void close() {
    lease.close();
  }
}
