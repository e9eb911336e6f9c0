package io.longhouse.cluster.replication;

import io.longhouse.cluster.keeper.CreateMode;
import io.longhouse.cluster.keeper.KeeperError.Reason;
import io.longhouse.cluster.keeper.KeeperPaths;
import io.longhouse.cluster.keeper.KeeperSession;
import io.longhouse.cluster.keeper.MultiResult;
import io.longhouse.cluster.keeper.Op;
import io.longhouse.cluster.replication.node.LogEntry;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import io.longhouse.storage.mergetree.Merges;
import io.longhouse.storage.mergetree.Mutations;
import io.longhouse.storage.mergetree.OptimizeOptions;
import io.longhouse.storage.part.DataPart;
import io.longhouse.storage.part.PartName;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Decides for all replicas which parts are merged and mutated next, and says so in the log. Several
 * replicas may do this at once: the version of the log tells whether another was faster.
 */
final class Assigner {
  private static final long IDLE_MS = 5000;
  private static final long WAIT_MS_MAX = 60_000;

  private final ReplicaCore core;
  private final ReplicationQueue queue;
  private final ReplicaMutations mutations;
  private final LogPuller puller;
  private final BlockNumbers numbers;
  private final Quorum quorum;
  private final ReentrantLock lock = new ReentrantLock();

  Assigner(
      ReplicaCore core,
      ReplicationQueue queue,
      ReplicaMutations mutations,
      LogPuller puller,
      BlockNumbers numbers,
      Quorum quorum) {
    this.core = core;
    this.queue = queue;
    this.mutations = mutations;
    this.puller = puller;
    this.numbers = numbers;
    this.quorum = quorum;
  }

  /** Does something while nothing is assigned here. */
  void alone(Runnable work) {
    lock.lock();
    try {
      work.run();
    } finally {
      lock.unlock();
    }
  }

  MergeRules rules(KeeperSession session) {
    return MergeRules.of(session, queue, mutations, puller, numbers, quorum);
  }

  /** Assigns at most one merge or mutation; answers how long there is nothing more, in ms. */
  long assignNext(KeeperSession session) {
    if (!hasCandidates()) {
      return IDLE_MS;
    }
    lock.lock();
    try {
      long merges = queue.countOf(QueueEntry::makesPart);
      long mutating = queue.countOf(e -> e.action() instanceof LogEntry.Mutate);
      if (core.data().merges().isStopped()
          || merges >= core.settings().number("max_replicated_merges_in_queue")) {
        return IDLE_MS;
      }
      MergeRules rules = rules(session);
      List<DataPart> parts = core.data().merges().choose(null, false, bytesMax(merges), rules);
      if (!parts.isEmpty()) {
        return merge(session, parts, rules, OptimizeOptions.ANY) == null ? IDLE_MS : 0;
      }
      if (mutating < core.settings().number("max_replicated_mutations_in_queue")) {
        return mutate(session, rules) ? 0 : IDLE_MS;
      }
      return IDLE_MS;
    } finally {
      lock.unlock();
    }
  }

  /** Keeper is asked only where there may be something to do. */
  private boolean hasCandidates() {
    String before = "";
    for (DataPart p : core.data().snapshot().parts()) {
      String id = p.name().partitionId();
      if (id.equals(before)) {
        return true;
      }
      before = id;
    }
    return mutations.isAnyWaiting();
  }

  /** The more merges wait the smaller are further ones, so that small parts have their turn. */
  private long bytesMax(long queued) {
    long most = core.data().merges().bytesMax();
    long limit = Math.max(1, core.settings().number("max_replicated_merges_in_queue"));
    long least = Math.min(most, core.settings().number("max_bytes_to_merge_at_min_space_in_pool"));
    double share = (double) queued / limit;
    return (long) (most * Math.pow((double) Math.max(1, least) / Math.max(1, most), share));
  }

  /** Answers the entry's place in the log; null if the log has changed or a part is not known. */
  private LogWait.@Nullable Logged merge(
      KeeperSession session, List<DataPart> parts, MergeRules rules, OptimizeOptions options) {
    for (DataPart p : parts) {
      if (session.exists(core.path().part(p.name())) == null) {
        return null;
      }
    }
    PartName result = Merges.resultName(parts);
    List<Integer> by = options.deduplicateBy();
    var action =
        new LogEntry.Merge(
            parts.stream().map(p -> p.name().toString()).toList(),
            result.toString(),
            by != null,
            by == null ? List.of() : columns(by),
            LogEntry.Merge.REGULAR,
            null,
            options.cleanup());
    boolean wide = core.hasOldPeers() || parts.stream().anyMatch(DataPart::isWide);
    return log(session, action, wide ? LogEntry.WIDE : "Compact", rules.logVersion());
  }

  private List<String> columns(List<Integer> places) {
    var columns = core.data().metadata().columns();
    return places.size() == columns.size()
        ? List.of()
        : places.stream().map(i -> columns.get(i).name()).toList();
  }

