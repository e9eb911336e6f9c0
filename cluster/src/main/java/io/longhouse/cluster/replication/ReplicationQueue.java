package io.longhouse.cluster.replication;

import io.longhouse.cluster.keeper.KeeperNode;
import io.longhouse.cluster.keeper.KeeperPaths;
import io.longhouse.cluster.keeper.KeeperSession;
import io.longhouse.cluster.keeper.Op;
import io.longhouse.cluster.replication.node.LogEntry;
import io.longhouse.storage.part.DataPart;
import io.longhouse.storage.part.PartName;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a replica still has to do: the entries that it has taken from the log, in memory as in
 * Keeper's {@code /replicas/R/queue}.
 *
 * <p>{@code virtual} are the parts that there will be when all of it is done: those that are there
 * and those that come. {@code future} are names that entries that are being executed make or take
 * away; nothing else touches what they contain.
 *
 * <p>The monitor guards everything; Keeper is not asked under it.
 */
final class ReplicationQueue {
  private static final System.Logger LOG = System.getLogger(ReplicationQueue.class.getName());

  private final ReplicaCore core;
  private final LinkedHashSet<QueueEntry> entries = new LinkedHashSet<>();
  private final ActiveParts virtual = new ActiveParts();
  private final Map<PartName, QueueEntry> future = new LinkedHashMap<>();
  private final AlterSequence alters = new AlterSequence();
  private final List<Runnable> listeners = new ArrayList<>();
  private boolean rangeExecuting;
  private long processedInsertSec;
  private long lastUpdateMs;
  private long logPointer;

  ReplicationQueue(ReplicaCore core) {
    this.core = core;
  }

  /** Takes the parts that are there, at the start. */
  synchronized void begin(Collection<DataPart> parts) {
    parts.forEach(p -> virtual.add(p.name()));
  }

  /** Forgets everything: the replica is registered anew, without parts. */
  synchronized void reset() {
    entries.clear();
    virtual.all().forEach(virtual::remove);
    writtenUnprocessed = -1;
    writtenProcessed = -1;
  }

  /** Reads what of the queue is in Keeper and not in memory. */
  void load(KeeperSession session) {
    String queue = core.path().own("queue");
    Set<String> known;
    synchronized (this) {
      known = entries.stream().map(QueueEntry::node).collect(Collectors.toCollection(HashSet::new));
    }
    List<String> nodes =
        session.children(queue).stream().filter(n -> !known.contains(n)).sorted().toList();
    List<@Nullable KeeperNode> found =
        session.getAll(nodes.stream().map(n -> queue + "/" + n).toList());
    List<QueueEntry> loaded = new ArrayList<>();
    for (int i = 0; i < nodes.size(); i++) {
      KeeperNode node = found.get(i);
      if (node != null) {
        loaded.add(entry(node, nodes.get(i), queue));
      }
    }
    String pointer = session.get(core.path().own("log_pointer")).text();
    synchronized (this) {
      logPointer = pointer.isEmpty() ? 0 : Long.parseLong(pointer);
      // What is no longer in Keeper was taken away while there was no session.
      Set<String> there = new HashSet<>(session.children(queue));
      entries.removeIf(e -> !e.isExecuting() && !there.contains(e.node()));
      loaded.forEach(this::insert);
    }
    writeTimes(session);
  }

  static QueueEntry entry(KeeperNode node, String name, String folder) {
    return new QueueEntry(
        LogEntry.parse(node.data(), KeeperPaths.join(folder, name)),
        name,
        node.stat().ctimeMs() / 1000);
  }

  private void insert(QueueEntry e) {
    e.virtualParts().forEach(virtual::add);
    // What is dropped need not be fetched before.
    if (e.action() instanceof LogEntry.DropRange) {
      entries.addFirst(e);
    } else {
      entries.addLast(e);
    }
    if (e.action() instanceof LogEntry.Alter a) {
      alters.addColumns(a.alterVersion());
    }
  }

  /** Takes entries that have just been copied from the log. */
  synchronized void pulled(List<QueueEntry> copied, long pointer) {
    copied.forEach(this::insert);
    logPointer = pointer;
    lastUpdateMs = System.currentTimeMillis();
  }

  /** Takes an entry that is in Keeper's queue already and did not come from the log. */
  synchronized void added(QueueEntry e) {
    insert(e);
  }

  /** Everything in the log up to now has been taken. */
  synchronized void upToDate() {
    lastUpdateMs = System.currentTimeMillis();
  }

  // --- what is there and what comes

  /** Parts that there will be when everything is done, at this moment. */
  synchronized ActiveParts virtualParts() {
    return virtual.copy();
  }

  /** The part that another becomes part of, or is, when everything is done. */
  synchronized @Nullable PartName virtualContaining(PartName part) {
    return virtual.containing(part);
  }

  /** What of a range comes or is there. */
  synchronized List<PartName> virtualWithin(String partition, long minBlock, long maxBlock) {
    return virtual.within(partition, minBlock, maxBlock);
  }

