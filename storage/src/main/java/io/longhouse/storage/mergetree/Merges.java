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

  /** Chosen parts, reserved; none if there are none. */
  private synchronized List<DataPart> choose(@Nullable String partitionId, boolean aggressive) {
    long bytesMax =
        Math.min(
            data.settings().number("max_bytes_to_merge_at_max_space_in_pool"),
            data.disk().freeBytes() / 2);
    var selector =
        new MergeSelector((int) data.settings().number("max_parts_to_merge_at_once"), bytesMax);
    long now = System.currentTimeMillis();
    List<DataPart> parts =
        selector.select(
            runs(partitionId),
            p -> Math.max(0, (now - data.disk().modifiedMs(p.folder())) / 1000),
            aggressive);
    return !parts.isEmpty() && reserve(parts) ? parts : List.of();
  }

  /** Neighbouring parts of one partition that are not busy. */
  private List<List<DataPart>> runs(@Nullable String partitionId) {
    List<List<DataPart>> runs = new ArrayList<>();
    String partition = null;
    long mutation = -1;
    for (DataPart p : data.snapshot().parts()) {
      String id = p.name().partitionId();
      if (partitionId != null && !partitionId.equals(id)) {
        continue;
      }
      // Parts that wait for different mutations cannot become one that waits for some.
      long pending = data.mutations().pendingFor(p);
      boolean breaks = !id.equals(partition) || pending != mutation;
      if (busy.contains(p.name())) {
        partition = null;
        continue;
      }
      if (breaks) {
        runs.add(new ArrayList<>());
        partition = id;
        mutation = pending;
      }
      runs.getLast().add(p);
    }
    return runs;
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
    PartName name = resultName(sources);
    var progress =
        new MergeProgress(
            data.table(),
            name,
            sources.stream().map(DataPart::name).toList(),
            false,
            sources.stream().mapToLong(DataPart::rows).sum(),
            sources.stream().mapToLong(DataPart::bytesOnDisk).sum());
    String folder = data.temporaryFolder("merge", name.toString());
    sources.forEach(DataPart::retain);
    register(progress);
    data.listener()
        .on(
            MergeTreeListener.Event.begun(
                MergeTreeListener.Kind.MERGE_PARTS_START, progress, sources));
    Throwable failure = null;
    DataPart result = null;
    try {
      MergeTreeMetadata metadata = data.metadata();
      var builder = new PartBuilder(data.disk(), metadata, data.settings(), data.keyCounts());
      WrittenPart written =
          new PartMerger(
                  data.disk(),
                  metadata,
                  mode,
                  purpose,
                  builder,
                  progress,
                  limit,
                  data.mutations()::renamesFor)
              .merge(sources, folder);
      result = data.replace(folder, name, sources);
      if (result == null) {
        data.disk().remove(folder);
      } else if (result.rows() == 0) {
        data.drop(List.of(result));
      } else {
        data.keyCounts().put(result, written.counts());
      }
      return result;
    } catch (RuntimeException | Error e) {
      failure = e;
      data.disk().remove(folder);
      throw e;
    } finally {
      unregister(progress);
      sources.forEach(DataPart::release);
      data.listener()
          .on(
              MergeTreeListener.Event.ended(
                  MergeTreeListener.Kind.MERGE_PARTS, progress, sources, result, failure));
    }
  }

  private static PartName resultName(List<DataPart> sources) {
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
