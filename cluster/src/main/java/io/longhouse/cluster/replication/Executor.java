package io.longhouse.cluster.replication;

import io.longhouse.cluster.keeper.KeeperError;
import io.longhouse.cluster.keeper.KeeperSession;
import io.longhouse.cluster.replication.node.LogEntry;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import io.longhouse.storage.mergetree.MergeMode;
import io.longhouse.storage.mergetree.MergeTreeMetadata;
import io.longhouse.storage.mergetree.PartCheck;
import io.longhouse.storage.part.DataPart;
import io.longhouse.storage.part.PartName;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * Executes the entries of the queue. Merges and mutations that are made here run on the threads
 * that merge the parts of all tables; everything else, which waits for Keeper and for other
 * replicas, on threads of its own.
 */
final class Executor {
  private static final System.Logger LOG = System.getLogger(Executor.class.getName());
  private static final long REST_MS_MAX = 5000;

  private final ReplicaCore core;
  private final ReplicationQueue queue;
  private final PartNodes nodes;
  private final Fetches fetches;
  private final Quorum quorum;
  private final Ranges ranges;
  private final AlterEntries alters;
  private final PartDoubts doubts;
  private final Semaphore fetching;
  private final Loop loop;

  Executor(
      ReplicaCore core,
      ReplicationQueue queue,
      PartNodes nodes,
      Fetches fetches,
      Quorum quorum,
      Ranges ranges,
      AlterEntries alters,
      PartDoubts doubts) {
    this.core = core;
    this.queue = queue;
    this.nodes = nodes;
    this.fetches = fetches;
    this.quorum = quorum;
    this.ranges = ranges;
    this.alters = alters;
    this.doubts = doubts;
    long parallel = core.settings().number("replicated_max_parallel_fetches_for_table");
    this.fetching = new Semaphore(parallel > 0 ? (int) Math.min(parallel, 64) : 16);
    this.loop = new Loop("replica-queue " + core.name(), this::step);
  }

  void start() {
    loop.start();
  }

  void wake() {
    loop.wake();
    core.data().changed();
  }

