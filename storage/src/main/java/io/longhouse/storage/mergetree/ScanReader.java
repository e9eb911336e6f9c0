package io.longhouse.storage.mergetree;

import io.longhouse.column.Block;
import io.longhouse.column.Column;
import io.longhouse.column.ConstColumn;
import io.longhouse.column.Float32Column;
import io.longhouse.column.Float64Column;
import io.longhouse.column.Int16Column;
import io.longhouse.column.Int32Column;
import io.longhouse.column.Int64Column;
import io.longhouse.column.Int8Column;
import io.longhouse.column.NullableColumn;
import io.longhouse.column.Scratch;
import io.longhouse.column.type.IntegerType;
import io.longhouse.function.expr.Expr;
import io.longhouse.function.expr.Program;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import io.longhouse.storage.index.MarkRange;
import io.longhouse.storage.part.DataPart;
import io.longhouse.storage.part.Granularity;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads morsels of a scan. For one thread at a time. */
public final class ScanReader {
  private static final ScanColumns.Target ROW_EXISTS =
      new ScanColumns.Target.Virtual(VirtualColumn.ROW_EXISTS, IntegerType.UINT8);

  private final MergeTreeMetadata metadata;
  private final List<ScanColumns.Target> targets;
  private final int[] prewherePlaces;
  private final @Nullable Program prewhere;
  private final Function<DataPart, Map<String, String>> renames;
  private final boolean applyMask;
  private @Nullable PartColumns columns;
  private long rowsRead;
  private long bytesRead;

  /**
   * @param renames columns of a part that still have an old name there: new name to old
   * @param applyMask whether rows that are marked as deleted are left out
   */
  ScanReader(
      MergeTreeMetadata metadata,
      List<ScanColumns.Target> targets,
      @Nullable Expr prewhere,
      Function<DataPart, Map<String, String>> renames,
      boolean applyMask) {
    this.metadata = metadata;
    this.targets = targets;
    this.renames = renames;
    this.applyMask = applyMask;
    var used = new TreeSet<Integer>();
    if (prewhere != null) {
      MergeTreeMetadata.collectInputs(prewhere, used);
    }
    prewherePlaces = used.stream().mapToInt(i -> i).toArray();
    this.prewhere =
        prewhere == null ? null : new Program(List.of(renumbered(prewhere, prewherePlaces)));
  }

  private static Expr renumbered(Expr e, int[] places) {
    if (e instanceof Expr.Input i) {
      return new Expr.Input(java.util.Arrays.binarySearch(places, i.index()), i.type());
    }
    return e.mapChildren(c -> renumbered(c, places));
  }

  /** Rows read so far, those that the condition left out included. */
  public long rowsRead() {
    return rowsRead;
  }

  /** Bytes of the columns read so far. */
  public long bytesRead() {
    return bytesRead;
  }

  /** The rows of a morsel that are left by deletions and the condition; null if there are none. */
  public @Nullable Block read(Morsel m) {
    PartColumns part = columns;
    if (part == null || part.part() != m.part().part()) {
      part = new PartColumns(metadata, m.part(), renames.apply(m.part().part()));
      columns = part;
    }
    int rows = (int) m.rows();
    rowsRead += rows;
    var all = List.of(new MarkRange(m.from(), m.to()));
    @Nullable Column[] done = new Column[targets.size()];
    int[] selected = null;
    int count = rows;
    if (applyMask && part.part().columnType(VirtualColumn.ROW_EXISTS.columnName()) != null) {
      selected = new int[rows];
      count = select(part.read(ROW_EXISTS, m.from(), m.to()), null, rows, selected);
    }
    if (prewhere != null && count > 0) {
      Column[] inputs = new Column[prewherePlaces.length];
      for (int i = 0; i < inputs.length; i++) {
        inputs[i] = read(part, prewherePlaces[i], all);
        done[prewherePlaces[i]] = inputs[i];
      }
      var block = new Block(inputs, rows);
      Block left = selected == null ? block : block.select(selected, count);
      Column mask = prewhere.evaluate(left)[0];
      int passed = countTrue(mask, count);
      if (passed == 0) {
        return null;
      }
      if (passed < count) {
        int[] kept = Scratch.ints(passed + 1); // the loop writes one place ahead of what it keeps
        select(mask, selected, count, kept);
        selected = kept;
        count = passed;
      }
    }
    if (count == 0) {
      return null;
    }
    return selected == null || count == rows
        ? wholeBlock(part, done, rows, all)
        : selectedBlock(part, done, m, selected, count);
  }

  private Block wholeBlock(
      PartColumns part, @Nullable Column[] done, int rows, List<MarkRange> ranges) {
    Column[] out = new Column[targets.size()];
    for (int i = 0; i < out.length; i++) {
      Column known = done[i];
      out[i] = known != null ? known : read(part, i, ranges);
    }
    return new Block(out, rows);
  }

