package io.longhouse.storage.mergetree;

import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import io.longhouse.storage.part.DataPart;
import io.longhouse.storage.part.PartName;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The merges of one table: what is chosen, what runs, what comes of it. A part is in one merge or
 * mutation at a time.
 */
public final class Merges {
  private final MergeTreeData data;
  private final BandwidthLimit limit;
  private final Set<PartName> busy = ConcurrentHashMap.newKeySet();
  private final Set<MergeProgress> running = ConcurrentHashMap.newKeySet();
  private volatile boolean stopped;

  Merges(MergeTreeData data, BandwidthLimit limit) {
    this.data = data;
    this.limit = limit;
  }

  /** Merges and mutations that run now. */
  public List<MergeProgress> running() {
    return List.copyOf(running);
  }

  /** Lets no new merge or mutation begin and ends those that run: {@code SYSTEM STOP MERGES}. */
  public void stop() {
    stopped = true;
    running.forEach(MergeProgress::cancel);
  }

  /** Undoes {@link #stop}. */
  public void start() {
    stopped = false;
    data.changed();
  }

  /** Whether {@link #stop} is in force. */
  public boolean isStopped() {
    return stopped;
  }

  BandwidthLimit limit() {
    return limit;
  }

  /** Takes parts for a merge or mutation; false if one of them is taken already. */
  synchronized boolean reserve(Collection<DataPart> parts) {
    if (parts.stream().anyMatch(p -> busy.contains(p.name()))) {
      return false;
    }
    parts.forEach(p -> busy.add(p.name()));
    return true;
  }

  /** Takes parts as soon as nothing else has them. */
  void reserveWaiting(Collection<DataPart> parts) {
    while (!reserve(parts)) {
      awaitFree();
    }
  }

  synchronized void free(Collection<DataPart> parts) {
    parts.forEach(p -> busy.remove(p.name()));
    notifyAll();
  }

  void register(MergeProgress p) {
    running.add(p);
  }

  void unregister(MergeProgress p) {
    running.remove(p);
  }

  /** Chooses parts and merges them; false if there was nothing worth it. */
  public boolean mergeOnce() {
    List<DataPart> parts = choose(null, false);
    return !parts.isEmpty() && mergeReserved(parts, data.mode(), MergeMode.Purpose.MERGE) != null;
  }

  /** Which parts may become one. */
  public interface Rule {
    /** Whether a part may be merged at all. */
    boolean allows(DataPart part);

    /** Whether a part may be merged with the one before it in the same partition. */
    boolean allows(DataPart left, DataPart right);
  }

  /** Parts that nothing else has, and that wait for the same mutations. */
  private final class Alone implements Rule {
    @Override
    public boolean allows(DataPart part) {
      return !busy.contains(part.name());
    }

    @Override
    public boolean allows(DataPart left, DataPart right) {
      // Parts that wait for different mutations cannot become one that waits for some.
      return data.mutations().pendingFor(left) == data.mutations().pendingFor(right);
    }
  }

  /** Bytes on disk of all parts of one merge, at most. */
  public long bytesMax() {
    return Math.min(
        data.settings().number("max_bytes_to_merge_at_max_space_in_pool"),
        data.disk().freeBytes() / 2);
  }

  /** Chosen parts, reserved; none if there are none. */
  private synchronized List<DataPart> choose(@Nullable String partitionId, boolean aggressive) {
    List<DataPart> parts = choose(partitionId, aggressive, bytesMax(), new Alone());
    return !parts.isEmpty() && reserve(parts) ? parts : List.of();
  }

  /**
   * The neighbouring parts whose merge is worth most.
   *
   * @param partitionId null for all partitions
   * @param aggressive whether any merge is better than none
   * @param bytesMax on disk of all of them
   * @return none if no merge is worth it
   */
  public List<DataPart> choose(
      @Nullable String partitionId, boolean aggressive, long bytesMax, Rule rule) {
    var selector =
        new MergeSelector((int) data.settings().number("max_parts_to_merge_at_once"), bytesMax);
    long now = System.currentTimeMillis();
    return selector.select(
        runs(partitionId, rule),
        p -> Math.max(0, (now - data.disk().modifiedMs(p.folder())) / 1000),
        aggressive);
  }

  /** Neighbouring parts of one partition that may be merged. */
  private List<List<DataPart>> runs(@Nullable String partitionId, Rule rule) {
    List<List<DataPart>> runs = new ArrayList<>();
    DataPart before = null;
    for (DataPart p : data.snapshot().parts()) {
      String id = p.name().partitionId();
      if (partitionId != null && !partitionId.equals(id)) {
        continue;
      }
      if (!rule.allows(p)) {
        before = null;
        continue;
      }
      boolean goesOn =
          before != null && before.name().partitionId().equals(id) && rule.allows(before, p);
      if (!goesOn) {
        runs.add(new ArrayList<>());
      }
      runs.getLast().add(p);
      before = p;
    }
    return runs;
  }

