package io.longhouse.storage.mergetree;

import io.longhouse.column.Block;
import io.longhouse.column.Column;
import io.longhouse.column.Header;
import io.longhouse.column.serial.Subcolumns;
import io.longhouse.column.type.DataType;
import io.longhouse.function.expr.Expr;
import io.longhouse.storage.part.DataPart;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A read of some columns with the rows of equal sorting key treated as a merge of all parts would:
 * {@code SELECT ... FINAL}. Cut into groups of parts that no key is in two of; each is read by one
 * thread. Close it when all are done.
 */
public final class FinalScan implements AutoCloseable {
  private static final int BLOCK_ROWS = 8192;

  /** Rows that one step reads at most before it hands back what there is, be it nothing. */
  private static final long STEP_ROWS = 65_536;

  private final SnapshotLease lease;
  private final MergeTreeData data;
  private final MergeTreeMetadata metadata;
  private final Selection selection;
  private final Header header;
  private final MergeColumns columns;
  private final int[] places;
  private final Subcolumns.@Nullable Subcolumn[] subcolumns;
  private final @Nullable Expr prewhere;
  private final boolean byPartition;

  /**
   * What is wanted.
   *
   * @param columns of the table, parts of their types, or virtual ones
   * @param condition over the table's stored columns, for the primary index alone; null for all
   * @param keyCondition what of it is about columns of the sorting key alone: it rules out
   *     partitions; null for all rows
   * @param prewhere rows for which it is not true are left out before rows are combined; over
   *     {@code columns}; null for all rows
   * @param byPartition rows of different partitions are never combined
   */
  public record Request(
      List<String> columns,
      @Nullable Expr condition,
      @Nullable Expr keyCondition,
      @Nullable Expr prewhere,
      boolean byPartition) {}

  private FinalScan(
      SnapshotLease lease, MergeTreeData data, MergeTreeMetadata metadata, Request request) {
    this.lease = lease;
    this.data = data;
    this.metadata = metadata;
    this.selection =
        Selection.of(
            lease.snapshot(),
            metadata,
            request.condition(),
            request.byPartition() ? request.condition() : request.keyCondition());
    List<String> wanted = request.columns();
    this.header = ScanColumns.header(wanted, ScanColumns.resolve(metadata, wanted));
    Set<String> read = new LinkedHashSet<>();
    boolean whole = data.mode().makesValues();
    for (String name : wanted) {
      read.add(whole ? owner(name) : name);
    }
    var inputs = new TreeSet<Integer>();
    metadata.sortingKey().forEach(e -> MergeTreeMetadata.collectInputs(e, inputs));
    inputs.forEach(i -> read.add(metadata.columns().get(i).name()));
    read.addAll(data.mode().requiredColumns());
    List<String> names = new ArrayList<>(read);
    Expr before = request.prewhere();
    this.prewhere = before == null ? null : overRead(before, wanted, names);
    List<DataType> types =
        ScanColumns.resolve(metadata, names).stream().map(ScanColumns.Target::type).toList();
    this.columns = MergeColumns.of(metadata, names, types);
    this.places = new int[wanted.size()];
    this.subcolumns = new Subcolumns.Subcolumn[wanted.size()];
    for (int i = 0; i < places.length; i++) {
      String name = wanted.get(i);
      String from = whole ? owner(name) : name;
      places[i] = names.indexOf(from);
      if (!from.equals(name)) {
        String rest = name.substring(from.length() + 1);
        subcolumns[i] = Subcolumns.find(types.get(places[i]), rest);
      }
    }
    this.byPartition = request.byPartition();
  }

  private static Expr overRead(Expr e, List<String> wanted, List<String> names) {
    if (!(e instanceof Expr.Input i)) {
      return e.mapChildren(c -> overRead(c, wanted, names));
    }
    String name = wanted.get(i.index());
    int at = names.indexOf(name);
    if (at < 0) {
      // A part of a column that is read as a whole: read it as well, rows are left out by it.
      at = names.size();
      names.add(name);
    }
    return new Expr.Input(at, i.type());
  }

