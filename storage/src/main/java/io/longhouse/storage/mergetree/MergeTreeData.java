package io.longhouse.storage.mergetree;

import io.longhouse.column.Block;
import io.longhouse.column.Column;
import io.longhouse.function.expr.Expr;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import io.longhouse.storage.MergeTreeSettings;
import io.longhouse.storage.disk.Disk;
import io.longhouse.storage.part.DataPart;
import io.longhouse.storage.part.PartName;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.jspecify.annotations.Nullable;

/**
 * The data of one table. Readers take {@link #snapshot} and never wait; changes of the set of parts
 * happen under one lock.
 */
public final class MergeTreeData implements AutoCloseable {
  private final String table;
  private final Disk disk;
  private final String folder;
  private final MergeMode mode;
  private final MergeTreeListener listener;
  private final ReentrantLock lock = new ReentrantLock();

  /** Held for reading while a part is written, for writing while the columns change. */
  private final ReentrantReadWriteLock schema = new ReentrantReadWriteLock();

  private final AtomicLong blockNumber = new AtomicLong();
  private final AtomicLong temporaryNumber = new AtomicLong();

  private final Mutations mutations;
  private final Merges merges;
  private final Partitions partitions;
  private final OutdatedParts outdated;

  /** Parts that have their folder and that nobody sees before it is decided that they are there. */
  private final Map<PartName, DataPart> prepared = new ConcurrentHashMap<>();

  private volatile PartAuthority authority = new LocalAuthority(this);
  private volatile PartKeyCounts keyCounts;
  private volatile PartSnapshot active = PartSnapshot.EMPTY;
  private volatile @Nullable BackgroundMerges background;
  private volatile MergeTreeMetadata metadata;
  private volatile MergeTreeSettings settings;

  private MergeTreeData(
      String table,
      Disk disk,
      String folder,
      MergeTreeMetadata metadata,
      MergeTreeSettings settings,
      MergeMode mode,
      MergeTreeListener listener,
      BandwidthLimit limit) {
    this.table = table;
    this.disk = disk;
    this.folder = folder;
    this.metadata = metadata;
    this.settings = settings;
    this.mode = mode;
    this.listener = listener;
    this.mutations = new Mutations(this);
    this.merges = new Merges(this, limit);
    this.partitions = new Partitions(this);
    this.outdated = new OutdatedParts(this);
    this.keyCounts = new PartKeyCounts(this, _ -> false, null, "");
  }

  /**
   * Opens a table's data, of a new table or one that is there.
   *
   * @param table its name for messages
   * @param folder its path on the disk
   * @param limit for the writes of merges
   */
  public static MergeTreeData open(
      String table,
      Disk disk,
      String folder,
      MergeTreeMetadata metadata,
      MergeTreeSettings settings,
      MergeMode mode,
      MergeTreeListener listener,
      BandwidthLimit limit) {
    var data = new MergeTreeData(table, disk, folder, metadata, settings, mode, listener, limit);
    data.load();
    return data;
  }

  /** The same without a limit for the writes of merges. */
  public static MergeTreeData open(
      String table,
      Disk disk,
      String folder,
      MergeTreeMetadata metadata,
      MergeTreeSettings settings,
      MergeMode mode,
      MergeTreeListener listener) {
    return open(table, disk, folder, metadata, settings, mode, listener, BandwidthLimit.NONE);
  }

  private void load() {
    disk.createFolders(folder + "/detached");
    if (!disk.exists(folder + "/format_version.txt")) {
      writeSmallFile("format_version.txt", "1");
    }
    var loaded = new PartLoader(table, disk, folder, metadata.partSchema(), settings).load();
    for (DataPart p : loaded.active()) {
      p.granuleRows((int) settings.number("index_granularity"));
    }
    active = new PartSnapshot(loaded.active());
    outdated.found(loaded.outdated());
    blockNumber.set(Math.max(loaded.blockNumberMax(), mutations.load()));
  }