  /**
   * Merges parts as it was decided elsewhere.
   *
   * @param name of the result
   * @param deduplicateBy places of columns; null to keep equal rows
   * @return the new part, or null if it was not wanted any more
   */
  public @Nullable DataPart execute(
      List<DataPart> sources,
      PartName name,
      @Nullable List<Integer> deduplicateBy,
      MergeMode.Purpose purpose) {
    MergeMode mode =
        deduplicateBy == null ? data.mode() : new DeduplicateMode(data.mode(), deduplicateBy);
    return new MergeRun(data, this, true).merge(sources, name, mode, purpose);
  }

  /** Merges reserved parts and frees them; null if another change was faster. */
  private @Nullable DataPart mergeReserved(
      List<DataPart> parts, MergeMode mode, MergeMode.Purpose purpose) {
    try {
      return merge(parts, mode, purpose);
    } finally {
      free(parts);
    }
  }

  private @Nullable DataPart merge(
      List<DataPart> parts, MergeMode mode, MergeMode.Purpose purpose) {
    if (stopped) {
      throw new LonghouseException(ErrorCode.ABORTED, "Cancelled merging parts");
    }
    List<DataPart> sources = new ArrayList<>(parts);
    sources.sort(Comparator.comparing(DataPart::name));
    if (!waitForTheSame(sources)) {
      throw new IllegalArgumentException("Parts wait for different mutations: " + sources);
    }
    return new MergeRun(data, this, false).merge(sources, resultName(sources), mode, purpose);
  }

  /** The name of what parts become, which are in the order of their blocks. */
  public static PartName resultName(List<DataPart> sources) {
    PartName first = sources.getFirst().name();
    int level = 0;
    long mutation = 0;
    long max = 0;
    for (DataPart p : sources) {
      level = Math.max(level, p.name().level());
      mutation = Math.max(mutation, p.name().mutation());
      max = Math.max(max, p.name().maxBlock());
    }
    return new PartName(first.partitionId(), first.minBlock(), max, level + 1, mutation);
  }

  /**
   * {@code OPTIMIZE TABLE}.
   *
   * @param partitionId null for all partitions
   * @return whether anything was merged
   * @throws LonghouseException CANNOT_ASSIGN_OPTIMIZE (388) when FINAL is in the way of other work
   */
  public boolean optimize(@Nullable String partitionId, OptimizeOptions options) {
    List<Integer> deduplicateBy = options.deduplicateBy();
    MergeMode mode =
        deduplicateBy == null ? data.mode() : new DeduplicateMode(data.mode(), deduplicateBy);
    if (!options.isFinal()) {
      List<DataPart> parts = choose(partitionId, true);
      return !parts.isEmpty() && mergeReserved(parts, mode, MergeMode.Purpose.MERGE) != null;
    }
    boolean any = false;
    for (String id : data.snapshot().partitionIds()) {
      if (partitionId == null || partitionId.equals(id)) {
        any |= mergeWhole(id, mode, options);
      }
    }
    return any;
  }

  private boolean mergeWhole(String partitionId, MergeMode mode, OptimizeOptions options) {
    var purpose = options.cleanup() ? MergeMode.Purpose.CLEANUP : MergeMode.Purpose.MERGE;
    for (int attempt = 0; attempt < 100; attempt++) {
      List<DataPart> parts = data.snapshot().ofPartition(partitionId);
      if (parts.isEmpty()) {
        return false;
      }
      if (options.skipsMerged() && parts.size() == 1 && parts.getFirst().name().level() > 0) {
        return false;
      }
      if (!reserve(parts)) {
        awaitFree();
      } else if (!waitForTheSame(parts)) {
        // A merged part would pass for one that has the mutation that only some have.
        free(parts);
        if (!data.mutations().mutateOnce()) {
          awaitFree();
        }
      } else if (mergeReserved(parts, mode, purpose) != null) {
        return true;
      }
    }
    throw new LonghouseException(
        ErrorCode.CANNOT_ASSIGN_OPTIMIZE,
        "Cannot select parts for optimization: some parts of partition "
            + partitionId
            + " are merging or wait for a mutation that others have");
  }

  private boolean waitForTheSame(List<DataPart> parts) {
    return parts.stream().mapToLong(data.mutations()::pendingFor).distinct().count() <= 1;
  }

  /** Waits for other work to end, a second at most. */
  private synchronized void awaitFree() {
    try {
      wait(1000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LonghouseException(ErrorCode.QUERY_WAS_CANCELLED, "Query was cancelled", e);
    }
  }
}