  /** The stored column that a name is a part of, or the name. */
  private String owner(String name) {
    if (metadata.place(name) >= 0) {
      return name;
    }
    for (int dot = name.lastIndexOf('.'); dot > 0; dot = name.lastIndexOf('.', dot - 1)) {
      if (metadata.place(name.substring(0, dot)) >= 0) {
        return name.substring(0, dot);
      }
    }
    return name;
  }

  /** Decides what to read of all parts. */
  public static FinalScan of(MergeTreeData data, Request request) {
    SnapshotLease lease = data.lease();
    try {
      return of(data, lease, request);
    } catch (RuntimeException | Error e) {
      lease.close();
      throw e;
    }
  }

  /**
   * Decides what to read.
   *
   * @param lease closed with the scan
   */
  public static FinalScan of(MergeTreeData data, SnapshotLease lease, Request request) {
    return new FinalScan(lease, data, data.metadata(), request);
  }

  /** Names and types of the columns of the blocks. */
  public Header header() {
    return header;
  }

  public Selection selection() {
    return selection;
  }

  /** Readers that together yield every row once; each for one thread at a time. */
  public List<Reader> readers() {
    Map<String, List<PartRange>> groups = new LinkedHashMap<>();
    for (PartRange p : selection.parts()) {
      String group = byPartition ? p.part().name().partitionId() : "";
      groups.computeIfAbsent(group, _ -> new ArrayList<>()).add(p);
    }
    return groups.values().stream().map(Reader::new).toList();
  }

  @Override
  public void close() {
    lease.close();
  }

  /** Reads a group of parts. */
  public final class Reader {
    private final List<PartRange> parts;
    private final ArrayDeque<Block> ready = new ArrayDeque<>();
    private final List<ScanReader> readers = new ArrayList<>();
    private @Nullable SortedMerge merge;
    private long rowsRead;

    private Reader(List<PartRange> parts) {
      this.parts = parts;
    }

    /** The next rows, which may be none for now; null when there are no more. */
    public @Nullable Block next() {
      SortedMerge m = merge;
      if (m == null) {
        m = open();
        merge = m;
      }
      long stop = rowsRead + STEP_ROWS;
      boolean more = true;
      while (ready.isEmpty() && more && rowsRead < stop) {
        more = m.step();
      }
      Block block = ready.poll();
      if (block != null) {
        return projected(block);
      }
      return more ? header.emptyBlock() : null;
    }

    private SortedMerge open() {
      List<MergeSource> sources = new ArrayList<>();
      List<ScanColumns.Target> targets = ScanColumns.resolve(metadata, columns.names());
      for (PartRange p : parts) {
        DataPart part = p.part();
        Map<String, String> renames = data.mutations().renamesFor(part);
        var reader = new ScanReader(metadata, targets, prewhere, Set.of(), _ -> renames, true);
        readers.add(reader);
        var s = new MergeSource(columns, reader, p, sources.size(), n -> rowsRead += n);
        if (s.nextBlock()) {
          sources.add(s);
        }
      }
      var out =
          new MergedRows(columns, data.mode(), MergeMode.Purpose.FINAL, BLOCK_ROWS, ready::addLast);
      return new SortedMerge(sources, out);
    }

    private Block projected(Block block) {
      Column[] out = new Column[places.length];
      for (int i = 0; i < out.length; i++) {
        Column c = block.column(places[i]);
        Subcolumns.Subcolumn sub = subcolumns[i];
        out[i] = sub == null ? c : sub.of(c);
      }
      return new Block(out, block.rows());
    }

    /** Rows read so far, before they were combined. */
    public long rowsRead() {
      return rowsRead;
    }

    /** Bytes of the columns read so far. */
    public long bytesRead() {
      return readers.stream().mapToLong(ScanReader::bytesRead).sum();
    }
  }
}