  /** Reads what is not read yet only in the granules that rows are left of. */
  private Block selectedBlock(
      PartColumns part, @Nullable Column[] done, Morsel m, int[] selected, int count) {
    if (isComplete(done)) {
      return wholeBlock(part, done, (int) m.rows(), List.of()).select(selected, count);
    }
    Granularity granularity = part.part().granularity();
    List<MarkRange> needed = new ArrayList<>();
    int[] local = new int[count];
    int at = 0;
    int base = 0;
    for (int g = m.from(); g < m.to(); g++) {
      int start = (int) granularity.rowsBetween(m.from(), g);
      int end = start + granularity.rowsOf(g);
      if (at < count && selected[at] < end) {
        int last = needed.size() - 1;
        if (last >= 0 && needed.get(last).to() == g) {
          needed.set(last, new MarkRange(needed.get(last).from(), g + 1));
        } else {
          needed.add(new MarkRange(g, g + 1));
        }
        for (; at < count && selected[at] < end; at++) {
          local[at] = selected[at] - start + base;
        }
        base += end - start;
      }
    }
    boolean everyGranule = base == m.rows();
    if (everyGranule) {
      return wholeBlock(part, done, (int) m.rows(), needed).select(selected, count);
    }
    Column[] out = new Column[targets.size()];
    for (int i = 0; i < out.length; i++) {
      Column known = done[i];
      out[i] =
          known != null
              ? known.gather(selected, count)
              : read(part, i, needed).gather(local, count);
    }
    return new Block(out, count);
  }

  private static boolean isComplete(@Nullable Column[] columns) {
    for (Column c : columns) {
      if (c == null) {
        return false;
      }
    }
    return true;
  }

  private Column read(PartColumns part, int target, List<MarkRange> ranges) {
    List<Column> pieces = new ArrayList<>(ranges.size());
    for (MarkRange r : ranges) {
      pieces.add(part.read(targets.get(target), r.from(), r.to()));
    }
    Column c = PartColumns.joined(pieces);
    bytesRead += c.retainedBytes();
    return c;
  }

  /** How many of the first rows of a condition are true. */
  private static int countTrue(Column mask, int rows) {
    if (mask instanceof ConstColumn c) {
      return countTrue(c.value(), 1) * rows;
    }
    byte[] truth = truth(mask, rows);
    int n = 0;
    for (int i = 0; i < rows; i++) {
      n += truth[i] != 0 ? 1 : 0;
    }
    return n;
  }

  /**
   * The rows whose condition is true, of {@code rows[0..count)} or, where that is null, of all.
   *
   * @return how many
   */
  static int select(Column mask, int @Nullable [] rows, int count, int[] out) {
    int n = 0;
    if (mask instanceof ConstColumn c) {
      int[] one = new int[1];
      if (select(c.value(), null, 1, one) == 0) {
        return 0;
      }
      for (int i = 0; i < count; i++) {
        out[i] = rows == null ? i : rows[i];
      }
      return count;
    }
    byte[] truth = truth(mask, count);
    if (rows == null) {
      for (int i = 0; i < count; i++) {
        out[n] = i;
        n += truth[i] != 0 ? 1 : 0;
      }
    } else {
      for (int i = 0; i < count; i++) {
        out[n] = rows[i];
        n += truth[i] != 0 ? 1 : 0;
      }
    }
    return n;
  }

  /** Not 0 where a value is neither zero nor NULL, else 0; not to be written. */
  private static byte[] truth(Column encoded, int rows) {
    Column c = encoded.full().plain();
    if (c instanceof Int8Column v) {
      return v.values();
    }
    byte[] out = new byte[rows];
    switch (c) {
      case Int16Column v -> {
        for (int i = 0; i < rows; i++) {
          out[i] = (byte) (v.values()[i] != 0 ? 1 : 0);
        }
      }
      case Int32Column v -> {
        for (int i = 0; i < rows; i++) {
          out[i] = (byte) (v.values()[i] != 0 ? 1 : 0);
        }
      }
      case Int64Column v -> {
        for (int i = 0; i < rows; i++) {
          out[i] = (byte) (v.values()[i] != 0 ? 1 : 0);
        }
      }
      case Float32Column v -> {
        for (int i = 0; i < rows; i++) {
          out[i] = (byte) (v.values()[i] != 0 ? 1 : 0);
        }
      }
      case Float64Column v -> {
        for (int i = 0; i < rows; i++) {
          out[i] = (byte) (v.values()[i] != 0 ? 1 : 0);
        }
      }
      case NullableColumn v -> {
        byte[] inside = truth(v.values(), rows);
        for (int i = 0; i < rows; i++) {
          out[i] = (byte) (v.nulls()[i] == 0 ? inside[i] : 0);
        }
      }
      default ->
          throw new LonghouseException(
              ErrorCode.ILLEGAL_TYPE_OF_COLUMN_FOR_FILTER,
              "Illegal type of column for filter: " + c.getClass().getSimpleName());
    }
    return out;
  }
}