  /** Lets nothing be merged any more that a range contains. */
  synchronized void forbidMerges(PartName range) {
    virtual.add(range);
  }

  /** A part will not come after all. */
  synchronized void removeVirtual(PartName part) {
    virtual.remove(part);
  }

  /** Whether a part that a mutation is for may still come, or is still to be changed. */
  synchronized boolean awaits(Predicate<PartName> mutation) {
    for (QueueEntry e : entries) {
      if (e.newParts().stream().anyMatch(mutation) || e.sources().stream().anyMatch(mutation)) {
        return true;
      }
    }
    return virtual.all().stream().anyMatch(p -> p.level() < PartName.LEVEL_MAX && mutation.test(p));
  }

  // --- the order of changes of columns

  synchronized void addDataAlter(long version) {
    alters.addData(version);
  }

  synchronized void dataAlterDone(long version) {
    alters.dataDone(version);
  }

  // --- what is done next

  /** What may be done now. */
  interface Rule {
    /** Why an entry cannot be executed now; null if it can. */
    @Nullable String reasonAgainst(QueueEntry e);
  }

  /** An entry to be executed, which nothing else takes meanwhile; null if there is none. */
  synchronized @Nullable QueueEntry next(Predicate<QueueEntry> kind, Rule rule) {
    long now = System.currentTimeMillis();
    for (QueueEntry e : entries) {
      if (e.isExecuting() || !kind.test(e) || e.restMs(now) > 0) {
        continue;
      }
      String against = reasonAgainst(e);
      against = against == null ? rule.reasonAgainst(e) : against;
      if (against != null) {
        e.postpone(against);
        continue;
      }
      e.begin();
      e.blockedParts().forEach(p -> future.put(p, e));
      rangeExecuting |= e.droppedRange() != null;
      // If it fails the others have their turn first.
      entries.remove(e);
      entries.addLast(e);
      return e;
    }
    return null;
  }

  /** How long until an entry that rests may be tried again, in milliseconds. */
  synchronized long restMs(long most) {
    long now = System.currentTimeMillis();
    long least = most;
    for (QueueEntry e : entries) {
      long rest = e.restMs(now);
      least = rest > 0 ? Math.min(least, rest) : least;
    }
    return least;
  }

  synchronized boolean isEmpty() {
    return entries.isEmpty();
  }

  private @Nullable String reasonAgainst(QueueEntry e) {
    String start = "Not executing log entry " + e.node() + " of type " + e.action().type();
    for (PartName p : e.newParts()) {
      PartName cover = covering(p);
      if (cover != null) {
        return start
            + " for part "
            + p
            + " because it is covered by part "
            + cover
            + " that is currently executing";
      }
    }
    for (PartName s : e.sources()) {
      if (future.containsKey(s)) {
        return start
            + " for part "
            + e.action().newPart()
            + " because part "
            + s
            + " is not ready yet (log entry for that part is being processed)";
      }
    }
    if (e.droppedRange() != null && rangeExecuting) {
      return start + " because another DROP_RANGE or REPLACE_RANGE entry are currently executing";
    }
    return alterReason(e, start);
  }

  private @Nullable String alterReason(QueueEntry e, String start) {
    boolean columns =
        e.action() instanceof LogEntry.Alter a && !alters.mayChangeColumns(a.alterVersion());
    boolean changes =
        e.action() instanceof LogEntry.Mutate m
            && m.alterVersion() >= 0
            && !alters.mayChangeData(m.alterVersion());
    return columns || changes
        ? start + " because alter " + alters.first() + " must be executed before"
        : null;
  }

  /** A part that is being made that contains another, or is it. */
  private @Nullable PartName covering(PartName part) {
    for (PartName f : future.keySet()) {
      if (f.contains(part)) {
        return f;
      }
    }
    return null;
  }

  /** Makes a larger part what an entry brings; false if something else brings it already. */
  synchronized boolean takeLarger(QueueEntry e, PartName larger) {
    if (covering(larger) != null) {
      return false;
    }
    e.actual(larger);
    future.put(larger, e);
    return true;
  }

  /** An entry is not being executed any more. */
  synchronized void ended(QueueEntry e) {
    e.blockedParts().forEach(p -> future.remove(p, e));
    PartName larger = e.actual();
    if (larger != null) {
      future.remove(larger, e);
    }
    if (e.droppedRange() != null) {
      rangeExecuting = false;
    }
    e.end();
    notifyAll();
  }

  /** An entry failed and waits for its next turn. */
  synchronized void failed(QueueEntry e, String why, long restMsMax) {
    e.failed(why, restMsMax);
  }

  /** An entry has its part fetched from now on. */
  synchronized void fetchInstead(QueueEntry e) {
    e.fetchInstead();
  }

  /** The other way round: nobody has made the part yet. */
  synchronized void makeHere(QueueEntry e) {
    e.makeHere();
  }