  void writeSmallFile(String name, String text) {
    try (OutputStream out = disk.create(folder + "/" + name)) {
      out.write(io.longhouse.sql.ByteText.encode(text));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    disk.sync(List.of(folder + "/" + name));
    disk.syncFolder(folder);
  }

  /** The name for messages. */
  public String table() {
    return table;
  }

  public Disk disk() {
    return disk;
  }

  /** The table's path on the disk. */
  public String folder() {
    return folder;
  }

  public MergeMode mode() {
    return mode;
  }

  public Merges merges() {
    return merges;
  }

  public Mutations mutations() {
    return mutations;
  }

  /** Who is told when there may be something to merge or to mutate. */
  void background(BackgroundMerges threads) {
    background = threads;
  }

  /** Who decides about the parts. */
  public PartAuthority authority() {
    return authority;
  }

  /** Has others decide about the parts; called once, before there is any work. */
  public void authority(PartAuthority others) {
    authority = others;
  }

  /** Whether time alone can bring background work, without a change. */
  boolean mayHaveWork() {
    return !outdated.isEmpty() || authority.mayHaveWork();
  }

  /** There may be something new to merge or to mutate. */
  public void changed() {
    BackgroundMerges b = background;
    if (b != null) {
      b.wake(this);
    }
  }

  /** What ALTER does with whole parts. */
  public Partitions partitions() {
    return partitions;
  }

  /** CHECK TABLE of all parts or of one partition. */
  public List<PartCheck.Result> check(@Nullable String partitionId) {
    try (SnapshotLease lease = lease()) {
      PartSnapshot s = lease.snapshot();
      return PartCheck.check(partitionId == null ? s.parts() : s.ofPartition(partitionId));
    }
  }

  /** Rows by tenant in each part, where the table has tenants. */
  public PartKeyCounts keyCounts() {
    return keyCounts;
  }

  /** Says how rows are counted from now on. */
  public void keyCounts(PartKeyCounts counts) {
    keyCounts = counts;
  }

  /** Who hears what happens to the parts. */
  public MergeTreeListener listener() {
    return listener;
  }

  public PartSnapshot snapshot() {
    return active;
  }

  /** The parts as they are now, whose files stay until the lease is closed. */
  public SnapshotLease lease() {
    return lease(null);
  }

  /**
   * The same without parts that somebody must not see yet.
   *
   * @param blocksMax by partition the highest block that may be seen; null for all
   */
  public SnapshotLease lease(@Nullable Map<String, Long> blocksMax) {
    lock.lock();
    try {
      return new SnapshotLease(blocksMax == null ? active : active.upTo(blocksMax));
    } finally {
      lock.unlock();
    }
  }

  /**
   * Writes a part without rows into a temporary folder.
   *
   * @return the folder; null where no part tells the values of the partition
   */
  public @Nullable String writeEmpty(PartName name) {
    List<Column> values = partitionValues(name.partitionId());
    if (values == null) {
      return null;
    }
    MergeTreeMetadata m = metadata;
    Column[] columns =
        m.columns().stream().map(c -> c.type().newBuilder(0).build()).toArray(Column[]::new);
    String to = temporaryFolder("empty", name.toString());
    var builder = new PartBuilder(disk, m, settings, keyCounts);
    builder.write(new PartitionSplit(name.partitionId(), values, new Block(columns, 0)), to, null);
    builder.sync(List.of(to));
    return to;
  }

  private @Nullable List<Column> partitionValues(String partitionId) {
    if (metadata.partitionKey().isEmpty()) {
      return List.of();
    }
    List<DataPart> parts = active.ofPartition(partitionId);
    return parts.isEmpty() ? null : parts.getFirst().partition();
  }

  /**
   * A part that is on disk, whether it is active, about to be, or was replaced. Its files stay
   * until the caller releases it.
   *
   * @return null if there is none of exactly this name
   */
  public @Nullable DataPart retained(PartName name) {
    lock.lock();
    try {
      DataPart part = prepared.get(name);
      for (DataPart p :
          part == null ? active.ofPartition(name.partitionId()) : List.<DataPart>of()) {
        part = p.name().equals(name) ? p : part;
      }
      if (part != null) {
        part.retain();
        return part;
      }
    } finally {
      lock.unlock();
    }
    return outdated.retained(name);
  }

  /** Parts that were replaced and are still on disk. */
  public Collection<PartName> outdated() {
    return outdated.names();
  }

  public MergeTreeMetadata metadata() {
    return metadata;
  }

  /** The table was altered: parts written from now on have these columns. */
  public void metadata(MergeTreeMetadata altered) {
    metadata = altered;
  }

  public MergeTreeSettings settings() {
    return settings;
  }

  public void settings(MergeTreeSettings altered) {
    settings = altered;
  }

  /** The granules that a predicate over the table's columns leaves; null for all. */
  public Selection select(PartSnapshot snapshot, @Nullable Expr predicate) {
    return Selection.of(snapshot, metadata, predicate);
  }

  long nextBlockNumber() {
    return blockNumber.incrementAndGet();
  }

  /** A path for a folder that is not a part yet. */
  public String temporaryFolder(String purpose, String name) {
    return folder + "/tmp_" + purpose + "_" + name + "_" + temporaryNumber.incrementAndGet();
  }

  void lockSchema() {
    schema.writeLock().lock();
  }

  void unlockSchema() {
    schema.writeLock().unlock();
  }

  /** The columns that blocks of an INSERT are made for, which begins now. */
  public WriteSchema writeSchema() {
    schema.readLock().lock();
    try {
      return new WriteSchema(metadata, mutations.lastVersion());
    } finally {
      schema.readLock().unlock();
    }
  }

  /** The same for rows of the columns that the table has now. */
  public List<DataPart> insert(Block block, InsertOptions options) {
    return insert(block, options, writeSchema());
  }

  /**
   * Writes the rows of a block, one part for each partition, and makes them visible together.
   *
   * @param block all stored columns of {@code made} in their order
   * @return the new parts
   * @throws LonghouseException TOO_MANY_PARTS (252)
   */
  public List<DataPart> insert(Block block, InsertOptions options, WriteSchema made) {
    if (block.rows() == 0) {
      return List.of();
    }
    InsertLimits.delayIfManyParts(PartitionSplit.of(made.metadata(), block), this);
    schema.readLock().lock();
    try {
      return new BlockInsert(this, options).write(made.toCurrent(block, this));
    } finally {
      schema.readLock().unlock();
    }
  }

  private void activate(PartSnapshot parts) {
    active = parts;
    changed();
  }

  /**
   * Makes complete folders parts with new block numbers, visible together.
   *
   * @param level how often the rows were merged: those of equal key may have become one already
   */
  List<DataPart> commitNew(List<WrittenPart> written, int level) {
    lock.lock();
    List<PartName> names = new ArrayList<>();
    try {
      List<DataPart> parts = new ArrayList<>();
      for (WrittenPart w : written) {
        long n = nextBlockNumber();
        names.add(PartName.of(w.partitionId(), n, n, level));
        parts.add(publish(w.folder(), names.getLast()));
      }
      disk.syncFolder(folder);
      activate(active.with(parts, List.of()));
      return parts;
    } catch (RuntimeException | Error e) {
      // Who is told that it failed will write the rows again: none must be there at the next start.
      names.forEach(this::eraseFolder);
      throw e;
    } finally {
      lock.unlock();
    }
  }

  /** Gives a complete folder the name of a part. The table's folder is still to be synced. */
  private DataPart publish(String temporary, PartName name) {
    String path = folder + "/" + name;
    disk.move(temporary, path);
    DataPart part = DataPart.open(disk, path, name, metadata.partSchema());
    part.granuleRows((int) settings.number("index_granularity"));
    return part;
  }

  /**
   * Gives a complete folder the name of a part that is not visible yet: {@link #publish} makes it
   * so, {@link #discard} removes it. What is neither at the end of the process is on disk at the
   * next start.
   *
   * @throws LonghouseException PART_IS_TEMPORARILY_LOCKED (384) while the folder is there already
   */
  public DataPart prepare(String temporary, PartName name) {
    lock.lock();
    try {
      if (prepared.containsKey(name) || disk.exists(folder + "/" + name)) {
        throw new LonghouseException(
            ErrorCode.PART_IS_TEMPORARILY_LOCKED,
            "Part " + name + " is in table " + table + " already and not gone yet");
      }
      return prepareNew(temporary, name);
    } finally {
      lock.unlock();
    }
  }

  private DataPart prepareNew(String temporary, PartName name) {
    try {
      DataPart part = publish(temporary, name);
      disk.syncFolder(folder);
      prepared.put(name, part);
      return part;
    } catch (RuntimeException | Error e) {
      eraseFolder(name);
      throw e;
    }
  }

  /** A part that is prepared, or null. */
  public @Nullable DataPart prepared(PartName name) {
    return prepared.get(name);
  }

  /**
   * Makes prepared parts visible together, each in the place of the parts that it contains. One
   * that another part contains has been replaced before it was seen.
   *
   * @return the parts whose place was taken
   */
  public List<DataPart> publish(Collection<DataPart> parts) {
    lock.lock();
    try {
      return publishLocked(parts);
    } finally {
      lock.unlock();
    }
  }

  /**
   * The same, and takes everything else that a range of blocks contains out of the table in the
   * same step.
   *
   * @param range null for none
   * @return the names of all that went by the range
   */
  public List<PartName> publish(Collection<DataPart> parts, @Nullable PartName range) {
    lock.lock();
    try {
      publishLocked(parts);
      return range == null ? List.of() : removeRange(range, null);
    } finally {
      lock.unlock();
    }
  }

  private List<DataPart> publishLocked(Collection<DataPart> parts) {
    List<DataPart> added = new ArrayList<>();
    List<DataPart> covered = new ArrayList<>();
    for (DataPart p : parts) {
      if (!prepared.remove(p.name(), p)) {
        continue;
      }
      if (active.containing(p.name()) != null) {
        outdated.replaced(List.of(p));
      } else {
        added.add(p);
        active.parts().stream().filter(o -> p.name().contains(o.name())).forEach(covered::add);
      }
    }
    activate(active.with(added, covered));
    outdated.replaced(covered);
    return covered;
  }

  /** Whether a part is prepared that a range of blocks contains. */
  public boolean isPreparing(PartName range) {
    return prepared.keySet().stream().anyMatch(range::contains);
  }

  /** Removes a prepared part. */
  public void discard(DataPart part) {
    lock.lock();
    try {
      if (prepared.remove(part.name(), part)) {
        eraseFolder(part.name());
      }
    } finally {
      lock.unlock();
    }
  }

  /** Takes the name off a prepared part again: its folder is a temporary one. */
  public void unprepare(DataPart part, String temporary) {
    lock.lock();
    try {
      if (prepared.remove(part.name(), part)) {
        disk.move(part.folder(), temporary);
      }
    } finally {
      lock.unlock();
    }
  }

  /**
   * Removes the files of parts that were taken out of the table; those that somebody still reads
   * stay until the next time.
   */
  public void eraseUnwanted(Collection<PartName> names) {
    outdated.erase(names);
  }

  /**
   * Takes everything that a range of blocks contains out of the table, replaced parts as well.
   * Their files go as soon as nobody reads them.
   *
   * @param detached told of each active part before; null for nothing
   * @return the names of all that went
   */
  public List<PartName> removeRange(PartName range, @Nullable PartAction detached) {
    List<DataPart> gone;
    List<PartName> names = new ArrayList<>();
    lock.lock();
    try {
      gone = active.parts().stream().filter(p -> range.contains(p.name())).toList();
      if (detached != null) {
        gone.forEach(detached::on);
      }
      for (PartName n : outdated.names()) {
        if (range.contains(n)) {
          names.add(n);
        }
      }
      outdated.hurry(names);
      outdated.unwanted(gone);
      activate(active.with(List.of(), gone));
    } finally {
      lock.unlock();
    }
    gone.forEach(p -> names.add(p.name()));
    return names;
  }

  /**
   * Makes a complete folder a part in place of others, in one step.
   *
   * @param sources parts that the new one was made of; they must still be active
   * @return the new part, or null if a source is gone, when nothing was changed
   */
  @Nullable DataPart replace(String temporary, PartName name, List<DataPart> sources) {
    lock.lock();
    try {
      if (!active.parts().containsAll(sources)) {
        return null;
      }
      DataPart part = publish(temporary, name);
      disk.syncFolder(folder);
      activate(active.with(List.of(part), sources));
      outdated.replaced(sources);
      return part;
    } finally {
      lock.unlock();
    }
  }

  /** Makes complete folders parts with new block numbers, in place of {@code removed}. */
  List<DataPart> attach(List<String> folders, List<String> partitionIds, List<DataPart> removed) {
    lock.lock();
    try {
      List<DataPart> parts = new ArrayList<>();
      for (int i = 0; i < folders.size(); i++) {
        long n = nextBlockNumber();
        parts.add(publish(folders.get(i), PartName.of(partitionIds.get(i), n, n, 0)));
      }
      disk.syncFolder(folder);
      activate(active.with(parts, removed));
      erase(removed);
      return parts;
    } finally {
      lock.unlock();
    }
  }

  /** Takes parts out of the table and lets {@code action} deal with the folder of each. */
  public void take(List<DataPart> parts, PartAction action) {
    lock.lock();
    try {
      List<DataPart> gone = new ArrayList<>(parts);
      gone.retainAll(active.parts());
      // What a part was made of must not come back at the next start.
      outdated.eraseIn(gone);
      for (DataPart p : gone) {
        keyCounts.forget(p.name());
        action.on(p);
      }
      disk.syncFolder(folder);
      activate(active.with(List.of(), gone));
    } finally {
      lock.unlock();
    }
  }

  /**
   * Takes a part out of the table that should not be there, in the same step in which parts that it
   * replaced become active again.
   *
   * @param replaced names of outdated parts; one that is damaged does not come back
   */
  public void takeBack(DataPart part, Collection<PartName> replaced, PartAction action) {
    lock.lock();
    try {
      List<DataPart> back = outdated.recall(replaced);
      back.forEach(p -> p.granuleRows((int) settings.number("index_granularity")));
      keyCounts.forget(part.name());
      action.on(part);
      disk.syncFolder(folder);
      activate(active.with(back, List.of(part)));
    } finally {
      lock.unlock();
    }
  }

  /** Removes a part that was replaced, whoever may come to want it. */
  public void eraseOutdated(PartName name) {
    outdated.erase(name);
  }

  /** Something done to a part that leaves the table. */
  public interface PartAction {
    void on(DataPart part);
  }

  /** Removes parts for good. */
  public void drop(List<DataPart> parts) {
    lock.lock();
    try {
      activate(active.with(List.of(), parts));
      erase(parts);
    } finally {
      lock.unlock();
    }
    parts.forEach(p -> listener.on(MergeTreeListener.Event.removed(p.toString(), p)));
  }

  private void erase(List<DataPart> parts) {
    outdated.eraseIn(parts);
    for (DataPart p : parts) {
      eraseFolder(p.name());
    }
    disk.syncFolder(folder);
  }

  /** Removes the folder of a part that is not active. */
  void eraseFolder(PartName name) {
    keyCounts.forget(name);
    String gone = folder + "/delete_tmp_" + name;
    if (disk.exists(folder + "/" + name)) {
      disk.remove(gone);
      disk.move(folder + "/" + name, gone);
      disk.remove(gone);
    }
  }

  /** Whether parts that were replaced stay on disk: {@code SYSTEM STOP CLEANUP}. */
  public void keepOutdated(boolean keep) {
    outdated.keep(keep);
    changed();
  }

  /**
   * Removes parts that were replaced long enough ago.
   *
   * @param ageMsMin how long ago at least; negative for all
   * @return how many
   */
  public int removeOutdated(long ageMsMin) {
    return outdated.remove(ageMsMin);
  }

  /** Removes all files of the table. */
  public void dropTable() {
    lock.lock();
    try {
      active = PartSnapshot.EMPTY;
      outdated.forget();
      disk.remove(folder);
      keyCounts.forgetAll();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {
    removeOutdated(settings.number("old_parts_lifetime") * 1000);
  }
}