  /** What is under way ends; {@link Loop#end}. */
  void end() {
    loop.end();
    long untilMs = System.currentTimeMillis() + 60_000;
    while (queue.countOf(QueueEntry::isExecuting) > 0 && System.currentTimeMillis() < untilMs) {
      try {
        Thread.sleep(5);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  private static boolean isLocalWork(QueueEntry e) {
    return e.makesPart() && !e.isFetched();
  }

  /** Starts everything that may be executed now beside merges and mutations. */
  private long step() {
    KeeperSession session = core.sessionOrNull();
    if (session == null) {
      return REST_MS_MAX;
    }
    while (!loop.hasEnded()) {
      boolean mayFetch = fetching.availablePermits() > 0;
      QueueEntry e = queue.next(x -> isFetch(x) ? mayFetch : !isLocalWork(x), this::reasonAgainst);
      if (e == null) {
        break;
      }
      // Nobody else takes a place: one was free.
      boolean fetches = isFetch(e) && fetching.tryAcquire();
      Thread.ofVirtual()
          .name("replica-entry " + core.name())
          .start(() -> {
            try {
              process(session, e);
            } finally {
              if (fetches) {
                fetching.release();
              }
              wake();
            }
          });
    }
    return queue.restMs(REST_MS_MAX);
  }

  private static boolean isFetch(QueueEntry e) {
    return e.action() instanceof LogEntry.Get
        || e.action() instanceof LogEntry.Attach
        || e.isFetched();
  }

  private @Nullable String reasonAgainst(QueueEntry e) {
    if (core.queueStopped()) {
      return "Not executing log entry " + e.node() + " because replication queues are stopped now.";
    }
    boolean stopped =
        core.data().merges().isStopped() && isLocalWork(e) || core.fetchesStopped() && isFetch(e);
    return stopped
        ? "Not executing log entry "
            + e.node()
            + " of type "
            + e.action().type()
            + " for part "
            + e.action().newPart()
            + " because "
            + (isLocalWork(e) ? "merges and mutations" : "replicated fetches")
            + " are cancelled now."
        : null;
  }

  /** Executes one merge or mutation, on the caller's thread; false if there is none. */
  boolean workOnce() {
    KeeperSession session = core.sessionOrNull();
    QueueEntry e = session == null ? null : queue.next(Executor::isLocalWork, this::reasonAgainst);
    if (session == null || e == null) {
      return false;
    }
    try {
      process(session, e);
    } finally {
      wake();
    }
    return true;
  }

  boolean mayHaveWork() {
    return core.sessionOrNull() != null && queue.countOf(Executor::isLocalWork) > 0;
  }

  private void process(KeeperSession session, QueueEntry e) {
    try {
      if (execute(session, e)) {
        queue.done(session, e);
      }
    } catch (LonghouseException x) {
      failed(e, x, x.message());
    } catch (RuntimeException x) {
      failed(e, x, x.toString());
    } catch (InterruptedException x) {
      Thread.currentThread().interrupt();
      failed(e, x, "interrupted");
    } finally {
      queue.ended(e);
    }
  }

  private void failed(QueueEntry e, Exception why, String text) {
    String rest =
        e.makesPart()
            ? "max_postpone_time_for_failed_replicated_merges_ms"
            : e.isInsert()
                ? "max_postpone_time_for_failed_replicated_fetches_ms"
                : "max_postpone_time_for_failed_replicated_tasks_ms";
    queue.failed(e, text, core.settings().number(rest));
    boolean usual =
        why instanceof KeeperError
            || why instanceof LonghouseException l
                && switch (l.errorCode()) {
                  case NO_REPLICA_HAS_PART,
                      ABORTED,
                      PART_IS_TEMPORARILY_LOCKED,
                      TABLE_IS_READ_ONLY ->
                      true;
                  default -> false;
                };
    LOG.log(
        usual ? System.Logger.Level.INFO : System.Logger.Level.WARNING,
        core.name() + ": " + e + ": " + text);
    LOG.log(System.Logger.Level.DEBUG, core.name(), why);
  }

  /** Whether the entry is done. */
  private boolean execute(KeeperSession session, QueueEntry e) throws InterruptedException {
    return switch (e.action()) {
      case LogEntry.Get g -> isThere(session, e) || fetch(session, e);
      case LogEntry.Attach a -> isThere(session, e) || fetch(session, e);
      case LogEntry.Merge m ->
          isThere(session, e) || (e.isFetched() ? fetch(session, e) : merge(session, e, m));
      case LogEntry.Mutate m ->
          isThere(session, e) || (e.isFetched() ? fetch(session, e) : mutate(session, e, m));
      case LogEntry.DropRange d -> ranges.drop(session, e, d);
      case LogEntry.DropPart d -> ranges.dropPart(session, e, d);
      case LogEntry.ReplaceRange r -> ranges.replace(session, e, r);
      case LogEntry.Alter a -> alters.execute(session, a);
      case LogEntry.SyncPinned _ -> true;
      case LogEntry.ClearColumn _, LogEntry.ClearIndex _, LogEntry.CloneFromShard _ ->
          throw new LonghouseException(
              ErrorCode.NOT_IMPLEMENTED,
              "Entries of type " + e.action().type() + " are not implemented");
    };
  }

  /** Whether the part is there already, or one that contains it, here and in Keeper. */
  private boolean isThere(KeeperSession session, QueueEntry e) {
    PartName name = PartName.parse(e.action().newPart());
    if (core.data().prepared(name) != null) {
      throw new LonghouseException(
          ErrorCode.PART_IS_TEMPORARILY_LOCKED, "Part " + name + " is being written right now");
    }
    DataPart there = core.data().snapshot().containing(name);
    if (there != null && session.exists(core.path().part(there.name())) != null) {
      return true;
    }
    return e.entry().quorum() > 0 && quorum.hasFailed(session, name);
  }

  private boolean merge(KeeperSession session, QueueEntry e, LogEntry.Merge m) {
    List<DataPart> sources = sources(e);
    if (sources == null || isBetterFetched(session, e, sources)) {
      queue.fetchInstead(e);
      return false;
    }
    if (m.mergeType() != LogEntry.Merge.REGULAR) {
      // What goes by TTL is decided where the merge was assigned.
      queue.fetchInstead(e);
      return false;
    }
    try {
      return core.data()
              .merges()
              .execute(
                  sources,
                  PartName.parse(m.newPart()),
                  m.deduplicate() ? places(m.deduplicateBy()) : null,
                  m.cleanup() ? MergeMode.Purpose.CLEANUP : MergeMode.Purpose.MERGE)
          != null;
    } catch (LonghouseException x) {
      return afterFailure(e, x);
    }
  }

  private boolean mutate(KeeperSession session, QueueEntry e, LogEntry.Mutate m) {
    List<DataPart> sources = sources(e);
    if (sources == null || isBetterFetched(session, e, sources)) {
      queue.fetchInstead(e);
      return false;
    }
    try {
      return core.data().mutations().execute(sources.getFirst(), PartName.parse(m.newPart()))
          != null;
    } catch (LonghouseException x) {
      return afterFailure(e, x);
    }
  }

  /** Of data that became other than those of a replica, that replica's are taken. */
  private boolean afterFailure(QueueEntry e, LonghouseException x) {
    if (PartCheck.isAboutFiles(x.errorCode())) {
      e.sources().forEach(s -> doubts.add(s, 0));
    }
    boolean differs = x.errorCode() == ErrorCode.CHECKSUM_DOESNT_MATCH;
    boolean unknown = x.errorCode() == ErrorCode.NOT_IMPLEMENTED;
    if (!differs && !unknown) {
      throw x;
    }
    LOG.log(
        System.Logger.Level.ERROR,
        "{0}: {1}. Part {2} made here would not be that of the other replicas, it will be fetched",
        core.name(),
        x.message(),
        e.action().newPart());
    queue.fetchInstead(e);
    return false;
  }

  private List<Integer> places(List<String> columns) {
    MergeTreeMetadata m = core.data().metadata();
    List<Integer> places = new ArrayList<>();
    for (int i = 0; i < m.columns().size(); i++) {
      if (columns.isEmpty() || columns.contains(m.columns().get(i).name())) {
        places.add(i);
      }
    }
    return places;
  }

  /** The parts that something is made of; null if they are not all there. */
  private @Nullable List<DataPart> sources(QueueEntry e) {
    List<DataPart> parts = new ArrayList<>();
    for (PartName s : e.sources()) {
      DataPart p = core.data().snapshot().find(s);
      if (p == null) {
        return null;
      }
      parts.add(p);
    }
    return parts;
  }

  private boolean isBetterFetched(KeeperSession session, QueueEntry e, List<DataPart> sources) {
    PartName result = PartName.parse(e.action().newPart());
    if (core.settings().isOn("always_fetch_merged_part")) {
      return fetches.having(session, result) != null;
    }
    long ageSec = System.currentTimeMillis() / 1000 - e.createdSec();
    long bytes = sources.stream().mapToLong(DataPart::bytesOnDisk).sum();
    return ageSec >= core.settings().number("prefer_fetch_merged_part_time_threshold")
        && bytes >= core.settings().number("prefer_fetch_merged_part_size_threshold")
        && fetches.having(session, result) != null;
  }

  private boolean fetch(KeeperSession session, QueueEntry e) {
    PartName name = PartName.parse(e.action().newPart());
    Fetches.Source from = fetches.covering(session, name);
    if (from == null) {
      return notFound(session, e, name);
    }
    if (!from.part().equals(name) && !queue.takeLarger(e, from.part())) {
      throw new LonghouseException(
          ErrorCode.PART_IS_TEMPORARILY_LOCKED,
          "Part " + from.part() + " covering " + name + " is being processed already");
    }
    if (core.data().snapshot().containing(from.part()) == null) {
      fetches.take(
          session,
          from,
          () -> {
            if (!core.isActive(session) || e.isRemoved() || loop.hasEnded()) {
              throw new LonghouseException(
                  ErrorCode.ABORTED, "Fetching of part " + from.part() + " was cancelled");
            }
          });
    }
    if (e.entry().quorum() > 0) {
      quorum.reached(session, name);
    }
    core.data().changed();
    return true;
  }

  private boolean notFound(KeeperSession session, QueueEntry e, PartName name) {
    if (e.isFetched() && e.makesPart()) {
      // Nobody has made it yet: perhaps the sources are here by now.
      queue.makeHere(e);
    }
    if (e.entry().quorum() > 0
        && quorum.fail(
            session, name, e.entry().blockIds(), () -> fetches.having(session, name) != null)) {
      queue.removeVirtual(name);
      return true;
    }
    queue.postponeSiblings(name);
    if (!fetches.isAnywhere(session, name)) {
      doubts.add(name, 0);
    }
    throw new LonghouseException(
        ErrorCode.NO_REPLICA_HAS_PART, "No active replica has part " + name + " or covering part");
  }

  /** Where parts come that were made here. */
  @Nullable DataPart commit(String folder, PartName name) {
    KeeperSession session = core.session();
    DataPart part = core.data().prepare(folder, name);
    try {
      nodes.add(session, part, true);
    } catch (RuntimeException | Error e) {
      core.data().discard(part);
      throw e;
    }
    core.data().publish(List.of(part));
    return part;
  }
}