  private LogWait.@Nullable Logged log(
      KeeperSession session, LogEntry.Action action, String partType, int logVersion) {
    LogEntry entry =
        LogEntry.of(System.currentTimeMillis() / 1000, core.path().replica(), action)
            .withPartType(partType);
    MultiResult result =
        session.multi(
            List.of(
                new Op.Create(
                    core.path().of("log/log-"), entry.toBytes(), CreateMode.PERSISTENT_SEQUENTIAL),
                Op.set(core.path().of("log"), "", logVersion)));
    if (result.failed(1, Reason.BAD_VERSION)) {
      return null;
    }
    result.orThrow();
    return new LogWait.Logged(KeeperPaths.name(result.created(0)), entry);
  }

  private boolean mutate(KeeperSession session, MergeRules rules) {
    boolean any = false;
    for (DataPart p : core.data().snapshot().parts()) {
      Mutations.Mutation last = mutations.desired(p.name());
      if (last != null && rules.allows(p) && session.exists(core.path().part(p.name())) != null) {
        PartName result = p.name().withMutation(last.versionIn(p.name().partitionId()));
        Mutations.Agreed agreed = java.util.Objects.requireNonNull(last.agreed());
        var action =
            new LogEntry.Mutate(
                p.name().toString(), result.toString(), null, (int) agreed.alterVersion());
        String type = core.partType(p);
        // One at a time: the log has another version now.
        any = log(session, action, type, rules.logVersion()) != null;
        break;
      }
    }
    return any;
  }

  /**
   * {@code OPTIMIZE TABLE}. With FINAL it waits a while for merges that were assigned before.
   *
   * @param check throws when the wait is to end
   * @return the entries that do it
   */
  List<LogWait.Logged> optimize(
      KeeperSession session,
      @Nullable String partitionId,
      OptimizeOptions options,
      Runnable check) {
    // What was inserted just now is to be merged as well.
    numbers.releaseDoubtful();
    puller.pull(session, null, null);
    List<LogWait.Logged> entries = new ArrayList<>();
    if (!options.isFinal()) {
      LogWait.Logged e = optimizeOnce(session, partitionId, options, check);
      return e == null ? entries : List.of(e);
    }
    for (String id : core.data().snapshot().partitionIds()) {
      LogWait.Logged e =
          partitionId == null || partitionId.equals(id)
              ? optimizeOnce(session, id, options, check)
              : null;
      if (e != null) {
        entries.add(e);
      }
    }
    return entries;
  }

  private LogWait.@Nullable Logged optimizeOnce(
      KeeperSession session,
      @Nullable String partitionId,
      OptimizeOptions options,
      Runnable check) {
    long untilNs = System.nanoTime() + WAIT_MS_MAX * 1_000_000;
    String against = "";
    while (System.nanoTime() < untilNs) {
      lock.lock();
      try {
        MergeRules rules = rules(session);
        String wholePartition = options.isFinal() ? partitionId : null;
        boolean whole = wholePartition != null;
        List<DataPart> parts =
            wholePartition != null
                ? whole(wholePartition, options)
                : core.data()
                    .merges()
                    .choose(partitionId, true, core.data().merges().bytesMax(), rules);
        if (parts.isEmpty()) {
          return null;
        }
        against = whole ? reasonAgainst(parts, rules) : "";
        LogWait.Logged logged = against.isEmpty() ? merge(session, parts, rules, options) : null;
        if (logged != null) {
          return logged;
        }
      } finally {
        lock.unlock();
      }
      check.run();
      pause();
    }
    throw new LonghouseException(
        ErrorCode.CANNOT_ASSIGN_OPTIMIZE,
        "Cannot select parts for optimization: "
            + (against.isEmpty() ? "the log was changed by others all the time" : against));
  }

  private static void pause() {
    try {
      Thread.sleep(20);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LonghouseException(ErrorCode.QUERY_WAS_CANCELLED, "Query was cancelled", e);
    }
  }

  /** Why not all parts of a partition can be merged now; empty if they can. */
  private static String reasonAgainst(List<DataPart> parts, MergeRules rules) {
    DataPart left = null;
    for (DataPart p : parts) {
      String against = rules.reasonAgainst(p);
      if (against != null) {
        return against;
      }
      if (left != null && !rules.allows(left, p)) {
        return "parts " + left + " and " + p + " cannot be merged yet";
      }
      left = p;
    }
    return "";
  }

  /** All parts of a partition; none if there is nothing to be done. */
  private List<DataPart> whole(String partitionId, OptimizeOptions options) {
    List<DataPart> parts = core.data().snapshot().ofPartition(partitionId);
    boolean merged =
        parts.size() == 1 && options.skipsMerged() && parts.getFirst().name().level() > 0;
    return merged ? List.of() : parts;
  }
}
