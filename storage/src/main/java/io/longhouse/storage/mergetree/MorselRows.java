package io.longhouse.storage.mergetree;

import io.longhouse.column.Column;
import io.longhouse.column.ContentBytes;
import io.longhouse.column.Scratch;
import io.longhouse.storage.index.MarkRange;
import io.longhouse.storage.part.Granularity;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a morsel that conditions have left so far. A column is read when it is first asked
 * for, and only in the granules that then have rows left.
 *
 * <p>Invariant: column {@code read[i]} has the rows that were left when there had been {@code
 * levelOf[i]} choices.
 */
final class MorselRows {
  private final PartColumns part;
  private final Morsel morsel;
  private final List<ScanColumns.Target> targets;
  private final int rows;
  private final @Nullable Column[] read;
  private final int[] levelOf;

  /** The choices made: places among the rows that were left before. */
  private final List<int[]> levels = new ArrayList<>();

  private final List<Integer> counts = new ArrayList<>();

  /** Places in the morsel of the rows that are left; null while all are. */
  private int @Nullable [] left;

  private int count;
  private long bytesRead;

  /** Which columns' values were counted, and null before any are to be. */
  private boolean @Nullable [] counted;

  private long bytesPassed;

  MorselRows(PartColumns part, Morsel morsel, List<ScanColumns.Target> targets) {
    this.part = part;
    this.morsel = morsel;
    this.targets = targets;
    this.rows = (int) morsel.rows();
    this.count = rows;
    this.read = new Column[targets.size()];
    this.levelOf = new int[targets.size()];
  }

  /** How many rows are left. */
  int count() {
    return count;
  }

  long bytesRead() {
    return bytesRead;
  }

  /** Bytes of values that were looked at since {@link #countFromNowOn}. */
  long bytesPassed() {
    return bytesPassed;
  }

  /** Counts the values of rows that are left now, each column when it is asked for first. */
  void countFromNowOn() {
    counted = new boolean[targets.size()];
    for (int i = 0; i < read.length; i++) {
      Column c = read[i];
      if (c != null && c.size() > 0 && ContentBytes.isFixed(c)) {
        bytesPassed += ContentBytes.of(c) / c.size() * count;
        counted[i] = true;
      }
    }
  }

  /** Keeps the rows for which a condition is true; answers whether there are any. */
  boolean keep(Column condition) {
    int passed = FilterMask.countTrue(condition, count);
    if (passed == 0) {
      return false;
    }
    if (passed < count) {
      int[] kept = Scratch.ints(passed + 1); // the loop writes one place ahead of what it keeps
      FilterMask.select(condition, count, kept);
      choose(kept, passed);
    }
    return true;
  }

  /** As {@link #keep} where only the number of rows is asked for from then on. */
  boolean count(Column condition) {
    count = FilterMask.countTrue(condition, count);
    return count > 0;
  }

  private void choose(int[] kept, int passed) {
    int[] before = left;
    if (before == null) {
      left = kept;
    } else {
      int[] places = Scratch.ints(passed);
      for (int i = 0; i < passed; i++) {
        places[i] = before[kept[i]];
      }
      left = places;
    }
    levels.add(kept);
    counts.add(passed);
    count = passed;
  }

  /** The values of a column for the rows that are left. */
  Column column(int target) {
    Column c = read[target];
    if (c == null) {
      c = readNow(target);
    }
    int level = levelOf[target];
    int[] places = left;
    if (level == 0 && places != null) {
      c = c.gather(places, count);
    } else {
      for (; level < levels.size(); level++) {
        c = c.gather(levels.get(level), counts.get(level));
      }
    }
    read[target] = c;
    levelOf[target] = levels.size();
    boolean[] known = counted;
    if (known != null && !known[target]) {
      known[target] = true;
      bytesPassed += ContentBytes.of(c);
    }
    return c;
  }

  private Column readNow(int target) {
    int[] places = left;
    if (places == null) {
      return read(target, List.of(new MarkRange(morsel.from(), morsel.to())));
    }
    List<MarkRange> needed = new ArrayList<>();
    int[] local = Scratch.ints(count);
    int total = granulesOf(places, needed, local);
    Column c = read(target, needed);
    if (total < rows) {
      c = c.gather(local, count);
      levelOf[target] = levels.size();
    }
    return c;
  }

  /**
   * The granules that have rows left, and where these rows are when the granules stand side by
   * side; answers how many rows the granules have.
   */
  private int granulesOf(int[] places, List<MarkRange> needed, int[] local) {
    Granularity granularity = part.part().granularity();
    int at = 0;
    int total = 0;
    for (int g = morsel.from(); g < morsel.to() && at < count; g++) {
      int start = (int) granularity.rowsBetween(morsel.from(), g);
      int end = start + granularity.rowsOf(g);
      if (places[at] >= end) {
        continue;
      }
      int last = needed.size() - 1;
      if (last >= 0 && needed.get(last).to() == g) {
        needed.set(last, new MarkRange(needed.get(last).from(), g + 1));
      } else {
        needed.add(new MarkRange(g, g + 1));
      }
      for (; at < count && places[at] < end; at++) {
        local[at] = places[at] - start + total;
      }
      total += end - start;
    }
    return total;
  }

  private Column read(int target, List<MarkRange> ranges) {
    List<Column> pieces = new ArrayList<>(ranges.size());
    for (MarkRange r : ranges) {
      pieces.add(part.read(targets.get(target), r.from(), r.to()));
    }
    Column c = PartColumns.joined(pieces);
    bytesRead += c.retainedBytes();
    return c;
  }
}