  /** An entry is done: it leaves memory and Keeper. */
  void done(KeeperSession session, QueueEntry e) {
    synchronized (this) {
      if (e.isRemoved()) {
        return;
      }
      entries.remove(e);
      PartName range = e.droppedRange();
      if (range != null) {
        virtual.remove(range);
      }
      if (e.action() instanceof LogEntry.Alter a) {
        alters.columnsDone(a.alterVersion());
      }
      if (e.isInsert()) {
        processedInsertSec = Math.max(processedInsertSec, e.createdSec());
      }
    }
    session.removeIfThere(core.path().own("queue/" + e.node()));
    writeTimes(session);
    tell();
  }

  /** Takes the entry of a part out that nobody will ever have. */
  void giveUp(KeeperSession session, QueueEntry e) {
    synchronized (this) {
      entries.remove(e);
      e.removed();
      e.virtualParts().forEach(virtual::remove);
      // What it would have been made of may be merged otherwise.
      for (PartName s : e.sources()) {
        if (core.data().snapshot().find(s) != null) {
          virtual.add(s);
        }
      }
    }
    session.removeIfThere(core.path().own("queue/" + e.node()));
    writeTimes(session);
    tell();
  }

  /**
   * Takes entries out whose parts a range contains, and waits for those of them that are being
   * executed.
   *
   * @param by the entry that drops the range; null when a statement does
   */
  void removeWithin(KeeperSession session, PartName range, @Nullable QueueEntry by)
      throws InterruptedException {
    List<QueueEntry> gone = new ArrayList<>();
    synchronized (this) {
      for (QueueEntry e : List.copyOf(entries)) {
        List<PartName> parts = e.newParts();
        if (e != by && !parts.isEmpty() && parts.stream().allMatch(range::contains)) {
          e.removed();
          entries.remove(e);
          parts.forEach(virtual::remove);
          gone.add(e);
        }
      }
    }
    for (QueueEntry e : gone) {
      session.removeIfThere(core.path().own("queue/" + e.node()));
    }
    if (!gone.isEmpty()) {
      writeTimes(session);
      LOG.log(
          System.Logger.Level.DEBUG,
          "{0}: {1} entries within {2} are not needed any more",
          core.name(),
          gone.size(),
          range);
    }
    synchronized (this) {
      while (gone.stream().anyMatch(QueueEntry::isExecuting)) {
        wait(1000);
      }
    }
    tell();
  }

  /** Moves what a merge needs behind everything else, since the result is better fetched. */
  synchronized boolean postponeSiblings(PartName part) {
    for (QueueEntry merge : entries) {
      if (merge.makesPart() && merge.sources().contains(part)) {
        Set<PartName> siblings = Set.copyOf(merge.sources());
        List<QueueEntry> later =
            entries.stream()
                .takeWhile(e -> e != merge)
                .filter(e -> e.newParts().stream().anyMatch(siblings::contains))
                .toList();
        entries.removeAll(later);
        entries.addAll(later);
        return true;
      }
    }
    return false;
  }

  // --- times

  /** Of the oldest insert that is still to be done, in seconds since 1970; 0 for none. */
  synchronized long unprocessedInsertSec() {
    return entries.stream()
        .filter(QueueEntry::isInsert)
        .mapToLong(QueueEntry::createdSec)
        .min()
        .orElse(0);
  }

  synchronized long processedInsertSec() {
    return processedInsertSec;
  }

  private long writtenUnprocessed = -1;
  private long writtenProcessed = -1;

  /** Tells the others how far behind this replica is. */
  private void writeTimes(KeeperSession session) {
    List<Op> ops = new ArrayList<>();
    synchronized (this) {
      long unprocessed = unprocessedInsertSec();
      if (unprocessed != writtenUnprocessed) {
        writtenUnprocessed = unprocessed;
        ops.add(Op.set(core.path().own("min_unprocessed_insert_time"), "" + unprocessed, Op.ANY));
      }
      if (processedInsertSec != writtenProcessed && processedInsertSec > 0) {
        writtenProcessed = processedInsertSec;
        ops.add(
            Op.set(core.path().own("max_processed_insert_time"), "" + processedInsertSec, Op.ANY));
      }
    }
    if (!ops.isEmpty() && !session.multi(ops).isDone()) {
      LOG.log(System.Logger.Level.WARNING, "{0}: cannot write the times of inserts", core.name());
    }
  }

  // --- what is shown

  synchronized List<QueueEntry> entries() {
    return List.copyOf(entries);
  }

  synchronized int futureParts() {
    return future.size();
  }

  synchronized long logPointer() {
    return logPointer;
  }

  synchronized long lastUpdateMs() {
    return lastUpdateMs;
  }

  synchronized long countOf(Predicate<QueueEntry> kind) {
    return entries.stream().filter(kind).count();
  }

  /** Tells of each entry that leaves the queue. */
  synchronized void listen(Runnable listener) {
    listeners.add(listener);
  }

  private void tell() {
    List<Runnable> all;
    synchronized (this) {
      all = List.copyOf(listeners);
    }
    all.forEach(Runnable::run);
  }
}
