package io.longhouse.storage.mergetree;

import io.longhouse.column.Column;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.LowCardinalityType;
import io.longhouse.function.expr.Expr;
import io.longhouse.storage.disk.Disk;
import io.longhouse.storage.part.ColumnRequest;
import io.longhouse.storage.part.DataPart;
import io.longhouse.storage.part.PartName;
import io.longhouse.storage.part.PartReader;
import java.lang.ref.SoftReference;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The counts of the rows of each tenant in the parts of one table: rows by the value of the first
 * column of the sorting key. They are counted while a part is written or merged, and stand beside
 * the parts in a folder of their own, never in them: a table's folder is the same with and without.
 *
 * <p>Invariants: counts say what the part says and nothing else, so that any of them can be thrown
 * away and counted again by reading one column. Those of small parts are not on disk for that
 * reason. Safe for many threads.
 */
public final class PartKeyCounts {
  /** Parts with fewer rows are counted again after a start: that takes no longer than a file. */
  private static final int ROWS_ON_DISK_MIN = 1 << 16;

  private static final int GRANULES_AT_ONCE = 16;
  private static final System.Logger LOG = System.getLogger(PartKeyCounts.class.getName());

  private final MergeTreeData data;
  private final Predicate<String> isKey;
  private final @Nullable Disk disk;
  private final String folder;
  private final Map<PartName, SoftReference<KeyCounts>> known = new ConcurrentHashMap<>();
  private boolean swept;

  /**
   * @param isKey whether rows belong to tenants by the column of that name
   * @param disk null keeps nothing on disk
   * @param folder for this table alone, on that disk
   */
  public PartKeyCounts(
      MergeTreeData data, Predicate<String> isKey, @Nullable Disk disk, String folder) {
    this.data = data;
    this.isKey = isKey;
    this.disk = disk;
    this.folder = folder;
  }

  /** The column by whose values rows are counted; null if they are not. */
  public @Nullable TableColumn column() {
    MergeTreeMetadata m = data.metadata();
    if (m.sortingKey().isEmpty() || !(m.sortingKey().getFirst() instanceof Expr.Input first)) {
      return null;
    }
    TableColumn c = m.columns().get(first.index());
    return isKey.test(c.name()) ? c : null;
  }

  /** For a part that is to be written; null when nothing is counted. */
  KeyCounts.@Nullable Builder newBuilder() {
    TableColumn c = column();
    return c == null ? null : new KeyCounts.Builder(c.type());
  }

  /** Takes down what was counted while the part was written. */
  void put(DataPart part, @Nullable KeyCounts counts) {
    if (counts == null) {
      return;
    }
    known.put(part.name(), new SoftReference<>(counts));
    Disk d = disk;
    if (d == null || part.rows() < ROWS_ON_DISK_MIN) {
      return;
    }
    try {
      d.createFolders(folder);
      KeyCountsFile.write(counts, part, d, path(part.name()));
    } catch (RuntimeException e) {
      // The part is whole without it.
      LOG.log(System.Logger.Level.WARNING, "cannot keep the counts of part " + part, e);
    }
  }

  private String path(PartName name) {
    return folder + "/" + name + ".counts";
  }

  /** A mutation that took no rows away: the key's column is as it was. */
  void putIfSameRows(DataPart result, DataPart source) {
    KeyCounts counts = inMemory(source.name());
    if (counts != null && counts.rows() == result.rows()) {
      put(result, counts);
    }
  }

  /**
   * The counts of an active part, counted now where that was not done before.
   *
   * @return null when nothing is counted in this table
   */
  public @Nullable KeyCounts of(DataPart part) {
    TableColumn c = column();
    if (c == null) {
      return null;
    }
    KeyCounts counts = inMemory(part.name());
    return counts == null ? load(part, c) : counts;
  }

  /** One after the other: two that want the same counts need not both count. */
  private synchronized KeyCounts load(DataPart part, TableColumn c) {
    KeyCounts counts = inMemory(part.name());
    if (counts != null) {
      return counts;
    }
    sweep();
    Disk d = disk;
    String path = path(part.name());
    DataType type = LowCardinalityType.strip(c.type());
    boolean kept = d != null && part.rows() >= ROWS_ON_DISK_MIN && d.exists(path);
    counts = kept && d != null ? KeyCountsFile.read(d, path, part, type) : null;
    if (counts != null) {
      known.put(part.name(), new SoftReference<>(counts));
      return counts;
    }
    counts = count(part, c);
    put(part, counts);
    return counts;
  }

  private @Nullable KeyCounts inMemory(PartName name) {
    SoftReference<KeyCounts> r = known.get(name);
    return r == null ? null : r.get();
  }

  private static KeyCounts count(DataPart part, TableColumn column) {
    part.retain();
    try {
      var reader = new PartReader(part, List.of(ColumnRequest.of(column.name())));
      var builder = new KeyCounts.Builder(column.type());
      int granules = part.granularity().count();
      for (int from = 0; from < granules; from += GRANULES_AT_ONCE) {
        Column key = reader.read(0, from, Math.min(granules, from + GRANULES_AT_ONCE));
        if (key == null) {
          throw new IllegalStateException("no column " + column.name() + " in part " + part);
        }
        builder.add(key, key.size());
      }
      return builder.build();
    } finally {
      part.release();
    }
  }

  /** The part is gone. */
  void forget(PartName name) {
    known.remove(name);
    Disk d = disk;
    if (d != null && d.exists(path(name))) {
      d.remove(path(name));
    }
  }

  void forgetAll() {
    known.clear();
    Disk d = disk;
    if (d != null) {
      d.remove(folder);
    }
  }

  /** Once after a start: removes the files of parts that went while nobody looked. */
  private void sweep() {
    Disk d = disk;
    if (swept || d == null) {
      return;
    }
    swept = true;
    Set<String> active = new HashSet<>();
    data.snapshot().parts().forEach(p -> active.add(p.name() + ".counts"));
    for (String file : d.list(folder)) {
      if (!active.contains(file) && !known.containsKey(nameOf(file))) {
        d.remove(folder + "/" + file);
      }
    }
  }

  private static PartName nameOf(String file) {
    PartName name = PartName.tryParse(file.replaceFirst("\\.counts(\\.tmp)?$", ""));
    return name == null ? PartName.of("", 0, 0, 0) : name;
  }
}
